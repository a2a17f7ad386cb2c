"""Signs a round whose notes are all countersigned, and closes it once nothing of it is open."""

from datetime import datetime
from functools import partial
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.db import Database
from telemed.kit.failures import due, isolated
from telemed.rounds import rules, sharing
from telemed.rounds.engine import act
from telemed.rounds.lookup import items
from telemed.rounds.model import Instruction, RoundSession
from telemed.rounds.words import ItemState, RoundAction, RoundState

UNSIGNED = frozenset({ItemState.discussed, ItemState.noted})


async def review(db: AsyncSession, row: RoundSession, now: datetime) -> None:
    """The caller has locked the session."""
    if await _all_signed(db, row):
        await act(db, None, row, RoundAction.sign, now)
    if row.state is RoundState.signed and not await _open(db, row.id):
        await act(db, None, row, RoundAction.close, now)
        await sharing.for_a_while(db, await items(db, row.id), now)


async def _all_signed(db: AsyncSession, row: RoundSession) -> bool:
    return row.state is RoundState.completed and not any(e.state in UNSIGNED for e in await items(db, row.id))


async def _moves(db: AsyncSession, id: UUID) -> bool:
    """Whether a review would sign or close it."""
    row = await db.get_one(RoundSession, id)
    signed = row.state is RoundState.signed and not await _open(db, row.id)
    return signed or await _all_signed(db, row)


async def _open(db: AsyncSession, session_id: UUID) -> bool:
    query = select(Instruction.id).where(Instruction.session_id == session_id)
    query = query.where(col(Instruction.state).in_(sorted(rules.OPEN)))
    return (await db.exec(query.limit(1))).first() is not None


async def close_all(database: Database, now: datetime) -> dict[UUID, Exception]:
    """Those whose last instruction has ended since, or that had no bed to write of; returns the failures."""
    failed: dict[UUID, Exception] = {}
    waiting = select(RoundSession.id).where(col(RoundSession.state).in_([RoundState.completed, RoundState.signed]))
    async with database.read() as db:
        ids = (await db.exec(waiting)).all()
        found = await due(db, "a round to be closed", ids, partial(_moves, db), failed)
    for id in found:
        async with database.write() as db, isolated(db, "a round to be closed", id, failed):
            row = (await db.exec(select(RoundSession).where(RoundSession.id == id).with_for_update())).one()
            await review(db, row, now)
    return failed
