"""待联合签署: reminders for experts beside the lead to co-sign or dissent. Nothing waits for them."""

from datetime import datetime
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.audit.service import record
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.consultations.rules.states import ONLY_READ
from telemed.consultations.words import ParticipantRole, State
from telemed.errors import Conflict
from telemed.opinions import mdt, rules, stands
from telemed.opinions.model import Opinion, StandDeclined
from telemed.opinions.versions import versions
from telemed.people import service as people
from telemed.work import service as work
from telemed.work.model import Outcome, WorkKind

MEETS = frozenset({State.in_progress, State.interrupted, State.answering})
# From the meeting until the consultation is closed; afterwards of an amendment, while it must be reassessed.
REMINDED = frozenset(
    {State.in_progress, State.interrupted, State.answering, State.signed, State.acknowledged, State.executing}
)


async def review(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Reminds exactly those who have neither co-signed or dissented to the newest version nor declined."""
    await _ask_for_sections(db, row, now)
    opinion = await _newest(db, row.id)
    wanted = await _wanted(db, row, opinion) if opinion is not None and await _reminded(db, row, opinion) else set()
    asked = {each.staff_id: each for each in await work.open_items(db, row.id, WorkKind.co_sign)}
    for staff_id in asked.keys() - wanted:
        await work.finish(db, row.id, [WorkKind.co_sign], None, now, Outcome.withdrawn, staff_id=staff_id)
    if opinion is not None:
        kept = [each for staff_id, each in asked.items() if staff_id in wanted]
        work.restate(db, kept, {"number": opinion.number}, now)
        for staff_id in wanted - asked.keys():
            consultations.ask_to_co_sign(db, row, staff_id, opinion.number, now)


async def _ask_for_sections(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Of an MDT, from the meeting until the chair signs: asks for exactly the sections that are waited for."""
    wanted = await mdt.waiting(db, row) if row.state in MEETS else set()
    asked = {each.staff_id for each in await work.open_items(db, row.id, WorkKind.section)}
    for staff_id in asked - wanted:
        await work.finish(db, row.id, [WorkKind.section], None, now, Outcome.withdrawn, staff_id=staff_id)
    for staff_id in sorted(wanted - asked):
        await consultations.ask_for_section(db, row, staff_id, now)


async def _reminded(db: AsyncSession, row: Consultation, opinion: Opinion) -> bool:
    amends = row.state in ONLY_READ and opinion.signed_at is None
    return row.state in REMINDED or (amends and bool(await work.open_items(db, row.id, WorkKind.reassess)))


async def _newest(db: AsyncSession, consultation_id: UUID) -> Opinion | None:
    draft, signed = await versions(db, consultation_id)
    return draft or next(iter(signed), None)


async def _wanted(db: AsyncSession, row: Consultation, opinion: Opinion) -> set[UUID]:
    """Who should be reminded of this version."""
    taking_part = [
        each.staff_id
        for each in await participants.of(db, row.id)
        if each.role == ParticipantRole.expert and each.staff_id != row.lead_id and each.answer is not Answer.declined
    ]
    if not taking_part:
        return set()
    staff = await people.staff_by_id(db, taking_part)
    done = {each.stand.staff_id for each in await stands.held(db, opinion) if not each.lapsed}
    done |= await _declined(db, opinion)
    if row.state in MEETS:
        done |= await mdt.waiting(db, row)  # first their section is asked for
    if opinion.signed_by is not None:
        done.add(opinion.signed_by)  # who led it then
    return {each for each in taking_part if staff[each].hospital_id == row.hub_id} - done


async def _declined(db: AsyncSession, opinion: Opinion) -> set[UUID]:
    """Who has declined for this version; a new version asks again."""
    return set((await db.exec(select(StandDeclined.staff_id).where(StandDeclined.opinion_id == opinion.id))).all())


async def decline(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
    """Removes the reminder at the expert's wish; they may still co-sign."""
    row = await consultations.get(db, actor, id, now, to_change=True)
    rules.refuse_standing(row, actor, await participants.one(db, row.id, actor.id))
    opinion, asked = await _newest(db, row.id), await work.open_items(db, row.id, WorkKind.co_sign)
    if opinion is None or not any(each.staff_id == actor.id for each in asked):
        raise Conflict("You are not asked to co-sign.", reason="not_asked")
    await db.merge(StandDeclined(opinion_id=opinion.id, staff_id=actor.id, at=now))
    await work.finish(db, row.id, [WorkKind.co_sign], actor, now, Outcome.declined, staff_id=actor.id)
    record(db, actor, "opinion.not_co_signed", str(row.id), now)
