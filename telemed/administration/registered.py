"""The registrations that concern a hospital: of its people elsewhere, and of others at it; the next to end first."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from telemed.access.model import Actor
from telemed.administration.registration_ends import Session, last_ones, led_after
from telemed.administration.rules import WARNED_BEFORE
from telemed.administration.staff_schemas import (
    PAGE,
    BookedSession,
    RegistrationPage,
    RegistrationQuery,
    RegistrationRow,
)
from telemed.errors import NotFound
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.model import Registration, Staff


async def page(db: AsyncSession, by: Actor, query: RegistrationQuery, now: datetime) -> RegistrationPage:
    today = day_in((await people.hospital(db, by.hospital_id)).time_zone, now)
    every = _last(by)
    ending = every.where(col(Registration.valid_until) < today + WARNED_BEFORE)
    chosen = ending if query.ending else every
    order = (col(Registration.valid_until), col(Staff.number), col(Registration.id))
    rows = (await db.exec(chosen.order_by(*order).offset(query.page * PAGE).limit(PAGE))).all()
    return RegistrationPage(items=await _shown(db, rows), all=await _count(db, every), ending=await _count(db, ending))


async def own(db: AsyncSession, by: Actor) -> RegistrationPage:
    """This person's own."""
    theirs = last_ones().where(Registration.staff_id == by.id).order_by(col(Registration.valid_until))
    items = await _shown(db, (await db.exec(theirs)).all())
    return RegistrationPage(items=items, all=len(items), ending=len(items))


async def last_of(db: AsyncSession, by: Actor, staff_id: UUID, hospital_id: str) -> RegistrationRow:
    """Raises NotFound."""
    of_one = _last(by).where(Registration.staff_id == staff_id, Registration.hospital_id == hospital_id)
    rows = (await db.exec(of_one)).all()
    if not rows:
        raise NotFound("There is no such registration.")
    return (await _shown(db, rows))[0]


def _last(by: Actor) -> Select[Registration, Staff]:
    """Of each person the last at each hospital, where either is this person's own."""
    theirs = or_(col(Registration.hospital_id) == by.hospital_id, col(Staff.hospital_id) == by.hospital_id)
    return last_ones().where(theirs)


async def _count(db: AsyncSession, rows: Select[Any, Any]) -> int:
    ids = rows.with_only_columns(col(Registration.id)).subquery()
    return (await db.exec(select(func.count()).select_from(ids))).one()


async def _shown(db: AsyncSession, rows: Any) -> list[RegistrationRow]:
    sessions = await led_after(db, [each for each, _ in rows], await people.zones(db))
    return [_row(each, person, sessions[each.id]) for each, person in rows]


def _row(each: Registration, person: Staff, sessions: list[Session]) -> RegistrationRow:
    return RegistrationRow(
        **each.model_dump(),
        name=person.name,
        name_en=person.name_en,
        title=person.title,
        home=person.hospital_id,
        sessions=[BookedSession.model_validate(session) for session in sessions],
    )
