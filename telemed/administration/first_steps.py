"""What a new site still lacks before its first real consultation. Nothing is ticked by hand: the data say it."""

from datetime import datetime

from sqlalchemy import Exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities.model import Participant
from telemed.administration.schemas import FirstStep, FirstStepOut, FirstSteps
from telemed.consultations.words import KIND as CONSULTATION
from telemed.devices.model import Device, DeviceCheck
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.duty import held_at
from telemed.people.model import Agreement, Department, Hospital, HospitalKind, Staff
from telemed.rooms.model import DeviceTest
from telemed.rosters.model import Roster, Shift
from telemed.scheduling.model import Resource, ResourceKind
from telemed.sources.model import HospitalSystem
from telemed.studies.model import StudyView
from telemed.work.model import Channel
from telemed.work.outgoing import Delivery, DeliveryState

TESTS_LOOKED_AT = 50


async def first_steps(db: AsyncSession, actor: Actor, now: datetime, *, relays: bool) -> FirstSteps:
    """Of the actor's hospital. `relays`: the installation has some, for those who cannot reach each other directly."""
    hospital = await people.hospital(db, actor.hospital_id)
    lacks = sorted(needed(hospital) - await _held(db, hospital.id))
    of_it = Department.hospital_id == hospital.id
    checks = {
        FirstStep.departments: await _any(db, select(Department.id).where(of_it).exists()),
        FirstStep.people: not lacks,
        FirstStep.venues: await _any(db, _has_venue(hospital)),
        FirstStep.agreement: await _any(db, _in_force(hospital, now)),
        FirstStep.roster: await _any(db, _on_roster(hospital, now)),
        FirstStep.mail: await _any(db, _mailed(hospital)),
        FirstStep.relay: relays and await _relayed(db, hospital),
        FirstStep.consultation: await _any(db, _met(hospital)),
    }
    if hospital.kind is HospitalKind.branch:  # images and patients come from branches
        heard = HospitalSystem.hospital_id == hospital.id, col(HospitalSystem.heard_at).is_not(None)
        checks[FirstStep.system] = await _any(db, select(HospitalSystem.id).where(*heard).exists())
        sent = StudyView.hospital_id == hospital.id
        checks[FirstStep.images] = await _any(db, select(StudyView.study_uid).where(sent).exists())
    return FirstSteps(
        items=[
            FirstStepOut(step=step, done=checks[step], lacks=lacks if step is FirstStep.people else [])
            for step in FirstStep
            if step in checks
        ]
    )


def needed(hospital: Hospital) -> set[Role]:
    """The roles without whom no consultation gets from its request to its opinion."""
    if hospital.kind is HospitalKind.hub:
        return {Role.coordinator, Role.expert}
    endorses = {Role.senior_doctor} if hospital.endorsement else set()
    reviews = {Role.reviewer} if hospital.review else set()
    return {Role.requesting_doctor, Role.accompanying_physician} | endorses | reviews


async def _held(db: AsyncSession, hospital_id: str) -> set[Role]:
    return {Role(each) for each in await held_at(db, hospital_id)}


async def _any(db: AsyncSession, found: Exists) -> bool:
    return bool((await db.exec(select(found))).one())


def _has_venue(hospital: Hospital) -> Exists:
    return select(Resource.id).where(Resource.kind == ResourceKind.venue, Resource.hospital_id == hospital.id).exists()


def _in_force(hospital: Hospital, now: datetime) -> Exists:
    today = day_in(hospital.time_zone, now)
    of_it = or_(col(Agreement.branch_id) == hospital.id, col(Agreement.hub_id) == hospital.id)
    return (
        select(Agreement.id).where(of_it, Agreement.valid_from <= today, col(Agreement.valid_until) >= today).exists()
    )


def _on_roster(hospital: Hospital, now: datetime) -> Exists:
    kept = Roster.hospital_id == hospital.id, col(Roster.closed_at).is_(None), col(Shift.ends) > now
    return select(Shift.id).join(Roster, col(Roster.id) == Shift.roster_id).where(*kept).exists()


def _mailed(hospital: Hospital) -> Exists:
    sent = Delivery.channel == Channel.mail, Delivery.state == DeliveryState.sent, Staff.hospital_id == hospital.id
    return select(Delivery.id).join(Staff, col(Staff.id) == Delivery.to_id).where(*sent).exists()


async def _relayed(db: AsyncSession, hospital: Hospital) -> bool:
    """Whether a relay answered the newest test that asked one, of a page or a device of this hospital."""
    of_people = select(DeviceTest.at, DeviceTest.details).join(Staff, col(Staff.id) == DeviceTest.staff_id)
    of_devices = select(DeviceCheck.at, DeviceCheck.details).join(Device, col(Device.id) == DeviceCheck.device_id)
    queries = (
        of_people.where(Staff.hospital_id == hospital.id).order_by(col(DeviceTest.at).desc()),
        of_devices.where(Device.hospital_id == hospital.id).order_by(col(DeviceCheck.at).desc()),
    )
    last = [each for query in queries for each in await db.exec(query.limit(TESTS_LOOKED_AT))]
    asked = [(at, details["relay"]["state"]) for at, details in last if details.get("relay")]
    return max(asked, default=(None, ""), key=lambda each: each[0])[1] == "ok"


def _met(hospital: Hospital) -> Exists:
    """Somebody of this hospital and somebody of another were in the room of a consultation, where people talk."""
    other, elsewhere = aliased(Participant), aliased(Staff)
    return (
        select(Participant.id)
        .join(Staff, col(Staff.id) == Participant.staff_id)
        .join(other, col(other.activity_id) == col(Participant.activity_id))
        .join(elsewhere, col(elsewhere.id) == col(other.staff_id))
        .where(Participant.activity == CONSULTATION)
        .where(Staff.hospital_id == hospital.id, col(elsewhere.hospital_id) != hospital.id)
        .where(col(Participant.joined_at).is_not(None), col(other.joined_at).is_not(None))
        .exists()
    )
