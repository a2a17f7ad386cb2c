"""Takes a room's reports into its activity's participants: who waits, came and went."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities import participants
from telemed.activities.events import AttendanceChanged, ParticipantJoined, ParticipantLeft
from telemed.activities.kinds import ActivityKind, Kinds, Presence
from telemed.activities.model import Answer, Participant
from telemed.history.events import About
from telemed.history.service import emit, hint
from telemed.kit.activity import Activity
from telemed.rooms import service as rooms

GUEST = "guest"  # admitted after knocking


async def take_in(
    db: AsyncSession,
    kinds: Kinds,
    room_id: UUID,
    type: str,
    staff_id: UUID | None,
    at: datetime,
    now: datetime,
    *,
    replaced: bool = False,
) -> None:
    """One event of the room, which has its activity's id; what follows from it the activity's kind decides.

    `replaced`: the page was loaded anew, so the person who left is on their way back in.
    """
    if staff_id is None:
        return
    kind, about = await kinds.find(db, room_id, to_change=True)
    if kind is None or about is None:
        return
    person = await participants.one(db, room_id, staff_id)
    match type:
        case "member.waiting" if person is not None and not person.waiting:
            await _waits(db, kind, room_id, person, at, now)
        case "member.joined":
            await _came(db, kind, about, person or await _guest(db, kind, room_id, staff_id), at, now)
        case "member.left" if person is not None and (person.present or person.waiting):
            await _went(db, kind, about, person, at, now, replaced)
        case _:
            return
    hint(db, AttendanceChanged(), about, now)


async def _waits(
    db: AsyncSession, kind: ActivityKind, id: UUID, person: Participant, at: datetime, now: datetime
) -> None:
    """Somebody who knocks without being on the booking is the lead's to know of, in the room."""
    person.waiting = True
    # Waiting at the door does not interrupt: they may be inside by another device.
    person.present = person.present and bool(await rooms.devices_inside(db, id, person.staff_id))
    await kind.attended(db, id, person, Presence.waiting, at, now)


async def _guest(db: AsyncSession, kind: ActivityKind, id: UUID, staff_id: UUID) -> Participant:
    person = await participants.put(db, Activity(kind.word, id), staff_id, GUEST, required=False)
    person.answer = Answer.accepted
    return person


async def _came(
    db: AsyncSession, kind: ActivityKind, about: About, person: Participant, at: datetime, now: datetime
) -> None:
    person.joined_at, person.left_at = person.joined_at or at, None
    person.present, person.waiting = True, False
    emit(db, ParticipantJoined(staff_id=person.staff_id, role=person.role), about, now, at=at)
    await db.flush()
    await kind.attended(db, person.activity_id, person, Presence.joined, at, now)


async def _went(
    db: AsyncSession,
    kind: ActivityKind,
    about: About,
    person: Participant,
    at: datetime,
    now: datetime,
    replaced: bool,
) -> None:
    person.waiting = False
    if not person.present or await rooms.devices_inside(db, person.activity_id, person.staff_id):
        return
    person.left_at, person.present = at, False
    emit(db, ParticipantLeft(staff_id=person.staff_id, role=person.role, replaced=replaced), about, now, at=at)
    await kind.attended(db, person.activity_id, person, Presence.reloading if replaced else Presence.left, at, now)
