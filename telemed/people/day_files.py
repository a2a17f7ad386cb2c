"""Reads a list of public holidays and make-up days: lines `date,off|work[,name]` with commas, tabs or spaces between
them, or a calendar file (iCalendar).

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
MOST_REFUSED: Final = 200  # shown one by one; the others are counted
LONGEST_DATE: Final = 32  # characters, and of a mark: on more, these patterns would take long, and hold up everybody
LONGEST_MARK: Final = 64
LONGEST_SPAN: Final = 31  # days of one event of a calendar file
FIRST_YEAR, LAST_YEAR = 2020, 2100
OFF: Final = frozenset({"off", "休", "放假", "休息", "holiday"})
WORK: Final = frozenset({"work", "班", "上班", "补班", "调休上班", "workday"})
SPECIAL: Final = {"WORK-HOLIDAY": DayKind.off, "ALTERNATE-WORKDAY": DayKind.work}  # of Apple's holidays
HEADER: Final = frozenset({"date", "日期"})
DATE: Final = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?")
SPLIT: Final = re.compile(r"[,，;；\t]")
# What Python or icalendar raise at a file: dates beyond any calendar, a time zone with a name that no file can have.
UNREADABLE: Final = (ValueError, OverflowError, OSError, AttributeError)
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
    """All that was read; `more_refused` counts those beyond the first MOST_REFUSED."""

    entries: list[Entry] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    more_refused: int = 0
    _dates: set[date] = field(default_factory=set)
    _refused_line: int = 0

    def _add(self, line: int, text: str, day: date, kind: DayKind, name: str) -> None:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self._refuse(line, text, "year")
        elif day in self._dates:
            self._refuse(line, text, "twice")
        elif len(self.entries) >= MOST_DAYS:
            self._refuse(line, text, "too_many_days")
        else:
            self.entries.append(Entry(line, day, kind, name.strip()[:40]))
            self._dates.add(day)

    def _refuse(self, line: int, text: str, reason: str) -> None:
        if line == self._refused_line:  # a line is refused once, whatever more of its days cannot be entered
            return
        self._refused_line = line
        if len(self.refused) < MOST_REFUSED:
            self.refused.append(Refused(line, text.strip()[:80], reason))
        else:
            self.more_refused += 1


def read(text: str) -> Listed:
    """Which of the two it is, the text says itself."""
    listed = Listed()
    if text.lstrip("\ufeff \r\n\t").upper().startswith("BEGIN:VCALENDAR"):
        _events(text, listed)
    else:
        _lines(text, listed)
    return listed


def _lines(text: str, listed: Listed) -> None:
    lines = text.lstrip("\ufeff").splitlines()
    if len(lines) > MOST_LINES:
        listed._refuse(MOST_LINES + 1, lines[MOST_LINES], "too_many_lines")
    for n, line in enumerate(lines[:MOST_LINES], start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        when, kind, name = ([each.strip().strip('"') for each in _parts(line)] + ["", ""])[:3]
        if n == 1 and when.lower() in HEADER:
            continue
        day, known = _date(when), _kind(kind)
        if day is None:
            listed._refuse(n, line, "no_date")
        elif known is None:
            listed._refuse(n, line, "no_kind")
        else:
            listed._add(n, line, day, known, name)


def _parts(line: str) -> list[str]:
    """Between commas or tabs; in a line without them, between spaces, of which the date may have some too."""
    if SPLIT.search(line):
        return SPLIT.split(line, 2)
    if (found := DATE.match(line.strip()[:LONGEST_DATE])) is None:
        return line.split(None, 2)
    return [found.group(), *line.strip()[found.end() :].split(None, 1)]


def _date(written: str) -> date | None:
    found = DATE.fullmatch(written) if len(written) <= LONGEST_DATE else None
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
    except UNREADABLE:
        listed._refuse(1, text.strip().partition("\n")[0], "no_calendar")
        return
    begun = [n for n, line in enumerate(text.splitlines(), start=1) if line.strip().upper() == "BEGIN:VEVENT"]
    for line, event in zip(begun, events, strict=False):
        _event(line, event, listed)


def _event(line: int, event: "Event", listed: Listed) -> None:
    title = str(event.get("SUMMARY", "")).strip()
    name, marked = _mark(title)
    kind = SPECIAL.get(str(event.get("X-APPLE-SPECIAL-DAY", "")).upper()) or marked
    try:
        first, end = _day(event.start), _day(event.end)
        if end < first:
            raise ValueError("it ends before it begins")
        last = max(first, end - timedelta(days=1))  # the end is the day after
    except UNREADABLE:
        listed._refuse(line, title, "no_date")
        return
    if kind is None:
        listed._refuse(line, title, "no_kind")
    elif "RRULE" in event or "RDATE" in event:
        listed._refuse(line, title, "repeats")
    elif (last - first).days >= LONGEST_SPAN:
        listed._refuse(line, title, "too_long_span")
    else:
        for n in range((last - first).days + 1):
            listed._add(line, title, first + timedelta(days=n), kind, name)


def _mark(title: str) -> tuple[str, DayKind | None]:
    """The name of an event, and what the mark at its end says."""
    start = max(0, len(title) - LONGEST_MARK)
    found = MARK.search(title, start)
    return (title[: found.start()], _kind(found[1])) if found else (title, None)


def _day(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at
