"""The days on which a series meets, and the moments that they are by the clock of its hospital. Pure.

Rules are RFC 5545 §3.3.10 as far as a ward, a clinic or teaching needs it: every so many weeks on weekdays, or every so
many months on the first to fourth or the last of a weekday. Nothing ends in a rule: `ends_on` of the series does.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice, takewhile
from typing import Final, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from telemed.errors import Conflict, Invalid
from telemed.kit.clock import day_in

DAYS: Final = "MO|TU|WE|TH|FR|SA|SU"
WEEKLY: Final = re.compile(rf"FREQ=WEEKLY(;INTERVAL=([1-9]|1[0-2]))?;BYDAY=({DAYS})(,({DAYS})){{0,6}}")
MONTHLY: Final = re.compile(rf"FREQ=MONTHLY(;INTERVAL=([1-9]|1[0-2]))?;BYDAY=(1|2|3|4|-1)({DAYS})")
CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
ASKED_AHEAD: Final = timedelta(days=14)  # a time that could not be booked: it may still become free by itself before
SETTLED_AHEAD: Final = timedelta(days=7)  # people must know of it by then, as of a round


class OccurrenceChange(StrEnum):
    """How an occurrence of a series differs from its rule."""

    moved = "moved"
    left_out = "left_out"


@dataclass(frozen=True)
class Rule:
    """When a series meets: a checked rule, its first and last day, its time by the clock of a zone, its length."""

    rrule: str
    starts_on: date
    at: time
    minutes: int
    zone: str
    ends_on: date | None = None


class Repeats(Protocol):
    """A series as it is stored."""

    id: UUID
    rrule: str
    starts_on: date
    at: str
    minutes: int
    ends_on: date | None


@dataclass(frozen=True)
class Occurrence:
    """One of the series by its rule. `on` names it, whatever becomes of its time."""

    on: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Difference:
    """What was decided of one day: left out (`starts_at` None), or moved."""

    starts_at: datetime | None
    minutes: int | None = None


def check(rrule: str, at: str) -> None:
    """Raises Invalid unless the rule is one of these, each weekday named once, and the time one of a clock."""
    found = WEEKLY.fullmatch(rrule) or MONTHLY.fullmatch(rrule)
    named = rrule.rpartition("BYDAY=")[2].split(",")
    if found is None or len(set(named)) != len(named):
        raise Invalid("Say on which weekdays, and every how many weeks or months.", reason="bad_rule")
    if CLOCK.fullmatch(at) is None:
        raise Invalid("The time must be like 08:30.", reason="bad_time")


def is_readable(rrule: str, at: str) -> bool:
    """Whether what is stored is such a rule and such a time: what was written past these checks may be anything."""
    try:
        check(rrule, at)
    except Invalid:
        return False
    return True


def readable_ids(stored: Iterable[object]) -> list[UUID]:
    """Of whom or what a series takes those whose ids can be read."""
    found = []
    for each in stored:
        with suppress(ValueError):
            found.append(UUID(str(each)))
    return found


def rule_of(row: Repeats, zone: str) -> Rule:
    """Raises Conflict where it cannot be read."""
    if not is_readable(row.rrule, row.at):
        raise Conflict("When it comes again cannot be read: say it anew.", reason="rule_unreadable")
    return Rule(row.rrule, row.starts_on, time.fromisoformat(row.at), row.minutes, zone, row.ends_on)


def days(rule: Rule, after: date | None = None) -> Iterator[date]:
    """The days of the rule, in order and perhaps without end: all, or those after `after`."""
    after = after or rule.starts_on - timedelta(days=1)
    first = datetime.combine(_near(rule, after), time())
    for each in rrulestr(rule.rrule, dtstart=first).xafter(datetime.combine(after, time())):
        day = each.date()
        if rule.ends_on is not None and day > rule.ends_on:
            return
        yield day


def _near(rule: Rule, after: date) -> date:
    """A day from which the rule counts the same as from its first: whole turns of it later, and not after `after`.
    What an old series was is not counted again at every look."""
    every = int(found[1]) if (found := re.search(r"INTERVAL=(\d+)", rule.rrule)) else 1
    first = rule.starts_on
    if rule.rrule.startswith("FREQ=WEEKLY"):
        return first + max(0, (after - first).days // (7 * every)) * timedelta(weeks=every)
    months = (after.year - first.year) * 12 + after.month - first.month
    turns = max(0, months // every) * every
    year, month = divmod(first.year * 12 + first.month - 1 + turns, 12)
    return date(year, month + 1, 1) if turns else first


def moment(rule: Rule, day: date) -> datetime:
    """The same time on the wall every day. In the hour that a clock skips it is as much later; of one that comes twice
    the first."""
    return datetime.combine(day, rule.at, ZoneInfo(rule.zone)).astimezone(UTC)


def occurrences(
    rule: Rule, differences: Mapping[date, Difference], *, after: date | None = None
) -> Iterator[Occurrence]:
    """In the order of their days by the rule; those left out are missing."""
    for day in days(rule, after):
        changed = differences.get(day)
        if changed is not None and changed.starts_at is None:
            continue
        starts = changed.starts_at if changed and changed.starts_at else moment(rule, day)
        length = timedelta(minutes=(changed and changed.minutes) or rule.minutes)
        yield Occurrence(day, starts, starts + length)


def following(rule: Rule, differences: Mapping[date, Difference], now: datetime, most: int) -> list[Occurrence]:
    """The next ones that have not begun, by their day in the rule."""
    return list(islice(_ahead(rule, differences, now), most))


def left_out(rule: Rule, differences: Mapping[date, Difference], now: datetime) -> list[Occurrence]:
    """Those that were left out and would not have begun, at the time that they would have by the rule."""
    found = []
    for on in sorted(differences):
        if differences[on].starts_at is None and (starts := moment(rule, on)) > now and has(rule, on):
            found.append(Occurrence(on, starts, starts + timedelta(minutes=rule.minutes)))
    return found


def is_by_rule(rule: Rule, on: date, starts_at: datetime, minutes: int | None) -> bool:
    """Whether that is the time and the length which its day has by the rule."""
    return starts_at == moment(rule, on) and minutes in (None, rule.minutes)


def to_come(rule: Rule, differences: Mapping[date, Difference], until: date, now: datetime) -> list[Occurrence]:
    """Those until that day by the rule that have not begun."""
    return list(takewhile(lambda one: one.on <= until, _ahead(rule, differences, now)))


def _ahead(rule: Rule, differences: Mapping[date, Difference], now: datetime) -> Iterator[Occurrence]:
    """Those that have not begun, by their day in the rule: first those of days that were which are moved to one to
    come."""
    yesterday = day_in(rule.zone, now) - timedelta(days=1)
    for on in sorted(differences):
        if on <= yesterday and has(rule, on):
            one = next(occurrences(rule, differences, after=on - timedelta(days=1)), None)
            if one is not None and one.on == on and one.starts_at > now:
                yield one
    yield from (each for each in occurrences(rule, differences, after=yesterday) if each.starts_at > now)


def has(rule: Rule, day: date) -> bool:
    """Whether the rule has this day, whatever was decided of it."""
    return next(days(rule, day - timedelta(days=1)), None) == day


def near(missing: Iterable[Occurrence], now: datetime) -> list[Occurrence]:
    """Of those that are not booked the ones that are so near that somebody is asked, the next first."""
    soon = [each for each in missing if now < each.starts_at <= now + ASKED_AHEAD]
    return sorted(soon, key=lambda each: each.starts_at)


def to_be_settled(starts_at: datetime, soonest: datetime) -> datetime:
    """By when it must be decided what becomes of it: a week before it, or of what is asked later than that by the
    soonest that may be expected; before it begins in any case."""
    return min(max(starts_at - SETTLED_AHEAD, soonest), starts_at)
