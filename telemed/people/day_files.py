"""Reads a list of public holidays and make-up days: lines `date,off|work[,name]`, or a calendar file (iCalendar).

Pure. What cannot be read is named line by line; the rest is read all the same.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from telemed.people.model import DayKind

if TYPE_CHECKING:
    from icalendar import Event

MOST_LINES: Final = 2000
MOST_DAYS: Final = 400  # of one list: a year has no more that differ
LONGEST_SPAN: Final = 31  # days of one event of a calendar file
FIRST_YEAR, LAST_YEAR = 2020, 2100
OFF: Final = frozenset({"off", "休", "放假", "休息", "holiday"})
WORK: Final = frozenset({"work", "班", "上班", "补班", "调休上班", "workday"})
SPECIAL: Final = {"WORK-HOLIDAY": DayKind.off, "ALTERNATE-WORKDAY": DayKind.work}  # of Apple's holidays
HEADER: Final = frozenset({"date", "日期"})
DATE: Final = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?")
SPLIT: Final = re.compile(r"[,，;；\t]")
MARK: Final = re.compile(r"[\s(（\[【]*(补班|上班|班|放假|休息|休)[)）\]】]?\s*$")


class Entry(NamedTuple):
    """A day as the list has it, and in which line."""

    line: int
    date: date
    kind: DayKind
    name: str


class Refused(NamedTuple):
    """A line that says nothing that can be entered: why, as a word that pages know."""

    line: int
    text: str
    reason: str


@dataclass
class Listed:
    """All that was read."""

    entries: list[Entry] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def _add(self, line: int, text: str, day: date, kind: DayKind, name: str) -> None:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self._refuse(line, text, "year")
        elif any(each.date == day for each in self.entries):
            self._refuse(line, text, "twice")
        elif len(self.entries) >= MOST_DAYS:
            self._refuse(line, text, "too_many_days")
        else:
            self.entries.append(Entry(line, day, kind, name.strip()[:40]))

    def _refuse(self, line: int, text: str, reason: str) -> None:
        self.refused.append(Refused(line, text.strip()[:80], reason))


def read(text: str) -> Listed:
    """Which of the two it is, the text says itself."""
    listed = Listed()
    if text.lstrip("\ufeff \r\n\t").upper().startswith("BEGIN:VCALENDAR"):
        _events(text, listed)
    else:
        _lines(text, listed)
    return listed


def _lines(text: str, listed: Listed) -> None:
    for n, line in enumerate(text.lstrip("\ufeff").splitlines()[:MOST_LINES], start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        when, kind, name = ([each.strip().strip('"') for each in SPLIT.split(line, 2)] + ["", ""])[:3]
        if n == 1 and when.lower() in HEADER:
            continue
        day, known = _date(when), _kind(kind)
        if day is None:
            listed._refuse(n, line, "no_date")
        elif known is None:
            listed._refuse(n, line, "no_kind")
        else:
            listed._add(n, line, day, known, name)


def _date(written: str) -> date | None:
    found = DATE.fullmatch(written)
    if found is None:
        return None
    try:
        return date(*(int(each) for each in found.groups()))
    except ValueError:
        return None


def _kind(written: str) -> DayKind | None:
    word = written.strip().lower()
    return DayKind.off if word in OFF else DayKind.work if word in WORK else None


def _events(text: str, listed: Listed) -> None:
    """Events of whole days, as calendars of public holidays have them: 元旦（休）, or Apple's X-APPLE-SPECIAL-DAY."""
    from icalendar import Calendar  # imported here, because it takes a quarter of a second and few ever need it

    try:
        events = Calendar.from_ical(text.lstrip("\ufeff \r\n\t")).events
    except ValueError:
        listed._refuse(1, text.strip().partition("\n")[0], "no_calendar")
        return
    begun = [n for n, line in enumerate(text.splitlines(), start=1) if line.strip().upper() == "BEGIN:VEVENT"]
    for line, event in zip(begun, events, strict=False):
        _event(line, event, listed)


def _event(line: int, event: "Event", listed: Listed) -> None:
    title = str(event.get("SUMMARY", ""))
    mark = MARK.search(title)
    kind = SPECIAL.get(str(event.get("X-APPLE-SPECIAL-DAY", "")).upper()) or (_kind(mark[1]) if mark else None)
    try:
        first, end = _day(event.start), _day(event.end)
        if end < first:
            raise ValueError("it ends before it begins")
    except ValueError:
        listed._refuse(line, title, "no_date")
        return
    last = max(first, end - timedelta(days=1))  # the end is the day after
    if kind is None:
        listed._refuse(line, title, "no_kind")
    elif "RRULE" in event or "RDATE" in event:
        listed._refuse(line, title, "repeats")
    elif (last - first).days >= LONGEST_SPAN:
        listed._refuse(line, title, "too_long_span")
    else:
        for n in range((last - first).days + 1):
            listed._add(line, title, first + timedelta(days=n), kind, MARK.sub("", title))


def _day(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at
