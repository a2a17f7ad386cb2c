"""What was decided of one round of a series: it is left out, or at another time, whatever becomes of the rule."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.rounds.model import RoundChange
from telemed.rounds.words import OccurrenceChange


async def changes_of(db: AsyncSession, series_id: UUID) -> list[RoundChange]:
    query = select(RoundChange).where(RoundChange.series_id == series_id)
    return list((await db.exec(query.order_by(col(RoundChange.on)))).all())


async def leave_out(db: AsyncSession, actor: Actor, series_id: UUID, on: date, reason: str, now: datetime) -> None:
    await _keep(db, actor, series_id, on, OccurrenceChange.left_out, None, None, reason, now)


async def move(
    db: AsyncSession,
    actor: Actor,
    series_id: UUID,
    on: date,
    starts_at: datetime,
    minutes: int | None,
    reason: str,
    now: datetime,
) -> None:
    await _keep(db, actor, series_id, on, OccurrenceChange.moved, starts_at, minutes, reason, now)


async def _keep(
    db: AsyncSession,
    actor: Actor,
    series_id: UUID,
    on: date,
    change: OccurrenceChange,
    starts_at: datetime | None,
    minutes: int | None,
    reason: str,
    now: datetime,
) -> None:
    query = select(RoundChange).where(RoundChange.series_id == series_id, RoundChange.on == on)
    row = (await db.exec(query)).one_or_none() or RoundChange(
        series_id=series_id, on=on, change=change, by=actor.id, changed_at=now
    )
    row.sqlmodel_update(
        {
            "change": change,
            "starts_at": starts_at,
            "minutes": minutes,
            "reason": reason,
            "by": actor.id,
            "changed_at": now,
        }
    )
    db.add(row)
    await db.flush()
