"""Takes the reports of a room into its activity's participants: who waits, came and left."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities import participants
from telemed.activities.events import AttendanceChanged, ParticipantJoined, ParticipantLeft
from telemed.activities.kinds import ActivityKind, Attended, Kinds, Presence
from telemed.activities.model import Answer, Participant
from telemed.history.events import About
from telemed.history.service import emit, hint
from telemed.kit.activity import Activity
from telemed.rooms import service as rooms
from telemed.rooms.service import Stay

GUEST = "guest"  # the role of somebody who was admitted after knocking
MOVES = frozenset({"member.waiting", "member.joined", "member.left"})


class Was(NamedTuple):
    """The state of a participant before the event."""

    present: bool
    waiting: bool
    left_at: datetime | None


async def take_in(
    db: AsyncSession,
    kinds: Kinds,
    room_id: UUID,
    type: str,
    data: dict[str, Any],
    at: datetime,
    now: datetime,
    *,
    epoch: int = 0,
    seq: int = 0,
) -> None:
    """Takes in one event of a room (`room_id` is the activity's id) and tells the activity's kind what changed.

    Presence is computed from everything the room has reported, so a late event does not undo a newer one.
    """
    staff_id = await rooms.take_in(db, room_id, type, epoch, seq, data, at, now)
    if staff_id is None or type not in MOVES:
        return
    kind, about = await kinds.find(db, room_id, to_change=True)
    if kind is None or about is None:
        return
    person = await participants.one(db, room_id, staff_id)
    if person is None:
        if type != "member.joined":  # somebody who knocks and is no participant: only the lead sees them, in the room
            return
        person = await _guest(db, kind, room_id, staff_id)
    stay, over = await rooms.stay(db, room_id, staff_id), await kind.room_over(db, room_id) is not None
    before = Was(person.present, person.waiting, person.left_at)
    person.present, person.waiting = bool(stay.inside) and not over, bool(stay.waiting) and not over
    person.left_at = _left_at(person, stay, at, over=over)
    match type:
        case "member.joined":
            await _came(db, kind, about, person, before, at, now)
        case "member.waiting" if person.waiting and not before.waiting:
            await _tell(db, kind, person, Presence.waiting, at, now)
        case "member.left" if before.waiting and not before.present and not person.waiting:
            await _tell(db, kind, person, Presence.turned_away, at, now)
        case "member.left" if before.present and not person.present:
            # "replaced": they reloaded their page and are coming back.
            await _went(db, kind, about, person, at, now, replaced=data.get("reason") == "replaced")
    if type == "member.joined" or before != Was(person.present, person.waiting, person.left_at):
        hint(db, AttendanceChanged(), about, now)


def _left_at(person: Participant, stay: Stay, at: datetime, *, over: bool) -> datetime | None:
    if person.present:
        return None
    if stay.joined_at is None:
        return person.left_at
    return stay.left_at or (person.left_at or at if over else None)


async def _guest(db: AsyncSession, kind: ActivityKind, id: UUID, staff_id: UUID) -> Participant:
    person = await participants.put(db, Activity(kind.name, id), staff_id, GUEST, required=False)
    person.answer = Answer.accepted
    return person


async def _came(
    db: AsyncSession,
    kind: ActivityKind,
    about: About,
    person: Participant,
    before: Was,
    at: datetime,
    now: datetime,
) -> None:
    person.joined_at = min(person.joined_at or at, at)
    emit(db, ParticipantJoined(staff_id=person.staff_id, role=person.role), about, now, at=at)
    if person.present:
        await db.flush()
        await _tell(db, kind, person, Presence.joined, max(at, before.left_at or at), now)
    elif person.left_at not in (None, before.left_at, at):  # heard late: they have left since
        emit(db, ParticipantLeft(staff_id=person.staff_id, role=person.role), about, now, at=person.left_at)


async def _went(
    db: AsyncSession,
    kind: ActivityKind,
    about: About,
    person: Participant,
    at: datetime,
    now: datetime,
    *,
    replaced: bool,
) -> None:
    person.left_at = person.left_at or at
    emit(db, ParticipantLeft(staff_id=person.staff_id, role=person.role, replaced=replaced), about, now, at=at)
    await _tell(db, kind, person, Presence.reloading if replaced else Presence.left, at, now)


async def _tell(
    db: AsyncSession, kind: ActivityKind, person: Participant, presence: Presence, at: datetime, now: datetime
) -> None:
    """Tells the activity's kind, which decides what follows from it."""
    complete = await participants.complete(db, person.activity_id, kind.essential)
    seen = Attended(person, presence, person.role in kind.essential, complete, at)
    await kind.attended(db, person.activity_id, seen, now)
