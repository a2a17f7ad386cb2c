"""Substitutes: another lead expert or accompanying physician, in every state in which somebody waits for them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.consultations import dues, readiness, sharing
from telemed.consultations.booking import confirm_if_all
from telemed.consultations.engine import act
from telemed.consultations.experts import expert_to_lead, physician_of_branch
from telemed.consultations.lookup import get, guard_input
from telemed.consultations.meeting import start_if_both_here
from telemed.consultations.model import Consultation, activity
from telemed.consultations.ports import Opinions
from telemed.consultations.rules.booking import CALLED_IN, calls_in
from telemed.consultations.rules.guards import GuardInput
from telemed.consultations.rules.mdt import signs_now
from telemed.consultations.rules.states import BOOKED
from telemed.consultations.rules.table import transition
from telemed.consultations.schemas import Replace
from telemed.consultations.words import ESSENTIAL, Action, ParticipantRole, State
from telemed.errors import Conflict
from telemed.people import service as people
from telemed.people.model import Staff
from telemed.scheduling import service as scheduling


@dataclass(frozen=True)
class Part:
    """What is replaced: by which action, and what becomes of who came before and has taken part."""

    action: Action
    role: ParticipantRole
    former: ParticipantRole


LEAD: Final = Part(Action.replace_lead, ParticipantRole.lead, ParticipantRole.expert)
ACCOMPANYING: Final = Part(Action.replace_accompanying, ParticipantRole.accompanying, ParticipantRole.guest)


async def replace_lead(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: Replace, opinions: Opinions, now: datetime
) -> Consultation:
    """Another expert leads it. What the former one has written stays readable for them as theirs."""
    row = await get(db, actor, id, now, version=version)
    before = row.lead_id
    given = await _agreed(db, row, actor, new, now)
    transition(row, LEAD.action, actor, await guard_input(db, row, given), new.code)  # refuse before anything changes
    person = await expert_to_lead(db, row, actor, new.staff_id)
    row.lead_id = person.id
    signs_now(row, person.id)
    await sharing.move_to_department(db, row, person.department_id, now)
    await _replace(db, row, actor, LEAD, before, person, new, given, now)
    await sharing.with_authors(db, row, opinions, now)
    return row


async def replace_accompanying(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: Replace, now: datetime
) -> Consultation:
    """Another doctor of the branch is at the patient's side."""
    row = await get(db, actor, id, now, version=version)
    before = row.accompanying_id
    given = await _agreed(db, row, actor, new, now)
    transition(row, ACCOMPANYING.action, actor, await guard_input(db, row, given), new.code)
    person = await physician_of_branch(db, row, new.staff_id)
    row.accompanying_id = person.id
    await _replace(db, row, actor, ACCOMPANYING, before, person, new, given, now)
    return row


async def _agreed(db: AsyncSession, row: Consultation, actor: Actor, new: Replace, now: datetime) -> GuardInput:
    """Who stands in by their own act, or has accepted this time already, has agreed to it; who is called in is not
    asked, or the time would be lost at which the other side waits."""
    known = await participants.one(db, row.id, new.staff_id)
    accepted = known is not None and known.answer is Answer.accepted
    return GuardInput(agreed=new.agreed or accepted or new.staff_id == actor.id or calls_in(row, now))


async def _replace(
    db: AsyncSession,
    row: Consultation,
    actor: Actor,
    part: Part,
    before: UUID | None,
    person: Staff,
    new: Replace,
    given: GuardInput,
    now: datetime,
) -> None:
    if before is None or before == person.id:
        raise Conflict("They are it already.", reason="same_person")
    await _take_time(db, row, before, person.id, actor, now)
    if part is LEAD or await participants.one(db, row.id, before) is not None:
        mine = await participants.replace(db, activity(row.id), person.id, part.role, part.former)
        if mine.answer is not Answer.accepted:
            comes = row.state not in BOOKED or given.agreed
            mine.answer, mine.answered_at = (Answer.accepted, now) if comes else (Answer.invited, None)
            mine.proposed_start = mine.proposed_end = None
    await act(
        db,
        actor,
        row,
        part.action,
        now,
        given,
        reason=new.reason or new.code,
        code=new.code,
        staff_id=person.id,
        name=person.name,
        before_id=before,
        before_name=(await people.staff(db, before)).name,
    )
    await _go_on(db, row, now)


async def _take_time(
    db: AsyncSession, row: Consultation, before: UUID, after: UUID, actor: Actor, now: datetime
) -> None:
    """The booked time of the one for that of the other. Raises Conflict if they have something else at that time;
    who is called in comes anyway."""
    if row.state not in BOOKED | CALLED_IN:
        return
    await scheduling.leave(db, row.id, before, actor, now)
    try:
        await scheduling.join(db, row.id, after, actor, now)
    except Conflict:
        if not calls_in(row, now):
            raise


async def _go_on(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """What the new pair makes of the state: confirmed, ready or not, interrupted until they come, or met already."""
    await confirm_if_all(db, row, now)
    await readiness.review(db, row, now)
    if row.state is State.in_progress and not await participants.complete(db, row.id, ESSENTIAL):
        await act(db, None, row, Action.interrupt, now, reason="replaced")
    await start_if_both_here(db, row, now, now)
    await dues.sides_changed(db, row, now)
