"""Experts beside the lead: added from the hub's staff before and during the meeting, removed before it."""

from contextlib import nullcontext, suppress
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.activities.events import ParticipantAdded, ParticipantRemoved
from telemed.activities.model import Answer, Participant
from telemed.audit.service import record
from telemed.consultations import dues, sharing, telling, work
from telemed.consultations.lookup import about, get
from telemed.consultations.model import Consultation, activity
from telemed.consultations.ports import Opinions
from telemed.consultations.rules.experts import refuse_adding_experts, removable
from telemed.consultations.rules.mdt import signs_now
from telemed.consultations.rules.states import BEFORE_MEETING, BOOKED
from telemed.consultations.rules.table import capacities
from telemed.consultations.words import CENTRE, ParticipantRole, State, Urgency
from telemed.errors import Conflict, Invalid, NotFound
from telemed.history.service import emit
from telemed.people import service as people
from telemed.people.model import Staff
from telemed.scheduling import service as scheduling


async def expert_of_hub(db: AsyncSession, row: Consultation, staff_id: UUID) -> Staff:
    person = await people.staff(db, staff_id)
    if person.hospital_id != row.hub_id or Role.expert not in await people.roles_of(db, staff_id):
        raise Invalid("This takes an expert of the hub.", reason="not_an_expert")
    return person


async def expert_to_lead(db: AsyncSession, row: Consultation, actor: Actor, staff_id: UUID) -> Staff:
    """The expert whom this person names as the lead: a department only one of its own."""
    person = await expert_of_hub(db, row, staff_id)
    if not CENTRE & capacities(row, actor) and person.department_id != actor.department_id:
        raise Invalid("A department names its own experts.", reason="other_department")
    return person


async def physician_of_branch(db: AsyncSession, row: Consultation, staff_id: UUID) -> Staff:
    person = await people.staff(db, staff_id)
    if person.hospital_id != row.branch_id or Role.accompanying_physician not in await people.roles_of(db, staff_id):
        raise Invalid("The accompanying physician is one of the branch's.", reason="not_accompanying")
    return person


async def add(db: AsyncSession, actor: Actor, id: UUID, staff_id: UUID, now: datetime) -> Consultation:
    """Adds an expert. Version and booked time stay, so other people's open pages remain valid.

    Raises Conflict with reason `person_taken` if the expert is booked elsewhere at that time.
    """
    row = await get(db, actor, id, now, to_change=True)
    refuse_adding_experts(row, actor)
    person = await expert_of_hub(db, row, staff_id)
    found = await participants.one(db, row.id, staff_id)
    if found is not None and found.role != ParticipantRole.guest:
        return row  # already added, or the lead
    await _bring(db, row, person, actor, now, required=False)
    return row


async def _bring(
    db: AsyncSession, row: Consultation, person: Staff, actor: Actor, now: datetime, *, required: bool
) -> None:
    """They take part from now on: asked for the booked time, or called in to what is under way."""
    staff_id = person.id
    called_in = row.urgency is Urgency.stat or row.state not in BEFORE_MEETING
    if row.state is not State.answering:  # else the meeting is over, and they need no time to read and co-sign
        with suppress(Conflict) if called_in else nullcontext():  # called in now: comes even if booked elsewhere
            await scheduling.join(db, row.id, staff_id, actor, now)
    added = await participants.put(db, activity(row.id), staff_id, ParticipantRole.expert, required=required)
    signs_now(row, staff_id)
    if called_in:
        added.answer, added.answered_at = Answer.accepted, now  # called in now, so there is no invitation to answer
    elif row.state in BOOKED and added.answer is Answer.invited:
        work.ask_to_answer(db, row, person.hospital_id, added, now)
    await sharing.with_participant(db, row, staff_id, actor, now)
    if called_in:
        await telling.of_calling_in(db, row, staff_id, now)
    elif row.state in BOOKED:
        await telling.of_invitation(db, row, staff_id, now)
    await dues.owners_changed(db, row)
    _tell_added(db, row, person, actor, now)


