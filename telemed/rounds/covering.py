"""What rounds of a series an agreement of the two hospitals covers; of what none does, coordinators are asked.

No round is made for a day that no agreement covers. Nothing is made up for it: as soon as one covers the day, the round
is made by itself.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.model import Ward
from telemed.rounds import ladders as L
from telemed.rounds import rules
from telemed.rounds.model import RoundChange, RoundSeries, RoundSession
from telemed.rounds.words import AGREEMENT_SERVICE
from telemed.scheduling import differing
from telemed.scheduling.recurrence import Difference, Occurrence, rule_of, to_be_settled, to_come
from telemed.work import deadlines, ladders
from telemed.work import service as work
from telemed.work.duty import on_duty

DAY = timedelta(days=1)


class Covered(NamedTuple):
    """The occurrences of the next eight weeks before the first that no agreement covers, the day until which that
    settles them, and that first one."""

    found: list[Occurrence]
    until: date
    first_without: Occurrence | None


async def covered(db: AsyncSession, row: RoundSeries, now: datetime) -> Covered:
    zone = (await people.zones(db))[row.branch_id]
    until, found = day_in(zone, now + rules.MADE_AHEAD), list[Occurrence]()
    for each in to_come(rule_of(row, zone), await differences(db, row.id), until, now):
        if not await people.agreement(db, row.branch_id, row.hub_id, AGREEMENT_SERVICE, each.starts_at):
            return Covered(found, each.on - DAY, each)
        found.append(each)
    return Covered(found, until, None)


async def differences(db: AsyncSession, series_id: UUID) -> Mapping[date, Difference]:
    return differing.differences(await differing.of(db, RoundChange, series_id))


async def ask(
    db: AsyncSession, row: RoundSeries, missing: Occurrence | None, now: datetime, by: Actor | None = None
) -> None:
    """While `missing` is covered by none, one thing is asked of the hub's coordinators about this series.

    The caller has locked it.
    """
    asked = await work.open_items(db, row.id, L.COVER)
    if missing is None:
        await work.finish_items(db, asked, by, now)
        return
    note = await _note(db, row, missing)
    work.restate(db, asked, note, now)
    if asked:
        return
    to_be = deadlines.of_hospital(row.hub_id, L.COVERING, now)
    due_at = to_be_settled(missing.starts_at, await ladders.due_by(db, to_be, now))
    work.ask(db, L.COVER, row.id, row.hub_id, now, role=Role.coordinator, due_at=due_at, note=note)
    await db.flush()
    await deadlines.begin_at_hospital(db, row.hub_id, L.COVERING, due_at, now, on_duty)


async def asks_anew(db: AsyncSession, row: RoundSeries, missing: Occurrence | None) -> bool:
    """Whether `ask` would change anything."""
    asked = await work.open_items(db, row.id, L.COVER)
    if missing is None:
        return bool(asked)
    return [each.note for each in asked] != [await _note(db, row, missing)]


async def _note(db: AsyncSession, row: RoundSeries, missing: Occurrence) -> dict[str, Any]:
    """`made`: rounds that stand from then on; they were made while an agreement covered their day."""
    ward, s = await db.get_one(Ward, row.ward_id), RoundSession
    query = select(func.count()).where(s.series_id == row.id, s.starts_at >= missing.starts_at)
    made = (await db.exec(query.where(col(s.state).in_(sorted(rules.BEFORE))))).one()
    said = {"ward": ward.name, "ward_en": ward.name_en, "hospital": row.branch_id}
    return said | {"starts": missing.starts_at.isoformat(), "made": made}
