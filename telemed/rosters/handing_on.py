"""Hands a shift of somebody who leaves to a colleague, or to nobody: then it is a gap of its roster."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import Invalid
from telemed.people import service as people
from telemed.people.rules import Span
from telemed.rosters import service
from telemed.rosters.choices import able
from telemed.rosters.model import Roster, Shift


async def takers(db: AsyncSession, shift: Shift) -> set[UUID]:
    """Who can be put on its roster."""
    row = await db.get_one(Roster, shift.roster_id)
    return await able(db, await people.hospital(db, row.hospital_id), row) - {shift.staff_id}


async def hand_on(
    db: AsyncSession, actor: Actor, shift: Shift, to: UUID | None, now: datetime, note: str | None = None
) -> None:
    """Of a shift that has begun the rest. `note`: instead of the shift's own. Raises Invalid (`no_successor`,
    `shift_taken`).
    """
    if to is not None and to not in await takers(db, shift):
        raise Invalid("They cannot be put on this roster.", reason="no_successor", fields=[f"shift:{shift.id}"])
    row = await db.get_one(Roster, shift.roster_id, with_for_update=True)
    starts = max(shift.starts, now)
    near = await service.shifts_in(db, [row.id], Span(starts, shift.ends))
    others = [each for each in near if each.id != shift.id]
    if any(each.staff_id == to and each.starts < shift.ends and starts < each.ends for each in others):
        raise Invalid("They are on duty then already.", reason="shift_taken", fields=[f"shift:{shift.id}"])

    wanted = []
    if to is not None:
        place, note = shift.place, shift.note if note is None else note
        wanted = [Shift(roster_id=row.id, staff_id=to, starts=starts, ends=shift.ends, place=place, note=note)]
    before = [shift]
    if shift.starts < now:
        shift.ends, before = now, []
    hospital = await people.hospital(db, row.hospital_id)
    await service.replace(db, actor, row, hospital, before, wanted, others, None, now)
