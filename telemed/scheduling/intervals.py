"""Times of a calendar as sorted intervals of whole seconds, and the few things that are asked of them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

Time = tuple[int, int]  # from start up to, but not including, end; seconds since 1970, UTC
Times = Sequence[Time]  # sorted, none overlaps another, none is empty


def united(times: Iterable[Time]) -> list[Time]:
    """All that at least one of them covers; they may overlap and come in any order."""
    out: list[Time] = []
    for start, end in sorted(times):
        if end <= start:
            continue
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def without(times: Times, taken: Times) -> list[Time]:
    """What of `times` lies outside `taken`."""
    out: list[Time] = []
    at = 0
    for start, end in times:
        at = bisect_right(taken, start, lo=at, key=itemgetter(1))  # the first that ends after it begins
        next_, since = at, start
        while next_ < len(taken) and taken[next_][0] < end:
            begins, ends = taken[next_]
            if since < begins:
                out.append((since, begins))
            since = ends
            next_ += 1
        if since < end:
            out.append((since, end))
    return out


def starts(free: Times, length: int) -> list[Time]:
    """The moments at which something of this length may begin so that one free interval holds all of it.

    Who is free for a meeting is decided among these and not among free moments: two surgeons of whom one is free at
    every moment may have no hour in which either is free.
    """
    return [(start, end - length + 1) for start, end in free if end - start >= length]


def together(sets: Sequence[Times]) -> Iterator[tuple[int, int, int]]:
    """The time cut wherever one of the sets begins or ends: start, end, and a bit for each set that covers it."""
    turns: dict[int, int] = {}
    for place, times in enumerate(sets):
        for time in times:
            for moment in time:
                turns[moment] = turns.get(moment, 0) ^ 1 << place
    covers = since = 0
    for moment in sorted(turns):
        if covers:
            yield since, moment, covers
        covers, since = covers ^ turns[moment], moment


def end_of(free: Times, moment: int) -> int:
    """When the interval ends that holds the moment; the moment itself where none does."""
    at = bisect_right(free, moment, key=itemgetter(0)) - 1
    return max(moment, free[at][1]) if at >= 0 else moment


def meeting(times: Times, one: Time) -> tuple[Time, ...]:
    """Those that meet it."""
    at = bisect_right(times, one[0], key=itemgetter(1))
    found = []
    while at < len(times) and times[at][0] < one[1]:
        found.append(times[at])
        at += 1
    return tuple(found)
