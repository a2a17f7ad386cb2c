"""Who is on duty now, for whoever calls: the roster's people in their order, and where it says nobody, all at once."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.people import duty
from telemed.people.duty import departments, holders
from telemed.people.model import Department
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
    at_once = await duty.on_duty(db, hub_id, specialty, department_id, at)
    eligible = {each for group in at_once for each in group}
    if not eligible or not (specialty or department_id):  # of any specialty: a roster of one says nothing of it
        return Called(at_once)
    sources = await _sources(db, hub_id, specialty, department_id)
    shifts = await _shifts(db, [each.id for some in sources for each in some], at)
    for some in sources:
        theirs = {each.id for each in some}
        if groups := in_order((each for each in shifts if each.roster_id in theirs), at, eligible):
            return Called(groups)
    return Called(at_once, gap=bool(await begun_of(db, [each.id for some in sources for each in some])))


async def of_role(db: AsyncSession, hospital_id: str, role: str, at: datetime | None) -> Sequence[UUID]:
    """Who has this role and is on duty in it at this moment, in their order.

    Everybody who has it where its roster says nobody, or no moment is given.
    """
    every = await holders(db, hospital_id, role)
    if at is None or len(every) < 2:
        return every
    rosters = await _kept(db, hospital_id, [(RosterKind.role, role)])
    shifts = await _shifts(db, [each.id for each in rosters], at)
    return [each for group in in_order(shifts, at, set(every)) for each in group] or every


async def _sources(db: AsyncSession, hub_id: str, specialty: str, department_id: UUID | None) -> list[list[Roster]]:
    """The rosters to ask, one set after another.

    A department's own comes before its specialty's; a specialty's own before those of all its departments together.
    """
    asked = select(Department).where(departments(hub_id, specialty, department_id))
    rows = (await db.exec(asked)).all()
    words = {each.specialty for each in rows}
    wanted = [(RosterKind.specialty, each) for each in words]
    kept = await _kept(db, hub_id, [*wanted, *((RosterKind.department, str(each.id)) for each in rows)])
    own = [each for each in kept if each.kind is RosterKind.department]
    wider = [each for each in kept if each.kind is RosterKind.specialty]
    return [own, wider] if department_id is not None else [wider, own]


async def _kept(db: AsyncSession, hospital_id: str, subjects: Collection[tuple[RosterKind, str]]) -> list[Roster]:
    query = select(Roster).where(
        Roster.hospital_id == hospital_id,
        col(Roster.subject).in_([subject for _, subject in subjects]),
        col(Roster.closed_at).is_(None),
    )
    return [each for each in (await db.exec(query)).all() if (each.kind, each.subject) in subjects]


async def _shifts(db: AsyncSession, rosters: Sequence[UUID], at: datetime) -> Iterable[Shift]:
    """Of these rosters those that hold this moment; by the index, which bounds how far back it looks."""
    if not rosters:
        return ()
    query = select(Shift).where(
        col(Shift.roster_id).in_(rosters),
        col(Shift.starts) <= at,
        col(Shift.starts) > at - LONGEST,
        col(Shift.ends) > at,
    )
    return (await db.exec(query)).all()


async def begun_of(db: AsyncSession, rosters: Collection[UUID]) -> set[UUID]:
    """Those that have ever held a shift: one that is only made says nothing yet, and nothing in it is a gap."""
    if not rosters:
        return set()
    held = select(Shift.id).where(Shift.roster_id == Roster.id).exists()
    return set((await db.exec(select(Roster.id).where(col(Roster.id).in_(rosters), held))).all())
