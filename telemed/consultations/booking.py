"""Find a time, book it, and answer the invitation."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Answer, Participant
from telemed.consultations import experts, readiness
from telemed.consultations.accepting import assign, bring_accompanying
from telemed.consultations.booking_events import LimitsPassed
from telemed.consultations.engine import act
from telemed.consultations.expecting import held_until, sign_due
from telemed.consultations.follow import follow_answer
from telemed.consultations.holding import make_room
from telemed.consultations.lookup import about, get, guard_input
from telemed.consultations.model import Consultation, activity
from telemed.consultations.participant_events import (
    InvitationAccepted,
    InvitationDeclined,
    InvitationProposed,
    OfInvitation,
)
from telemed.consultations.ports import Opinions
from telemed.consultations.rules.booking import booking_actions, check_time, invite, refuse_past, wishes
from telemed.consultations.rules.deadlines import LENGTH
from telemed.consultations.rules.guards import GuardInput
from telemed.consultations.rules.table import transition
from telemed.consultations.schemas import AnswerIn, Book
from telemed.consultations.shown import Proposals
from telemed.consultations.words import Action, ParticipantRole, State, Urgency
from telemed.errors import Conflict, Invalid, NotFound
from telemed.history.service import emit
from telemed.people.model import Patient
from telemed.people.names import latin
from telemed.scheduling import queries as calendars
from telemed.scheduling import service as scheduling
from telemed.scheduling.model import Booking, BookingKind, ResourceKind

SOON = timedelta(hours=24)
NOTICE = timedelta(hours=1)  # of a routine one: who is invited has work of their own at the moment
ANSWERED: dict[Answer, type[OfInvitation]] = {
    Answer.accepted: InvitationAccepted,
    Answer.proposed: InvitationProposed,
    Answer.declined: InvitationDeclined,
}


async def proposals(db: AsyncSession, actor: Actor, id: UUID, lead_id: UUID | None, now: datetime) -> Proposals:
    """The earliest times within the wishes at which everybody required and a venue are free: the lead expert, the
    accompanying physician, and whoever else was named as required, as of an MDT.

    An emergency has no wishes: as soon as possible.
    """
    row = await get(db, actor, id, now)
    lead, asked = lead_id or row.lead_id, wishes(row)
    if not asked and row.urgency is Urgency.stat:
        asked = [(now, now + SOON)]
    if lead is None:
        raise Invalid("Name the lead expert first.", reason="no_lead")
    required = [each.staff_id for each in await participants.of(db, row.id) if each.required]
    found = await scheduling.propose(
        db,
        people={each for each in (lead, row.accompanying_id, *required) if each is not None},
        hospital_id=row.hub_id,
        wishes=asked,
        now=now,
        duration=LENGTH[row.urgency],
        urgent=row.urgency is not Urgency.routine,
        notice=NOTICE if row.urgency is Urgency.routine else scheduling.NO_NOTICE,
        besides=row.id,
    )
    return Proposals(items=found, searched_until=max((end for _, end in asked), default=None), wishes=asked)


async def book(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: Book, opinions: Opinions, now: datetime
) -> Consultation:
    """Books a time: first the people and their time, then the invitations, then the state and what follows from it.

    For an approved consultation that the hub has not accepted, naming the lead here accepts it too.
    """
    row = await get(db, actor, id, now, version=version)
    check_time(new.starts_at, new.ends_at, now)
    first, *rest = booking_actions(row, new.lead_id)
    if new.lead_id not in (None, row.lead_id):
        if row.lead_id is not None:
            raise Conflict("A lead expert is named; replace them first, with a reason.", reason="lead_named")
        await assign(db, row, new.lead_id, now)
    await bring_accompanying(db, row)
    transition(row, first, actor, await guard_input(db, row))  # refuse before taking anybody's time
    await _refuse_other_branch(db, row, new)
    for out in new.without:
        await experts.leave_out(db, row, out, actor, opinions, now)
    await make_room(db, row, new, actor, now)
    for each in new.experts:
        await experts.name(db, row, each.staff_id, each.required, actor, now)
    everybody = await participants.of(db, row.id)
    made = await _take(db, row, everybody, new, actor, now)
    same_time = (row.starts_at, row.ends_at) == (made.starts_at, made.ends_at)
    row.booking_id, row.starts_at, row.ends_at = made.id, made.starts_at, made.ends_at
    if made.overridden:
        which = tuple(sorted({each["limit"] for each in made.overridden}))
        passed = LimitsPassed(limits=which, words=made.override_reason, rev=row.version)
        emit(db, passed, about(row), now, by=actor)
    row.venue, row.venue_en = await _named(db, new.venue_id)
    row.branch_venue, row.branch_venue_en = await _named(db, new.branch_venue_id)
    row.sign_due_at = await sign_due(db, row, now)
    invite(row, everybody, actor.id, now, same_time=same_time)
    where = {"venue": row.venue, "branch_venue": row.branch_venue}
    when = {"starts_at": made.starts_at, "ends_at": made.ends_at, **where}
    for action in (first, *rest):
        said = {"lead_id": row.lead_id} if action is Action.accept else when
        await act(db, actor, row, action, now, **said)
    await confirm_if_all(db, row, now)
    return row


async def _refuse_other_branch(db: AsyncSession, row: Consultation, new: Book) -> None:
    """Raises NotFound for a room or cart of neither this branch nor the hub: those of others are nobody's to choose."""
    if new.branch_venue_id is None and not new.venue_ids:
        return
    things = await calendars.things(db, [row.branch_id, row.hub_id])
    of_branch = {each.id for each in things if (each.hospital_id, each.kind) == (row.branch_id, ResourceKind.venue)}
    branch_room = {new.branch_venue_id} - {None}
    if not branch_room <= of_branch or not set(new.venue_ids) <= {each.id for each in things}:
        raise NotFound("There is no such person or venue.", reason="unknown_resource")


