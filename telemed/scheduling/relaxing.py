"""What would make a time possible where there is none: one change at a time, each a question that can be asked.

Also the longest time that everybody has together, and on which days the others could meet without one line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from uuid import UUID

from telemed.scheduling.finding import DAY, HOUR, LEAST, NEAT, Agendas, Found, Line, Question, Sweep, find, neat
from telemed.scheduling.intervals import Time, end_of, together, united, without

LATER: Final = 14 * DAY  # how far beyond the window is looked


class Change(StrEnum):
    instead = "instead"  # another person, room or cart
    shorter = "shorter"
    after_hours = "after_hours"
    later = "later"
    in_two = "in_two"
    left_out = "left_out"


# What each change is worth, as a delay one would accept instead of it.
WORTH: Final = {
    Change.instead: 4 * HOUR,
    Change.shorter: 4 * HOUR,
    Change.after_hours: DAY,
    Change.later: 2 * DAY,
    Change.in_two: 3 * DAY,
    Change.left_out: 4 * DAY,
}


@dataclass(frozen=True)
class Relaxation:
    """A change, the question that it makes, and the best time that this has.

    `then`: the second part of a split, with a question of its own.
    """

    change: Change
    question: Question
    found: Found
    line: str = ""
    who: tuple[UUID, ...] = ()  # instead
    then: Found | None = None
    after_hours: bool = False  # to be asked of agendas with the time that is only given when it must be

    @property
    def cost(self) -> int:
        return max(self.found.start, self.then.start if self.then else 0) + WORTH[self.change]


def relax(question: Question, agendas: Agendas, later: int = LATER) -> list[Relaxation]:
    """Everything that would help, the least first. `agendas` reach to the spares, and `later` beyond the window."""
    left_out, instead = _by_line(question, agendas)
    found = [*left_out, *instead]
    found += [each for each in (_shorter(question, agendas), _later(question, agendas, later)) if each]
    if after := _after_hours(question, agendas):
        found.append(after)
    if splits := [each for each in (_split(question, agendas, one) for one in left_out) if each]:
        found.append(min(splits, key=lambda each: each.cost))
    return sorted(found, key=lambda each: (each.cost, each.found.start))


def _by_line(question: Question, agendas: Agendas) -> tuple[list[Relaxation], list[Relaxation]]:
    """One pass finds which lines may be left out and whose spares help; what that gives is then asked for.

    The spares of all cut the time into smaller pieces than a question with one of them, so a start may be less neat.
    """
    sweep = Sweep(question, agendas, spares=True)
    spares = [sweep.mask(line.spares) for line in question.lines]
    left_out: set[int] = set()
    instead: dict[int, Found] = {}

    for piece in sweep:
        missing = sweep.missing(piece.free)
        if len(missing) != 1:
            continue
        (n,) = missing
        start, line = neat(piece, 0) or piece.start, question.lines[n]
        if not line.stays:
            left_out.add(n)
        if n in instead and start >= instead[n].cost:
            continue  # a time costs at least its start
        if (piece.free & (sweep.masks[n] | spares[n])).bit_count() >= line.count:
            found = sweep.at(start, piece.free, n)
            instead[n] = min(instead.get(n, found), found, key=lambda each: (each.cost, each.start))
    without = [_left_out(question, n, agendas) for n in left_out]
    substituted = [_instead(question, n, found, agendas) for n, found in instead.items()]
    return [each for each in without if each], [each for each in substituted if each]


def _with(question: Question, n: int, line: Line) -> Question:
    return replace(question, lines=(*question.lines[:n], line, *question.lines[n + 1 :]))


def _left_out(question: Question, n: int, agendas: Agendas) -> Relaxation | None:
    line = question.lines[n]
    found = _asked(Change.left_out, _with(question, n, replace(line, required=False)), agendas)
    return replace(found, line=line.key) if found else None


def _instead(question: Question, n: int, found: Found, agendas: Agendas) -> Relaxation | None:
    line = question.lines[n]
    who = tuple(id for id in found.who[line.key] if id not in line.of)
    rest = tuple(id for id in line.spares if id not in who)
    wider = _with(question, n, replace(line, of=(*line.of, *who), spares=rest))
    made = _asked(Change.instead, wider, agendas)
    return replace(made, line=line.key, who=who) if made else None


def _shorter(question: Question, agendas: Agendas) -> Relaxation | None:
    longest = max((length for length, _ in together_for(question, agendas, lambda _: "").values()), default=0)
    length = min(longest, question.length) // NEAT * NEAT
    return _asked(Change.shorter, replace(question, length=length), agendas) if length >= LEAST else None


def _later(question: Question, agendas: Agendas, later: int) -> Relaxation | None:
    if not question.windows:
        return None
    end = question.windows[-1][1]
    return _asked(Change.later, replace(question, windows=[(end - question.length, end + later)]), agendas)


def _after_hours(question: Question, agendas: Agendas) -> Relaxation | None:
    if not any(agendas[id].besides for id in question.resources()):
        return None
    wide = {id: agendas[id].wide() for id in question.resources()}
    found = _asked(Change.after_hours, question, wide)
    return replace(found, after_hours=True) if found else None


def _asked(change: Change, question: Question, agendas: Agendas) -> Relaxation | None:
    found = find(replace(question, most=1), agendas).found
    return Relaxation(change, question, found[0]) if found else None


def _split(question: Question, agendas: Agendas, first: Relaxation) -> Relaxation | None:
    """The others as they are; whoever cannot then meets those who stay, at another time."""
    lines = tuple(line for line in question.lines if line.stays or line.key == first.line)
    if len(lines) < 2:
        return None
    rest = without(question.windows, [(first.found.start, first.found.end)])
    then = find(replace(question, lines=lines, windows=rest, most=1), agendas).found
    if not then:
        return None
    return Relaxation(Change.in_two, first.question, first.found, first.line, then=then[0])


Day = str


def together_for(question: Question, agendas: Agendas, day: Callable[[int], Day]) -> dict[Day, tuple[int, int]]:
    """By day the longest time, in seconds, that the required lines have together, and when it begins.

    Only days with at least LEAST. A window that crosses midnight counts where it begins: cut it before.
    """
    sweep = Sweep(replace(question, length=LEAST), agendas)
    best: dict[Day, tuple[int, int]] = {}
    for piece in sweep:
        if sweep.missing(piece.free):
            continue
        start = piece.start
        until = [end_of(question.windows, start)]
        for n in sweep.required:
            line = question.lines[n]
            ends = sorted((end_of(agendas[id].free, start) for id in line.of), reverse=True)
            until.append(ends[line.count - 1])
        on, length = day(start), min(until) - start
        if length > best.get(on, (0, 0))[0]:
            best[on] = length, start
    return best


def days_without(question: Question, agendas: Agendas, day: Callable[[int], Day]) -> Mapping[str, set[Day]]:
    """By required line the days on which all others could meet, if it need not be there."""
    sweep = Sweep(question, agendas)
    found: dict[str, set[Day]] = {question.lines[n].key: set() for n in sweep.required}
    for piece in sweep:
        if len(missing := sweep.missing(piece.free)) == 1:
            found[question.lines[missing[0]].key].add(day(piece.start))
    return found


def unmet(line: Line, agendas: Agendas, within: Time) -> list[Time]:
    """When so many of the line are taken, by what is booked, that it cannot be there."""
    not_taken = together([without([within], agendas[id].taken) for id in line.of])
    met = united((start, end) for start, end, covers in not_taken if covers.bit_count() >= line.count)
    return without([within], met)
