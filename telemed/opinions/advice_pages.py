"""The pages about the branch's answers to the advice, and about its execution."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.consultations.model import Consultation
from telemed.opinions import page_bodies, pages, rules
from telemed.opinions.model import Advice, Opinion, PageKind
from telemed.opinions.service import in_force
from telemed.opinions.versions import versions
from telemed.people import service as people
from telemed.people.model import Hospital


async def answered(db: AsyncSession, row: Consultation, actor: Actor, new: Sequence[Advice], now: datetime) -> None:
    """Adds the page of answers to all advice in force; `new` are those that were just answered."""
    _, (newest, *_) = await versions(db, row.id)
    rows = await in_force(db, row.id)
    body = page_bodies.answered(rows, await _names(db, rows), await _zone(db, row))
    about = str(new[0].id) if new else "none"
    await pages.add(db, newest, PageKind.answered, about, body, now, by=actor)


async def carried_out(db: AsyncSession, row: Consultation, rows: Sequence[Advice], now: datetime) -> None:
    """Adds the page of execution once no advice is open, if any was to be executed."""
    done = [each.done_at for each in rows if each.done_at is not None]
    if not done or rules.open_count(rows):
        return
    _, (newest, *_) = await versions(db, row.id)
    body = page_bodies.carried_out(rows, await _names(db, rows), await _zone(db, row))
    await pages.add(db, newest, PageKind.carried_out, max(done).isoformat(), body, now, by=None)


async def carried_over(db: AsyncSession, row: Consultation, newer: Opinion, now: datetime) -> None:
    """Adds the earlier answers as a page of an amendment that changed no advice, and so needs no new answers."""
    rows = await in_force(db, row.id)
    if not rows or any(each.reply is None for each in rows):
        return
    body = page_bodies.carried_over(rows, await _names(db, rows), await _zone(db, row), newer.replaces)
    await pages.add(db, newer, PageKind.answered, "carried over", body, now, by=None)
    await carried_out(db, row, rows, now)


async def _names(db: AsyncSession, rows: Sequence[Advice]) -> dict[str, str]:
    wanted = {id for each in rows for id in (each.assigned_to, each.done_by) if id is not None}
    return {str(id): person.name for id, person in (await people.staff_by_id(db, list(wanted))).items()}


async def _zone(db: AsyncSession, row: Consultation) -> str:
    return (await db.get_one(Hospital, row.branch_id)).time_zone
