"""Gather what waits for a person: ringing stat consultations, the next ones to join, their work items."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.activities.model import Participant
from telemed.consultations import readiness, rules
from telemed.consultations.model import Consultation, State, Urgency
from telemed.consultations.queries import JOINABLE, listed, open_room
from telemed.consultations.schemas import RowOut
from telemed.consultations.service import facts_at, visible_to
from telemed.home.schemas import HomeOut, NextOut, RingingOut, WorkOut, WorkPatient
from telemed.people import service as people
from telemed.people.ages import years
from telemed.people.english import Departments, departments_en
from telemed.people.model import Hospital, Patient, Staff
from telemed.work.model import WorkItem
from telemed.work.service import waiting_for

SOON = timedelta(hours=24)
MOST_NEXT = 1  # the page shows the next one; the rest of the day is in the agenda
STILL = timedelta(hours=2)
MOST_ITEMS = 100


async def home(db: AsyncSession, actor: Actor, now: datetime) -> HomeOut:
    items = await waiting_for(db, actor, MOST_ITEMS)
    english = await departments_en(db)
    seen = await _consultations(db, actor, {each.activity_id for each in items if each.activity_id}, english, now)
    patients = await _patients(db, items)
    branches = {each.id: each for each in await people.hospitals(db)}
    return HomeOut(
        ringing=await _ringing(db, actor, english, now),
        next=await _next(db, actor, english, now),
        items=[_item(actor, each, seen, patients, branches, english, now) for each in items],
        server_time=now,
    )


Seen = dict[UUID, tuple[Consultation, RowOut]]


async def _consultations(db: AsyncSession, actor: Actor, ids: set[UUID], english: Departments, now: datetime) -> Seen:
    query = (
        select(Consultation, Patient, Staff)
        .join(Patient, col(Patient.id) == Consultation.patient_id, isouter=True)
        .join(Staff, col(Staff.id) == Consultation.lead_id, isouter=True)
        .where(col(Consultation.id).in_(ids), visible_to(actor, now))
    )
    return {
        row.id: (row, listed(row, patient, lead, english, now)) for row, patient, lead in (await db.exec(query)).all()
    }


async def _patients(db: AsyncSession, items: list[WorkItem]) -> dict[UUID, Patient]:
    ids = {each.patient_id for each in items if each.patient_id}
    return {each.id: each for each in await db.exec(select(Patient).where(col(Patient.id).in_(ids)))}


def _item(
    actor: Actor,
    item: WorkItem,
    seen: Seen,
    patients: dict[UUID, Patient],
    branches: dict[str, Hospital],
    english: Departments,
    now: datetime,
) -> WorkOut:
    about = seen.get(item.activity_id) if item.activity_id else None
    patient = patients.get(item.patient_id) if item.patient_id else None
    if patient is not None and about is None and patient.hospital_id != actor.hospital_id:
        patient = None  # the grant has ended (a consent was withdrawn): the work stays, the person is not named
    return WorkOut(
        id=item.id,
        kind=item.kind,
        role=Role(item.role) if item.role else None,
        urgency=item.urgency,
        created_at=item.created_at,
        due_at=item.due_at,
        subject=item.subject,
        activity=item.activity,
        activity_id=item.activity_id,
        patient=_patient(patient, english, now) if patient else None,
        consultation=about[1] if about else None,
        note=item.note,
        actions=rules.allowed(about[0], actor, facts_at(branches[about[0].branch_id], about[0])) if about else [],
    )


def _patient(row: Patient, english: Departments, now: datetime) -> WorkPatient:
    return WorkPatient(
        id=row.id,
        name=row.name,
        pinyin=row.pinyin,
        sex=row.sex,
        age=years(row, now.date()),
        allergy=row.allergy,
        hospital_id=row.hospital_id,
        department=row.department,
        department_en=english.get((row.hospital_id, row.department), ""),
        bed=row.bed,
    )


async def _ringing(db: AsyncSession, actor: Actor, english: Departments, now: datetime) -> list[RingingOut]:
    """To every coordinator of the hub and every expert of the wanted specialty: whom the grants name."""
    if not actor.has(Role.coordinator, Role.expert):
        return []
    query = (
        select(Consultation, Patient)
        .join(Patient, col(Patient.id) == Consultation.patient_id, isouter=True)
        .where(
            Consultation.urgency == Urgency.stat,
            Consultation.state == State.approved,
            Consultation.hub_id == actor.hospital_id,
            visible_to(actor, now),
        )
        .order_by(col(Consultation.submitted_at))
    )
    return [
        RingingOut(
            consultation=listed(row, patient, None, english, now),
            question=row.request.get("purpose", ""),
            patient_present=row.patient_present,
            since=row.submitted_at or row.state_since,
            may_take=True,
            names_lead=not actor.has(Role.expert),
        )
        for row, patient in (await db.exec(query)).all()
    ]


async def _next(db: AsyncSession, actor: Actor, english: Departments, now: datetime) -> list[NextOut]:
    """What this person takes part in and may soon join, or could join now."""
    waiting_stat = (col(Consultation.urgency) == Urgency.stat) & col(Consultation.state).in_(
        [State.approved, State.accepted]
    )
    takes_part = (
        select(Participant.id)
        .where(Participant.activity_id == Consultation.id, Participant.staff_id == actor.id)
        .exists()
    )
    query = (
        select(Consultation, Patient, Staff)
        .join(Patient, col(Patient.id) == Consultation.patient_id, isouter=True)
        .join(Staff, col(Staff.id) == Consultation.lead_id, isouter=True)
        .where(
            or_(col(Consultation.state).in_(JOINABLE), waiting_stat),
            or_(col(Consultation.starts_at).is_(None), col(Consultation.starts_at) < now + SOON),
            or_(
                col(Consultation.ends_at).is_(None),
                col(Consultation.ends_at) > now - STILL,
                col(Consultation.state).in_([State.in_progress, State.interrupted]),
            ),
            or_(col(Consultation.accompanying_id) == actor.id, takes_part),
            visible_to(actor, now),
        )
        .order_by(col(Consultation.starts_at))
        .limit(MOST_NEXT)
    )
    out = []
    for row, patient, lead in (await db.exec(query)).all():
        gate = [each for each in await readiness.checks(db, row, now) if each.blocks]
        taking_part = await participants.of(db, row.id)
        mine = next((each for each in taking_part if each.staff_id == actor.id), None)
        out.append(
            NextOut(
                consultation=listed(row, patient, lead, english, now),
                role=mine.role if mine else "accompanying",
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                venue=row.venue,
                venue_en=row.venue_en,
                ready=sum(each.ok for each in gate),
                checks=len(gate),
                may_join=open_room(row),
                waiting_for_me=any(each.present or each.waiting for each in taking_part if each.staff_id != actor.id),
            )
        )
    return out
