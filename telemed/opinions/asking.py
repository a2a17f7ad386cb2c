"""待联合签署: reminders for experts beside the lead to co-sign or dissent. Nothing waits for them."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.audit.service import record
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.consultations.words import ParticipantRole, State
from telemed.errors import Conflict
from telemed.opinions import rules, stands
from telemed.opinions.model import Opinion
from telemed.opinions.versions import versions
from telemed.people import service as people
from telemed.work import service as work
from telemed.work.model import Outcome, WorkItem, WorkKind

# From the meeting until the consultation is closed.
REMINDED = frozenset(
    {State.in_progress, State.interrupted, State.answering, State.signed, State.acknowledged, State.executing}
)


async def review(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Reminds exactly those who have neither co-signed or dissented to the newest version nor declined."""
    wanted = await _wanted(db, row)
    asked = {each.staff_id for each in await work.open_items(db, row.id, WorkKind.co_sign)}
    for staff_id in asked - wanted.keys():
        await work.finish(db, row.id, [WorkKind.co_sign], None, now, Outcome.withdrawn, staff_id=staff_id)
    for staff_id in wanted.keys() - asked:
        consultations.ask_to_co_sign(db, row, staff_id, wanted[staff_id], now)


async def _wanted(db: AsyncSession, row: Consultation) -> dict[UUID, int]:
    """Who should be reminded, and of which version."""
    draft, signed = await versions(db, row.id)
    opinion = draft or next(iter(signed), None)
    if opinion is None or row.state not in REMINDED:
        return {}
    taking_part = [
        each.staff_id
        for each in await participants.of(db, row.id)
        if each.role == ParticipantRole.expert and each.staff_id != row.lead_id and each.answer is not Answer.declined
    ]
    if not taking_part:
        return {}
    staff = await people.staff_by_id(db, taking_part)
    done = {each.stand.staff_id for each in await stands.held(db, opinion) if not each.lapsed}
    done |= await _declined(db, row, opinion)
    theirs = (each for each in taking_part if staff[each].hospital_id == row.hub_id)
    return {each: opinion.number for each in theirs if each not in done}


async def _declined(db: AsyncSession, row: Consultation, opinion: Opinion) -> set[UUID]:
    """Who has declined for this version; a new version asks again."""
    query = select(WorkItem).where(
        WorkItem.about_id == row.id, WorkItem.kind == WorkKind.co_sign, col(WorkItem.outcome) == Outcome.declined
    )
    found = (await db.exec(query)).all()
    return {each.staff_id for each in found if each.staff_id and each.note.get("number") == opinion.number}


async def decline(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
    """Removes the reminder at the expert's wish; they may still co-sign."""
    row = await consultations.get(db, actor, id, now, to_change=True)
    rules.refuse_standing(row, actor, await participants.one(db, row.id, actor.id))
    asked = await work.open_items(db, row.id, WorkKind.co_sign)
    if not any(each.staff_id == actor.id for each in asked):
        raise Conflict("You are not asked to co-sign.", reason="not_asked")
    await work.finish(db, row.id, [WorkKind.co_sign], actor, now, Outcome.declined, staff_id=actor.id)
    record(db, actor, "opinion.not_co_signed", str(row.id), now)
