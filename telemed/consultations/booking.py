"""Find a time, book it, and answer the invitation."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.activities.model import Answer, Participant
from telemed.consultations import readiness, steps
from telemed.consultations.model import Consultation, activity
from telemed.consultations.participant_events import (
    InvitationAccepted,
    InvitationDeclined,
    InvitationProposed,
    OfInvitation,
)
from telemed.consultations.rules.booking import check_time
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.deadlines import LENGTH, sign_due
from telemed.consultations.schemas import AnswerIn, Book, Proposals
from telemed.consultations.service import about, act, facts, get
from telemed.consultations.words import Action, ParticipantRole, State, Urgency
from telemed.consultations.workflow import assign
from telemed.errors import Conflict, Invalid
from telemed.history.service import emit
from telemed.people import service as people
from telemed.people.model import Patient
from telemed.people.names import latin
from telemed.scheduling import queries as calendars
from telemed.scheduling import service as scheduling
from telemed.scheduling.model import Booking, BookingKind
from telemed.work import service as work
from telemed.work.model import WorkKind

ANSWERED: dict[Answer, type[OfInvitation]] = {
    Answer.accepted: InvitationAccepted,
    Answer.proposed: InvitationProposed,
    Answer.declined: InvitationDeclined,
}


def wishes(row: Consultation) -> list[tuple[datetime, datetime]]:
    return [(each.start, each.end) for each in request_of(row).wishes]


async def proposals(db: AsyncSession, actor: Actor, id: UUID, lead_id: UUID | None, now: datetime) -> Proposals:
    """The earliest times within the wishes at which lead expert, accompanying physician and a venue are free."""
    row = await get(db, actor, id, now)
    lead, asked = lead_id or row.lead_id, wishes(row)
    if lead is None:
        raise Invalid("Name the lead expert first.", reason="no_lead")
    found = await scheduling.propose(
        db,
        people=[each for each in (lead, row.accompanying_id) if each is not None],
        hospital_id=row.hub_id,
        wishes=asked,
        now=now,
        duration=LENGTH[row.urgency],
        urgent=row.urgency is not Urgency.routine,
        besides=row.id,
    )
    return Proposals(items=found, searched_until=max((end for _, end in asked), default=None), wishes=asked)


async def book(db: AsyncSession, actor: Actor, id: UUID, version: int, new: Book, now: datetime) -> Consultation:
    """Takes the time and invites; from `approved` on, a lead named here is the acceptance as well."""
    row = await get(db, actor, id, now, version=version)
    check_time(new.starts_at, new.ends_at, now)
    if row.state is State.approved and new.lead_id is not None:
        await assign(db, row, new.lead_id, None, now)
        await act(db, actor, row, Action.accept, await facts(db, row), now, lead_id=new.lead_id)
    elif new.lead_id is not None and new.lead_id != row.lead_id:
        await assign(db, row, new.lead_id, None, now)
        await steps.give_to_lead(db, row, actor, now)
    if row.accompanying_id is not None:
        await participants.put(db, activity(row.id), row.accompanying_id, ParticipantRole.accompanying)
    everybody = [each.staff_id for each in await participants.of(db, row.id) if each.required]
    made = await _take(db, row, everybody, new, actor, now)
    row.booking_id, row.starts_at, row.ends_at = made.id, made.starts_at, made.ends_at
    venue = (await calendars.described(db, [new.venue_id]))[0]
    row.venue, row.venue_en = venue.name, venue.name_en
    row.sign_due_at = sign_due(row, now)
    when: dict[str, Any] = {"starts_at": made.starts_at, "ends_at": made.ends_at, "venue": row.venue}
    action = Action.rebook if row.state is State.interrupted else Action.book
    await act(db, actor, row, action, await facts(db, row), now, **when)
    await _invite(db, row, actor, now)
    await _confirm_if_all(db, row, now)
    return row


async def _take(
    db: AsyncSession, row: Consultation, everybody: list[UUID], new: Book, actor: Actor, now: datetime
) -> Booking:
    """The time of everybody required and of the venue, or the Conflict that names what blocks it."""
    if await scheduling.of_activity(db, row.id) is not None:
        return await scheduling.rebook(
            db,
            activity_id=row.id,
            people=everybody,
            venue=new.venue_id,
            start=new.starts_at,
            end=new.ends_at,
            by=actor,
            now=now,
        )
    patient = await db.get_one(Patient, row.patient_id)
    return await scheduling.book(
        db,
        activity=activity(row.id),
        kind=BookingKind.consultation,
        title=f"会诊 {patient.name}",
        title_en=f"Consultation {latin(patient.name, patient.pinyin)}",
        people=everybody,
        venue=new.venue_id,
        start=new.starts_at,
        end=new.ends_at,
        hospital_id=row.branch_id,
        by=actor,
        now=now,
    )


async def _invite(db: AsyncSession, row: Consultation, actor: Actor, now: datetime) -> None:
    """Who asked for this time need not be asked again: the accompanying physician, inside the wished times."""
    await work.finish(db, row.id, [WorkKind.invite], actor, now)
    if row.starts_at is None or row.ends_at is None:
        raise RuntimeError("an invitation is to a time")
    inside = any(start <= row.starts_at and row.ends_at <= end for start, end in wishes(row))
    for each in await participants.of(db, row.id):
        if each.role == ParticipantRole.guest:
            continue
        implied = each.role == ParticipantRole.accompanying and inside
        each.answer = Answer.accepted if implied or each.staff_id == actor.id else Answer.invited
        each.answered_at = now if each.answer is Answer.accepted else None
        each.proposed_start = each.proposed_end = None
        await steps.grant_participant(db, row, each.staff_id, actor, now)
        if each.answer is Answer.invited:
            person = await people.staff(db, each.staff_id)
            steps.ask(
                db, row, WorkKind.invite, person.hospital_id, now, staff_id=each.staff_id, due_at=row.state_due_at
            )


async def answer(db: AsyncSession, actor: Actor, id: UUID, version: int, new: AnswerIn, now: datetime) -> Consultation:
    """Accept the invitation, propose another time, or decline with words."""
    row = await get(db, actor, id, now, version=version)
    mine = await participants.one(db, row.id, actor.id)
    if mine is None or row.state not in (State.scheduling, State.scheduled, State.ready):
        raise Conflict("There is no invitation to answer.", reason="no_invitation", state=str(row.state))
    if new.answer == "proposed":
        if new.starts_at is None or new.ends_at is None:
            raise Invalid("Say which time suits you.", reason="time_needed")
        check_time(new.starts_at, new.ends_at, now)
    mine.answer, mine.answered_at, mine.words = Answer(new.answer), now, new.words
    mine.proposed_start, mine.proposed_end = new.starts_at, new.ends_at
    await work.finish(db, row.id, [WorkKind.invite], actor, now, staff_id=actor.id)
    row.version += 1
    _note(db, row, actor, mine, now)
    if mine.answer is Answer.accepted:
        await _confirm_if_all(db, row, now)
    elif not mine.required:
        return row  # the time stands without them
    elif row.state in (State.scheduled, State.ready):
        await act(db, actor, row, Action.unconfirm, await facts(db, row), now, words=new.words)
    else:
        note = {"asked": new.words, "who": actor.name}
        steps.ask(db, row, WorkKind.book, row.hub_id, now, role=Role.coordinator, note=note)
    return row


async def _confirm_if_all(db: AsyncSession, row: Consultation, now: datetime) -> None:
    found = await participants.of(db, row.id)
    if row.state is State.scheduling and participants.all_accepted(found):
        await act(db, None, row, Action.confirm, await facts(db, row, all_accepted=True), now)
        await readiness.review(db, row, now)


def _note(db: AsyncSession, row: Consultation, actor: Actor, mine: Participant, now: datetime) -> None:
    event = ANSWERED[mine.answer](
        role=mine.role,
        proposed_start=mine.proposed_start,
        proposed_end=mine.proposed_end,
        words=mine.words,
        rev=row.version,
    )
    emit(db, event, about(row), now, by=actor, role=mine.role)
