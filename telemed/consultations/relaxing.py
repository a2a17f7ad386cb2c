"""What makes a time possible at which somebody or something is taken: an equal comes instead, or it is without them.

Each is a booking that can be made as it stands. Nobody stands in here for the lead, who is replaced with a reason, or
for the accompanying physician, whom the branch names.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, product
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.consultations.answers_schemas import Instead, RelaxedBooking, RelaxedBookings
from telemed.consultations.holding import needed_people, wanted_places
from telemed.consultations.lookup import get
from telemed.consultations.model import Consultation
from telemed.consultations.rules.booking import check_time
from telemed.consultations.rules.experts import refuse_arranging, removable
from telemed.consultations.schemas import Book, BookedExpert
from telemed.consultations.words import Urgency
from telemed.people import service as people
from telemed.people.rules import Span
from telemed.scheduling import agendas, candidates, clashing
from telemed.scheduling import queries as calendars

MOST: Final = 6
MOST_INSTEAD: Final = 3  # of one who is taken
LOOKED_AT: Final = 1_000  # of ten who are taken, with four ways each, there are a million


@dataclass(frozen=True)
class Change:
    """`by` comes instead of one whose time is taken; None: it is without them."""

    of: UUID
    by: UUID | None = None


async def relaxations(db: AsyncSession, actor: Actor, id: UUID, new: Book, now: datetime) -> RelaxedBookings:
    """None where nothing is taken, or nothing helps."""
    row = await get(db, actor, id, now)
    refuse_arranging(row, actor)
    check_time(new.starts_at, new.ends_at, now)
    span = Span(new.starts_at, new.ends_at)
    meant = {(each, span) for each in (*await needed_people(db, row, new), *wanted_places(new))}
    but = await agendas.not_counted(db, row.id, now, gives_way=row.urgency is Urgency.stat)
    taken = list(dict.fromkeys(each.resource_id for each in await clashing.clashes_of(db, actor, meant, now, but)))
    helps = [await _helps(db, row, new, each, now) for each in taken]
    items = [_made(new, each) for each in ways(helps)] if taken else []
    named = [*taken, *(one.by for item in items for one in item.instead)]
    return RelaxedBookings(resources=await calendars.described(db, named), items=items)


def ways(helps: Sequence[Sequence[Change]]) -> list[tuple[Change, ...]]:
    """The first few that help with all of them, the least change first. Of many who are taken not all are looked at."""
    return list(islice((each for each in islice(product(*helps), LOOKED_AT) if _apart(each)), MOST))


def _apart(changes: Sequence[Change]) -> bool:
    """Nobody comes in the place of two."""
    come = [each.by for each in changes if each.by is not None]
    return len(come) == len(set(come))


async def _helps(db: AsyncSession, row: Consultation, new: Book, taken: UUID, now: datetime) -> list[Change]:
    """What could become of one whose time is taken, the least change first."""
    if taken == new.venue_id:
        return await _other_rooms(db, row, row.hub_id, new, taken, now)
    if taken == new.branch_venue_id:
        return [*await _other_rooms(db, row, row.branch_id, new, taken, now), Change(taken)]
    if taken in new.venue_ids:
        return [Change(taken)]
    asked = await participants.of(db, row.id)
    on_it = next((each for each in asked if each.staff_id == taken), None)
    if on_it is None and taken not in {each.staff_id for each in new.experts}:
        return []
    if on_it is not None and not removable(row, on_it):
        return []
    known = {*(each.staff_id for each in asked), *(each.staff_id for each in new.experts)}
    able = [each for each in await candidates.equals(db, taken) if each not in known]
    return [*await _free(db, row, able, taken, new, now), Change(taken)]


async def _other_rooms(
    db: AsyncSession, row: Consultation, hospital: str, new: Book, taken: UUID, now: datetime
) -> list[Change]:
    """With a place for everybody of that hospital who is needed."""
    staff = await people.staff_by_id(db, await needed_people(db, row, new))
    come = sum(each.hospital_id == hospital for each in staff.values())
    rooms = [
        each.id
        for each in await calendars.venues(db, [hospital])
        if each.id not in wanted_places(new) and not candidates.is_too_small(each.places, come)
    ]
    return await _free(db, row, rooms, taken, new, now)


async def _free(
    db: AsyncSession, row: Consultation, able: Collection[UUID], taken: UUID, new: Book, now: datetime
) -> list[Change]:
    """The first few of these who have nothing else then."""
    span = Span(new.starts_at, new.ends_at)
    busy = await calendars.busy(db, able, span, now, besides=row.id)
    return [Change(taken, each) for each in able if not busy[each]][:MOST_INSTEAD]


def _made(new: Book, changes: Sequence[Change]) -> RelaxedBooking:
    by = {each.of: each.by for each in changes}
    places = set(wanted_places(new))
    persons = [each for each in changes if each.of not in places]
    experts = [each for each in new.experts if each.staff_id not in by]
    experts += [BookedExpert(staff_id=each.by) for each in persons if each.by is not None]
    changed = {
        "venue_id": by.get(new.venue_id) or new.venue_id,
        "branch_venue_id": by.get(new.branch_venue_id, new.branch_venue_id) if new.branch_venue_id else None,
        "venue_ids": [each for each in new.venue_ids if each not in by],
        "experts": experts,
        "without": [*new.without, *(each.of for each in persons)],
    }
    return RelaxedBooking(
        left_out=[of for of, other in by.items() if other is None],
        instead=[Instead(of=of, by=other) for of, other in by.items() if other is not None],
        booking=new.model_copy(update=changed),
    )
