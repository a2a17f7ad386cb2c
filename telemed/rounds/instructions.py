"""What becomes of instructions after the round: carried out by an order, declined, or gone with the patient."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.db import Database
from telemed.errors import Invalid
from telemed.kit.failures import isolated
from telemed.people.chart_tables import Admission
from telemed.rounds import lookup, rules
from telemed.rounds.bed_schemas import ExecutionIn
from telemed.rounds.engine import progress
from telemed.rounds.model import Instruction
from telemed.rounds.words import InstructionAction


async def execute(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: ExecutionIn, now: datetime
) -> Instruction:
    """Records the order that carries it out, by a doctor of the branch; what needs no order, by words."""
    session, item, row = await lookup.instruction(db, actor, id, now, version=version)
    rules.refuse_execution(row, await lookup.held(db, session, actor), new.order_number, new.ordered_by, new.words)
    if new.ordered_at is not None and new.ordered_at > now:
        raise Invalid("That time is still to come.", reason="in_the_future")
    become = new.model_dump() | {"done_by": actor.id, "done_at": now}
    if new.ordered_by and new.ordered_at is None:  # it has just been written
        become["ordered_at"] = now
    await progress(db, actor, session, item, row, InstructionAction.execute, now, become)
    return row


async def decline(db: AsyncSession, actor: Actor, id: UUID, version: int, why: str, now: datetime) -> Instruction:
    session, item, row = await lookup.instruction(db, actor, id, now, version=version)
    become = {"words": why, "done_by": actor.id, "done_at": now}
    await progress(db, actor, session, item, row, InstructionAction.decline, now, become, reason=why)
    return row


async def lapse_all(database: Database, now: datetime) -> dict[UUID, Exception]:
    """Ends the open instructions of patients who have left the hospital; returns the failures, by instruction."""
    failed: dict[UUID, Exception] = {}
    left = select(Instruction.id, Instruction.session_id).join(Admission, col(Admission.id) == Instruction.admission_id)
    left = left.where(col(Instruction.state).in_(sorted(rules.OPEN)), col(Admission.discharged_at).is_not(None))
    async with database.read() as db:
        found = (await db.exec(left)).all()
    for id, of in found:
        async with database.write() as db, isolated(db, "an instruction", id, failed):
            session, item, row = await lookup.locked_instruction(db, of, id)
            if row.state in rules.OPEN:
                await progress(db, None, session, item, row, InstructionAction.lapse, now, {"done_at": now})
    return failed
