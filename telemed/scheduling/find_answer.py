"""Puts what was found into the words of the answer, each relaxation with the question that it makes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from telemed.people.rules import Span
from telemed.scheduling.agendas import Openings, by_day, moment, seconds, span
from telemed.scheduling.candidates import Candidates
from telemed.scheduling.find_schemas import (
    FindBlock,
    FindDay,
    FindIn,
    FindLine,
    FindLineOut,
    FindOut,
    FindRelaxation,
    FindTime,
    FindWho,
    FindWindow,
    FoundTime,
)
from telemed.scheduling.finding import Agendas, Block, Found, Question
from telemed.scheduling.intervals import Time, meeting, united
from telemed.scheduling.relaxing import Change, Relaxation, together_for, unmet
from telemed.scheduling.schemas import Clash


@dataclass
class Search:
    """A question as it was asked and as it is searched, with what was loaded for it and what would help."""

    asked: FindIn
    windows: list[Span]  # sorted, apart from each other
    who: Candidates
    question: Question
    openings: Openings
    agendas: Agendas
    zone: ZoneInfo
    besides: list[UUID]  # bookings that do not count
    relaxed: list[Relaxation] = field(default_factory=list)
    without: Mapping[str, Collection[str]] | None = None  # days on which the others could meet, by line

    @property
    def whole(self) -> Time:
        return seconds(self.windows[0].start), seconds(self.windows[-1].end)

    def day(self, at: int) -> str:
        return moment(at).astimezone(self.zone).date().isoformat()


def days(search: Search) -> list[FindDay]:
    """Of each day in the windows the longest common time, by the clock of who asks."""
    cut = by_day(search.windows, search.zone)
    longest = together_for(replace(search.question, windows=cut), search.agendas, search.day)
    out = []
    for on in dict.fromkeys(search.day(start) for start, _ in cut):
        length, start = longest.get(on, (0, 0))
        begins = moment(start) if length else None
        out.append(FindDay(on=date.fromisoformat(on), minutes=length // 60, starts_at=begins))
    return out


@dataclass
class Telling:
    """Puts what was found into the answer's words."""

    search: Search
    blocks: Mapping[int, tuple[Block, ...]]  # by the start of a time
    clashes: Sequence[Clash]

    def lines(self) -> list[FindLineOut]:
        search, out = self.search, []
        for line in search.question.lines:
            opens = united(time for id in line.of for time in meeting(search.agendas[id].open, search.whole))
            without = search.without.get(line.key) if search.without is not None else None
            out.append(
                FindLineOut(
                    key=line.key,
                    candidates=list(line.of),
                    open=[time_of(each) for each in opens],
                    taken=[time_of(each) for each in unmet(line, search.agendas, search.whole)],
                    days_without=None if without is None else len(without),
                )
            )
        return out

    def time(self, found: Found, *, first: int | None = None, after_hours: bool = False) -> FoundTime:
        search, asked = self.search, self.search.asked
        hospitals = {search.who.hospitals[id] for some in found.who.values() for id in some}
        time = (found.start, found.end)
        beyond = (after_hours or asked.after_hours or asked.urgency != "routine") and not search.openings.hold(
            hospitals, time
        )
        return FoundTime(
            starts_at=moment(found.start),
            ends_at=moment(found.end),
            who=[FindWho(line=key, resources=list(some)) for key, some in found.who.items()],
            missing=list(found.missing),
            earliest=found.start == first,
            out_of_hours=beyond,
            guessed=search.openings.guessed(time),
            blocks=[self._block(each, found.start) for each in self.blocks.get(found.start, ())],
        )

    def _block(self, block: Block, start: int) -> FindBlock:
        """With the bookings that meet this time, as long as was asked for, or are too near to it."""
        room = self.search.agendas[block.resource].room
        time = span((start - room, start + self.search.question.length + room))
        meant = [
            each
            for each in self.clashes
            if each.resource_id == block.resource and Span(each.starts_at, each.ends_at).overlaps(time)
        ]
        return FindBlock(line=block.line, resource_id=block.resource, closed=block.closed, clashes=meant)

    def relaxation(self, one: Relaxation) -> FindRelaxation:
        return FindRelaxation(
            change=one.change,
            line=one.line,
            minutes=one.question.length // 60,
            instead=list(one.who),
            found=self.time(one.found, after_hours=one.after_hours),
            second=self.time(one.then) if one.then else None,
            question=_question(self.search, one),
        )


def _question(search: Search, one: Relaxation) -> FindIn:
    """The question that was asked, with this change."""
    asked = search.asked
    match one.change:
        case Change.shorter:
            change: dict[str, object] = {"minutes": one.question.length // 60}
        case Change.after_hours:
            change = {"after_hours": True}
        case Change.later:
            change = {"windows": _longer(search.windows, one.question.windows[-1][1])}
        case Change.left_out | Change.in_two:
            change = _in_line(asked, one.line, lambda line: {"required": False})
        case Change.instead:
            named = "venues" if any(line.venues for line in asked.lines if line.key == one.line) else "people"
            change = _in_line(asked, one.line, lambda line: {named: [*getattr(line, named), *one.who]})
    return asked.model_copy(update=change)


def _longer(windows: Sequence[Span], until: int) -> list[FindWindow]:
    *before, (start, _) = windows
    return [FindWindow(starts_at=each[0], ends_at=each[1]) for each in (*before, (start, moment(until)))]


def _in_line(asked: FindIn, key: str, change: Callable[[FindLine], dict[str, object]]) -> dict[str, object]:
    lines = [line.model_copy(update=change(line)) if line.key == key else line for line in asked.lines]
    return {"lines": lines}


def time_of(time: Time) -> FindTime:
    return FindTime(starts_at=moment(time[0]), ends_at=moment(time[1]))


def mentioned(out: FindOut) -> list[UUID]:
    """Everybody and everything that the answer names."""
    times = [*out.found, *out.misses]
    for each in out.relaxations:
        times += [each.found, each.second] if each.second else [each.found]
    who = [id for time in times for some in time.who for id in some.resources]
    blocked = [block.resource_id for time in times for block in time.blocks]
    candidates = [id for line in out.lines for id in line.candidates]
    return list(dict.fromkeys([*candidates, *who, *blocked, *(id for each in out.relaxations for id in each.instead)]))
