"""Consultations on the home page: the ones to join next, and those that work items belong to."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.kinds import Listed
from telemed.activities.model import Participant
from telemed.activities.schemas import NextOut, PatientBrief
from telemed.consultations import readiness
from telemed.consultations.lookup import visible_to
from telemed.consultations.model import Consultation
from telemed.consultations.queries import listed
from telemed.consultations.rules.guards import NOTHING_KNOWN, with_switches
from telemed.consultations.rules.states import JOINABLE
from telemed.consultations.rules.table import allowed
from telemed.consultations.rules.titles import open_room
from telemed.consultations.schemas import RowOut
from telemed.consultations.words import KIND, State, Urgency
from telemed.people import service as people
from telemed.people.english import departments_en
from telemed.people.model import Patient, Staff

SOON = timedelta(hours=24)
MOST_NEXT = 3  # a rival booking must not hide the one that begins now; the rest of the day is in the agenda
STILL = timedelta(hours=2)


async def listed_for(db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime) -> Mapping[UUID, Listed]:
    query = (
        select(Consultation, Patient, Staff)
        .join(Patient, col(Patient.id) == Consultation.patient_id, isouter=True)
        .join(Staff, col(Staff.id) == Consultation.lead_id, isouter=True)
        .where(col(Consultation.id).in_(ids), visible_to(actor, now))
    )
    english = await departments_en(db)
    branches = {each.id: each for each in await people.hospitals(db)}
    out = {}
    for row, patient, lead in (await db.exec(query)).all():
        shown = listed(row, patient, lead, english, now)
        may = allowed(row, actor, with_switches(NOTHING_KNOWN, branches[row.branch_id], row))
        out[row.id] = Listed(title=shown.title, row=shown, actions=[str(each) for each in may])
    return out


async def next_for(db: AsyncSession, actor: Actor, now: datetime) -> list[NextOut]:
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
        .order_by(col(Consultation.starts_at), col(Consultation.id))
        .limit(MOST_NEXT)
    )
    english = await departments_en(db)
    found = (await db.exec(query)).all()
    return [await _next(db, actor, row, listed(row, patient, lead, english, now), now) for row, patient, lead in found]


async def _next(db: AsyncSession, actor: Actor, row: Consultation, shown: RowOut, now: datetime) -> NextOut:
    gate = [each for each in await readiness.checks(db, row, now) if each.blocks]
    taking_part = await participants.of(db, row.id)
    mine = next((each for each in taking_part if each.staff_id == actor.id), None)
    return NextOut(
        activity=KIND,
        activity_id=row.id,
        title=shown.title,
        urgency=row.urgency,
        patient=_patient(shown),
        lead_name=shown.lead_name,
        lead_name_en=shown.lead_name_en,
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


def _patient(row: RowOut) -> PatientBrief | None:
    """Where the request says the patient lies."""
    if row.patient_id is None or row.patient_sex is None or row.allergy is None:
        return None
    return PatientBrief(
        id=row.patient_id,
        name=row.patient_name,
        pinyin=row.patient_pinyin,
        sex=row.patient_sex,
        age=row.patient_age,
        allergy=row.allergy,
        hospital_id=row.branch_id,
        department=row.department,
        department_en=row.department_en,
        bed=row.bed,
    )
