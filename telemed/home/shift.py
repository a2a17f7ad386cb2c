"""The shift of whoever is on duty: what has called in it and how that ended, and what they may be called about."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.kinds import Kinds, Listed
from telemed.activities.words import Urgency
from telemed.home.schemas import CalledPerson, CallOut, DutyCallsOut, DutyShiftOut
from telemed.home.service import listed_of
from telemed.people import service as people
from telemed.rosters import standby
from telemed.work import called, notices
from telemed.work.model import Deadline, Notice

MOST_AT_HAND: Final = 20
WEEK: Final = timedelta(days=7)


async def of(db: AsyncSession, actor: Actor, kinds: Kinds, now: datetime) -> DutyShiftOut:
    since, beside = await standby.shift(db, actor, now)
    near = [each for kind in kinds for each in await kind.at_hand(db, actor, now)]
    near.sort(key=lambda each: (each.urgency is not Urgency.stat, each.starts_at or now))
    calls = await _calls(db, actor, kinds, beside, since, now)
    return DutyShiftOut(since=since, calls=calls, at_hand=near[:MOST_AT_HAND])


async def of_week(db: AsyncSession, actor: Actor, kinds: Kinds, now: datetime) -> DutyCallsOut:
    since = now - WEEK
    beside = await standby.beside(db, actor, since, now)
    return DutyCallsOut(since=since, calls=await _calls(db, actor, kinds, beside, since, now))


async def _calls(
    db: AsyncSession, actor: Actor, kinds: Kinds, beside: Collection[UUID], since: datetime, now: datetime
) -> list[CallOut]:
    """Each activity that has rung at these people once, the latest first; only those that this person may see."""
    rings = await notices.rang(db, beside, since)
    listed = await listed_of(db, actor, kinds, rings, now)
    by_activity: dict[UUID, list[Deadline]] = {}
    for each in rings:
        if each.activity_id is not None and each.activity_id in listed:
            by_activity.setdefault(each.activity_id, []).append(each)
    mine = await notices.last_ring(db, actor.id, since)
    at = await _people(db, beside, since)
    return [_call(found, listed[id], mine, at.get(id, [])) for id, found in reversed(by_activity.items())]


async def _people(db: AsyncSession, beside: Collection[UUID], since: datetime) -> dict[UUID, list[CalledPerson]]:
    """By activity those of these people at whom it rang."""
    found = await called.at_whom(db, beside, since)
    staff = await people.staff_by_id(db, {each.staff_id for each in found})
    out: dict[UUID, list[CalledPerson]] = {}
    for each in found:
        seen, passed = each.seen, each.passed
        person = CalledPerson(
            **staff[each.staff_id].model_dump(include={"id", "name", "name_en"}),
            rang_at=each.first_at,
            times=each.times,
            seen_at=seen.seen_at if seen else None,
            seen_on=seen.seen_on if seen else None,
            passed_at=passed.passed_at if passed else None,
            passed_for=passed.passed_for if passed else None,
        )
        out.setdefault(each.activity_id, []).append(person)
    return out


def _call(rings: Sequence[Deadline], about: Listed, mine: dict[UUID, Notice], at: list[CalledPerson]) -> CallOut:
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
        people=at,
    )
