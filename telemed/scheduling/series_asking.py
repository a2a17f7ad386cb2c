"""Asks whoever keeps a series for another time where a near one could not be booked, until nothing is missing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.db import Database
from telemed.kit.failures import due, isolated
from telemed.people.duty import holders
from telemed.people.rules import Span
from telemed.scheduling import limits, partners, queries, series_making
from telemed.scheduling.clashing import clashes
from telemed.scheduling.model import BookingSeries
from telemed.scheduling.recurrence import Occurrence, near, to_be_settled
from telemed.work import deadlines, ladders
from telemed.work import service as work
from telemed.work.duty import on_duty
from telemed.work.ladders import NO_URGENCY, rung
from telemed.work.model import WORK, To, When, WorkItem

BOOK: Final = WORK.declare("book_time")
WITHIN: Final = timedelta(hours=24)  # as of a round that something is in the way of
HOUR: Final = 60
OFFICE: Final = rung(When.after, 4 * HOUR, To.role, Role.reviewer)
# Coordinators and the medical office alone change a series; both are told again until one of them has.
UNBOOKED: Final = ladders.declare(
    "time_unbooked",
    rung(When.due, 0, To.asked),
    OFFICE,
    rung(When.after, 20 * HOUR, To.asked, again=True),
    OFFICE,
    asked=(BOOK,),
    within=[(NO_URGENCY, WITHIN)],
)
BY_THE_RULE: Final = {"on", "starts"}  # by which a note says of which time it is


class Ask(NamedTuple):
    """What is missing of a series, and who is to see to it. `note`: what the home page says of it."""

    starts_at: datetime
    role: Role
    note: dict[str, Any]

    def stands(self, item: WorkItem) -> bool:
        """Whether that is what is asked already; it is due when it was."""
        same = all(item.note[each] == self.note[each] for each in BY_THE_RULE)
        return same and item.role == self.role


async def keep_all(database: Database, now: datetime) -> Mapping[UUID, Exception]:
    """Books what can be booked of all series, then asks for what could not; returns the failures, by series."""
    return await series_making.make_all(database, now) | await review_all(database, now)


async def review_all(database: Database, now: datetime) -> dict[UUID, Exception]:
    """One look at all series; writes only where something has changed, each in a transaction of its own."""
    failed: dict[UUID, Exception] = {}
    async with database.read() as db:
        ids = await _to_look_at(db, now)
        found = await due(db, "a time that is not booked", ids, partial(_differs, db, now), failed)
    for id in found:
        async with database.write() as db, isolated(db, "a time that is not booked", id, failed):
            query = select(BookingSeries).where(BookingSeries.id == id)
            row = (await db.exec(query.with_for_update(key_share=True))).one()
            await review(db, row, now)
    return failed


async def review(db: AsyncSession, row: BookingSeries, now: datetime, by: Actor | None = None) -> None:
    """Of this series exactly what is missing soon is asked for from now on. `by`: whose act it follows, if anybody's.

    The caller has locked it.
    """
    ask = await _ask_of(db, row, now)
    asked = await work.open_items(db, row.id, BOOK)
    standing = [each for each in asked if ask is not None and ask.stands(each)]
    if ask is not None:
        work.restate(db, standing, ask.note, now)
    await work.finish_items(db, [each for each in asked if each not in standing], by, now)
    if ask is not None and not standing:
        to_be = deadlines.of_hospital(row.hospital_id, UNBOOKED, now)
        due_at = to_be_settled(ask.starts_at, await ladders.due_by(db, to_be, now))
        work.ask(db, BOOK, row.id, row.hospital_id, now, role=ask.role, due_at=due_at, note=ask.note)
        await db.flush()
        await deadlines.begin_at_hospital(db, row.hospital_id, UNBOOKED, due_at, now, on_duty)


async def _to_look_at(db: AsyncSession, now: datetime) -> Sequence[UUID]:
    """The series of which a near time is not booked, and those of which one is asked for."""
    open_ones = select(WorkItem.about_id).where(WorkItem.kind == BOOK, col(WorkItem.done_at).is_(None))
    asked = set((await db.exec(open_ones)).all())
    rows = [each for each in (await db.exec(series_making.going_on(now))).all() if series_making.is_whole(each)]
    missing = await series_making.unbooked(db, rows, now)
    return sorted(asked | {id for id, times in missing.items() if near(times, now)})


async def _differs(db: AsyncSession, now: datetime, id: UUID) -> bool:
    """Whether `review` would change anything."""
    ask, asked = await _ask_of(db, await db.get_one(BookingSeries, id), now), await work.open_items(db, id, BOOK)
    if ask is None:
        return bool(asked)
    return [(ask.stands(each), each.note) for each in asked] != [(True, ask.note)]


async def _ask_of(db: AsyncSession, row: BookingSeries, now: datetime) -> Ask | None:
    """For the next one that something is in the way of; of those after it, how many are missing as soon."""
    if not series_making.is_whole(row):
        return None  # the list of series says so, and there is no time of which to ask
    blocked = list[tuple[Occurrence, dict[str, Any]]]()
    for each in near((await series_making.unbooked(db, [row], now))[row.id], now):
        if (why := await _in_the_way(db, row, each, now)) is not None:
            blocked.append((each, why))
    if not blocked:
        return None
    first, why = blocked[0]
    note = {"kind": row.kind, "title": row.title, "on": str(first.on), "starts": first.starts_at.isoformat()}
    return Ask(first.starts_at, await _keeper(db, row.hospital_id), note | why | {"others": len(blocked) - 1})


async def _in_the_way(db: AsyncSession, row: BookingSeries, what: Occurrence, now: datetime) -> dict[str, Any] | None:
    """Why this one is not booked, as far as everybody who keeps the series may know; None if it will be."""
    if gone := await series_making.left(db, [UUID(each) for each in row.resources]):
        who = (await queries.described(db, gone))[0]
        return {"left": {"name": who.name, "name_en": who.name_en}}
    resources, span = await series_making.usable(db, row), Span(what.starts_at, what.ends_at)
    if not resources:
        return {"nothing_left": True}
    if not (await partners.covered(db, row.hospital_id, resources))(what.starts_at):
        return {"not_covered": True}
    if found := await clashes(db, None, resources, span, now):
        return {"clash": found[0].model_dump(mode="json"), "more": len(found) - 1}
    if row.kind in limits.FREE or row.override_reason:
        return None
    broken = (await limits.broken_at(db, [limits.Time(resources, span)], row.kind, now))[0]
    return {"limit": broken[0].model_dump(mode="json"), "more": len(broken) - 1} if broken else None


async def _keeper(db: AsyncSession, hospital_id: str) -> Role:
    """The coordinators, or where there is none, whoever else plans series there."""
    for role in queries.BOOKS_FOR_OTHERS:
        if await holders(db, hospital_id, role):
            return role
    return queries.BOOKS_FOR_OTHERS[0]
