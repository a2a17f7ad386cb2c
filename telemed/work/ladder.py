"""The ladder of a deadline: who is told when, before it is due and after. Pure: no clock, no database.

The moment of a rung follows from the deadline alone and never from when a pass ran: after an outage the same rungs are
reached, each once, only late.
"""

from collections.abc import Generator, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from telemed.people.rules import NoWorkingTime, WorkingTime, shift
from telemed.work.model import Counted, Deadline, Rung, When

GRACE = timedelta(minutes=1)  # a rung recorded later than this was missed, and its record says so
AT_ONCE = 1000  # rungs of one deadline in one pass: a ladder that repeats each minute, after a night's outage


class Whom(NamedTuple):
    """Whom is this rung for? To be answered as of `at`, not of now, or the record would depend on the outage.

    `first`: of a ladder that begins again until somebody has acted, and has not yet. Then whoever of a role is on duty
    is enough; later everybody who has it is told.
    """

    rung: Rung
    at: datetime
    first: bool = False


class Reached(NamedTuple):
    """The `n`-th rung of a deadline, reached. `told`: these people are told; otherwise it is only recorded."""

    n: int
    rung: Rung
    when: When
    at: datetime
    people: tuple[UUID, ...]
    late: bool = False
    told: bool = False


class Place(NamedTuple):
    """How far a deadline is: `rung` counts the rungs reached, `at` is when the next one is; None: there is none."""

    rung: int
    at: datetime | None


def chosen(rungs: Iterable[Rung], of: Deadline) -> list[Rung]:
    """The ladder of this deadline, in its order.

    The agreement's ladder before the hospital's before the default, what somebody has saved before the product's own,
    one for this urgency before one for all, the newest that was valid when the deadline began: a change holds for what
    begins after it.
    """
    fitting = [
        each
        for each in rungs
        if each.ladder == of.ladder
        and each.valid_from <= of.began_at
        and (each.valid_until is None or of.began_at < each.valid_until)
        and each.hospital_id in ("", of.hospital_id)
        and each.agreement_id in (None, of.agreement_id)
        and each.urgency in ("", of.urgency)
    ]
    best = max((_rank(each) for each in fitting), default=None)
    return sorted((each for each in fitting if _rank(each) == best), key=lambda each: each.n)


def _rank(rung: Rung) -> tuple[bool, bool, bool, bool, datetime]:
    saved, of_one = rung.saved_at is not None, rung.urgency != ""
    return rung.agreement_id is not None, rung.hospital_id != "", saved, of_one, rung.valid_from


def begin(began: datetime, due: datetime, ladder: Sequence[Rung], calendars: Sequence[WorkingTime]) -> Place:
    """The place of a new deadline; reminders that would lie before its beginning are left out."""
    for n, rung in enumerate(ladder):
        at = _moment(rung, due, due, calendars)
        if rung.when is not When.before or at >= began:
            return Place(n, at)
    return Place(len(ladder), None)


Advanced = tuple[Place, list[Reached]]
Asking = Generator[Whom, Sequence[UUID], Advanced]


def advance(
    place: Place,
    due: datetime,
    ladder: Sequence[Rung],
    calendars: Sequence[WorkingTime],
    now: datetime,
    *,
    begins: bool = False,
) -> Asking:
    """Reaches every rung whose moment has come; asks its caller whom each is for, and returns the place after them.

    Only the highest that is for somebody is told: what an outage has passed over wakes nobody.
    But of what `begins` when it is due already, as at a hub to which it comes late, those who must act hear as well.
    """
    reached: list[Reached] = []
    while (at := place.at) is not None and at <= now and len(reached) < AT_ONCE:
        rung = rung_at(ladder, place.rung)
        if rung is None:  # the ladder has been shortened by hand
            place = Place(place.rung, None)
            break
        found = yield Whom(rung, at, in_first_round(ladder, place.rung))
        when = rung.when if place.rung < len(ladder) else When.after
        reached.append(Reached(place.rung, rung, when, at, tuple(found), late=now - at > GRACE))
        place = after(place, due, ladder, calendars, anybody=bool(found))
    caught_up = place.at is None or place.at > now
    highest = next((each for each in reversed(reached) if each.people and caught_up), None)
    first = {When.due} if begins and highest else frozenset[When]()
    return place, [
        each._replace(told=each is highest or (each.when in first and bool(each.people))) for each in reached
    ]


