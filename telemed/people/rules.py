"""When a hospital works: hours by its own clock, public holidays and make-up days as rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class WorkingTime:
    """`days`: the days that differ from Monday to Friday, or agree with it: whether the hospital works on them.

    A year of which no day is entered is `unknown`: Monday to Friday is then a guess, and the page says so.
    """

    zone: str
    starts: time
    ends: time
    days: Mapping[date, bool]

    def works_on(self, day: date) -> bool:
        return self.days.get(day, day.weekday() < 5)

    def works_at(self, moment: datetime) -> bool:
        local = moment.astimezone(ZoneInfo(self.zone))
        return self.works_on(local.date()) and self.starts <= local.time() < self.ends

    def works_until(self, moment: datetime) -> datetime:
        """When the working hours end in which it lies; outside of them, the moment itself."""
        return next((end for start, end in self.spans(Span(moment, moment + DAY)) if start <= moment), moment)

    def hold(self, span: Span) -> bool:
        """Whether all of it lies in the working hours of one day."""
        start, end = (each.astimezone(ZoneInfo(self.zone)) for each in span)
        same_day = start.date() == end.date()
        return same_day and self.works_on(start.date()) and self.starts <= start.time() and end.time() <= self.ends

    def spans(self, within: Span) -> Iterator[Span]:
        """The working hours in this time, day by day; 08:00 stays 08:00 on the wall when the clocks change."""
        zone = ZoneInfo(self.zone)
        day, last = (each.astimezone(zone).date() for each in within)
        while day <= last:
            if self.works_on(day):
                # In UTC: two moments in one zone are compared by wall time, also in an hour that comes twice.
                start, end = (datetime.combine(day, each, zone).astimezone(UTC) for each in (self.starts, self.ends))
                start, end = max(start, within.start), min(end, within.end)
                if start < end:
                    yield Span(start, end)
            day += DAY

    def unknown(self, within: Span) -> set[int]:
        """The years touched by this time of which no day is entered."""
        first, last = (each.astimezone(ZoneInfo(self.zone)).year for each in within)
        return set(range(first, last + 1)) - {each.year for each in self.days}


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


def years_to_enter(calendars: Mapping[str, WorkingTime], now: datetime) -> dict[str, list[int]]:
    """By hospital the years whose holidays nobody has entered: the current one, and from 1 November the next."""
    wanted = {}
    for hospital, each in calendars.items():
        today = day_in(each.zone, now)
        years = {today.year, today.year + 1} if today.month >= 11 else {today.year}
        if missing := years - {day.year for day in each.days}:
            wanted[hospital] = sorted(missing)
    return wanted
