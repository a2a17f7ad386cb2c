"""多机构执业备案: where somebody may practise besides their own hospital, when, and which agreements insist on it.

Nobody needs one at their own hospital.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.people.model import Agreement, Registration, Staff


@dataclass(frozen=True)
class Registered:
    """The registrations of some people, and which hospital is whose own."""

    homes: Mapping[UUID, str]
    rows: Mapping[tuple[UUID, str], Sequence[Registration]]

    def until(self, staff_id: UUID | None, hospital_id: str, day: date) -> date | None:
        """Until when this person may practise there, if they may on that day."""
        if staff_id is None:
            return None
        if self.homes.get(staff_id) == hospital_id:
            return date.max
        theirs = self.rows.get((staff_id, hospital_id), ())
        return max((each.valid_until for each in theirs if each.valid_from <= day <= each.valid_until), default=None)

    def ended(self, staff_id: UUID | None, hospital_id: str, day: date) -> date | None:
        """When the last one of this person there ended, before that day."""
        theirs = self.rows.get((staff_id, hospital_id), ()) if staff_id else ()
        return max((each.valid_until for each in theirs if each.valid_until < day), default=None)


async def of_people(db: AsyncSession, ids: Collection[UUID]) -> Registered:
    homes = dict((await db.exec(select(Staff.id, Staff.hospital_id).where(col(Staff.id).in_(ids)))).all())
    found: dict[tuple[UUID, str], list[Registration]] = defaultdict(list)
    query = select(Registration).where(col(Registration.staff_id).in_(ids)).order_by(col(Registration.valid_from))
    for each in (await db.exec(query)).all():
        found[each.staff_id, each.hospital_id].append(each)
    return Registered(homes, found)


async def insisting(db: AsyncSession) -> Sequence[Agreement]:
    """The agreements that let nobody lead without one, whenever they are in force."""
    return (await db.exec(select(Agreement).where(col(Agreement.registration_required)))).all()


def required(insisting: Sequence[Agreement], branch_id: str, hub_id: str, day: date) -> bool:
    """Whether an agreement that is in force between the two on that day insists on it."""
    return any(
        (each.branch_id, each.hub_id) == (branch_id, hub_id) and each.valid_from <= day <= each.valid_until
        for each in insisting
    )
