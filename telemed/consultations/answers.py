"""The answers to invitations, for whoever arranges it: substitutes of those who declined, and times proposed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Answer, Participant
from telemed.consultations import experts
from telemed.consultations.answers_schemas import AnswersOut, DeclinedOut, ProposedOut
from telemed.consultations.lookup import get
from telemed.consultations.model import Consultation
from telemed.consultations.ports import Opinions
from telemed.consultations.rules.experts import refuse_arranging, removable
from telemed.consultations.rules.states import BOOKED
from telemed.consultations.story import person
from telemed.consultations.words import ParticipantRole
from telemed.errors import Conflict, NotFound
from telemed.people import service as people
from telemed.people.rules import Span
from telemed.scheduling import candidates, clashing, holds
from telemed.scheduling import queries as calendars
from telemed.scheduling import service as scheduling
from telemed.scheduling.model import Booking

MOST: Final = 5  # who are offered instead of one


@dataclass(frozen=True)
class Rooms:
    """Where a moved meeting would be."""

    venue: UUID | None
    branch: UUID | None
    others: list[UUID]

    @property
    def all(self) -> set[UUID]:
        return {each for each in (self.venue, self.branch, *self.others) if each is not None}


async def answers(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> AnswersOut:
    """Nothing where no time is booked that could be kept or moved."""
    row = await get(db, actor, id, now)
    refuse_arranging(row, actor)
    out = AnswersOut(declined=[], proposed=[])
    booking = await scheduling.of_activity(db, row.id)
    if row.state not in BOOKED or booking is None:
        return out
    asked = [each for each in await participants.of(db, row.id) if each.role != ParticipantRole.guest]
    for each in asked:
        if each.answer is Answer.declined:
            out.declined.append(await _declined(db, row, each, {one.staff_id for one in asked}, booking, now))
        elif each.answer is Answer.proposed and (
            proposed := await _proposed(db, actor, row, each, asked, booking, now)
        ):
            out.proposed.append(proposed)
    return out


async def _declined(
    db: AsyncSession, row: Consultation, who: Participant, asked: Collection[UUID], booking: Booking, now: datetime
) -> DeclinedOut:
    able: list[UUID] = []
    if who.role != ParticipantRole.accompanying:
        able = [id for id in await candidates.equals(db, who.staff_id) if id not in asked]
    taken = await calendars.busy(db, able, Span(booking.starts_at, booking.ends_at), now, besides=row.id)
    free = [id for id in able if not taken[id]][:MOST]
    known, departments = await people.staff_by_id(db, free), {each.id: each for each in await people.departments(db)}
    return DeclinedOut(
        staff_id=who.staff_id,
        role=ParticipantRole(who.role),
        words=who.words,
        substitutes=[person(known[id], departments) for id in free],
    )


async def _proposed(
    db: AsyncSession,
    actor: Actor,
    row: Consultation,
    who: Participant,
    asked: Collection[Participant],
    booking: Booking,
    now: datetime,
) -> ProposedOut | None:
    """None once that time has begun."""
    if who.proposed_start is None or who.proposed_end is None or who.proposed_start <= now:
        return None
    span = Span(who.proposed_start, who.proposed_end)
    rooms = await _rooms(db, row, booking, span, now)
    meant = [*(each.staff_id for each in asked), *rooms.all]
    kept = await holds.of(db, row.id, now)
    but = [booking.id, *([kept.id] if kept else [])]
    clashes = await clashing.clashes_of(db, actor, {(each, span) for each in meant}, now, but)
    needed = {each.staff_id for each in asked if each.required} | rooms.all
    return ProposedOut(
        staff_id=who.staff_id,
        words=who.words,
        starts_at=span.start,
        ends_at=span.end,
        fits=rooms.venue is not None and needed.isdisjoint(each.resource_id for each in clashes),
        clashes=clashes,
        venue_id=rooms.venue,
        branch_venue_id=rooms.branch,
        venue_ids=rooms.others,
    )


async def _rooms(db: AsyncSession, row: Consultation, booking: Booking, span: Span, now: datetime) -> Rooms:
    """The rooms of the booking; of the hub's the one that is free then, the booked one if it can be."""
    taken = await scheduling.resources_of(db, booking)
    known = await calendars.venues(db, [row.hub_id, row.branch_id])
    mine = [each for each in known if each.id in taken]
    here = next((each.id for each in mine if each.hospital_id == row.hub_id and each.name == row.venue), None)
    branch = next((each.id for each in mine if each.hospital_id == row.branch_id), None)
    others = [each.id for each in mine if each.id not in (here, branch)]
    of_hub = [each.id for each in known if each.hospital_id == row.hub_id and each.id not in others]
    busy = await calendars.busy(db, of_hub, span, now, besides=row.id)
    free = [id for id in of_hub if not busy[id]]
    return Rooms(here if here in free else next(iter(free), None), branch, others)


async def replace_expert(
    db: AsyncSession,
    actor: Actor,
    id: UUID,
    version: int,
    before: UUID,
    staff_id: UUID,
    opinions: Opinions,
    now: datetime,
) -> Consultation:
    """An equal comes instead of an expert beside the lead: the time of the one is freed and the other's taken, or
    neither. They are invited, and as much required as the one before.
    """
    row = await get(db, actor, id, now, version=version)
    refuse_arranging(row, actor)
    found = await participants.one(db, row.id, before)
    if found is None or found.role != ParticipantRole.expert:
        raise NotFound("There is no such expert on this consultation.")
    if row.state not in BOOKED or not removable(row, found):
        raise Conflict("They have taken part.", reason="wrong_state", state=str(row.state))
    if staff_id not in await candidates.equals(db, before):
        raise Conflict("A substitute has the specialty and at least the title.", reason="not_equal")
    there = await participants.one(db, row.id, staff_id)
    if there is not None and there.role != ParticipantRole.guest:
        raise Conflict("They are on it already.", reason="same_person")
    await experts.swap(db, row, found, staff_id, actor, opinions, now)
    return row
