"""A complete request of the Wuxi doctor, as far along as a test wants it."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import Actor
from telemed.cases.model import Case, Consent, ConsentKind, ItemKind, PacketItem
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import Measure, NamedStudy, RequestContent, Wish
from telemed.consultations.words import Mode, State, Urgency
from telemed.kit.table import new_id
from telemed.people import patients
from telemed.people.model import Allergy, IdentifierKind, Patient, Sex, Title
from telemed.rooms.model import DeviceTest
from telemed.scheduling.model import Resource, ResourceKind
from telemed.studies.model import LinkState, StudyLink, StudyView
from tests.telemed.conftest import NOW, Call, World

STUDY = "1.2.3"
Made = Callable[..., Awaitable[UUID]]
Save = Callable[..., Awaitable[None]]


def content(**more: Any) -> RequestContent:
    wish = Wish(start=NOW + timedelta(hours=1), end=NOW + timedelta(hours=8))
    return RequestContent(
        department="心内科",
        ward="CCU",
        bed="3",
        attending="许知遥",
        attending_phone="13800000000",
        purpose="是否有急诊 TEVAR 指征？",
        diagnosis="急性主动脉夹层",
        history="突发胸背部撕裂样疼痛。",
        vitals=[Measure(name="心率", value="96", unit="次/分")],
        vitals_at=NOW,
        tests=[Measure(name="D-二聚体", value="8.62", unit="mg/L", flag="high")],
        treatment="降压、镇痛",
        medicines="艾司洛尔",
        specialty="cardiology",
        title_wanted=Title.associate_chief,
        wishes=[wish],
        studies=[NamedStudy(uid=STUDY, description="主动脉 CTA")],
    ).model_copy(update=more)


@pytest.fixture
async def venue(world: World) -> UUID:
    async with world.db.write() as db:
        room = Resource(kind=ResourceKind.venue, hospital_id="ruijin", name="会诊室 1", name_en="Room 1")
        db.add(room)
    return room.id


async def submit(
    world: World,
    who: str = "doctor",
    urgency: Urgency = Urgency.routine,
    mode: Mode = Mode.live,
    now: datetime = NOW,
    wanted_department_id: UUID | None = None,
    actor: Actor | None = None,
    **more: Any,
) -> UUID:
    """A new patient's request, by one of the world or by `actor`."""
    actor = actor or world.actor(who)
    async with world.db.write() as db:
        patient = Patient(
            hospital_id=actor.hospital_id,
            name="陈远山",
            sex=Sex.male,
            birth_date=date(1968, 4, 12),
            allergy=Allergy.none,
        )
        db.add(patient)
        await db.flush()
        patients.add_identifier(db, patient, IdentifierKind.admission, str(new_id())[-10:])
        case = Case(hospital_id=actor.hospital_id, patient_id=patient.id, opened_at=now)
        db.add(case)
        await db.flush()
        row = Consultation(
            number=f"HZ-{new_id()}",
            case_id=case.id,
            patient_id=patient.id,
            branch_id=actor.hospital_id,
            hub_id="ruijin",
            state=State.draft,
            state_since=now,
            urgency=urgency,
            mode=mode,
            request=content(**more).model_dump(mode="json"),
            requester_id=actor.id,
            accompanying_id=actor.id,
            wanted_department_id=wanted_department_id,
            created_at=now,
            updated_at=now,
        )
        db.add(row)
        await db.flush()
        await consultations.submit(db, actor, row, [], now)
    return row.id


@pytest.fixture
def submitted(world: World) -> Made:
    return partial(submit, world)


@pytest.fixture
def lasts(call: Call) -> Save:
    """An administrator saves how many minutes it may last."""

    async def save(who: str, ladder: str, minutes: int, to: str = "asked", counted: str = "elapsed", **of: Any) -> None:
        due = {"when": "due", "minutes": minutes, "to": to, "counted": counted}
        given = {"rungs": [due]} | of
        given_of = {k: v for k, v in of.items() if k not in ("valid_from", "rungs")}
        scope = {"hospital_id": "", "agreement_id": None} | given_of
        found = (await call(who, "GET", "/admin/ladders"))[1]["scopes"]
        same = (each for each in found if each["ladder"] == ladder and scope.items() <= each.items())
        version = next((each["version"] for each in same), 0)
        status, problem = await call(who, "PUT", f"/admin/ladders/{ladder}", match=version, json=given)
        assert status == 200, problem

    return save


def consent_of(row: Consultation, now: datetime = NOW) -> Consent:
    """The patient's, signed on paper, to all that a consultation needs."""
    assert row.case_id is not None
    return Consent(
        number=f"C-{row.id}",
        case_id=row.case_id,
        activity="consultation",
        activity_id=row.id,
        kind=ConsentKind.patient,
        needed=["consult", "imaging"],
        scopes=["consult", "imaging"],
        given_by="陈远山",
        witnesses=[],
        at=now,
        recorded_by=row.requester_id,
        file_id=new_id(),
    )


async def everything_ready(world: World, id: UUID, now: datetime = NOW) -> None:
    """Consent, papers, a confirmed and complete study, and two tested devices."""
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        assert row.case_id is not None
        db.add(consent_of(row, now))
        for each in ("ecg", "laboratory", "echocardiogram"):
            db.add(
                PacketItem(
                    case_id=row.case_id,
                    activity="consultation",
                    activity_id=id,
                    version=1,
                    kind=ItemKind.not_done,
                    checklist=each,
                    reason="急诊未做",
                    hospital_id=row.branch_id,
                    added_at=now,
                )
            )
        db.add(
            StudyView(
                hospital_id=row.branch_id,
                study_uid=STUDY,
                modalities=["CT"],
                series=1,
                received=200,
                expected=200,
                complete=True,
                received_at=now,
                changed_at=now,
            )
        )
        db.add(
            StudyLink(
                hospital_id=row.branch_id,
                study_uid=STUDY,
                patient_id=row.patient_id,
                state=LinkState.confirmed,
                evidence={},
                at=now,
            )
        )
        for who in ("doctor", "expert"):
            db.add(DeviceTest(staff_id=world.ids[who], at=now, camera=True, microphone=True, network=True, details={}))
