"""What would fill the seats that stay empty: one limit at a time eased by as little as helps, the best first. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from itertools import combinations
from time import monotonic
from typing import Final, NamedTuple

from telemed.rosters.planning import ANYBODY, Limits, Question

HOUR: Final = timedelta(hours=1)
STEPS: Final = 3  # further than this a limit is not eased
SHARE: Final = 4  # of the time one step may take, or the first hard one leaves none for the others
NEXT_DAY: Final = 4  # slots after one, between which somebody rests


class PlanLimit(StrEnum):
    rest = "rest"
    nights = "nights"
    most = "most"
    rank = "rank"
    places = "places"


class Easing(NamedTuple):
    """`value`: hours of rest, nights in a row, shifts, or places; of a rank none. `left`: how many stay empty then."""

    limit: PlanLimit
    place: int
    value: int
    left: int
    limits: Limits


def easings(
    question: Question, empty: int, fewest: Callable[[Question, float], int | None], seconds: float
) -> list[Easing]:
    """Those of one limit each that leave fewer empty than `empty`, within this time."""
    until, found = monotonic() + seconds, list[Easing]()
    for steps in _ways(question):
        best: Easing | None = None
        for limit, place, value, limits in steps:
            if (left := until - monotonic()) <= 0:
                break
            stay = fewest(replace(question, limits=limits), min(left, seconds / SHARE))
            if stay is not None and stay < (best.left if best else empty):
                best = Easing(limit, place, value, stay, limits)
            if stay == 0:
                break
        found += [best] if best else []
    return sorted(found, key=lambda each: each.left)


Step = tuple[PlanLimit, int, int, Limits]


def _ways(question: Question) -> Iterator[list[Step]]:
    """Of each limit its steps, from the smallest; what is decided soonest comes first."""
    now = question.limits
    if len(now.ranks) > 1:
        yield [(PlanLimit.places, 0, len(now.ranks) - 1, replace(now, ranks=now.ranks[:-1]))]
    for n, rank in enumerate(now.ranks):
        if rank != ANYBODY:
            ranks = (*now.ranks[:n], ANYBODY, *now.ranks[n + 1 :])
            yield [(PlanLimit.rank, n + 1, 0, replace(now, ranks=ranks))]
    if now.most is not None:
        yield [(PlanLimit.most, 0, now.most + n, replace(now, most=now.most + n)) for n in range(1, STEPS + 1)]
    yield [(PlanLimit.nights, 0, now.nights + n, replace(now, nights=now.nights + n)) for n in range(1, STEPS)]
    yield [(PlanLimit.rest, 0, each // HOUR, replace(now, rest=each)) for each in _shorter(question)]


def _shorter(question: Question) -> list[timedelta]:
    """Lesser rests that let somebody have a slot which they could not have after another, from the longest."""
    near = (question.slots[n : n + NEXT_DAY] for n in range(len(question.slots)))
    between = {b.span.start - a.span.end for some in near for a, b in combinations(some, 2)}
    return sorted((each for each in between if each < question.limits.rest), reverse=True)[: STEPS - 1]
