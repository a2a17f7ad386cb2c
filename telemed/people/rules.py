"""When a hospital works: hours by its own clock, public holidays and make-up days as rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from telemed.kit.clock import day_in

DAY = timedelta(days=1)
FARTHEST = 400  # days within which common working time must turn up


class NoWorkingTime(ValueError):
    """The hospitals never work at the same time: a mistake in the data, which a person must see."""


class Span(NamedTuple):
    """A time from `start` up to, but not including, `end`."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def without(self, others: "Iterable[Span]") -> "list[Span]":
        """What is left of it, in order."""
        left, at = list[Span](), self.start
        for each in sorted(each for each in others if self.overlaps(each)):
            if at < each.start:
                left.append(Span(at, each.start))
            at = max(at, each.end)
        return [*left, Span(at, self.end)] if at < self.end else left


class Hours(NamedTuple):
    """From when until when a hospital works on one day."""

    starts: time
    ends: time


Week = Mapping[int, Hours | None]  # by weekday, from 0 for Monday; None: closed


@dataclass(frozen=True)
class WorkingTime:
    """`days`: the days that differ from other weeks, or agree with them: whether the hospital works on them.

    `week`: the weekdays with hours of their own; the others are worked from Monday to Friday, from `starts` to `ends`.
    A year whose public holidays nobody has entered is `unknown`: the week as usual is then a guess, and the page says
    so. `entered` names those that somebody has; without it, those of `days`.
    """

    zone: str
    starts: time
    ends: time
    days: Mapping[date, bool]
    week: Week = field(default_factory=dict)
    entered: AbstractSet[int] | None = None

    @property
    def years(self) -> AbstractSet[int]:
        """The years of which the public holidays are entered."""
        return {each.year for each in self.days} if self.entered is None else self.entered

    def hours_on(self, day: date) -> Hours | None:
        """None: it does not work on this day. A weekend day that is worked has the usual hours."""
        usual = Hours(self.starts, self.ends)
        weekly = self.week.get(day.weekday(), usual if day.weekday() < 5 else None)
        works = self.days.get(day, weekly is not None)
        return (weekly or usual) if works else None

    def works_on(self, day: date) -> bool:
        return self.hours_on(day) is not None

    def works_at(self, moment: datetime) -> bool:
        local = moment.astimezone(ZoneInfo(self.zone))
        hours = self.hours_on(local.date())
        return hours is not None and hours.starts <= local.time() < hours.ends

    def works_until(self, moment: datetime) -> datetime:
        """When the working hours end in which it lies; outside of them, the moment itself."""
        return next((end for start, end in self.spans(Span(moment, moment + DAY)) if start <= moment), moment)

    def hold(self, span: Span) -> bool:
        """Whether all of it lies in the working hours of one day."""
        start, end = (each.astimezone(ZoneInfo(self.zone)) for each in span)
        hours = self.hours_on(start.date()) if start.date() == end.date() else None
        return hours is not None and hours.starts <= start.time() and end.time() <= hours.ends

    def spans(self, within: Span) -> Iterator[Span]:
        """The working hours in this time, day by day; 08:00 stays 08:00 on the wall when the clocks change."""
        zone = ZoneInfo(self.zone)
        day, last = (each.astimezone(zone).date() for each in within)
        while day <= last:
            if hours := self.hours_on(day):
                # In UTC: two moments in one zone are compared by wall time, also in an hour that comes twice.
                start, end = (datetime.combine(day, each, zone).astimezone(UTC) for each in hours)
                start, end = max(start, within.start), min(end, within.end)
                if start < end:
                    yield Span(start, end)
            day += DAY

    def unknown(self, within: Span) -> set[int]:
        """The years touched by this time whose public holidays nobody has entered."""
        first, last = (each.astimezone(ZoneInfo(self.zone)).year for each in within)
        return set(range(first, last + 1)) - self.years


def together(calendars: Sequence[WorkingTime], within: Span) -> list[Span]:
    """When all of them work."""
    common = [within]
    for each in calendars:
        found = list(each.spans(within))
        both = ((max(a.start, b.start), min(a.end, b.end)) for a in common for b in found)
        common = [Span(start, end) for start, end in both if start < end]
    return common


def shift(moment: datetime, by: timedelta, calendars: Sequence[WorkingTime]) -> datetime:
    """The moment by which so much common working time has passed since; if negative, from which on it is still to come.

    What ends with the working day is due at its end, not on the next morning. Without calendars all time counts.
    Raises NoWorkingTime.
    """
    left = abs(by)
    if not left:
        return moment
    for day in range(FARTHEST):
        if by > timedelta(0):
            begin = moment + day * DAY
            for start, end in together(calendars, Span(begin, begin + DAY)):
                if left <= end - start:
                    return start + left
                left -= end - start
        else:
            until = moment - day * DAY
            for start, end in reversed(together(calendars, Span(until - DAY, until))):
                if left <= end - start:
                    return end - left
                left -= end - start
    raise NoWorkingTime(f"no common working time within {FARTHEST} days")


def ever_together(one: WorkingTime, other: WorkingTime, since: datetime) -> bool:
    try:
        shift(since, timedelta(minutes=1), (one, other))
    except NoWorkingTime:
        return False
    return True


def years_to_enter(calendars: Mapping[str, WorkingTime], now: datetime) -> dict[str, list[int]]:
    """By hospital the years whose holidays nobody has entered: the current one, and from 1 November the next."""
    wanted = {}
    for hospital, each in calendars.items():
        today = day_in(each.zone, now)
        years = {today.year, today.year + 1} if today.month >= 11 else {today.year}
        if missing := years - each.years:
            wanted[hospital] = sorted(missing)
    return wanted


def week_of(written: Sequence[str]) -> Week:
    """A week as a hospital keeps it: from Monday on, "08:00-12:00", or "" for a day on which it is closed."""
    return {weekday: _hours(each) if each else None for weekday, each in enumerate(written)}


def _hours(written: str) -> Hours:
    starts, ends = (time.fromisoformat(each) for each in written.split("-"))
    return Hours(starts, ends)