def is_on_record(reached: Reached, ladder: Sequence[Rung]) -> bool:
    """Whether there is an event of it: not of whole rounds that an outage passed over, thousands after some weeks."""
    return reached.told or not reached.late or reached.n < len(ladder)


def not_yet_told(reached: Reached, ladder: Sequence[Rung], told: Iterable[tuple[int, UUID]]) -> Reached:
    """For those of its people who have not been told in this round: nobody is twice, however many rungs are for them.

    `told`: at which rung whom.
    """
    begins = _round(ladder, reached.n)
    known = {who for n, who in told if n >= begins}
    people = tuple(each for each in reached.people if each not in known)
    return reached._replace(people=people, told=bool(people))


def after(
    place: Place, due: datetime, ladder: Sequence[Rung], calendars: Sequence[WorkingTime], *, anybody: bool
) -> Place:
    """The place after the rung at `place`; `anybody`: it was for somebody."""
    at, n = place.at, place.rung + 1
    rung = rung_at(ladder, n)
    if at is None or rung is None:
        return Place(n, None)
    if n >= len(ladder):  # again: a circle of nobody waits too, or it would spin
        return Place(n, _shifted(rung, at, gap(rung), calendars))
    if rung.when is When.after and not anybody:  # where nobody is, nobody is given time
        return Place(n, at)
    return Place(n, max(at, _moment(rung, due, at, calendars)))


def climbed(place: Place, ladder: Sequence[Rung]) -> int:
    """How many rungs above the due one have been reached."""
    return max(0, place.rung - _due_rung(ladder) - 1)


def awaits_due(place: Place, ladder: Sequence[Rung]) -> bool:
    """Whether the due rung is still to be reached."""
    return place.rung <= _due_rung(ladder)


def _due_rung(ladder: Sequence[Rung]) -> int:
    return next((n for n, each in enumerate(ladder) if each.when is When.due), len(ladder))


def faults(ladder: Sequence[Rung]) -> list[str]:
    """Why a ladder cannot be saved, in words of the problem catalogue."""
    again = [n for n, each in enumerate(ladder) if each.again]
    order = [list(When).index(each.when) for each in ladder]
    before = [each.minutes for each in ladder if each.when is When.before]
    wrong = {
        "one_due": [each.when for each in ladder].count(When.due) != 1,
        "negative": any(each.minutes < 0 for each in ladder),
        "order": order != sorted(order) or before != sorted(before, reverse=True),
        "again": len(again) > 1 or any(ladder[n].when is When.before for n in again),
        "spins": any(not any(gap(each) for each in ladder[n:]) for n in again),
    }
    return [word for word, is_wrong in wrong.items() if is_wrong]


def rung_at(ladder: Sequence[Rung], n: int) -> Rung | None:
    """The n-th rung, counted on where the ladder begins again; None beyond its end."""
    if n < len(ladder):
        return ladder[n]
    back = _back(ladder)
    return None if back is None else ladder[back + (n - len(ladder)) % (len(ladder) - back)]


def in_first_round(ladder: Sequence[Rung], n: int) -> bool:
    """Whether the n-th rung comes before a ladder that begins again has done so."""
    return n < len(ladder) and _back(ladder) is not None


def _round(ladder: Sequence[Rung], n: int) -> int:
    """At which rung the round of the n-th begins: the first at the due one, each later one where it begins again."""
    back = _back(ladder)
    if back is None or n < back:
        return _due_rung(ladder)
    return n - (n - back) % (len(ladder) - back)


def _back(ladder: Sequence[Rung]) -> int | None:
    return next((place for place, each in enumerate(ladder) if each.again), None)


def gap(rung: Rung) -> int:
    """The minutes since the rung below; those of the due rung say how long something may last, and lie before it."""
    return 0 if rung.when is When.due else rung.minutes


def _moment(rung: Rung, due: datetime, before: datetime, calendars: Sequence[WorkingTime]) -> datetime:
    """When a rung is reached: before the deadline, at it, or so long after the rung below."""
    match rung.when:
        case When.due:
            return due
        case When.before:
            return _shifted(rung, due, -rung.minutes, calendars)
        case When.after:
            return _shifted(rung, before, rung.minutes, calendars)


def _shifted(rung: Rung, moment: datetime, minutes: int, calendars: Sequence[WorkingTime]) -> datetime:
    """Where the two hospitals never work at the same time, all time counts: a wrong calendar silences nobody."""
    by = timedelta(minutes=minutes)
    if rung.counted is Counted.elapsed:
        return moment + by
    try:
        return shift(moment, by, calendars)
    except NoWorkingTime:
        return moment + by
