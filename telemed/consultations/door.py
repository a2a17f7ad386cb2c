"""Who may enter a consultation's room, in what capacity, and when the room is over."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.cases import service as cases
from telemed.cases.model import Scope
from telemed.cases.rules import stands
from telemed.consultations.leaving import leave_for
from telemed.consultations.lookup import get, visible_to
from telemed.consultations.materials import images
from telemed.consultations.model import Consultation, activity
from telemed.consultations.ringing import awaits
from telemed.consultations.rules.titles import open_room, title
from telemed.consultations.words import ParticipantRole
from telemed.errors import Conflict, NotAllowed, NotFound
from telemed.rooms.ports import Entry, Standing

NEEDED: Final = {
    str(ParticipantRole.lead): frozenset({Role.expert}),
    str(ParticipantRole.expert): frozenset({Role.expert}),
    # In an emergency whoever asks accompanies, too.
    str(ParticipantRole.accompanying): frozenset({Role.accompanying_physician, Role.requesting_doctor}),
}
ON_THE_BOOKING = frozenset({ParticipantRole.lead, ParticipantRole.accompanying, ParticipantRole.expert})


def standing(row: Consultation, staff_id: UUID, role: str | None) -> Standing:
    """As whom this person is in the room, who has this role among the participants."""
    role = _role(row, staff_id, role)
    rights = {"publish", "subscribe", "admit", "record"} if role == ParticipantRole.lead else {"publish", "subscribe"}
    booked = role in ON_THE_BOOKING or staff_id == row.recorder_id
    return Standing(_word(role or ParticipantRole.guest), frozenset(rights), booked)


async def entry(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Entry:
    """Whom an emergency calls to lead it leaves the meeting they are in, as who takes one does."""
    row = await get(db, actor, id, now)
    if not open_room(row):
        raise Conflict("The room is not open.", reason="room_closed", state=str(row.state))
    learns = actor.roles == {Role.trainee} and actor.id != row.recorder_id
    if learns and not await _teaching_consented(db, row):
        raise NotFound("There is no such consultation.")
    if await awaits(db, row, actor.id):
        await leave_for(db, actor, row, now)
    mine = await participants.one(db, row.id, actor.id)
    role = _role(row, actor.id, mine.role if mine else None)
    if not _able(actor, role):
        raise NotAllowed("You no longer have the role in which you were to take part.", reason="role_taken")
    here = standing(row, actor.id, role)
    return Entry(
        activity=activity(row.id),
        case_id=row.case_id,
        patient_id=row.patient_id,
        title=title(row),
        role=here.role,
        rights=here.rights,
        booked=here.booked,
        studies=tuple(f"{each.hospital_id}/{each.study_uid}" for each in (await images(db, row)).held),
    )


async def may_stay(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> bool:
    """Whether somebody who is in the room may stay: they would still find the consultation, and as who they are."""
    row = (await db.exec(select(Consultation).where(Consultation.id == id, visible_to(actor, now)))).one_or_none()
    mine = await participants.one(db, id, actor.id)
    return row is not None and _able(actor, _role(row, actor.id, mine.role if mine else None))


def _role(row: Consultation, staff_id: UUID, role: str | None) -> str | None:
    if staff_id == row.lead_id:
        return ParticipantRole.lead
    return ParticipantRole.accompanying if staff_id == row.accompanying_id else role


def _able(actor: Actor, role: str | None) -> bool:
    """Whether their account has what this part in the consultation asks for; a guest needs nothing more."""
    needed = NEEDED.get(role or "")
    return needed is None or actor.has(*needed)


def _word(role: str) -> str:
    """The role in signaling's words, where only the accompanying physician may say who else is in view."""
    return str(Role.accompanying_physician if role == ParticipantRole.accompanying else role)


async def device_entry(db: AsyncSession, id: UUID) -> Entry | None:
    """A device waits for the lead as whoever is on the booking does, and sees nothing of the case."""
    row = await db.get(Consultation, id)
    if row is None or row.case_id is None or not open_room(row):
        return None
    rights = frozenset({"publish", "subscribe"})
    return Entry(activity(row.id), row.case_id, row.patient_id, title(row), "cart", rights, booked=True)


async def _teaching_consented(db: AsyncSession, row: Consultation) -> bool:
    consents = await cases.consents(db, row.id)
    return any(Scope.teaching in each.scopes for each in consents if stands(each))
