"""Consultations for the home page: those that call, those to join next, and those of work items."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, and_, func, union_all
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.activities.kinds import Listed
from telemed.activities.model import Participant
from telemed.activities.rules import first_and_today
from telemed.activities.schemas import NextOut, PatientBrief, PlaceBrief, RingingOut
from telemed.activities.words import Asks
from telemed.consultations.evidence import gates
from telemed.consultations.lookup import visible_to
from telemed.consultations.materials import materials
from telemed.consultations.model import IS_STAT, Consultation
from telemed.consultations.queries import listed, rows
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.gate import Check
from telemed.consultations.rules.guards import NOTHING_KNOWN, with_switches
from telemed.consultations.rules.states import CALLED_OFF, JOINABLE, phase
from telemed.consultations.rules.table import allowed
from telemed.consultations.rules.titles import open_room
from telemed.consultations.shown import RowOut
from telemed.consultations.words import KIND, State
from telemed.kit.clock import midnight_after
from telemed.people import service as people
from telemed.people.english import departments_en
from telemed.work import notices

SOON = timedelta(hours=24)
STILL = timedelta(hours=2)
LEFT_OPEN = timedelta(hours=24)  # after a longer interruption it is work of the coordinator, not a meeting to join
MOST_CANDIDATES, MOST_NEAR = 20, 100


@dataclass(frozen=True)
class Candidate:
    """Implements `Coming` of the home page's rule with cheap data, to choose before loading more."""

    id: UUID
    starts_at: datetime | None
    ends_at: datetime | None
    waiting_for_me: bool


async def ringing(db: AsyncSession, actor: Actor, now: datetime) -> list[RingingOut]:
    """The stat calls for this person: grants name whom they may ring at. A taken one only while it rings at them."""
    if not actor.has(Role.coordinator, Role.expert, Role.duty_officer):
        return []
    c, rings = Consultation, await notices.ringing(db, actor)
    calls = or_(col(c.state) == State.approved, col(c.id).in_(rings))
    query = rows().where(IS_STAT, calls, c.hub_id == actor.hospital_id, visible_to(actor, now))
    found = (await db.exec(query.order_by(col(c.submitted_at)))).all()
    if not found:
        return []
    english, zones = await departments_en(db), await people.zones(db)
    here = await participants.present_in(db, actor.id)
    return [
        _ringing(actor, row, listed(row, patient, lead, english, zones, now), rings.get(row.id), here)
        for row, patient, lead in found
    ]


async def listed_for(db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime) -> Mapping[UUID, Listed]:
    query = rows().where(col(Consultation.id).in_(ids), visible_to(actor, now))
    english, zones = await departments_en(db), await people.zones(db)
    branches = {each.id: each for each in await people.hospitals(db)}
    out = {}
    for row, patient, lead in (await db.exec(query)).all():
        shown = listed(row, patient, lead, english, zones, now)
        may = allowed(row, actor, with_switches(NOTHING_KNOWN, branches[row.branch_id], row))
        actions = [str(each) for each in may]
        meets = row.starts_at, row.ends_at
        out[row.id] = Listed(
            shown.title,
            patient_of(shown),
            place_of(shown),
            row.version,
            actions,
            *meets,
            phase=phase(row.state),
            lead_name=shown.lead_name,
            lead_name_en=shown.lead_name_en,
            called_off=row.state in CALLED_OFF,
        )
    return out


async def next_for(db: AsyncSession, actor: Actor, now: datetime) -> list[NextOut]:
    """The meetings of today for this person; whole rows are only loaded for these, readiness only of the first."""
    tonight = midnight_after((await people.zones(db))[actor.hospital_id], now)
    chosen = first_and_today(await _candidates(db, actor, now), now, tonight)
    if not chosen:
        return []
    found = (await db.exec(rows().where(col(Consultation.id).in_([each.id for each in chosen])))).all()
    by_id = {row.id: (row, patient, lead) for row, patient, lead in found}
    first = [by_id[chosen[0].id][0]]
    checks = await gates(db, first, now, await materials(db, first))
    mine = {each.activity_id: each.role for each in await participants.of_one(db, actor.id, list(by_id))}
    english, zones = await departments_en(db), await people.zones(db)
    return [
        _next(
            actor,
            each,
            row,
            listed(row, patient, lead, english, zones, now),
            mine.get(row.id),
            checks.get(row.id, []),
        )
        for each, (row, patient, lead) in ((each, by_id[each.id]) for each in chosen)
    ]


