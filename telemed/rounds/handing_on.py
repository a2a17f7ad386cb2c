"""Rounds of a doctor of the hub who leaves: those that they lead or sign, and the pools that they stand in."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.model import Participant
from telemed.audit.service import record
from telemed.errors import Conflict
from telemed.people.model import Ward
from telemed.rounds import rules, sessions
from telemed.rounds.leading import able_to_lead
from telemed.rounds.model import RoundSeries, RoundSession
from telemed.rounds.words import RoundRole, RoundState


async def led_rounds(db: AsyncSession, staff_id: UUID) -> list[RoundSession]:
    s, p = RoundSession, Participant
    instead = select(p.id).where(p.activity_id == s.id, p.role == RoundRole.signs)
    leads = (col(s.lead_id) == staff_id) & ~((col(s.state) == RoundState.completed) & instead.exists())
    signs = (col(s.state) == RoundState.completed) & instead.where(p.staff_id == staff_id).exists()
    query = select(s).where(col(s.state).in_(sorted(rules.LED)), or_(leads, signs))
    return list((await db.exec(query.order_by(col(s.starts_at), col(s.id)))).all())


async def pools(db: AsyncSession, staff_id: UUID, now: datetime) -> list[tuple[RoundSeries, str, bool]]:
    """The series that go on, each with its ward, and whether others of its pool remain."""
    query = select(RoundSeries, Ward.name).join(Ward, col(Ward.id) == RoundSeries.ward_id)
    query = query.where(or_(col(RoundSeries.ends_on).is_(None), col(RoundSeries.ends_on) >= now.date()))
    found = (await db.exec(query.order_by(col(RoundSeries.id)))).all()
    return [(row, ward, len(row.leads) > 1) for row, ward in found if str(staff_id) in row.leads]


async def hand_round_on(db: AsyncSession, by: Actor, id: UUID, to: UUID, now: datetime) -> None:
    """`by` acts with a coordinator's right. Raises NotFound for who may not lead, Conflict for who is busy then."""
    row = (await db.exec(select(RoundSession).where(RoundSession.id == id).with_for_update())).one()
    await sessions.name_lead(db, by, id, row.version, to, now)


async def hand_pool_on(db: AsyncSession, by: Actor, id: UUID, leaver: UUID, to: UUID | None, now: datetime) -> None:
    """Another stands in their place; None: the others of the pool remain."""
    row = (await db.exec(select(RoundSeries).where(RoundSeries.id == id).with_for_update())).one()
    if to is not None and to not in await able_to_lead(db, row.hub_id):
        raise Conflict("They may not lead rounds.", reason="no_such_expert")
    after = [str(to) if each == str(leaver) and to else each for each in row.leads if to or each != str(leaver)]
    row.leads, row.version = list(dict.fromkeys(after)), row.version + 1
    record(db, by, "round_series.pool_changed", str(id), now, reason=f"staff {leaver} to {to}")
