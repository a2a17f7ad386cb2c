"""The reading desk's worklist over HTTP: the whole service with 10,000 readings of three branches, most open."""

import asyncio
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import sessions
from telemed.access.model import Account, AccountRole, CaseGrant, Role
from telemed.cases.model import Case
from telemed.db import Database
from telemed.kit.table import Table
from telemed.people.model import (
    Agreement,
    Allergy,
    Hospital,
    HospitalKind,
    IdentifierKind,
    Patient,
    PatientIdentifier,
    PatientIndex,
    Sex,
    Staff,
    Title,
)
from telemed.people.names import pieces
from telemed.reading.model import Reading
from telemed.reading.rules import DUE_WITHIN, RANKS
from telemed.reading.words import KIND, Part, ReadingPurpose, ReadingState, Side, Urgency
from telemed.serve import open_database
from telemed.studies.model import LinkState, StudyLink, StudyView
from tests.bench.api_reads import served
from tests.bench.many import GIVEN, SURNAMES, insert_all
from tests.bench.workshop import Measured, Workshop, p95

READINGS, TRIES = 10_000, 40
HUB, BRANCHES = "ruijin", ("wuxi", "jiashan", "wuzhen")
STATES = [ReadingState.requested] * 7 + [ReadingState.written, ReadingState.returned, ReadingState.issued]
MODALITIES = ("CT", "CT", "CR", "MR", "US", "DX")
LISTS = ("to_read", "mine", "to_review", "returned", "issued", "open")
FILTERS: Mapping[str, str] = {
    "nothing": "",
    "modality": "modality=MR",
    "branch": "branch=jiashan",
    "urgency": "urgency=stat",
    "name": "q=王天",
    "pinyin": "q=wang",
    "number": "q=P1",
}


@dataclass
class Desk:
    """The reader who asks, and whoever requested all."""

    token: str = ""
    staff: dict[str, UUID] = field(default_factory=dict)
    agreements: dict[str, UUID] = field(default_factory=dict)


def worklist_10000_p95(shop: Workshop) -> Measured:
    """The worst list and filter, first page and the next."""
    folder = shop.folder / "desk"
    folder.mkdir()
    took = asyncio.run(_run(folder, shop.often(TRIES)))
    worst = max(took, key=lambda each: took[each])
    return Measured(took[worst], len(took) * shop.often(TRIES), f"the worst: {worst}")


async def _run(folder: Path, tries: int) -> dict[str, float]:
    async with open_database(f"sqlite:///{folder}/telemed.db") as db:
        desk = await _fill(db)
    took: dict[str, float] = {}
    async with served(folder) as client:
        headers = {"Authorization": f"Bearer {desk.token}"}
        for show in LISTS:
            for name, asked in FILTERS.items():
                after = ""
                for page in ("first page", "second page"):
                    times = []
                    for _ in range(tries + 1):
                        path = f"/api/readings?show={show}&{asked}" + (f"&after={after}" if after else "")
                        began = perf_counter()
                        async with client.get(path, headers=headers) as answer:
                            found = await answer.json()
                            assert answer.status == 200, (path, found)
                        times.append((perf_counter() - began) * 1000)
                    took[f"{show} by {name}, {page}"] = p95(times[1:])
                    if not (after := found["next"] or ""):
                        break
    return took


async def _fill(db: Database) -> Desk:
    now, chance, desk = datetime.now(UTC), random.Random(1), Desk()
    async with db.write() as session:
        await _people(session, desk, now)
    for start in range(0, READINGS, 1000):
        async with db.write() as session:
            await insert_all(session, [row for n in range(start, start + 1000) for row in _one(n, chance, now, desk)])
    return desk


async def _people(session: AsyncSession, desk: Desk, now: datetime) -> None:
    for code in (HUB, *BRANCHES):
        kind = HospitalKind.hub if code == HUB else HospitalKind.branch
        session.add(Hospital(id=code, kind=kind, name=code, name_en=code, licence_name=code))
    await session.flush()
    for who, hospital, role in (("reader", HUB, Role.radiologist), ("doctor", "wuxi", Role.requesting_doctor)):
        account = Account(username=who, password_hash="!", hospital_id=hospital, name=who)
        session.add(account)
        session.add(Staff(id=account.id, hospital_id=hospital, number=who, name=who, name_en=who, title=Title.chief))
        await session.flush()
        session.add(AccountRole(account_id=account.id, role=role))
        desk.staff[who] = account.id
    desk.token = sessions.issue(session, desk.staff["reader"], now, timedelta(hours=1))
    for branch in BRANCHES:
        agreement = Agreement(
            number=branch,
            branch_id=branch,
            hub_id=HUB,
            services=["reading"],
            valid_from=date(2020, 1, 1),
            valid_until=date(2099, 1, 1),
        )
        session.add(agreement)
        desk.agreements[branch] = agreement.id


def _one(n: int, chance: random.Random, now: datetime, desk: Desk) -> Iterator[Table]:
    branch, modality = chance.choice(BRANCHES), chance.choice(MODALITIES)
    state, urgency = chance.choice(STATES), chance.choice((Urgency.stat, *[Urgency.urgent] * 3, *[Urgency.routine] * 6))
    name, uid = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2)), f"1.2.826.{n}"
    at = now - timedelta(seconds=n)
    patient = Patient(hospital_id=branch, name=name, sex=Sex.male, birth_date=date(1960, 1, 1), allergy=Allergy.none)
    case = Case(hospital_id=branch, patient_id=patient.id, opened_at=at)
    row = Reading(
        purpose=ReadingPurpose.primary,
        case_id=case.id,
        patient_id=patient.id,
        branch_id=branch,
        hub_id=HUB,
        agreement_id=desk.agreements[branch],
        study_uid=uid,
        state=state,
        state_since=at,
        urgency=urgency,
        rank=RANKS[urgency],
        modality=modality,
        part=chance.choice(list(Part)),
        side=Side.none,
        examination=f"{modality} 平扫",
        question="有无新发病变？",
        history="咳嗽三天。" * 10,
        requester_id=desk.staff["doctor"],
        requested_at=at,
        due_at=at + DUE_WITHIN[urgency],
        reader_id=desk.staff["reader"] if n % 50 == 0 else None,
        issued_at=at if state is ReadingState.issued else None,
    )
    yield from (patient, case, row)
    yield PatientIdentifier(
        patient_id=patient.id, issuer_hospital=branch, kind=IdentifierKind.admission, value=f"P{10_000 + n}"
    )
    yield from (PatientIndex(patient_id=patient.id, piece=each, hospital_id=branch) for each in pieces(name))
    yield StudyLink(hospital_id=branch, study_uid=uid, patient_id=patient.id, state=LinkState.confirmed, at=at)
    yield StudyView(
        hospital_id=branch,
        study_uid=uid,
        modalities=[modality],
        series=3,
        received=200,
        complete=True,
        received_at=at,
        changed_at=at,
    )
    yield CaseGrant(
        case_id=case.id,
        patient_id=patient.id,
        activity=KIND,
        activity_id=row.id,
        grantee=f"role:{HUB}:radiologist",
        hospital_id=branch,
        allows=["read"],
        purpose="read the study",
        valid_from=at,
        until=now + timedelta(days=30),
        rev=1,
    )


MEASUREMENTS = {"worklist_10000_p95": worklist_10000_p95}
