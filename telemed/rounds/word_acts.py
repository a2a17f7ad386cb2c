"""Acts by which something is said, asked, instructed or read back at a bed."""

from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.errors import Conflict, Invalid, NotAllowed, NotFound
from telemed.history.service import emit
from telemed.people import service as people
from telemed.rounds import asking, replacing, rules, stays
from telemed.rounds.doing import Doing, keep
from telemed.rounds.engine import progress
from telemed.rounds.events import InstructionIssued
from telemed.rounds.lookup import about_item, changed, item
from telemed.rounds.model import Instruction, RoundAct
from telemed.rounds.words import ActKind, InstructionAction, InstructionState, Outcome, Who


async def say(doing: Doing) -> Outcome:
    """Whoever sees the bed may say or ask something there; a student only asks."""
    if doing.new.kind is ActKind.say and not doing.held - {Who.pool}:
        raise NotAllowed("Who follows asks; the round's doctors write.", reason="only_ask")
    keep(doing)
    changed(doing.db, doing.session, doing.now, doing.item.id, doing.actor)
    return Outcome.done


async def instruct(doing: Doing) -> Outcome:
    row, new, session = doing.item, doing.new, doing.session
    rules.refuse_instruction(session, row, doing.held)
    await stays.refuse_gone(doing.db, session, row, doing.at)
    if new.instruction is None or new.due_at is None:
        raise Invalid("Say what kind it is, and by when.", reason="kind_and_due")
    if new.due_at <= doing.at:
        raise Invalid("That time has passed.", reason="in_the_past")
    if new.due_at > doing.at + rules.FARTHEST_DUE:
        raise Invalid("An instruction is due within a year.", reason="due_too_far")
    if new.owner_id is not None:
        await _refuse_owner(doing, new.owner_id)
    if row.case_id is None:
        raise Conflict("This patient is not confirmed on the list.", reason="wrong_state", state=str(row.state))
    before = await replacing.named(doing)
    given = Instruction(
        session_id=session.id,
        item_id=row.id,
        patient_id=row.patient_id,
        admission_id=row.admission_id,
        case_id=row.case_id,
        branch_id=session.branch_id,
        hub_id=session.hub_id,
        ward_id=session.ward_id,
        n=1 + await _given_before(doing.db, row.id),
        kind=new.instruction,
        text=new.text,
        state=InstructionState.to_read_back,
        owner_id=new.owner_id,
        due_at=new.due_at,
        given_by=doing.actor.id,
        given_at=doing.at,
    )
    doing.db.add(given)
    await doing.db.flush()
    told = InstructionIssued(
        session_id=session.id, item_id=row.id, id=given.id, kind=given.kind, target=given.state, due_at=given.due_at
    )
    emit(doing.db, told, about_item(session, row), doing.now, by=doing.actor, at=doing.at)
    changed(doing.db, session, doing.now, row.id, doing.actor)
    await asking.of_instruction(doing.db, session, row, given, doing.now, doing.actor)
    if before is not None:
        await replacing.replace(doing, before, given)
    doing.instruction = given
    return Outcome.done


async def given_by(db: AsyncSession, act: RoundAct) -> UUID | None:
    """The instruction that was given by this act."""
    query = select(Instruction.id).where(Instruction.item_id == act.item_id, Instruction.given_by == act.by)
    query = query.where(Instruction.given_at == act.occurred_at, Instruction.text == act.text)
    return (await db.exec(query.order_by(col(Instruction.n)).limit(1))).first()


async def _given_before(db: AsyncSession, item_id: UUID) -> int:
    return (await db.exec(select(func.count()).where(Instruction.item_id == item_id))).one()


async def _refuse_owner(doing: Doing, owner_id: UUID) -> None:
    known = (await people.staff_by_id(doing.db, [owner_id])).get(owner_id)
    if known is None or known.hospital_id != doing.session.branch_id:
        raise NotFound("There is no such doctor at the ward's hospital.", reason="no_such_owner")


async def read_back(doing: Doing) -> Outcome:
    """The ward's doctor repeats the instruction in their own words; it is theirs from then on."""
    if doing.new.instruction_id is None:
        raise Invalid("Say which instruction.", reason="instruction_needed")
    of_this = select(Instruction).where(Instruction.session_id == doing.session.id)
    query = of_this.where(Instruction.id == doing.new.instruction_id).with_for_update()
    row = (await doing.db.exec(query)).one_or_none()
    if row is None:
        raise NotFound("There is no such instruction.")
    doing.row = await item(doing.db, doing.actor, doing.session, row.item_id, doing.now)
    doing.instruction = row
    if row.state is not InstructionState.to_read_back and row.read_back_at is not None:
        return Outcome.already
    become = {"heard": doing.new.text, "read_back_by": doing.actor.id, "read_back_at": doing.at}
    become |= {"owner_id": row.owner_id or doing.actor.id}
    await progress(
        doing.db,
        doing.actor,
        doing.session,
        doing.row,
        row,
        InstructionAction.read_back,
        doing.now,
        become,
        at=doing.at,
    )
    return Outcome.done
