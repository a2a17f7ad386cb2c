"""One table of what follows from each action: finished work, new work, grants, participants, the booking."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Answer, Participant
from telemed.consultations import arriving, dues, owing, reassessing, ringing, sharing, telling, work
from telemed.consultations.expecting import due_by, held_until, sign_due, state_due
from telemed.consultations.ladders import SIGNING
from telemed.consultations.model import Consultation, activity
from telemed.consultations.rules.states import FINAL
from telemed.consultations.rules.table import Move
from telemed.consultations.words import Action, ParticipantRole, State, Urgency
from telemed.people import service as people
from telemed.scheduling import service as scheduling
from telemed.work.model import Outcome, WorkKind
from telemed.work.service import finish, hand_on

A, K = Action, WorkKind
Consequence = Callable[[AsyncSession, Move], Awaitable[None]]


@dataclass(frozen=True)
class Follows:
    done: frozenset[WorkKind]  # open work items of these kinds are finished
    then: tuple[Consequence, ...]  # in this order


def _follows(*done: WorkKind, then: tuple[Consequence, ...] = ()) -> Follows:
    return Follows(frozenset(done), then)


async def stamp(db: AsyncSession, row: Consultation, action: Action, actor: Actor | None, at: datetime) -> None:
    """Fills the columns that say when and by whom, which lists and the record read."""
    by = actor.id if actor else None
    match action:
        case Action.submit:
            row.submitted_at, row.endorsed_by, row.endorsed_at, row.missing = at, None, None, []
            row.sign_due_at = await sign_due(db, row, at)
        case Action.endorse:
            row.endorsed_by, row.endorsed_at = by, at
        case Action.approve:
            row.approved_by, row.approved_at = by, at
        case Action.accept | Action.take:
            row.accepted_by = by
        case Action.make_ready:
            lock_packet(row, at)
        case Action.start if row.started_at is None or row.ended_at is not None:  # or reopened: a new meeting
            lock_packet(row, at)  # those that start without being ready were not locked before
            row.started_at, row.ended_at = at, None
        case Action.end | Action.to_written if row.started_at is not None and row.ended_at is None:
            row.ended_at = at
        case Action.to_written if row.elective and row.starts_at is None:
            row.sign_due_at = await due_by(db, row, SIGNING, at)  # it waits for no time any more
        case Action.reopen:
            row.starts_at = row.ends_at = row.booking_id = None
            row.started_with_missing, row.missing_reason = [], None  # they belonged to the last meeting
            row.sign_due_at = await due_by(db, row, SIGNING, at)
        case Action.book:  # also from one time to another, which is a new invitation
            row.state_due_at = await state_due(db, row, State.scheduling, at)
        case Action.lapse:
            row.starts_at = row.ends_at = row.booking_id = None


def lock_packet(row: Consultation, at: datetime) -> None:
    """What the meeting begins with stays as it is; later material makes the next version."""
    row.packet_version = max(1, row.packet_version)
    row.packet_locked_at = row.packet_locked_at or at


async def follow(db: AsyncSession, move: Move) -> None:
    """In the transaction of the action that causes it."""
    found = FOLLOWS.get(move.line.action)
    if found is not None:
        if found.done:
            await finish(db, move.row.id, found.done, move.actor, move.now)
        for each in found.then:
            await each(db, move)
    await dues.watch(db, move)
    if move.line.target in FINAL and move.line.target is not State.archived:
        for each in CALLED_OFF:
            await each(db, move)


async def follow_answer(db: AsyncSession, row: Consultation, mine: Participant, by: Actor, now: datetime) -> None:
    """What follows from the answer to an invitation, which is no action: work and the answerer's booked time.

    If a booking that stood falls by it, `unconfirm` asks for another time.
    """
    await finish(db, row.id, [K.invite], by, now, staff_id=mine.staff_id)
    await telling.answered(db, row, mine.staff_id, now)
    await dues.owners_changed(db, row)
    await owing.accompanying_answered(db, row, mine, by, now)
    if mine.answer is Answer.accepted:
        await scheduling.join(db, row.id, mine.staff_id, by, now)
        return
    if mine.answer is Answer.declined or not mine.required:
        await scheduling.leave(db, row.id, mine.staff_id, by, now)
    if mine.required and row.state is State.scheduling:
        who = by.name if mine.staff_id == by.id else (await people.staff(db, mine.staff_id)).name
        work.ask_to_rebook(db, row, now, asked=mine.words, who=who)


async def _empty_the_room(db: AsyncSession, move: Move) -> None:
    await participants.everybody_left(db, move.row.id, move.now)


async def _release_the_time(db: AsyncSession, move: Move) -> None:
    await scheduling.cancel(db, move.row.id, move.actor, move.now)


async def _keep_the_time(db: AsyncSession, move: Move) -> None:
    await scheduling.confirm(db, move.row.id, move.actor, move.now)


async def _hold_the_time(db: AsyncSession, move: Move) -> None:
    """It stands until another is booked, or lapses."""
    if move.row.starts_at is not None:
        until = await held_until(db, move.row, move.row.starts_at, move.now)
        await scheduling.hold(db, move.row.id, until, move.actor, move.now)


async def _release_what_is_left(db: AsyncSession, move: Move) -> None:
    """A session that was held keeps the time it took; what became written before it met keeps none."""
    if move.row.ended_at is None:
        await _release_the_time(db, move)
    else:
        await scheduling.end(db, move.row.id, move.actor, move.now)


async def _expect_who_calls(db: AsyncSession, move: Move) -> None:
    """Who calls a stat one is on the booking, and may wait in the room before anybody takes it."""
    if move.row.urgency is Urgency.stat and move.row.accompanying_id is not None:
        role = ParticipantRole.accompanying
        await participants.put(db, activity(move.row.id), move.row.accompanying_id, role)


async def _hand_on_reassessing(db: AsyncSession, move: Move) -> None:
    """An opinion on images that are not the patient's is the present lead expert's to amend, whoever signed it."""
    await hand_on(db, move.row.id, K.reassess, move.data["before_id"], move.data["staff_id"], move.now)


async def _withdraw_what_comes_too_late(db: AsyncSession, move: Move) -> None:
    """What the opinion rests on stays as it was signed: no image and no word of the request is added any more."""
    await finish(db, move.row.id, UNTIL_SIGNED, move.actor, move.now, Outcome.withdrawn)


async def _withdraw_the_answering(db: AsyncSession, move: Move) -> None:
    """Of amended advice: it can be answered only once it is signed again, and is asked for anew then."""
    await finish(db, move.row.id, [K.acknowledge], move.actor, move.now, Outcome.withdrawn)


MET: Final = (K.invite, K.name_accompanying)  # nobody else need come
UNTIL_SIGNED: Final = (K.upload, K.complete, K.renew, K.section)
NAMED = (sharing.with_lead_or_department, work.ask_for_lead_or_time)
BOOKED = (ringing.ring_no_more, sharing.with_everybody_booked, work.ask_the_invited, telling.of_booking)
GIVEN_BACK = (work.ask_coordinator_for_lead, sharing.with_the_department_no_longer)
STOOD_IN = (sharing.with_the_substitute, work.ask_the_substitute, telling.of_substitute)
LEAD_STOOD_IN = (*STOOD_IN, _hand_on_reassessing, ringing.ring_at_lead)
ANSWERING = (ringing.ring_no_more, _empty_the_room, _release_what_is_left, work.ask_for_the_opinion)
FOLLOWS: Final[dict[Action, Follows]] = {
    # action                 work that is done                 what is caused, in this order
    A.submit:      _follows(K.complete,                        then=(work.ask_for_approval, owing.ask_the_radiographer,
                                                                     owing.ask_for_papers)),
    A.endorse:     _follows(K.endorse,                         then=(work.ask_for_review,)),
    A.approve:     _follows(K.endorse, K.review,               then=(sharing.with_the_hub, _expect_who_calls,
                                                                     work.ask_the_hub, ringing.ring,
                                                                     owing.ask_to_renew_what_is_gone)),
    A.return_:     _follows(K.endorse, K.review, K.accept,     then=(work.ask_to_complete,)),
    A.accept:      _follows(K.accept, K.name_lead,             then=NAMED),
    A.take:        _follows(K.accept, K.name_lead,             then=(ringing.ring_no_more,
                                                                     sharing.with_the_specialty_no_longer, *NAMED,
                                                                     telling.of_call, ringing.ring_at_lead)),
    A.redirect:    _follows(                                   then=(ringing.ring_no_more, arriving.to_another_hub,
                                                                     telling.of_redirect)),
    A.name_lead:   _follows(K.accept, K.name_lead,             then=(*NAMED, telling.of_call,
                                                                     ringing.ring_at_lead)),
    A.give_back:   _follows(K.name_lead,                       then=GIVEN_BACK),
    A.replace_lead: _follows(                                  then=LEAD_STOOD_IN),
    A.replace_accompanying: _follows(K.name_accompanying,      then=STOOD_IN),
    A.book:        _follows(K.book, K.invite,                  then=BOOKED),
    A.rebook:      _follows(K.book, K.invite,                  then=BOOKED),
    A.confirm:     _follows(K.book,                            then=(_keep_the_time,)),
    A.unconfirm:   _follows(                                   then=(ringing.ring_no_more, _hold_the_time,
                                                                     work.ask_for_other_time)),
    A.lapse:       _follows(K.invite,                          then=(telling.of_lapse, _release_the_time,
                                                                     work.ask_for_time_again)),
    A.start:       _follows(K.book, *MET),  # invitations of who need not come and has not answered
    A.interrupt:   _follows(                                   then=(work.ask_what_now,)),
    A.resume:      _follows(K.book),
    A.end:         _follows(K.book, *MET,                      then=ANSWERING),
    A.to_written:  _follows(K.book, *MET,                      then=ANSWERING),
    A.sign:        _follows(K.write, K.sign,                   then=(_withdraw_what_comes_too_late,
                                                                     work.ask_to_acknowledge)),
    A.acknowledge: _follows(K.acknowledge),
    A.close:       _follows(K.close,                           then=(sharing.until_the_opinion_is_read,)),
    A.reopen:      _follows(                                   then=(_release_the_time, _withdraw_the_answering,
                                                                     work.ask_for_lead_or_time,
                                                                     work.ask_how_to_meet_again,
                                                                     owing.ask_again_for_images,
                                                                     owing.ask_to_renew_what_is_gone)),
}  # fmt: skip
# For every final state: cancelled, declined, discarded, missed, expired.
CALLED_OFF: Final = (
    telling.of_end,
    _empty_the_room,
    ringing.ring_no_more,
    reassessing.called_off,
    _release_the_time,
    sharing.with_nobody,
)
