"""What a roster may hold, who is on duty at a moment and where nobody is. Pure: no clock, no database."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from telemed.access.model import Actor, Role
from telemed.people.model import HospitalKind
from telemed.people.rules import Span, WorkingTime
from telemed.rosters.model import Covers, Roster, RosterKind, Shift

MOST_PLACES: Final = 9
LONGEST: Final = timedelta(days=7, hours=1)  # a week on call, also the one in which the clocks go back
UNROSTERED: Final = timedelta(hours=12)
MOST_AWAY: Final = timedelta(hours=2)  # for longer the shift is handed to somebody else
MOMENT: Final = timedelta(seconds=1)
AHEAD: Final = timedelta(days=7)  # a gap so soon is said to whoever keeps the roster
CLINICIANS: Final = (
    Role.duty_doctor,
    Role.bed_doctor,
    Role.requesting_doctor,
    Role.accompanying_physician,
    Role.senior_doctor,
    Role.expert,
)
ROLES: Final = {
    HospitalKind.hub: (Role.coordinator, Role.duty_officer, Role.radiologist, Role.radiographer),
    HospitalKind.branch: (Role.duty_officer, Role.duty_doctor, Role.radiologist, Role.radiographer),
}
"""The roles that have rosters; the others work office hours, or are named case by case."""


def roles_for(kind: RosterKind, subject: str, hospital: HospitalKind) -> tuple[Role, ...]:
    """One of which somebody must have to be on this roster: the right to do what they are called for."""
    if kind is RosterKind.role:
        return (Role(subject),)
    return (Role.expert,) if hospital is HospitalKind.hub else CLINICIANS


def may_keep(roster: Roster, hospital: HospitalKind, actor: Actor) -> bool:
    """Its hospital's administrator; of a department its dispatcher; of experts and of their own the coordinators."""
    if actor.hospital_id != roster.hospital_id:
        return False
    mine = roster.kind is RosterKind.department and roster.subject == str(actor.department_id)
    at_centre = hospital is HospitalKind.hub and (
        roster.kind is not RosterKind.role or roster.subject == Role.coordinator
    )
    return (
        actor.has(Role.administrator)
        or (actor.has(Role.dispatcher) and mine)
        or (actor.has(Role.coordinator) and at_centre)
    )


def on_at(shifts: Iterable[Shift], at: datetime) -> list[Shift]:
    """Those on duty, in their order. At a hand-over it is who begins: a shift does not include its end."""
    found = [each for each in shifts if each.starts <= at < each.ends]
    return sorted(found, key=lambda each: (each.place, each.starts, str(each.id)))


def stands_until(own: Iterable[Shift], now: datetime) -> datetime:
    """Until when somebody who now says that they are there stands by: the end of their shift, of several the last.

    Where no roster says that they are on duty, half a day: they are called all the same.
    """
    return max((each.ends for each in on_at(own, now)), default=now + UNROSTERED)


def in_order(shifts: Iterable[Shift], at: datetime, eligible: Collection[UUID]) -> list[list[UUID]]:
    """Whom to call, group by group; each person once, where they come first. Who may not be called is passed over."""
    groups: dict[int, list[UUID]] = {}
    known = set[UUID]()
    for each in on_at(shifts, at):
        if each.staff_id in eligible and each.staff_id not in known:
            known.add(each.staff_id)
            groups.setdefault(each.place, []).append(each.staff_id)
    return [groups[place] for place in sorted(groups)]


def away_last(groups: Iterable[Sequence[UUID]], away: Collection[UUID]) -> list[list[UUID]]:
    """Whom to call, group by group: whoever is away after all the others, and not never."""
    kept = [list(each) for each in groups]
    here = [[each for each in group if each not in away] for group in kept]
    gone = [[each for each in group if each in away] for group in kept]
    return [group for group in (*here, *gone) if group]


def callable_in(shifts: Iterable[Shift], eligible: Collection[UUID], now: datetime) -> list[Shift]:
    """Those by which somebody is called: who may not be called any more covers only what is over."""
    return [each for each in shifts if each.staff_id in eligible or each.ends <= now]


def gaps(shifts: Iterable[Shift], covered: Iterable[Span]) -> list[Span]:
    """The times in which somebody should be on duty and nobody is, in order."""
    taken = sorted((each.starts, each.ends) for each in shifts)
    found = []
    for start, end in covered:
        free = start
        for begins, ends in taken:
            if ends <= free or begins >= end:
                continue
            if begins > free:
                found.append(Span(free, begins))
            free = max(free, ends)
        if free < end:
            found.append(Span(free, end))
    return _joined(found)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """One after another without a pause is one."""
    found: list[Span] = []
    for each in spans:
        if found and found[-1].end == each.start:
            found[-1] = Span(found[-1].start, each.end)
        else:
            found.append(each)
    return found


def covered(roster: Roster, calendar: WorkingTime, within: Span) -> list[Span]:
    return [within] if roster.covers is Covers.always else list(calendar.spans(within))


def window(roster: Roster, zone: str, first: date, days: int) -> Span:
    """These days of the roster: each begins at the hand-over to the day shift and holds the night after it."""
    return Span(_at(first, roster.day_starts, zone), _at(first + timedelta(days=days), roster.day_starts, zone))


def _at(day: date, clock: str, zone: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone)).astimezone(UTC)


class Fault(NamedTuple):
    """Why a shift cannot be saved: a word that pages know, of the n-th."""

    n: int
    reason: str


def faults(
    new: Sequence[Shift], others: Sequence[Shift], within: Span | None, eligible: Collection[UUID]
) -> list[Fault]:
    """Why these shifts cannot be saved beside `others`; those that are not new were `eligible` when they were."""
    found = []
    for n, each in enumerate(new):
        beside = [*others, *new[:n]]
        wrong = {
            "ends_first": each.ends <= each.starts,
            "too_long": each.ends - each.starts > LONGEST,
            "place": not 1 <= each.place <= MOST_PLACES,
            "outside": within is not None and not within.start <= each.starts < within.end,
            "not_eligible": each.staff_id not in eligible,
            "twice": any(
                one.staff_id == each.staff_id and one.starts < each.ends and each.starts < one.ends for one in beside
            ),
        }
        found += [Fault(n, reason) for reason, is_wrong in wrong.items() if is_wrong]
    return found


def said(shift: Shift) -> tuple[UUID, datetime, datetime, int, str]:
    """All that a shift says; two that say the same are one."""
    return shift.staff_id, shift.starts, shift.ends, shift.place, shift.note
