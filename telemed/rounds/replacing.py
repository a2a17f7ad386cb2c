"""并入本次: an instruction is given in place of an open one of the same stay, which ends by it.

So the ward has one instruction of it, and one ladder.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.errors import NotFound
from telemed.rounds import rules
from telemed.rounds.doing import Doing
from telemed.rounds.engine import progress
from telemed.rounds.model import Instruction, RoundItem, RoundSession
from telemed.rounds.words import InstructionAction


async def lock_rounds(db: AsyncSession, session_id: UUID, instruction_id: UUID) -> None:
    """This round and that of the instruction, in the order in which rounds are locked: either may be the later one."""
    its = select(Instruction.session_id).where(Instruction.id == instruction_id)
    both = or_(col(RoundSession.id) == session_id, col(RoundSession.id).in_(its))
    await db.exec(select(RoundSession.id).where(both).order_by(col(RoundSession.id)).with_for_update())


async def named(doing: Doing) -> Instruction | None:
    """The one in whose place another is to be given, locked; none where it has ended meanwhile, and stays as it is.

    Raises NotFound for one of another patient or stay.
    """
    id, item = doing.new.instruction_id, doing.item
    if id is None:
        return None
    of_stay = select(Instruction).where(Instruction.id == id, Instruction.patient_id == item.patient_id)
    query = of_stay.where(Instruction.admission_id == item.admission_id).with_for_update()
    row = (await doing.db.exec(query)).one_or_none()
    if row is None:
        raise NotFound("There is no such instruction.")
    return row if row.state in rules.OPEN else None


async def replace(doing: Doing, row: Instruction, given: Instruction) -> None:
    """The lead of this round may, whoever led the one at which it was given."""
    session = await doing.db.get_one(RoundSession, row.session_id)
    item = await doing.db.get_one(RoundItem, row.item_id)
    become = {"replaced_by": given.id, "done_by": doing.actor.id, "done_at": doing.at}
    action, may = InstructionAction.replace_, doing.held
    await progress(doing.db, doing.actor, session, item, row, action, doing.now, become, at=doing.at, may=may)


async def rounds(db: AsyncSession, found: Collection[Instruction]) -> Mapping[UUID, datetime]:
    """By instruction that was replaced, when the round was at which the other was given in its place."""
    ids = {each.replaced_by for each in found if each.replaced_by}
    if not ids:
        return {}
    query = select(Instruction.id, RoundSession.starts_at).join(RoundSession)
    began = dict((await db.exec(query.where(col(Instruction.id).in_(ids)))).all())
    return {each.id: began[each.replaced_by] for each in found if each.replaced_by in began}