async def _candidates(db: AsyncSession, actor: Actor, now: datetime) -> list[Candidate]:
    c = Consultation
    with_me = select(Participant.id).where(Participant.activity_id == c.id, Participant.staff_id == actor.id)
    p = Participant
    waits = select(p.id).where(p.activity_id == c.id, p.staff_id != actor.id, or_(col(p.present), col(p.waiting)))
    mine = select(c.id, c.starts_at, c.ends_at).where(
        or_(func.coalesce(c.starts_at, now) < now + SOON, waits.exists()),  # who waits is seen however early they are
        or_(
            func.coalesce(c.ends_at, now) > now - STILL,
            col(c.state) == State.in_progress,
            and_(col(c.state) == State.interrupted, col(c.state_since) > now - LEFT_OPEN),
        ),
        or_(col(c.accompanying_id) == actor.id, with_me.exists()),
    )
    # Two halves, each found by its own index; with an OR neither index would be used.
    joinable = mine.where(col(c.state).in_(JOINABLE))
    calling = mine.where(IS_STAT, col(c.state).in_([State.approved, State.accepted]))
    both = union_all(joinable, calling).subquery()
    near = select(*both.c).order_by(*_pressing(both)).limit(MOST_NEAR).subquery()  # only of these the grants are read
    query = select(*near.c).join(c, col(c.id) == near.c.id).where(visible_to(actor, now))
    found = (await db.exec(query.order_by(*_pressing(near)).limit(MOST_CANDIDATES))).all()
    waiting = await _others_are_here(db, actor, [id for id, _, _ in found])
    return [Candidate(id, starts_at, ends_at, id in waiting) for id, starts_at, ends_at in found]


def _pressing(of: Subquery) -> tuple[ColumnElement[Any], ...]:
    """Without a time is a stat call, and first."""
    return of.c.starts_at.is_not(None), of.c.starts_at, of.c.id


async def _others_are_here(db: AsyncSession, actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    p = Participant
    query = select(p.activity_id).where(col(p.activity_id).in_(ids), p.staff_id != actor.id)
    return set((await db.exec(query.where(or_(col(p.present), col(p.waiting))))).all()) if ids else set()


def _ringing(
    actor: Actor, row: Consultation, shown: RowOut, rung_at: datetime | None, here: Collection[UUID]
) -> RingingOut:
    asks, names_lead = _asks(actor, row), not actor.has(Role.expert)
    comes = asks is not Asks.lead and not names_lead
    return RingingOut(
        activity=KIND,
        activity_id=row.id,
        version=row.version,
        title=shown.title,
        patient=patient_of(shown),
        place=place_of(shown),
        question=request_of(row).purpose,
        patient_present=row.patient_present,
        since=row.submitted_at or row.state_since,
        asks=asks,
        rings=rung_at is not None,
        rung_at=rung_at,
        names_lead=names_lead,
        leaves=comes and any(id != row.id for id in here),
    )


def _asks(actor: Actor, row: Consultation) -> Asks:
    if row.state is State.approved:
        return Asks.take
    return Asks.enter if actor.id == row.lead_id else Asks.lead


def _next(
    actor: Actor, candidate: Candidate, row: Consultation, shown: RowOut, role: str | None, checks: list[Check]
) -> NextOut:
    blocking = [each for each in checks if each.blocks]
    here = row.branch_venue and actor.hospital_id == row.branch_id  # where this person goes
    return NextOut(
        activity=KIND,
        activity_id=row.id,
        title=shown.title,
        urgency=row.urgency,
        patient=patient_of(shown),
        lead_name=shown.lead_name,
        lead_name_en=shown.lead_name_en,
        role=role or "accompanying",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        phase=phase(row.state),
        venue=row.branch_venue if here else row.venue,
        venue_en=row.branch_venue_en if here else row.venue_en,
        ready=sum(each.ok for each in blocking),
        checks=len(blocking),
        may_join=open_room(row),
        waiting_for_me=candidate.waiting_for_me,
    )


def place_of(row: RowOut) -> PlaceBrief:
    """Where the request says the patient is."""
    return PlaceBrief(
        hospital_id=row.branch_id, department=row.department, department_en=row.department_en, bed=row.bed
    )


def patient_of(row: RowOut) -> PatientBrief | None:
    if row.patient_id is None or row.patient_sex is None or row.allergy is None:
        return None
    return PatientBrief(
        id=row.patient_id,
        name=row.patient_name,
        pinyin=row.patient_pinyin,
        sex=row.patient_sex,
        age=row.patient_age,
        allergy=row.allergy,
        **place_of(row).model_dump(),
    )
