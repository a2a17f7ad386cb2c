"""Reads calendars: who is busy when and with what, as far as the reader may know."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import CLINICAL, live
from telemed.access.model import Actor, CaseGrant, Role
from telemed.activities.kinds import Kinds
from telemed.activities.words import Phase
from telemed.people import service as people
from telemed.people.model import Department, Hospital, HospitalKind, Staff
from telemed.people.rules import Span
from telemed.people.schemas import StaffSought
from telemed.scheduling import moving
from telemed.scheduling.model import THINGS, Booking, BookingState, Occupancy, Resource, ResourceKind
from telemed.scheduling.schemas import (
    AgendaEntry,
    AgendaOut,
    EntryOut,
    ResourceOut,
)

SHOWN = {"id", "version", "kind", "state", "series_id", "starts_at", "ends_at", "expires_at"}
MOST_PEOPLE = 12  # of one hospital in one calendar
BOOKS_FOR_OTHERS = (Role.coordinator, Role.reviewer)


def stands(now: datetime) -> ColumnElement[bool]:
    """For a query: bookings that take time, which are booked, or held and not expired."""
    held = and_(col(Booking.state) == BookingState.held, col(Booking.expires_at) > now)
    return or_(col(Booking.state) == BookingState.booked, held)


def meets(span: Span) -> ColumnElement[bool]:
    return and_(col(Occupancy.starts_at) < span.end, col(Occupancy.ends_at) > span.start)


async def busy(
    db: AsyncSession, resources: Collection[UUID], span: Span, now: datetime, *, besides: UUID | None = None
) -> dict[UUID, list[Span]]:
    """When each resource is taken; the activity `besides` does not count, nor what is kept for it."""
    query = (
        select(Occupancy.resource_id, Occupancy.starts_at, Occupancy.ends_at)
        .join(Booking, col(Booking.id) == Occupancy.booking_id)
        .where(col(Occupancy.resource_id).in_(resources), col(Occupancy.active), meets(span), stands(now))
    )
    if besides is not None:
        for of in (col(Booking.activity_id), col(Booking.held_for)):
            query = query.where(or_(of.is_(None), of != besides))
    out: dict[UUID, list[Span]] = {each: [] for each in resources}
    for resource, start, end in (await db.exec(query)).all():
        out[resource].append(Span(start, end))
    return out


async def venues(db: AsyncSession, hospitals: Collection[str]) -> list[Resource]:
    query = select(Resource).where(Resource.kind == ResourceKind.venue, col(Resource.hospital_id).in_(hospitals))
    return list((await db.exec(query.order_by(col(Resource.hospital_id), col(Resource.name)))).all())


async def things(db: AsyncSession, hospitals: Collection[str]) -> list[Resource]:
    """Venues, and the equipment that can be had."""
    of = (col(Resource.kind).in_(THINGS), col(Resource.ended_at).is_(None), col(Resource.hospital_id).in_(hospitals))
    by_name = (col(Resource.kind).desc(), col(Resource.hospital_id), col(Resource.name))
    return list((await db.exec(select(Resource).where(*of).order_by(*by_name))).all())


async def agenda(db: AsyncSession, actor: Actor, kinds: Kinds, span: Span, now: datetime) -> AgendaOut:
    """What this person is booked for, ordered by time, and how far each activity has come."""
    mine = [each for each in await bookings_of(db, [actor.id], span, now) if each.held_for is None]
    entries = await shown(db, actor, mine, now, await moving.movable(db, actor, kinds, mine, now))
    phases: dict[UUID, Phase] = {}
    for kind in kinds:
        phases |= await kind.phases(
            db, [each.activity_id for each in entries if each.activity == kind.name and each.activity_id]
        )
    known = {each.id: each for each in await described(db, {r for each in entries for r in each.resources})}
    items = []
    for entry in entries:
        taken = [known[each] for each in entry.resources]
        rooms = [each for each in taken if each.kind is ResourceKind.venue]
        own = [each for each in rooms if each.hospital_id == actor.hospital_id]
        venue = next(iter([*own, *rooms]), None)  # where this person goes
        others = {each.hospital_id for each in taken} - {actor.hospital_id}
        items.append(
            AgendaEntry(
                **entry.model_dump(),
                phase=phases.get(entry.activity_id) if entry.activity_id else None,
                venue=venue.name if venue else "",
                venue_en=venue.name_en if venue else "",
                hospitals=sorted(others),
            )
        )
    return AgendaOut(items=items)


async def described(db: AsyncSession, ids: Iterable[UUID]) -> list[ResourceOut]:
    """The rows of a calendar, in the order of `ids`."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    staff = await people.staff_by_id(db, wanted)
    departments = {each.id: each for each in await people.departments(db)} if staff else {}
    places = {
        each.id: _thing(each)
        for each in await db.exec(select(Resource).where(col(Resource.id).in_(wanted), col(Resource.kind).in_(THINGS)))
    }
    known = {**{id: _person(each, departments) for id, each in staff.items()}, **places}
    return [known[each] for each in wanted if each in known]


