"""Consultations on the home page: the ones to join next, and those that work items belong to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.kinds import Listed
from telemed.activities.model import Participant
from telemed.activities.rules import first_and_rivals
from telemed.activities.schemas import NextOut, PatientBrief
from telemed.consultations.evidence import gates
from telemed.consultations.lookup import visible_to
from telemed.consultations.materials import materials
from telemed.consultations.model import Consultation
from telemed.consultations.queries import listed
from telemed.consultations.rules.gate import Check
from telemed.consultations.rules.guards import NOTHING_KNOWN, with_switches
from telemed.consultations.rules.states import JOINABLE
from telemed.consultations.rules.table import allowed
from telemed.consultations.rules.titles import open_room
from telemed.consultations.shown import RowOut
from telemed.consultations.words import KIND, State, Urgency
from telemed.people import service as people
from telemed.people.english import departments_en
from telemed.people.model import Patient, Staff

SOON = timedelta(hours=24)
STILL = timedelta(hours=2)
LEFT_OPEN = timedelta(hours=24)  # interrupted for longer, it is the coordinator's work and no meeting to come
MOST_CANDIDATES = 20


@dataclass(frozen=True)
class Candidate:
    """A Coming of the home page's rule, before anything costly is asked about it."""

    row: Consultation
    patient: Patient | None
    lead: Staff | None
    taking_part: list[Participant]
    actor_id: UUID

    @property
    def starts_at(self) -> datetime | None:
        return self.row.starts_at

    @property
    def ends_at(self) -> datetime | None:
        return self.row.ends_at

    @property
    def waiting_for_me(self) -> bool:
        return any(each.present or each.waiting for each in self.taking_part if each.staff_id != self.actor_id)


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
    """Readiness is looked up only of those that home will show."""
    english = await departments_en(db)
    chosen = first_and_rivals(await _candidates(db, actor, now), now)
    rows = [each.row for each in chosen]
    checks = await gates(db, rows, now, await materials(db, rows)) if rows else {}
    return [
        _next(each, listed(each.row, each.patient, each.lead, english, now), checks[each.row.id]) for each in chosen
    ]


async def _candidates(db: AsyncSession, actor: Actor, now: datetime) -> list[Candidate]:
    c = Consultation
    waiting_stat = (col(c.urgency) == Urgency.stat) & col(c.state).in_([State.approved, State.accepted])
    mine = select(Participant.activity_id).where(Participant.staff_id == actor.id)
    query = (
        select(Consultation, Patient, Staff)
        .join(Patient, col(Patient.id) == c.patient_id, isouter=True)
        .join(Staff, col(Staff.id) == c.lead_id, isouter=True)
        .where(
            or_(col(c.state).in_(JOINABLE), waiting_stat),
            or_(col(c.starts_at).is_(None), col(c.starts_at) < now + SOON),
            or_(
                col(c.ends_at).is_(None),
                col(c.ends_at) > now - STILL,
                col(c.state) == State.in_progress,
                and_(col(c.state) == State.interrupted, col(c.state_since) > now - LEFT_OPEN),
            ),
            or_(col(c.accompanying_id) == actor.id, col(c.id).in_(mine)),
            visible_to(actor, now),
        )
        .order_by(col(c.starts_at).is_not(None), col(c.starts_at), col(c.id))  # without a time: a stat call
        .limit(MOST_CANDIDATES)
    )
    found = (await db.exec(query)).all()
    people_of = await participants.of_many(db, [row.id for row, _, _ in found])
    return [Candidate(row, patient, lead, people_of.get(row.id, []), actor.id) for row, patient, lead in found]


def _next(candidate: Candidate, shown: RowOut, checks: list[Check]) -> NextOut:
    row = candidate.row
    blocking = [each for each in checks if each.blocks]
    mine = next((each for each in candidate.taking_part if each.staff_id == candidate.actor_id), None)
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
        ready=sum(each.ok for each in blocking),
        checks=len(blocking),
        may_join=open_room(row),
        waiting_for_me=candidate.waiting_for_me,
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
