"""仍需: at a later round of the stay its lead says that an open instruction still stands.

It goes on as it was, with its owner, its due and its ladder; the ward reads that it was looked at, and by whom.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.audit.service import record
from telemed.errors import Invalid, NotFound
from telemed.history.service import emit
from telemed.rounds import rules
from telemed.rounds.doing import Doing
from telemed.rounds.events import InstructionMoved
from telemed.rounds.lookup import about_item, changed
from telemed.rounds.model import Instruction, RoundAct, RoundItem
from telemed.rounds.words import ActKind, InstructionAction, Outcome


async def keep(doing: Doing) -> Outcome:
    """Raises NotFound for one of this round or of another stay, Conflict for one that is not open any more."""
    db, session, item, id = doing.db, doing.session, doing.item, doing.new.instruction_id
    if id is None:
        raise Invalid("Say which instruction.", reason="instruction_needed")
    before = select(Instruction).where(Instruction.id == id, Instruction.session_id != session.id)
    query = before.where(Instruction.admission_id == item.admission_id)
    row = (await db.exec(query.with_for_update())).one_or_none()
    if row is None:
        raise NotFound("There is no such instruction.")
    rules.line(rules.INSTRUCTIONS, InstructionAction.keep, row.state, doing.held)
    doing.instruction = row
    if any(each.session_id == session.id for each in await _said(db, [row])):
        return Outcome.already
    told = InstructionMoved(
        session_id=session.id,
        item_id=item.id,
        id=row.id,
        kind=row.kind,
        action=InstructionAction.keep,
        source=row.state,
        target=row.state,
        due_at=row.due_at,
    )
    emit(db, told, about_item(session, item), doing.now, by=doing.actor, at=doing.at)
    record(db, doing.actor, "instruction.keep", str(row.id), doing.now, owner_id=session.branch_id)
    changed(db, session, doing.now, item.id, doing.actor)
    return Outcome.done


async def last(db: AsyncSession, found: Collection[Instruction]) -> Mapping[UUID, RoundAct]:
    """By instruction when it was last said of it, as far as it is open."""
    of = {str(each.id): each.id for each in found if each.state in rules.OPEN}
    acts = await _said(db, [each for each in found if each.state in rules.OPEN]) if of else []
    return {of[str(each.said["instruction_id"])]: each for each in acts}


async def _said(db: AsyncSession, found: Collection[Instruction]) -> list[RoundAct]:
    """Of these, the oldest first."""
    ids = {str(each.id) for each in found}
    query = select(RoundAct).join(RoundItem, col(RoundItem.id) == RoundAct.item_id)
    query = query.where(col(RoundItem.patient_id).in_({each.patient_id for each in found}))
    query = query.where(RoundAct.kind == ActKind.keep, RoundAct.outcome == Outcome.done)
    acts = (await db.exec(query.order_by(col(RoundAct.occurred_at), col(RoundAct.id)))).all()
    return [each for each in acts if each.said.get("instruction_id") in ids]