async def _named(db: AsyncSession, venue_id: UUID | None) -> tuple[str, str]:
    """The name of a venue in both languages; of none, nothing."""
    if venue_id is None:
        return "", ""
    (venue,) = await calendars.described(db, [venue_id])
    return venue.name, venue.name_en


async def _take(
    db: AsyncSession, row: Consultation, everybody: list[Participant], new: Book, actor: Actor, now: datetime
) -> Booking:
    """Holds the time of everybody required and of the venue, until all have accepted.

    Raises the Conflict that names what blocks it.
    Optional experts are taken where they are free; one who is not finds out on accepting.
    """
    required = [each.staff_id for each in everybody if each.required]
    also = [each.staff_id for each in everybody if not each.required and each.role == ParticipantRole.expert]
    override = new.override if row.urgency is Urgency.routine else None  # else as soon as everybody is free
    if await scheduling.of_activity(db, row.id) is not None:
        return await scheduling.rebook(
            db,
            activity_id=row.id,
            people=required,
            also=also,
            venue=new.venue_id,
            other_end=new.branch_venue_id,
            venues=new.venue_ids,
            start=new.starts_at,
            end=new.ends_at,
            by=actor,
            now=now,
            expires_at=await held_until(db, row, new.starts_at, now),
            override=override,
        )
    title, title_en = _titles(await db.get_one(Patient, row.patient_id))
    return await scheduling.book(
        db,
        activity=activity(row.id),
        kind=BookingKind.consultation,
        title=title,
        title_en=title_en,
        people=required,
        also=also,
        venue=new.venue_id,
        other_end=new.branch_venue_id,
        venues=new.venue_ids,
        start=new.starts_at,
        end=new.ends_at,
        hospital_id=row.branch_id,
        by=actor,
        now=now,
        expires_at=await held_until(db, row, new.starts_at, now),
        override=override,
    )


def _titles(patient: Patient) -> tuple[str, str]:
    """The booking's title, in Chinese and English."""
    return f"会诊 {patient.name}", f"Consultation {latin(patient.name, patient.pinyin)}"


async def retitle(db: AsyncSession, patient: Patient, by: Actor, now: datetime) -> None:
    """Puts a corrected name of the patient into the titles of their bookings."""
    query = select(Consultation.id).where(Consultation.patient_id == patient.id)
    title, title_en = _titles(patient)
    await scheduling.retitle(db, (await db.exec(query)).all(), title=title, title_en=title_en, by=by, now=now)


async def answer(db: AsyncSession, actor: Actor, id: UUID, version: int, new: AnswerIn, now: datetime) -> Consultation:
    """Accept the invitation, propose another time, or decline with words."""
    row = await get(db, actor, id, now, version=version)
    mine = await participants.one(db, row.id, actor.id)
    if mine is None or row.state not in (State.scheduling, State.scheduled, State.ready):
        raise Conflict("There is no invitation to answer.", reason="no_invitation", state=str(row.state))
    refuse_past(row, new.answer, now)
    if new.answer == "declined" and not new.words:
        raise Invalid("Say why you cannot come.", reason="reason_needed")
    if new.answer == "proposed":
        if new.starts_at is None or new.ends_at is None:
            raise Invalid("Say which time suits you.", reason="time_needed")
        check_time(new.starts_at, new.ends_at, now)
    mine.answer, mine.answered_at, mine.words = Answer(new.answer), now, new.words
    mine.proposed_start, mine.proposed_end = new.starts_at, new.ends_at
    await take_answer(db, row, mine, actor, now)
    return row


async def take_answer(db: AsyncSession, row: Consultation, mine: Participant, by: Actor, now: datetime) -> None:
    """What follows from the answer that `mine` has now, given by themselves or by whoever entered their absence."""
    await follow_answer(db, row, mine, by, now)
    row.version += 1
    _note(db, row, by, mine, now)
    if mine.answer is Answer.accepted:
        await confirm_if_all(db, row, now)
    elif mine.required and row.state is not State.scheduling:
        themselves = by if by.id == mine.staff_id else None
        await act(db, themselves, row, Action.unconfirm, now, GuardInput(invited=True), words=mine.words)


async def confirm_if_all(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Confirms the booked time once everybody required has accepted it."""
    found = await participants.of(db, row.id)
    if row.state is State.scheduling and participants.all_accepted(found):
        await act(db, None, row, Action.confirm, now, GuardInput(all_accepted=True))
        await readiness.review(db, row, now)


def _note(db: AsyncSession, row: Consultation, actor: Actor, mine: Participant, now: datetime) -> None:
    event = ANSWERED[mine.answer](
        role=mine.role,
        proposed_start=mine.proposed_start,
        proposed_end=mine.proposed_end,
        words=mine.words,
        staff_id=mine.staff_id,
        rev=row.version,
    )
    emit(db, event, about(row), now, by=actor, role=mine.role)
