"""Finds a time for people, rooms and carts of several hospitals: proposals, or what blocks and what would help.

It takes nobody's time: booking does, and refuses whoever was slower.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import Invalid
from telemed.people import service as people
from telemed.people.calendars import working_times
from telemed.people.rules import Span
from telemed.scheduling import agendas as loading
from telemed.scheduling import clashing, queries
from telemed.scheduling.agendas import Openings, by_day, seconds, span
from telemed.scheduling.candidates import candidates, with_spares
from telemed.scheduling.find_answer import Search, Telling, days, mentioned, time_of
from telemed.scheduling.find_schemas import FindIn, FindOut
from telemed.scheduling.finding import Answer, Block, Question, find, in_the_way
from telemed.scheduling.intervals import united
from telemed.scheduling.relaxing import LATER, Change, days_without, relax
from telemed.scheduling.rules import HORIZON
from telemed.scheduling.schemas import Clash

USUAL: Final = timedelta(days=14)
NOTICE: Final = timedelta(hours=1)  # of a routine one: who is asked has work of their own at the moment
MOST_NAMED: Final = 4  # of one line in the way; of a specialty of forty nobody reads all

Blocks = Mapping[int, tuple[Block, ...]]  # by the start of a time


async def find_a_time(db: AsyncSession, actor: Actor, asked: FindIn, now: datetime) -> FindOut:
    search = await _search(db, actor, asked, now)
    # In a thread: of "any of 200 rooms" it takes a tenth of a second, in which others are served.
    answer = await asyncio.to_thread(find, search.question, search.agendas)
    if not answer.found:
        await _relax(db, search, now)
    blocks, clashes = await _in_the_way(db, actor, search, answer, now)
    told = Telling(search, blocks, clashes)
    earliest = min((each.start for each in answer.found), default=None)
    out = FindOut(
        resources=[],
        lines=told.lines(),
        found=[told.time(each, first=earliest) for each in answer.found],
        misses=[told.time(each) for each in answer.misses],
        relaxations=[told.relaxation(each) for each in search.relaxed],
        days=await asyncio.to_thread(days, search),
        searched=[time_of((seconds(each.start), seconds(each.end))) for each in search.windows],
    )
    return out.model_copy(update={"resources": await queries.described(db, mentioned(out))})


async def _search(db: AsyncSession, actor: Actor, asked: FindIn, now: datetime) -> Search:
    who = await candidates(db, actor, asked.lines)
    windows = _windows(asked, now)
    hours = await working_times(db, {*who.hospitals.values(), actor.hospital_id})
    whole = Span(windows[0].start, windows[-1].end + timedelta(seconds=LATER))
    openings = Openings(hours, whole, any_hour=asked.urgency != "routine")
    besides = await loading.not_counted(db, asked.besides, now, gives_way=asked.urgency == "stat")
    loaded = await loading.load(db, who.hospitals, openings, Span(windows[0].start, windows[-1].end), besides)
    if asked.after_hours:
        loaded = {id: each.wide() for id, each in loaded.items()}
    cut = [(seconds(start), seconds(end)) for start, end in windows]
    question = Question(tuple(who.lines), cut, asked.minutes * 60)
    zone = ZoneInfo((await people.zones(db))[actor.hospital_id])
    return Search(asked, windows, who, question, openings, loaded, zone, besides)


def _windows(asked: FindIn, now: datetime) -> list[Span]:
    """What is still to come of those asked for, with the notice that those invited need; else the next two weeks."""
    since, last = now + (NOTICE if asked.urgency == "routine" else timedelta()), now + HORIZON
    wanted = [(each.starts_at, each.ends_at) for each in asked.windows] or [(since, since + USUAL)]
    coming = united((seconds(max(start, since)), seconds(min(end, last))) for start, end in wanted)
    if not coming:
        raise Invalid("That time has passed, or is too far ahead.", reason="no_window")
    return [span(each) for each in coming]


async def _relax(db: AsyncSession, search: Search, now: datetime) -> None:
    """Loads who would do instead, and two weeks more of those asked for: only where nothing was found."""
    search.who = await with_spares(db, search.asked.lines, search.who)
    search.question = replace(search.question, lines=tuple(search.who.lines))
    last = search.windows[-1].end
    until = max(last, min(last + timedelta(seconds=LATER), now + HORIZON))
    own, wanted = search.question.resources(), search.question.resources(spares=True)
    hospitals = {id: search.who.hospitals[id] for id in wanted}
    instead = {id: each for id, each in hospitals.items() if id not in own}
    within = Span(search.windows[0].start, last)
    spares = await loading.load(db, instead, search.openings, within, search.besides)
    if search.asked.after_hours:
        spares = {id: each.wide() for id, each in spares.items()}
    after = await loading.taken(db, own, Span(last, until), search.besides)
    loaded = {id: search.agendas[id].taken_too(after.get(id, ())) for id in own} | spares
    search.agendas = loaded
    search.relaxed = await asyncio.to_thread(relax, search.question, loaded, seconds(until) - seconds(last))
    cut = replace(search.question, windows=by_day(search.windows, search.zone))
    search.without = await asyncio.to_thread(days_without, cut, loaded, search.day)


async def _in_the_way(
    db: AsyncSession, actor: Actor, search: Search, answer: Answer, now: datetime
) -> tuple[Blocks, list[Clash]]:
    """What keeps the question from each time that is no proposal, and the bookings that are meant."""
    if answer.found:
        return {}, []
    times = {each.start for each in answer.misses}
    times |= {each.found.start for each in search.relaxed if each.change is not Change.later}
    blocks = {start: _few(in_the_way(search.question, search.agendas, start)) for start in times}
    length = search.question.length
    meant = {
        (block.resource, span((at - room, at + length + room)))
        for at, some in blocks.items()
        for block in some
        if block.taken
        for room in (search.agendas[block.resource].room,)
    }
    return blocks, await clashing.clashes_of(db, actor, meant, now, search.besides)


def _few(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Of each line the first few."""
    kept: list[Block] = []
    for each in blocks:
        if sum(one.line == each.line for one in kept) < MOST_NAMED:
            kept.append(each)
    return tuple(kept)
