"""Finds a time for people and places; where there is none, names what is in the way of the nearest.

Pure: whole seconds in, whole seconds out. What would help is in `relaxing`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, NamedTuple
from uuid import UUID

from telemed.scheduling.intervals import Time, Times, end_of, meeting, starts, together, united, without

MINUTE, HOUR, DAY = 60, 3600, 86400
NEAT: Final = 5 * MINUTE  # times begin at a multiple of it where the gap allows that
LEAST: Final = 15 * MINUTE  # shorter is no meeting
# What one would wait for something: a time is worth its start and these, so that one number ranks all of them.
FOR_AN_OPTIONAL_LINE: Final = DAY
FOR_THE_CHOICE_BEFORE: Final = HOUR


@dataclass(frozen=True)
class Agenda:
    """When a person or a place works, and what takes that time, with `room` seconds before and after each booking.

    `besides`: when it can be had if it must be.
    """

    open: Times
    taken: Times = ()
    besides: Times = ()
    room: int = 0

    @cached_property
    def free(self) -> list[Time]:
        return without(self.open, self.taken)

    def taken_too(self, more: Times) -> "Agenda":
        """With these bookings as well."""
        wider = ((start - self.room, end + self.room) for start, end in more)
        return replace(self, taken=united([*self.taken, *wider])) if more else self

    def wide(self) -> "Agenda":
        return Agenda(united([*self.open, *self.besides]), self.taken, (), self.room)


Agendas = Mapping[UUID, Agenda]


@dataclass(frozen=True)
class Line:
    """What is asked for: `count` of `of`, the preferred first; a named person is a line of one.

    `stays`: the meeting makes no sense without it, so it is never left out, and is in both parts of a split.
    `spares`: who or what would do instead, and is not used unasked.
    """

    key: str
    of: tuple[UUID, ...]
    count: int = 1
    required: bool = True
    stays: bool = False
    spares: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Question:
    lines: tuple[Line, ...]
    windows: Times
    length: int  # seconds
    most: int = 3

    def __post_init__(self) -> None:
        """One person would be counted for two."""
        named = [id for line in self.lines for id in line.of]
        if len(named) != len(set(named)):
            raise ValueError("somebody stands in two lines")

    def resources(self, *, spares: bool = False) -> list[UUID]:
        found = (id for line in self.lines for id in (*line.of, *(line.spares if spares else ())))
        return list(dict.fromkeys(found))


class Block(NamedTuple):
    """Why one of a line cannot come then: these times are taken, or it does not work through all of it."""

    line: str
    resource: UUID
    taken: tuple[Time, ...]
    closed: bool


@dataclass(frozen=True)
class Found:
    """A time, and who of each line comes. `missing`: the lines that cannot."""

    start: int
    end: int
    who: Mapping[str, tuple[UUID, ...]]
    missing: tuple[str, ...] = ()
    cost: int = field(default=0, compare=False)


class Answer(NamedTuple):
    found: tuple[Found, ...]
    misses: tuple[Found, ...]  # only where nothing is found: the fewest lines missing, the earliest of each kind


class Piece(NamedTuple):
    """A meeting may begin from start up to end, with the same people free for all of it."""

    start: int
    end: int
    free: int


class Sweep:
    """One pass over the possible starts of everybody, in which the lines are bit masks."""

    def __init__(self, question: Question, agendas: Agendas, *, spares: bool = False) -> None:
        self.question, self.agendas = question, agendas
        self.resources = question.resources(spares=spares)
        self.bit = {id: 1 << place for place, id in enumerate(self.resources)}
        self.masks = [self.mask(line.of) for line in question.lines]
        self.required = [n for n, line in enumerate(question.lines) if line.required]

    def mask(self, resources: Iterable[UUID]) -> int:
        return sum(self.bit[id] for id in resources)

    def __iter__(self) -> Iterator[Piece]:
        length = self.question.length
        sets = [starts(self.agendas[id].free, length) for id in self.resources]
        window = 1 << len(sets)
        for start, end, covers in together([*sets, starts(self.question.windows, length)]):
            if covers & window:
                yield Piece(start, end, covers ^ window)

    def missing(self, free: int) -> list[int]:
        lines = self.question.lines
        return [n for n in self.required if (free & self.masks[n]).bit_count() < lines[n].count]

    def who(self, free: int, instead: int | None = None) -> tuple[dict[str, tuple[UUID, ...]], int]:
        """Who comes, and what their being no first choice is worth. `instead`: the line whose spares may come."""
        who, worth = {}, 0
        for n, line in enumerate(self.question.lines):
            pool = (*line.of, *line.spares) if n == instead else line.of
            chosen = [place for place, id in enumerate(pool) if free & self.bit[id]][: line.count]
            if len(chosen) < line.count:
                worth += FOR_AN_OPTIONAL_LINE
                continue
            who[line.key] = tuple(pool[place] for place in chosen)
            worth += FOR_THE_CHOICE_BEFORE * (sum(chosen) - sum(range(line.count)))
        return who, worth

    def at(self, start: int, free: int, instead: int | None = None) -> Found:
        who, worth = self.who(free, instead)
        missing = tuple(line.key for line in self.question.lines if line.key not in who)
        return Found(start, start + self.question.length, who, missing, start + worth)


def in_the_way(question: Question, agendas: Agendas, start: int) -> tuple[Block, ...]:
    """What keeps the required lines from meeting from then on; of a line that has enough others, nothing."""
    time = start, start + question.length
    blocks: list[Block] = []
    for line in question.lines:
        busy = [id for id in line.of if end_of(agendas[id].free, start) < time[1]]
        if not line.required or len(line.of) - len(busy) >= line.count:
            continue
        for id in busy:
            closed = bool(without([time], agendas[id].open))
            blocks.append(Block(line.key, id, meeting(agendas[id].taken, time), closed))
    return tuple(blocks)


def neat(piece: Piece, since: int) -> int | None:
    """The first start of the piece from then on, a neat one if it has one; None where it has none."""
    since = max(since, piece.start)
    whole = since + -since % NEAT
    return whole if whole < piece.end else since if since < piece.end else None


def find(question: Question, agendas: Agendas) -> Answer:
    """The best times, none overlapping another; where there is none, the nearest misses."""
    sweep = Sweep(question, agendas)
    fitting: list[Piece] = []
    near: dict[tuple[int, ...], Piece] = {}
    for piece in sweep:
        missing = tuple(sweep.missing(piece.free))
        if not missing:
            fitting.append(piece)
        elif not fitting:
            near.setdefault(missing, piece)
    if fitting:
        return Answer(_best(sweep, fitting), ())
    fewest = min(map(len, near), default=0)
    nearest = [(lines, piece) for lines, piece in near.items() if len(lines) == fewest][: question.most]
    misses = (sweep.at(neat(piece, 0) or piece.start, piece.free) for _, piece in nearest)
    return Answer((), tuple(sorted(misses, key=lambda each: each.start)))


def _best(sweep: Sweep, fitting: Sequence[Piece]) -> tuple[Found, ...]:
    """One after the other the cheapest that overlaps none of those before."""
    worth: dict[int, int] = {}
    chosen: list[Found] = []
    while len(chosen) < sweep.question.most:
        best: tuple[int, int, int] | None = None  # cost, start, who is free
        for piece in fitting:
            if best and piece.start >= best[0]:
                break  # a time costs at least its start
            if (start := _apart(piece, chosen, sweep.question.length)) is None:
                continue
            if piece.free not in worth:
                worth[piece.free] = sweep.who(piece.free)[1]
            candidate = start + worth[piece.free], start, piece.free
            best = min(best, candidate) if best else candidate
        if best is None:
            break
        chosen.append(sweep.at(best[1], best[2]))
    return tuple(chosen)


def _apart(piece: Piece, chosen: Iterable[Found], length: int) -> int | None:
    """The first start of the piece at which the meeting overlaps none of the chosen."""
    start = neat(piece, piece.start)
    for each in sorted(chosen, key=lambda one: one.start):
        if start is not None and start < each.end and each.start < start + length:
            start = neat(piece, each.end)
    return start