def _person(row: Staff, departments: dict[UUID, Department]) -> ResourceOut:
    department = departments.get(row.department_id) if row.department_id else None
    return ResourceOut(
        id=row.id,
        kind=ResourceKind.person,
        hospital_id=row.hospital_id,
        name=row.name,
        name_en=row.name_en,
        title=row.title,
        department=department.name if department else "",
        department_en=department.name_en if department else "",
    )


def _thing(row: Resource) -> ResourceOut:
    return ResourceOut(
        id=row.id,
        kind=row.kind,
        hospital_id=row.hospital_id,
        name=row.name,
        name_en=row.name_en,
        place=row.place,
        place_en=row.place_en,
    )


async def bookable(
    db: AsyncSession, hospitals: Collection[str], named: list[UUID], specialty: str | None
) -> list[UUID]:
    """The people of a calendar: those named, then experts of hubs and accompanying physicians of branches."""
    out = list(named)
    for row in (await db.exec(select(Hospital).where(col(Hospital.id).in_(hospitals)))).all():
        hub = row.kind is HospitalKind.hub
        role = Role.expert if hub else Role.accompanying_physician
        wanted = StaffSought(hospital_id=row.id, role=role, specialty=specialty if hub else None)
        out += [each.id for each in await people.find_staff(db, wanted)][:MOST_PEOPLE]
    return out


async def bookings_of(db: AsyncSession, resources: Collection[UUID], span: Span, now: datetime) -> list[Booking]:
    taken = select(Occupancy.booking_id).where(
        col(Occupancy.resource_id).in_(resources), col(Occupancy.active), meets(span)
    )
    query = select(Booking).where(col(Booking.id).in_(taken), stands(now))
    return list((await db.exec(query.order_by(col(Booking.starts_at), col(Booking.id)))).all())


async def shown(
    db: AsyncSession, actor: Actor | None, rows: Iterable[Booking], now: datetime, movable: Collection[UUID] = ()
) -> list[EntryOut]:
    """The bookings as the actor may see them; of a consultation they may not see, only that the time is taken.

    `movable`: the activities that they may move, and so may know.
    """
    bookings = list({each.id: each for each in rows}.values())
    taken: dict[UUID, list[UUID]] = {each.id: [] for each in bookings}
    query = select(Occupancy.booking_id, Occupancy.resource_id).where(col(Occupancy.booking_id).in_(taken))
    for booking, resource in (await db.exec(query.order_by(col(Occupancy.resource_id)))).all():
        taken[booking].append(resource)
    about = [each.activity_id or each.held_for for each in bookings]
    granted = await _granted(db, actor, [each for each in about if each is not None], now) | set(movable)
    by = await people.staff_by_id(db, [each.created_by for each in bookings if each.created_by])
    out = []
    for row in bookings:
        untitled = not _may_know(actor, row, taken[row.id], granted)
        told = not untitled and (row.activity_id is not None or _own(actor, row, taken[row.id]))
        booker = by.get(row.created_by) if row.created_by else None
        mine = actor is not None and may_take_back(actor, row, taken[row.id])
        out.append(
            EntryOut(
                **row.model_dump(include=SHOWN),
                untitled=untitled,
                title=row.title if told else "",
                title_en=row.title_en if told else "",
                activity=None if untitled else row.activity,
                activity_id=None if untitled else row.activity_id,
                note=row.note if told else "",
                override_reason=row.override_reason if told else "",
                booked_by=booker.name if booker else "",
                booked_by_en=booker.name_en if booker else "",
                resources=taken[row.id],
                mine=mine,
                held_for=row.held_for if mine or row.held_for in granted else None,
                movable=row.activity_id in movable or (mine and row.held_for is None and row.ends_at > now),
            )
        )
    return out


async def _granted(db: AsyncSession, actor: Actor | None, activities: list[UUID], now: datetime) -> set[UUID]:
    if actor is None or not activities:
        return set()
    query = select(CaseGrant.activity_id).where(live(actor, now), col(CaseGrant.activity_id).in_(activities))
    return set((await db.exec(query)).all())


def _may_know(actor: Actor | None, row: Booking, taken: Collection[UUID], granted: Collection[UUID]) -> bool:
    if row.activity_id is None:  # a clinic or a meeting, without a patient
        return True
    if actor is None:
        return False
    own = row.hospital_id == actor.hospital_id and actor.has(*CLINICAL)
    return own or actor.id in taken or row.activity_id in granted


def _own(actor: Actor | None, row: Booking, taken: Collection[UUID]) -> bool:
    """Whether the title of a busy time may be shown: only within the hospital. Others see its kind."""
    return actor is not None and (row.hospital_id == actor.hospital_id or actor.id in taken)


def may_take_back(actor: Actor, row: Booking, taken: Collection[UUID]) -> bool:
    """Whether the actor may remove it: a busy time of their own, what they keep, or as coordinator of the hospital; no
    activity's."""
    own = (actor.id in taken and row.held_for is None) or row.created_by == actor.id
    return row.activity_id is None and (own or (row.hospital_id == actor.hospital_id and actor.has(*BOOKS_FOR_OTHERS)))
