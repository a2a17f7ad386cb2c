"""Whose people and places a coordinator may plan with: of their own hospital, and of those under an agreement."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.model import Agreement
from telemed.scheduling import queries


async def of(db: AsyncSession, hospital_id: str, now: datetime) -> list[str]:
    """The hospital itself, then those with which it has an agreement today."""
    today = day_in((await people.zones(db))[hospital_id], now)
    others = {
        _other(each, hospital_id)
        for each in await _agreements(db, hospital_id)
        if each.valid_from <= today <= each.valid_until
    }
    return [hospital_id, *sorted(others)]


async def covered(db: AsyncSession, hospital_id: str, resources: Collection[UUID]) -> Callable[[date], bool]:
    """Whether on a day there are agreements with all other hospitals of which these are."""
    others = {each.hospital_id for each in await queries.described(db, resources)} - {hospital_id}
    found = await _agreements(db, hospital_id) if others else []

    def on(day: date) -> bool:
        return others <= {_other(each, hospital_id) for each in found if each.valid_from <= day <= each.valid_until}

    return on


async def _agreements(db: AsyncSession, hospital_id: str) -> list[Agreement]:
    query = select(Agreement).where(or_(col(Agreement.hub_id) == hospital_id, col(Agreement.branch_id) == hospital_id))
    return list((await db.exec(query.order_by(col(Agreement.id)))).all())


def _other(of_two: Agreement, hospital_id: str) -> str:
    return of_two.hub_id if of_two.branch_id == hospital_id else of_two.branch_id
