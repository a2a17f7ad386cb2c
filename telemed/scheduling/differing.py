"""Reads and keeps what was decided of one occurrence of a series, whatever becomes of its rule."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.scheduling import recurrence
from telemed.scheduling.model import OneChange
from telemed.scheduling.recurrence import Difference, OccurrenceChange, Repeats, Rule, is_by_rule, is_readable, rule_of
from telemed.scheduling.schemas import LeftOut


async def of(db: AsyncSession, table: type[OneChange], series_id: UUID) -> list[OneChange]:
    query = select(table).where(table.series_id == series_id)
    return list((await db.exec(query.order_by(col(table.on)))).all())


def differences(changes: Iterable[OneChange]) -> dict[date, Difference]:
    return {
        each.on: Difference(None if each.change is OccurrenceChange.left_out else each.starts_at, each.minutes)
        for each in changes
    }


def left_out(rule: Rule, changes: Mapping[date, Difference], why: Mapping[date, str], now: datetime) -> list[LeftOut]:
    """Those to come that do not take place, each with why."""
    return [
        LeftOut(on=each.on, starts_at=each.starts_at, ends_at=each.ends_at, reason=why[each.on])
        for each in recurrence.left_out(rule, changes, now)
    ]


async def leave_out(
    db: AsyncSession, table: type[OneChange], by: Actor, series_id: UUID, on: date, reason: str, now: datetime
) -> None:
    """It has no time any more."""
    await _keep(db, table, by, series_id, on, None, None, reason, now)


async def move(
    db: AsyncSession,
    table: type[OneChange],
    by: Actor,
    series_id: UUID,
    on: date,
    starts_at: datetime,
    minutes: int | None,
    reason: str,
    now: datetime,
) -> None:
    """It has this time, and this length if one is given."""
    await _keep(db, table, by, series_id, on, starts_at, minutes, reason, now)


async def settle(
    db: AsyncSession,
    table: type[OneChange],
    by: Actor,
    series: Repeats,
    zone: str,
    on: date,
    starts_at: datetime,
    minutes: int | None,
    reason: str,
    now: datetime,
) -> None:
    """As `move`; at the time and length of its rule it follows that again, and who put it there stands in the audit
    log alone."""
    rule = rule_of(series, zone) if is_readable(series.rrule, series.at) else None
    if rule is not None and is_by_rule(rule, on, starts_at, minutes):
        await _forget(db, table, series.id, on)
    else:
        await move(db, table, by, series.id, on, starts_at, minutes, reason, now)


async def _forget(db: AsyncSession, table: type[OneChange], series_id: UUID, on: date) -> None:
    for row in (await db.exec(select(table).where(table.series_id == series_id, table.on == on))).all():
        await db.delete(row)
    await db.flush()


async def _keep(
    db: AsyncSession,
    table: type[OneChange],
    by: Actor,
    series_id: UUID,
    on: date,
    starts_at: datetime | None,
    minutes: int | None,
    reason: str,
    now: datetime,
) -> None:
    query = select(table).where(table.series_id == series_id, table.on == on)
    row = (await db.exec(query)).one_or_none() or table(
        series_id=series_id, on=on, change=OccurrenceChange.left_out, by=by.id, changed_at=now
    )
    row.change = OccurrenceChange.left_out if starts_at is None else OccurrenceChange.moved
    row.starts_at, row.minutes, row.reason, row.by, row.changed_at = starts_at, minutes, reason, by.id, now
    db.add(row)
    await db.flush()
