"""What is in the way of the next rounds of a series: holidays, bookings of its leads and places, the agreement."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.calendars import working_times
from telemed.people.model import Agreement
from telemed.people.rules import Span, WorkingTime
from telemed.rounds.booking import usable_cart
from telemed.rounds.making import SERIES_CHANGED
from telemed.rounds.model import RoundSession
from telemed.rounds.rules import NEVER
from telemed.rounds.series_schemas import OccurrenceOut, SeriesIn
from telemed.rounds.words import AGREEMENT_SERVICE
from telemed.scheduling import limits
from telemed.scheduling.clashing import clashes_at
from telemed.scheduling.model import Booking, BookingKind
from telemed.scheduling.recurrence import Difference, Occurrence, Rule, following
from telemed.scheduling.schemas import Clash

AHEAD: Final = 8


def rule_of(new: SeriesIn, zone: str, ends_on: date | None = None) -> Rule:
    return Rule(new.rrule, new.starts_on, time.fromisoformat(new.at), new.minutes, zone, ends_on)


async def preview(
    db: AsyncSession,
    actor: Actor,
    new: SeriesIn,
    rule: Rule,
    agreement: Agreement,
    changes: Mapping[date, Difference],
    now: datetime,
    *,
    most: int = AHEAD,
    besides: UUID | None = None,
) -> list[OccurrenceOut]:
    """The next occurrences, each with everything that stands in its way, and who of the pool is free to lead it.

    `besides`: of this series the own bookings do not count.
    """
    found = following(rule, changes, now, most)
    if not found:
        return []
    ends = agreement.branch_id, agreement.hub_id
    hours = await working_times(db, set(ends))
    own = await _sessions(db, besides)
    others = await _of_ward(db, new.ward_id, found, besides)
    cart = await usable_cart(db, new.cart_id)
    places = [place for place in (new.venue_id, cart, new.accompanying_id) if place]
    spans = [Span(each.starts_at, each.ends_at) for each in found]
    taking = await clashes_at(db, actor, [*places, *new.leads], spans, now)
    standing = [
        [clash for clash in theirs if clash.booking_id != own.get(each.on)]
        for each, theirs in zip(found, taking, strict=True)
    ]
    leads = [_first_free(new.leads, clashes) for clashes in standing]
    times = [
        limits.Time([*places, *([lead] if lead else [])], span, own.get(each.on))
        for each, span, lead in zip(found, spans, leads, strict=True)
    ]
    passed = await limits.broken_at(db, times, BookingKind.round, now)
    out = []
    for each, span, clashes, lead, broken in zip(found, spans, standing, leads, passed, strict=True):
        day = each.starts_at
        out.append(
            OccurrenceOut(
                on=each.on,
                starts_at=each.starts_at,
                ends_at=each.ends_at,
                moved=each.on in changes,
                lead_id=lead,
                closed=[id for id in ends if not _works(hours[id], day)],
                guessed=sorted({year for one in hours.values() for year in one.unknown(span)}),
                clashes=[clash for clash in clashes if clash.resource_id in places or lead is None],
                limits=broken,
                not_covered=await people.agreement(db, *ends, AGREEMENT_SERVICE, day) is None,
                same_ward=any(span.overlaps(other) for other in others),
            )
        )
    return out


def _first_free(leads: Sequence[UUID], clashes: Sequence[Clash]) -> UUID | None:
    taken = {clash.resource_id for clash in clashes}
    return next((who for who in leads if who not in taken), None)


def _works(hours: WorkingTime, at: datetime) -> bool:
    return hours.works_on(day_in(hours.zone, at))


async def _sessions(db: AsyncSession, series_id: UUID | None) -> dict[date, UUID]:
    """By day the bookings of this series' own sessions."""
    if series_id is None:
        return {}
    query = select(col(RoundSession.on), col(Booking.id)).join(Booking, col(Booking.activity_id) == RoundSession.id)
    return dict((await db.exec(query.where(RoundSession.series_id == series_id))).all())


async def _of_ward(db: AsyncSession, ward_id: UUID, found: Sequence[Occurrence], besides: UUID | None) -> list[Span]:
    """Other rounds of this ward in that time."""
    s = RoundSession
    query = select(s.starts_at, s.ends_at).where(s.ward_id == ward_id, col(s.state).not_in(sorted(NEVER)))
    query = query.where(col(s.ends_at) > found[0].starts_at, col(s.starts_at) < found[-1].ends_at)
    if besides is not None:
        query = query.where(or_(col(s.series_id).is_(None), col(s.series_id) != besides))
    return [Span(start, end) for start, end in (await db.exec(query)).all()]


async def cancelled(db: AsyncSession, series_id: UUID) -> dict[date, str]:
    """The days whose round was cancelled by itself, each with why: the series makes none again."""
    s = RoundSession
    query = select(col(s.on), col(s.state), col(s.why)).where(s.series_id == series_id, s.why != SERIES_CHANGED)
    found = (await db.exec(query)).all()
    stand = {on for on, state, _ in found if state not in NEVER}
    return {on: why for on, _, why in found if on not in stand}
