"""Ladders as administrators edit them: what one may look like, and which of its sets holds when. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from telemed.access.model import Role
from telemed.work import ladder
from telemed.work.model import Counted, Rung, To, When

MOST_MINUTES: Final = 30 * 24 * 60
LONGEST: Final = 366 * 24 * 60  # minutes that something may last; in working time MOST_MINUTES
MOST_PLACES: Final = 10
CIRCLE: Final = 10  # minutes that a ladder takes at least before it tells the same people again, unless it rings
AT_HUB: Final = (Role.coordinator, Role.duty_officer, Role.dispatcher, Role.quality_officer)
AT_BRANCH: Final = (Role.duty_officer, Role.senior_doctor, Role.reviewer, Role.duty_doctor, Role.quality_officer)


class Shape(NamedTuple):
    """What a ladder may look like.

    `to`: whom its rungs may tell; the roles that they may tell at the hub and at the branch; `until_taken`: it rings
    from the beginning, and never stops by itself; `within`: by urgency how long until it is due, if it is due after a
    length of time, which its due rung may then say otherwise; `only_lasts`: it says that and nothing else;
    `only_tells`: nothing is due, and people are told once.
    """

    to: frozenset[To]
    at_hub: tuple[str, ...]
    at_branch: tuple[str, ...]
    until_taken: bool
    within: Mapping[str, timedelta] | None = None
    only_lasts: bool = False
    only_tells: bool = False


class Fault(NamedTuple):
    """Why a ladder cannot be saved: a word that pages know, of one rung or of all (None)."""

    n: int | None
    reason: str


class Scope(NamedTuple):
    """For which deadlines a ladder holds: of all hospitals, of one hospital, or under one agreement."""

    ladder: str
    hospital_id: str
    agreement_id: UUID | None
    urgency: str

    @property
    def is_default(self) -> bool:
        return self.hospital_id == "" and self.agreement_id is None and self.urgency == ""


class RungSet(NamedTuple):
    """The rungs that were saved together. `until`: when a newer one followed or it was given up; None: not yet."""

    scope: Scope
    valid_from: datetime
    until: datetime | None
    saved_at: datetime | None
    saved_by: UUID | None
    rungs: tuple[Rung, ...]


def faults(rungs: Sequence[Rung], shape: Shape) -> list[Fault]:
    """Why this ladder cannot be saved, rung by rung and then of all."""
    return [*(Fault(n, why) for n, each in enumerate(rungs) for why in _of_rung(each, shape)), *_of_all(rungs, shape)]


def _of_rung(rung: Rung, shape: Shape) -> list[str]:
    known = shape.at_hub if rung.at_hub else shape.at_branch
    needs_role = rung.to is To.role
    wrong = {
        "minutes": rung.when is not When.due and not 1 <= rung.minutes <= MOST_MINUTES,
        "moment": rung.when is When.due and rung.minutes != 0 and shape.within is None,
        "lasts": rung.when is When.due
        and rung.minutes > (LONGEST if rung.counted is Counted.elapsed else MOST_MINUTES),
        "to": rung.to not in shape.to,
        "role": rung.role not in known if needs_role else rung.role != "",
        "place": not 0 <= rung.place < MOST_PLACES,
        "no_reminder": shape.until_taken and rung.when is When.before,
        "always": shape.until_taken and rung.counted is Counted.working,
    }
    return [word for word, is_wrong in wrong.items() if is_wrong]


def _of_all(rungs: Sequence[Rung], shape: Shape) -> list[Fault]:
    again = next((n for n, each in enumerate(rungs) if each.again), None)
    last = rungs[-1] if rungs else None
    circle = sum(map(ladder.gap, rungs[again:])) if again is not None else CIRCLE
    wrong = {
        "somebody": shape.until_taken and (last is None or last.to is not To.role),
        "until_taken": shape.until_taken and again is None,
        "only_told": shape.only_tells and len(rungs) != 1,
        "too_often": not shape.until_taken and circle < CIRCLE,
        "only_lasts": shape.only_lasts and len(rungs) > 1,
    }
    words = [*ladder.faults(rungs), *(word for word, is_wrong in wrong.items() if is_wrong)]
    return [Fault(None, each) for each in words]


def scope_of(rung: Rung) -> Scope:
    return Scope(rung.ladder, rung.hospital_id, rung.agreement_id, rung.urgency)


def sets(rungs: Iterable[Rung]) -> dict[Scope, list[RungSet]]:
    """By scope its sets, the newest first; those that were given up before they held are left out."""
    grouped: dict[tuple[Scope, datetime, datetime | None], list[Rung]] = {}
    for each in rungs:
        if each.valid_until is None or each.valid_from < each.valid_until:
            grouped.setdefault((scope_of(each), each.valid_from, each.saved_at), []).append(each)
    found: dict[Scope, list[RungSet]] = {}
    for (scope, valid_from, saved_at), some in grouped.items():
        first = some[0]
        rungs_in_order = tuple(sorted(some, key=lambda each: each.n))
        one = RungSet(scope, valid_from, first.valid_until, saved_at, first.saved_by, rungs_in_order)
        found.setdefault(scope, []).append(one)
    return {scope: _ended(some) for scope, some in found.items()}


def _ended(some: list[RungSet]) -> list[RungSet]:
    """The newest first, each ended by the next at the latest; what was not given up holds again after one that was."""
    newest_first = sorted(some, key=lambda each: each.valid_from, reverse=True)
    found = list[RungSet]()
    followed, stands = None, False  # from when by the next; whether any that followed was not given up
    for each in newest_first:
        ends = (each.until, followed if stands or each.until else None)
        found.append(each._replace(until=min(filter(None, ends), default=None)))
        followed, stands = each.valid_from, stands or each.until is None
    return found


def version(rungs: Iterable[Rung]) -> int:
    """Of one scope, for its ETag: each change saves a set or gives sets up, and neither is ever undone."""
    saved = {(each.valid_from, each.saved_at) for each in rungs}
    given_up = {(each.valid_from, each.saved_at) for each in rungs if each.valid_until is not None}
    return len(saved) + len(given_up)
