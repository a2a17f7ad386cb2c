"""Tells people at once of what is so by now: who stands in, which hub is asked, when it is, that it ended otherwise."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Role
from telemed.activities import participants
from telemed.activities.model import Answer, Participant
from telemed.consultations.expecting import tell
from telemed.consultations.ladders import (
    ARRANGED,
    BOOKED,
    CALLED,
    CALLED_IN,
    CALLED_OFF,
    ELSEWHERE,
    ENDED_AS,
    ENDED_AT_CENTRE,
    INVITED,
    LAPSED,
    LAPSED_AT_CENTRE,
    LEADS,
    PLACE_CLOSED,
    REDIRECTED,
    RELIEVED,
    REPLACED,
    SUBSTITUTED,
    UNACCOMPANIED,
    UNINVITED,
)
from telemed.consultations.model import Consultation
from telemed.consultations.rules import states
from telemed.consultations.rules.table import Move
from telemed.consultations.words import ParticipantRole, State, Urgency
from telemed.people import service as people
from telemed.people.duty import holders
from telemed.scheduling import service as scheduling
from telemed.work import deadlines, notices
from telemed.work.model import RING, Notice


async def of_redirect(db: AsyncSession, move: Move) -> None:
    await tell(db, move.row, REDIRECTED, ELSEWHERE, [move.row.requester_id], move.now)


async def of_call(db: AsyncSession, move: Move) -> None:
    """Tells the lead of an emergency at once, if it was another who named them."""
    lead = move.row.lead_id
    if move.row.urgency is Urgency.stat and lead is not None and (move.actor is None or lead != move.actor.id):
        await tell(db, move.row, CALLED, LEADS, [lead], move.now)


async def of_substitute(db: AsyncSession, move: Move) -> None:
    """Tells who was replaced, and who stands in, unless they did it themselves."""
    await notices.end_of(db, move.row.id, ARRANGED, move.now, move.data["before_id"])
    for ladder, who in ((RELIEVED, move.data["before_id"]), (SUBSTITUTED, move.data["staff_id"])):
        if move.actor is None or who != move.actor.id:
            await tell(db, move.row, REPLACED, ladder, [who], move.now)


async def of_booking(db: AsyncSession, move: Move) -> None:
    """Tells whoever is to come at the booked time, but not who booked it. Who need not come any more hears so still."""
    row, knows = move.row, {move.actor.id} if move.actor else set()
    found = await _to_come(db, row)
    gone = and_(col(Notice.ladder) == UNINVITED, col(Notice.staff_id).not_in([each.staff_id for each in found]))
    await notices.end_of(db, row.id, ARRANGED, move.now, but=gone)  # of an earlier time
    for ladder, accepted in ((INVITED, False), (BOOKED, True)):
        who = [each.staff_id for each in found if (each.answer is Answer.accepted) is accepted]
        await tell(db, row, ARRANGED, ladder, who, move.now, of=row.starts_at, but=knows)


async def of_invitation(db: AsyncSession, row: Consultation, who: UUID, now: datetime) -> None:
    """One more is invited."""
    await tell(db, row, ARRANGED, INVITED, [who], now, of=row.starts_at)


async def of_calling_in(db: AsyncSession, row: Consultation, who: UUID, now: datetime) -> None:
    """One more is called in to what is under way: there is nothing to answer, and no time to wait for."""
    await tell(db, row, ARRANGED, CALLED_IN, [who], now)


async def of_recording(db: AsyncSession, row: Consultation, who: UUID, by: UUID, now: datetime) -> None:
    """Who records it takes no time and is not asked, so they hear when it is, unless they chose it themselves."""
    if row.state in states.BOOKED:
        await tell(db, row, ARRANGED, BOOKED, [who], now, of=row.starts_at, but={by})


async def of_removal(db: AsyncSession, row: Consultation, who: UUID, now: datetime, *, comes: bool = False) -> None:
    """Whoever was invited or called in need not come: what they were told before is void. `comes`: they had answered,
    and so were told nothing that still stands."""
    if await notices.end_of(db, row.id, ARRANGED, now, who) or comes:
        await tell(db, row, ARRANGED, UNINVITED, [who], now, of=row.starts_at)


async def of_closed_place(db: AsyncSession, row: Consultation, by: UUID, now: datetime) -> None:
    """The time stands, and they hear where once another place is booked."""
    who = [each.staff_id for each in await _to_come(db, row)]
    await tell(db, row, ARRANGED, PLACE_CLOSED, who, now, of=row.starts_at, but={by})


async def of_lapse(db: AsyncSession, move: Move) -> None:
    """Tells those who should have come, and the centre, that the time is lost; it is still held when this is said."""
    row, now = move.row, move.now
    await notices.end_of(db, row.id, ARRANGED, now)
    booking = await scheduling.of_activity(db, row.id)
    of = booking.starts_at if booking else None
    who, hub = [each.staff_id for each in await _to_come(db, row)], await _hub_that_had_it(db, row)
    told = await tell(db, row, ARRANGED, LAPSED, who, now, of=of, hub=hub)
    await tell(db, row, ARRANGED, LAPSED_AT_CENTRE, (), now, of=of, hub=hub, but=told)


async def answered(db: AsyncSession, row: Consultation, who: UUID, now: datetime) -> None:
    """Who has answered their invitation need not see it any more."""
    await notices.end_of(db, row.id, ARRANGED, now, who)


async def of_missing_physician(db: AsyncSession, row: Consultation, by: UUID, now: datetime) -> None:
    """The accompanying physician declined: the requesting doctor is told, unless it is they."""
    await tell(db, row, ARRANGED, UNACCOMPANIED, [row.requester_id], now, of=row.starts_at, but={by})


async def _to_come(db: AsyncSession, row: Consultation) -> list[Participant]:
    return [
        each
        for each in await participants.of(db, row.id)
        if (each.role != ParticipantRole.guest or each.staff_id == row.recorder_id)
        and each.answer is not Answer.declined
    ]


async def of_end(db: AsyncSession, move: Move) -> None:
    """Tells that it ended without an opinion, before the grants end with it: whoever did it knows.

    The moment of which they are told is that of the meeting, by which those who were to come know which one it is.
    """
    row, now = move.row, move.now
    await notices.end_of(db, row.id, ARRANGED, now)
    hub, knows = await _hub_that_had_it(db, row), {move.actor.id} if move.actor else set()
    who = await _whose_it_was(db, move)
    told = await tell(db, row, CALLED_OFF, ENDED_AS[row.state], who, now, of=row.starts_at, hub=hub, but=knows)
    if centre := ENDED_AT_CENTRE.get(row.state):
        await tell(db, row, CALLED_OFF, centre, (), now, of=row.starts_at, hub=hub, but={*knows, *told})


async def _hub_that_had_it(db: AsyncSession, row: Consultation) -> str | None:
    """It hears that a meeting is off also while a consent is withdrawn: its people would come, and the notice says
    nothing of the patient."""
    centre = grants.role_subject(row.hub_id, Role.coordinator)
    return row.hub_id if centre in await grants.ever(db, row.id) else None


async def of_discarded_draft(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """One without papers, which the clock deleted."""
    await tell(db, row, CALLED_OFF, ENDED_AS[State.discarded], [row.requester_id], now)


async def _whose_it_was(db: AsyncSession, move: Move) -> list[UUID]:
    """Who asked for it, who was to come or to name the lead expert, and those at whom a call rings.

    If the branch did not end it, who endorsed it too: the requesting doctor may be away.
    """
    row = move.row
    if row.state in (State.expired, State.discarded):
        return [] if move.actor else [row.requester_id]  # a colleague who discards it has more to say than a notice
    found = [row.requester_id, row.accompanying_id, row.lead_id]
    if move.actor is None or move.actor.hospital_id != row.branch_id:
        found.append(row.endorsed_by)
    found += [each.staff_id for each in await _to_come(db, row)]
    if row.lead_id is None and row.hub_department_id is not None:
        found += await holders(db, row.hub_id, Role.dispatcher, row.hub_department_id)
    for ring in await deadlines.running(db, row.id, RING):
        found += [each.staff_id for each in await notices.of(db, ring)]
    staff = await people.staff_by_id(db, {each for each in found if each is not None})
    concerned = {id for id, each in staff.items() if each.hospital_id in (row.branch_id, row.hub_id)}
    return [each for each in dict.fromkeys(found) if each in concerned]
