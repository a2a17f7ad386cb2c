"""Fills a database with very many consultations; a third of them are open, with papers, work and grants."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import sessions
from telemed.access.model import Account, AccountRole, CaseGrant, Role
from telemed.activities.model import Answer, Participant
from telemed.audit.model import AuditEvent
from telemed.cases.model import Case, Consent, ConsentKind, ItemKind, PacketItem
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import Measure, NamedStudy, RequestContent
from telemed.consultations.words import KIND, Mode, ParticipantRole, State, Urgency
from telemed.db import Database
from telemed.history.model import EventRow
from telemed.kit.table import Table, new_id
from telemed.opinions.content import AdviceRow, OpinionContent
from telemed.opinions.model import Opinion
from telemed.people.model import Allergy, Department, Hospital, HospitalKind, Patient, PatientIndex, Sex, Staff, Title
from telemed.people.names import pieces
from telemed.reading.model import Reading
from telemed.studies.model import LinkState, StudyLink, StudyView
from telemed.work.model import Outcome, WorkItem, WorkKind

SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫", "天枢璇玑权衡开阳摇光织女牵牛"
LIVE = [State.submitted, State.approved, State.accepted, State.scheduled, State.in_progress, State.answering]
HAPPENED = ("submitted", "endorsed", "approved", "accepted", "booked", "confirmed")
PEOPLE = {
    "coordinator": ("ruijin", [Role.coordinator]),
    "expert": ("ruijin", [Role.expert]),
    "doctor": ("wuxi", [Role.requesting_doctor, Role.accompanying_physician]),
}
GRANTS_OF_ONE = 2  # the lead's, and the hub's coordinators'
FIRST: tuple[type[Table], ...] = (Patient, Case, Consultation, Reading)  # in the order of their foreign keys


@dataclass
class Many:
    """`tokens` sign the three people in; `ids` are all consultations, `accepted` those that take papers."""

    tokens: dict[str, str]
    staff: dict[str, UUID]
    ids: list[str]
    accepted: list[str]


async def fill(db: Database, consultations: int, audit_rows: int) -> Many:
    now, chance = datetime.now(UTC), random.Random(1)
    many = await _people(db, now)
    await add(db, many, consultations)
    for start in range(0, audit_rows, 10_000):
        async with db.write() as session:
            by = many.staff["doctor"]
            seen = (chance.choice(many.ids) for _ in range(start, start + 10_000))
            await insert_all(
                session, [AuditEvent(at=now, actor_id=by, action="seen", target=id, outcome="ok") for id in seen]
            )
    return many


async def add(db: Database, many: Many, consultations: int) -> None:
    """For `many.staff`, wherever they come from."""
    now, chance = datetime.now(UTC), random.Random(1)
    for start in range(0, consultations, 1000):
        async with db.write() as session:
            made = [each for n in range(start, start + 1000) for each in _one(n, chance, now, many.staff)]
            await insert_all(session, made)
            rows = [each for each in made if isinstance(each, Consultation)]
            many.ids += [str(each.id) for each in rows]
            many.accepted += [str(each.id) for each in rows if each.state is State.accepted]


async def insert_all(session: AsyncSession, made: Sequence[Table]) -> None:
    """Inserts a table at a time, in the order of foreign keys; not by the unit of work, which would take minutes."""
    tables = {type(each): each.__table__ for each in made}  # type: ignore[attr-defined]
    for kind in sorted(tables, key=lambda each: FIRST.index(each) if each in FIRST else len(FIRST)):
        await session.execute(insert(tables[kind]), [each.model_dump() for each in made if type(each) is kind])


async def _people(db: Database, now: datetime) -> Many:
    many = Many({}, {}, [], [])
    async with db.write() as session:
        for code, kind in (("ruijin", HospitalKind.hub), ("wuxi", HospitalKind.branch)):
            session.add(Hospital(id=code, kind=kind, name=code, name_en=code, licence_name=code))
        await session.flush()
        session.add(Department(hospital_id="ruijin", specialty="cardiology", name="心内科", name_en="Cardiology"))
        for who, (hospital, roles) in PEOPLE.items():
            account = Account(username=who, password_hash="!", hospital_id=hospital, name=who)
            session.add(account)
            session.add(
                Staff(id=account.id, hospital_id=hospital, number=who, name=who, name_en=who, title=Title.chief)
            )
            await session.flush()
            session.add_all(AccountRole(account_id=account.id, role=role) for role in roles)
            many.staff[who] = account.id
            many.tokens[who] = sessions.issue(session, account.id, now, timedelta(hours=1))
    return many


def _one(n: int, chance: random.Random, now: datetime, staff: dict[str, UUID]) -> Iterator[Table]:
    name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2))
    patient = Patient(hospital_id="wuxi", name=name, sex=Sex.male, birth_date=date(1960, 1, 1), allergy=Allergy.none)
    case = Case(hospital_id="wuxi", patient_id=patient.id, opened_at=now)
    at = now - timedelta(minutes=n)
    state = chance.choice(LIVE) if n % 3 == 0 else State.closed
    uid = f"1.2.826.{n}"
    content = RequestContent(
        department="心内科",
        bed=str(n % 40),
        purpose="手术指征？",
        diagnosis="二尖瓣重度反流",
        history="活动后气促三月。" * 20,
        vitals=[Measure(name="心率", value="80")] * 5,
        tests=[Measure(name="BNP", value="800")] * 12,
        specialty="cardiology",
        studies=[NamedStudy(uid=uid, description="主动脉 CTA")],
    )
    row = Consultation(
        number=f"HZ-{n}",
        case_id=case.id,
        patient_id=patient.id,
        branch_id="wuxi",
        hub_id="ruijin",
        state=state,
        state_since=at,
        urgency=Urgency.routine,
        mode=Mode.live,
        request=content.model_dump(mode="json"),
        requester_id=staff["doctor"],
        accompanying_id=staff["doctor"],
        lead_id=staff["expert"],
        starts_at=now + timedelta(minutes=n % 600),
        ends_at=now + timedelta(minutes=n % 600 + 40),
        packet_version=1,
        created_at=at,
        updated_at=at,
    )
    yield from (patient, case, row)
    yield from (PatientIndex(patient_id=patient.id, piece=each, hospital_id="wuxi") for each in pieces(patient.name))
    yield from _who(row, staff, now)
    for kind in HAPPENED:
        yield EventRow(
            type=f"consultation.{kind}",
            occurred_at=at,
            recorded_at=at,
            hospital_id="wuxi",
            case_id=case.id,
            activity=KIND,
            activity_id=row.id,
            data={"target": "approved"},
        )
    done = state is State.closed
    yield WorkItem(
        kind=WorkKind.accept,
        hospital_id="ruijin",
        role=Role.coordinator,
        about_id=row.id,
        activity=KIND,
        activity_id=row.id,
        case_id=case.id,
        patient_id=patient.id,
        created_at=at,
        due_at=at + timedelta(hours=4),
        done_at=now if done else None,
        outcome=Outcome.done if done else None,
        note={},
    )
    yield from _papers(row, case.id, patient.id, uid, at)
    if state is State.answering or done:
        yield _opinion(row, staff["expert"], at, signed=done)


def _who(row: Consultation, staff: dict[str, UUID], now: datetime) -> Iterator[Table]:
    for who, role in (("expert", ParticipantRole.lead), ("doctor", ParticipantRole.accompanying)):
        yield Participant(activity=KIND, activity_id=row.id, staff_id=staff[who], role=role, answer=Answer.accepted)
    assert row.case_id is not None
    assert row.patient_id is not None
    for grantee in (str(staff["expert"]), "role:ruijin:coordinator"):
        yield CaseGrant(
            case_id=row.case_id,
            patient_id=row.patient_id,
            activity=KIND,
            activity_id=row.id,
            grantee=grantee,
            hospital_id="wuxi",
            allows=["read"],
            purpose="consult",
            valid_from=row.created_at,
            until=now + timedelta(days=7),
            rev=1,
        )


def _papers(row: Consultation, case_id: UUID, patient_id: UUID, uid: str, at: datetime) -> Iterator[Table]:
    """A consent, a packet of five, and the study that stands in it."""
    yield Consent(
        number=f"TY-{row.number}",
        case_id=case_id,
        activity=KIND,
        activity_id=row.id,
        kind=ConsentKind.patient,
        needed=["consult", "imaging"],
        scopes=["consult", "imaging"],
        given_by="本人",
        witnesses=[],
        file_id=new_id(),
        at=at,
        recorded_by=row.requester_id,
    )
    for checklist in (None, "ecg", "laboratory", "echocardiogram", "other"):
        yield PacketItem(
            case_id=case_id,
            activity=KIND,
            activity_id=row.id,
            version=1,
            kind=ItemKind.not_done if checklist else ItemKind.study,
            checklist=checklist,
            reason="未做" if checklist else None,
            hospital_id="wuxi",
            study_uid=None if checklist else uid,
            added_at=at,
        )
    yield StudyView(
        hospital_id="wuxi", study_uid=uid, series=3, received=200, complete=True, received_at=at, changed_at=at
    )
    yield StudyLink(hospital_id="wuxi", study_uid=uid, patient_id=patient_id, state=LinkState.confirmed, at=at)


def _opinion(row: Consultation, author: UUID, at: datetime, *, signed: bool) -> Table:
    advice = [AdviceRow(key=f"a{n}", text="复查血压，每日两次。") for n in range(4)]
    content = OpinionContent(analysis="病情分析。" * 40, diagnosis="二尖瓣重度反流", advice=advice)
    return Opinion(
        consultation_id=row.id,
        number=1,
        author_id=author,
        content=content.model_dump(mode="json"),
        created_at=at,
        saved_at=at,
        signed_at=at if signed else None,
        signed_by=author if signed else None,
    )
