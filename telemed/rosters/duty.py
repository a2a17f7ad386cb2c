"""Who is on duty now, for whoever calls: the roster's people in their order, and where it says nobody, all at once."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.people.duty import Experts, experts_of, holders
from telemed.rosters.model import Roster, RosterKind, Shift
from telemed.rosters.rules import LONGEST, in_order


class Called(NamedTuple):
    """Whom to call, group by group. `gap`: a roster is kept, but says nobody for this moment."""

    groups: Sequence[Sequence[UUID]]
    gap: bool = False


async def on_duty(
    db: AsyncSession, hub_id: str, specialty: str, department_id: UUID | None, at: datetime
) -> Sequence[Sequence[UUID]]:
    """The experts on duty in their order, or all of them at once: nobody is unreachable because of a roster."""
    return (await called(db, hub_id, specialty, department_id, at)).groups


async def called(db: AsyncSession, hub_id: str, specialty: str, department_id: UUID | None, at: datetime) -> Called:
    """As `on_duty`, and whether that is because of a gap."""
    of = await experts_of(db, hub_id, specialty, department_id)
    if not of.experts:
        return Called([])
    if not (specialty or department_id):  # of any specialty: a roster of one says nothing of it
        return Called([of.experts])
    eligible = set(of.experts)
    kept = await _kept(db, hub_id, _subjects(of), at)
    # A department's own comes before its specialty's; a specialty's own before those of all its departments together.
    own = RosterKind.department
    for first in (True, False) if department_id is not None else (False, True):
        shifts = [shift for kind, some in kept.values() if (kind is own) is first for shift in some]
        if groups := in_order(shifts, at, eligible):
            return Called(groups)
    return Called([of.experts], gap=bool(await begun_of(db, kept)))


async def of_role(db: AsyncSession, hospital_id: str, role: str, at: datetime | None) -> Sequence[UUID]:
    """Who has this role and is on duty in it at this moment, in their order.

    Everybody who has it where its roster says nobody, or no moment is given.
    """
    every = await holders(db, hospital_id, role)
    if at is None or len(every) < 2:
        return every
    return await _named(db, hospital_id, role, every, at) or every


async def named(db: AsyncSession, hospital_id: str, role: str, at: datetime) -> Sequence[UUID]:
    """Whom the roster says to be on duty in this role, in their order; nobody where it says nobody."""
    return await _named(db, hospital_id, role, await holders(db, hospital_id, role), at)


async def _named(
    db: AsyncSession, hospital_id: str, role: str, holding: Sequence[UUID], at: datetime
) -> Sequence[UUID]:
    kept = await _kept(db, hospital_id, [(RosterKind.role, role)], at)
    shifts = [shift for _, some in kept.values() for shift in some]
    return [each for group in in_order(shifts, at, set(holding)) for each in group]


def _subjects(of: Experts) -> list[tuple[RosterKind, str]]:
    """Of whom the rosters are that say who of these comes first."""
    specialties = [(RosterKind.specialty, each) for each in set(of.specialties.values())]
    return [*specialties, *((RosterKind.department, str(each)) for each in of.specialties)]


async def _kept(
    db: AsyncSession, hospital_id: str, subjects: Collection[tuple[RosterKind, str]], at: datetime
) -> dict[UUID, tuple[RosterKind, list[Shift]]]:
    """Rosters of these subjects with their shifts of this moment; by the index, which bounds how far back it looks."""
    now = and_(
        col(Shift.roster_id) == Roster.id,
        col(Shift.starts) <= at,
        col(Shift.starts) > at - LONGEST,
        col(Shift.ends) > at,
    )
    query = select(Roster.id, Roster.kind, Roster.subject, Shift).outerjoin(Shift, now)
    query = query.where(
        Roster.hospital_id == hospital_id,
        col(Roster.subject).in_([subject for _, subject in subjects]),
        col(Roster.closed_at).is_(None),
    )
    kept: dict[UUID, tuple[RosterKind, list[Shift]]] = {}
    for id, kind, subject, shift in (await db.exec(query)).all():
        if (kind, subject) in subjects:
            _, shifts = kept.setdefault(id, (RosterKind(kind), []))
            shifts += [shift] if shift is not None else []
    return kept


async def begun_of(db: AsyncSession, rosters: Collection[UUID]) -> set[UUID]:
    """Those that have ever held a shift: one that is only made says nothing yet, and nothing in it is a gap."""
    if not rosters:
        return set()
    held = select(Shift.id).where(Shift.roster_id == Roster.id).exists()
    return set((await db.exec(select(Roster.id).where(col(Roster.id).in_(rosters), held))).all())
