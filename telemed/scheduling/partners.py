"""Whose people and places a coordinator may plan with: of their own hospital, and of those under an agreement."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.errors import Conflict
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


async def covered(db: AsyncSession, hospital_id: str, resources: Collection[UUID]) -> Callable[[datetime], bool]:
    """Whether on the day of a moment there are agreements with all other hospitals of which these are."""
    others = {each.hospital_id for each in await queries.described(db, resources)} - {hospital_id}
    found = await _agreements(db, hospital_id) if others else []
    zone = (await people.zones(db))[hospital_id]

    def at(moment: datetime) -> bool:
        day = day_in(zone, moment)
        return others <= {_other(each, hospital_id) for each in found if each.valid_from <= day <= each.valid_until}

    return at


async def refuse_uncovered(
    db: AsyncSession, hospital_id: str, resources: Collection[UUID], starts_at: datetime
) -> None:
    """Raises Conflict where no agreement covers their other hospitals then: they are not given that time."""
    if not (await covered(db, hospital_id, resources))(starts_at):
        raise Conflict("With one of these hospitals there is no agreement then.", reason="no_agreement_then")


async def _agreements(db: AsyncSession, hospital_id: str) -> list[Agreement]:
    query = select(Agreement).where(or_(col(Agreement.hub_id) == hospital_id, col(Agreement.branch_id) == hospital_id))
    return list((await db.exec(query.order_by(col(Agreement.id)))).all())


def _other(of_two: Agreement, hospital_id: str) -> str:
    return of_two.hub_id if of_two.branch_id == hospital_id else of_two.branch_id
