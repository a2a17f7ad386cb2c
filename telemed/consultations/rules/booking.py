"""When a consultation may be booked, and who need not be asked whether that time suits them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from telemed.activities.model import Answer, Participant
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import request_of
from telemed.consultations.words import Action, ParticipantRole, State
from telemed.errors import Invalid

LONGEST: Final = timedelta(hours=8)


def check_time(start: datetime, end: datetime, now: datetime) -> None:
    """Of a booking or a proposal; a slip of the pen must not take a room for a year."""
    if start < now:
        raise Invalid("This time has passed.", reason="past")
    if not start < end:
        raise Invalid("The end must be after the start.", reason="end_before_start")
    if end - start > LONGEST:
        raise Invalid("A consultation takes eight hours at most.", reason="too_long")


def booking_actions(row: Consultation, lead_id: UUID | None) -> tuple[Action, ...]:
    """What booking means for it: naming the lead of an approved one accepts it; an interrupted one is booked anew."""
    if row.state is State.approved and lead_id is not None:
        return (Action.accept, Action.book)
    return (Action.rebook,) if row.state is State.interrupted else (Action.book,)


def wishes(row: Consultation) -> list[tuple[datetime, datetime]]:
    return [(each.start, each.end) for each in request_of(row).wishes]


def invite(row: Consultation, everybody: Iterable[Participant], by: UUID, now: datetime) -> None:
    """Each answer to an earlier time is void. Who books has accepted, and inside the wishes the accompanying
    physician, whose hospital asked for that time.
    """
    start, end = row.starts_at, row.ends_at
    if start is None or end is None:
        raise ValueError("an invitation is to a time")
    wished = any(first <= start and end <= last for first, last in wishes(row))
    for each in everybody:
        if each.role == ParticipantRole.guest:
            continue
        implied = each.staff_id == by or (wished and each.role == ParticipantRole.accompanying)
        each.answer = Answer.accepted if implied else Answer.invited
        each.answered_at = now if implied else None
        each.proposed_start = each.proposed_end = None
