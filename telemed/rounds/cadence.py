"""How regularly a ward is visited, week by week, and whether its notes come in time. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from telemed.rounds import rules

WEEKS: Final = 8
WEEK: Final = timedelta(days=7)
DAY: Final = timedelta(days=1)
# By when after the admission an attending or chief physician has made a first round. It is the national rule of the
# three ranks (三级查房制度; the indicator of the 2025 core systems that `shared/domain.md` names), so no hospital sets
# it otherwise.
FIRST_WITHIN: Final = timedelta(hours=48)


def weeks_to(today: date) -> list[date]:
    """The Mondays of the last eight weeks, this one last."""
    monday = today - timedelta(days=today.weekday())
    return [monday - WEEK * n for n in reversed(range(WEEKS))]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def days_without(held: Collection[date], since: date, on: date) -> int:
    """How many days had passed on that day since the last round, or since rounds were to begin."""
    return (on - max((each for each in held if each <= on), default=min(since, on))).days


def kept(held: Collection[date], weeks: Sequence[date], every: int, since: date, today: date) -> list[bool | None]:
    """For each week whether no day of it had more than so many days without a round; None: it counts from later on."""
    out: list[bool | None] = []
    for monday in weeks:
        days = [monday + DAY * n for n in range(7)]
        judged = [each for each in days if since <= each <= today]
        out.append(all(days_without(held, since, each) <= every for each in judged) if judged else None)
    return out


class Came(StrEnum):
    """How a step of a note came, by its due time."""

    in_time = "in_time"
    late = "late"
    waits = "waits"  # and is not late yet
    overdue = "overdue"  # it waits still


@dataclass(frozen=True)
class NoteTimes:
    """Of one bed that was visited: when its round began and ended, when its note was submitted and signed."""

    day: date
    ended_at: datetime
    submitted_at: datetime | None
    signed_at: datetime | None


def written(note: NoteTimes, now: datetime) -> Came:
    return _came(note.submitted_at, note.ended_at + rules.NOTE_WITHIN, now)


def countersigned(note: NoteTimes, now: datetime) -> Came | None:
    """None while nobody has submitted it."""
    if note.submitted_at is None:
        return None
    return _came(note.signed_at, note.submitted_at + rules.COUNTERSIGN_WITHIN, now)


def _came(done: datetime | None, due: datetime, now: datetime) -> Came:
    if done is not None:
        return Came.in_time if done <= due else Came.late
    return Came.waits if now <= due else Came.overdue


def counted(found: Iterable[Came | None]) -> dict[Came, int]:
    out = dict.fromkeys(Came, 0)
    for each in found:
        if each is not None:
            out[each] += 1
    return out
