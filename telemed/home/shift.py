"""The shift of whoever is on duty: what has called in it and how that ended, and what they may be called about."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.kinds import Kinds, Listed
from telemed.activities.words import Urgency
from telemed.home.schemas import CallOut, DutyCallsOut, DutyShiftOut
from telemed.home.service import listed_of
from telemed.rosters import standby
from telemed.work import notices
from telemed.work.model import Deadline, Notice

MOST_NOTICES: Final = 400  # of a shift: a call that nobody takes rings anew each minute
MOST_NOTICES_OF_WEEK: Final = 2000
MOST_AT_HAND: Final = 20
WEEK: Final = timedelta(days=7)


async def of(db: AsyncSession, actor: Actor, kinds: Kinds, now: datetime) -> DutyShiftOut:
    since, people = await standby.shift(db, actor, now)
    near = [each for kind in kinds for each in await kind.at_hand(db, actor, now)]
    near.sort(key=lambda each: (each.urgency is not Urgency.stat, each.starts_at or now))
    told = await notices.rang(db, people, since, MOST_NOTICES)
    return DutyShiftOut(since=since, calls=await _calls(db, actor, kinds, told, now), at_hand=near[:MOST_AT_HAND])


async def of_week(db: AsyncSession, actor: Actor, kinds: Kinds, now: datetime) -> DutyCallsOut:
    since = now - WEEK
    people = await standby.beside(db, actor, since, now)
    told = await notices.rang(db, people, since, MOST_NOTICES_OF_WEEK)
    return DutyCallsOut(since=since, calls=await _calls(db, actor, kinds, told, now))


async def _calls(db: AsyncSession, actor: Actor, kinds: Kinds, told: Sequence[Notice], now: datetime) -> list[CallOut]:
    """Each activity once, the latest first; only those that this person may see."""
    query = select(Deadline).where(col(Deadline.id).in_({each.deadline_id for each in told}))
    rings = sorted((await db.exec(query)).all(), key=lambda each: (each.began_at, str(each.id)))
    listed = await listed_of(db, actor, kinds, rings, now)
    by_activity: dict[UUID, list[Deadline]] = {}
    for each in rings:
        if each.activity_id is not None and each.activity_id in listed:
            by_activity.setdefault(each.activity_id, []).append(each)
    mine = {each.deadline_id: each for each in reversed(told) if each.staff_id == actor.id}
    return [_call(found, listed[id], mine) for id, found in reversed(by_activity.items())]


def _call(rings: Sequence[Deadline], about: Listed, mine: dict[UUID, Notice]) -> CallOut:
    """`rings`: first what called until somebody took it, then what called its lead."""
    first = rings[0]
    own = [mine[each.id] for each in rings if each.id in mine]
    return CallOut(
        activity=first.activity or "",
        activity_id=first.activity_id or first.id,
        title=about.title,
        patient=about.patient,
        place=about.place,
        began_at=first.began_at,
        ended_at=first.done_at,
        rings=any(each.done_at is None for each in rings),
        phase=about.phase,
        lead_name=about.lead_name,
        lead_name_en=about.lead_name_en,
        called_off=about.called_off,
        rang_me=bool(own),
        passed_for=next((each.passed_for for each in own if each.passed_for), None),
    )