async def name(
    db: AsyncSession, row: Consultation, staff_id: UUID, required: bool, actor: Actor, now: datetime
) -> None:
    """Names an expert with a booking, from which their invitation and the case follow; or says whether one who was
    named before is required.
    """
    person = await expert_of_hub(db, row, staff_id)
    before = await participants.one(db, row.id, staff_id)
    known = before is not None and before.role != ParticipantRole.guest
    if before is not None and known and before.role != ParticipantRole.expert:
        return  # the lead
    await participants.put(db, activity(row.id), staff_id, ParticipantRole.expert, required=required)
    signs_now(row, staff_id)
    if not known:
        _tell_added(db, row, person, actor, now)


def _tell_added(db: AsyncSession, row: Consultation, person: Staff, actor: Actor, now: datetime) -> None:
    event = ParticipantAdded(staff_id=person.id, role=ParticipantRole.expert, name=person.name, rev=row.version)
    emit(db, event, about(row), now, by=actor)
    record(db, actor, "consultation.add_expert", str(row.id), now, reason=str(person.id))


async def remove(
    db: AsyncSession, actor: Actor, id: UUID, staff_id: UUID, opinions: Opinions, now: datetime
) -> Consultation:
    """Removes an added expert. Not possible once they have been in the room; what they said of a draft is kept."""
    row = await get(db, actor, id, now, to_change=True)
    refuse_adding_experts(row, actor)
    found = await participants.one(db, row.id, staff_id)
    if found is None or found.role != ParticipantRole.expert:
        raise NotFound("There is no such expert on this consultation.")
    await _take_out(db, row, found, actor, opinions, now)
    return row


async def leave_out(
    db: AsyncSession, row: Consultation, staff_id: UUID, actor: Actor, opinions: Opinions, now: datetime
) -> None:
    """With a booking: it is for those who stay. Who is on it no longer need not be taken out."""
    if (found := await participants.one(db, row.id, staff_id)) is not None:
        await _take_out(db, row, found, actor, opinions, now)


async def swap(
    db: AsyncSession,
    row: Consultation,
    found: Participant,
    staff_id: UUID,
    actor: Actor,
    opinions: Opinions,
    now: datetime,
) -> None:
    """Another comes instead, as much required. If it was for the former that another time was asked for, it no longer
    is."""
    person, required = await expert_of_hub(db, row, staff_id), found.required
    await _take_out(db, row, found, actor, opinions, now)
    await _bring(db, row, person, actor, now, required=required)
    await work.ask_no_longer_for_time(db, row, actor, now)


async def _take_out(
    db: AsyncSession,
    row: Consultation,
    found: Participant,
    actor: Actor,
    opinions: Opinions,
    now: datetime,
) -> None:
    """The expert's time is free, and they are asked and see it no longer."""
    if not removable(row, found):
        raise Conflict("They have taken part.", reason="wrong_state", state=str(row.state))
    staff_id, person = found.staff_id, await people.staff(db, found.staff_id)
    await db.delete(found)
    await scheduling.leave(db, row.id, staff_id, actor, now)
    await work.withdraw_invitation(db, row, staff_id, actor, now)
    comes = row.state in BOOKED and found.answer in (Answer.accepted, Answer.proposed)
    await telling.of_removal(db, row, staff_id, now, comes=comes)
    await sharing.with_person_no_longer(db, row, staff_id, now)
    await sharing.with_authors(db, row, opinions, now)  # they may have led it once
    await dues.owners_changed(db, row)
    event = ParticipantRemoved(staff_id=staff_id, role=ParticipantRole.expert, name=person.name, rev=row.version)
    emit(db, event, about(row), now, by=actor)
    record(db, actor, "consultation.remove_expert", str(row.id), now, reason=str(staff_id))
