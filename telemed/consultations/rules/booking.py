"""When a consultation may be booked, and who has accepted the booked time in advance."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from telemed.activities.model import Answer, Participant
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import request_of
from telemed.consultations.words import Action, ParticipantRole, State
from telemed.errors import Conflict, Invalid

LONGEST: Final = timedelta(hours=8)
EARLY: Final = timedelta(hours=2)  # who comes so long before the booked time comes for it
CALLED_IN: Final = frozenset({State.in_progress, State.interrupted})


def check_time(start: datetime, end: datetime, now: datetime) -> None:
    """Raises Invalid for a time of a booking or proposal that is over, ends before it starts, or is too long."""
    if start < now:
        raise Invalid("This time has passed.", reason="past")
    if not start < end:
        raise Invalid("The end must be after the start.", reason="end_before_start")
    if end - start > LONGEST:
        raise Invalid("A consultation takes eight hours at most.", reason="too_long")


def came(row: Consultation, who: Participant) -> bool:
    """Whether they were in the room for the booked meeting; to an earlier one that was rebooked does not count.

    Nor does who stood at the door alone: that may be what a room left behind that was stopped.
    """
    seen = who.left_at or who.joined_at
    since = (row.starts_at or row.state_since) - EARLY
    return who.present or (seen is not None and seen >= since)


def there(who: Participant) -> bool:
    """In the room or at its door."""
    return who.present or who.waiting


def calls_in(row: Consultation, now: datetime) -> bool:
    """Whether a substitute is called in at once and not invited: people meet, or should meet by now."""
    begins = row.state in (State.scheduled, State.ready) and row.starts_at is not None and row.starts_at <= now
    return begins or row.state in CALLED_IN


def refuse_past(row: Consultation, answer: str, now: datetime) -> None:
    """Raises Conflict for accepting a time that is over: it would be confirmed and at once count as missed."""
    if answer == Answer.accepted and row.ends_at is not None and row.ends_at <= now:
        raise Conflict("The booked time has passed; propose another.", reason="invitation_past")


def booking_actions(row: Consultation, lead_id: UUID | None) -> tuple[Action, ...]:
    """The actions that booking takes: with a lead, an approved one is accepted too; an interrupted one is rebooked."""
    if row.state is State.approved and lead_id is not None:
        return (Action.accept, Action.book)
    return (Action.rebook,) if row.state is State.interrupted else (Action.book,)


def wishes(row: Consultation) -> list[tuple[datetime, datetime]]:
    return [(each.start, each.end) for each in request_of(row).wishes]


def invite(
    row: Consultation, everybody: Iterable[Participant], by: UUID, now: datetime, *, same_time: bool = False
) -> None:
    """Voids the answers to an earlier time; at the `same_time`, in another room, who accepted has accepted.

    Accepted in advance: the person who books, whoever proposed this very time, and within the branch's wishes the
    accompanying physician, unless they could not come the last time they were asked: they are asked again.
    """
    start, end = row.starts_at, row.ends_at
    if start is None or end is None:
        raise ValueError("an invitation is to a time")
    wished = any(first <= start and end <= last for first, last in wishes(row))
    for each in everybody:
        if each.role == ParticipantRole.guest:
            continue
        could_come = each.answer is Answer.accepted or each.answered_at is None
        accompanies = each.role == ParticipantRole.accompanying
        theirs = each.answer is Answer.proposed and (each.proposed_start, each.proposed_end) == (start, end)
        stands = same_time and each.answer is Answer.accepted
        implied = stands or theirs or each.staff_id == by or (accompanies and wished and could_come)
        each.answer = Answer.accepted if implied else Answer.invited
        each.answered_at = now if implied else each.answered_at if accompanies else None
        each.proposed_start = each.proposed_end = None
