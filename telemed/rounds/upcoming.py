"""Rounds for the home page and the centre's day."""

from datetime import datetime, timedelta
from typing import Final

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities.model import Answer, Participant
from telemed.activities.schemas import AtHandOut, HeldOut, NextOut, PlaceBrief
from telemed.activities.words import Urgency
from telemed.people import service as people
from telemed.people.model import Staff
from telemed.rounds import rules
from telemed.rounds.model import RoundSession
from telemed.rounds.queries import room_open
from telemed.rounds.words import KIND
from telemed.scheduling import queries as calendars

S = RoundSession
SOON: Final = timedelta(hours=24)
STILL: Final = timedelta(hours=2)
MOST: Final = 20


async def next_for(db: AsyncSession, actor: Actor, now: datetime) -> list[NextOut]:
    """Those of today that this person leads or takes part in, until two hours after their end."""
    mine = select(Participant.id).where(Participant.activity_id == S.id, Participant.staff_id == actor.id)
    mine = mine.where(Participant.answer != Answer.declined)
    query = select(S).where(or_(mine.exists(), col(S.lead_id) == actor.id, col(S.accompanying_id) == actor.id))
    query = query.where(col(S.state).in_(sorted(rules.BEFORE | rules.RUNNING)))
    query = query.where(col(S.starts_at) < now + SOON, col(S.ends_at) > now - STILL)
    found = (await db.exec(query.order_by(col(S.starts_at), col(S.id)).limit(MOST))).all()
    leads = await people.staff_by_id(db, {each.lead_id for each in found if each.lead_id})
    places = {
        each.id: each for each in await calendars.described(db, [each.venue_id for each in found if each.venue_id])
    }
    out = []
    for each in found:
        lead, place = leads.get(each.lead_id) if each.lead_id else None, None
        if each.venue_id and actor.hospital_id == each.hub_id:
            place = places.get(each.venue_id)
        out.append(
            NextOut(
                activity=KIND,
                activity_id=each.id,
                title=each.ward,
                urgency=Urgency.routine,
                patient=None,
                lead_name=lead.name if lead else "",
                lead_name_en=lead.name_en if lead else "",
                role="lead" if each.lead_id == actor.id else "accompanying",
                starts_at=each.starts_at,
                ends_at=each.ends_at,
                phase=rules.phase(each.state),
                venue=place.name if place else each.ward,
                venue_en=place.name_en if place else each.ward_en or each.ward,
                ready=0,
                checks=0,
                may_join=room_open(each, now),
                waiting_for_me=each.lead_id == actor.id and each.state in rules.RUNNING,
            )
        )
    return out


async def at_hand(db: AsyncSession, actor: Actor, now: datetime) -> list[AtHandOut]:
    """Those of today that this person leads or takes part in; a round names no patient here."""
    return [
        AtHandOut(
            activity=KIND,
            activity_id=each.activity_id,
            title=each.title,
            urgency=each.urgency,
            patient=None,
            place=None,
            phase=each.phase,
            starts_at=each.starts_at,
            vitals=[],
            vitals_at=None,
        )
        for each in await next_for(db, actor, now)
    ]


async def held(db: AsyncSession, actor: Actor, start: datetime, end: datetime) -> list[HeldOut]:
    if not actor.has(Role.coordinator, Role.duty_officer):
        return []
    query = select(S, Staff).join(Staff, col(Staff.id) == S.lead_id, isouter=True)
    query = query.where(S.hub_id == actor.hospital_id, col(S.starts_at) >= start, col(S.starts_at) < end)
    found = (await db.exec(query.where(col(S.state).not_in(sorted(rules.NEVER))).order_by(col(S.starts_at)))).all()
    places = {e.id: e for e in await calendars.described(db, [row.venue_id for row, _ in found if row.venue_id])}
    out = []
    for row, lead in found:
        place = places.get(row.venue_id) if row.venue_id else None
        out.append(
            HeldOut(
                activity=KIND,
                activity_id=row.id,
                title=row.ward,
                urgency=Urgency.routine,
                patient=None,
                place=PlaceBrief(hospital_id=row.branch_id, department="", department_en="", bed=""),
                lead_name=lead.name if lead else "",
                lead_name_en=lead.name_en if lead else "",
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                venue=place.name if place else "",
                venue_en=place.name_en if place else "",
                phase=rules.phase(row.state),
            )
        )
    return out
