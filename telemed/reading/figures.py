"""A reader's own figures: what they have not finished, and how long their reports took; for the desk's heads, how often
one was taken over from a colleague or claimed out of order."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, case, func
from sqlalchemy import select as sql_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.history.model import EventRow
from telemed.reading.events import ReadingClaimed, ReadingTakenOver
from telemed.reading.figure_schemas import DeskClaims, Figures
from telemed.reading.ladders import DESK
from telemed.reading.lookup import title_of
from telemed.reading.model import Reading
from telemed.reading.rules import HEADS
from telemed.reading.turnaround import Took, turnaround
from telemed.reading.words import ReadingState as State
from telemed.work.model import WORK_DUE, Deadline

R: Final = Reading
LOOKS_BACK: Final = timedelta(days=30)


async def of_reader(db: AsyncSession, actor: Actor, now: datetime) -> Figures:
    """Numbers alone, of what this person reads for their own hospital."""
    since = now - LOOKS_BACK
    mine = and_(col(R.reader_id) == actor.id, col(R.hub_id) == actor.hospital_id)
    took = await _took(db, mine, since)
    heads = await title_of(db, actor) in HEADS
    return Figures(
        since=since,
        to_write=await _many(db, mine, col(R.state).in_([State.assigned, State.claimed])),
        in_review=await _many(db, mine, col(R.state).in_([State.written, State.provisional])),
        issued=await _many(db, mine, col(R.issued_at) >= since),
        turnaround=turnaround(took),
        desk=await _claims(db, actor.hospital_id, since) if heads else None,
    )


async def _many(db: AsyncSession, *where: Any) -> int:
    return (await db.exec(select(func.count()).select_from(Reading).where(*where))).one()


async def _took(db: AsyncSession, mine: Any, since: datetime) -> list[Took]:
    """Of each report that was issued since: when its clock began last before that, and when it was promised.

    The deadline of the later review of a provisional report begins with its issuing, and is none of these.
    """
    d = Deadline
    of_desk = and_(col(d.activity_id) == col(R.id), col(d.kind) == WORK_DUE, col(d.ladder) == DESK)
    query: Any = (
        sql_select(col(R.id), col(d.began_at), col(d.due_at), col(R.issued_at))
        .join(d, and_(of_desk, col(d.began_at) < col(R.issued_at)))
        .where(mine, col(R.issued_at) >= since)
        .order_by(col(d.began_at))
    )
    last = {id: Took(*moments) for id, *moments in (await db.exec(query)).all()}
    return list(last.values())


async def _claims(db: AsyncSession, hub_id: str, since: datetime) -> DeskClaims:
    """Of all that was claimed at the hub, how often a colleague's was taken over, and how often something more pressing
    was left waiting; both need a reason."""
    kinds = (ReadingClaimed.type, ReadingTakenOver.type)
    early = func.sum(case((col(EventRow.data)["reason"].as_string() != "", 1), else_=0))
    query: Any = sql_select(col(EventRow.type), func.count(), early).where(
        col(EventRow.partner_id) == hub_id, col(EventRow.type).in_(kinds), col(EventRow.occurred_at) >= since
    )
    counted = {kind: rest for kind, *rest in (await db.exec(query.group_by(col(EventRow.type)))).all()}
    claims, out_of_order = counted.get(ReadingClaimed.type, (0, 0))
    taken, _ = counted.get(ReadingTakenOver.type, (0, 0))
    return DeskClaims(claims=claims + taken, taken_over=taken, out_of_order=out_of_order)
