"""Who says whose a study is where it is hidden: imaging; in a hospital without imaging staff whoever stands in."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.people.duty import held_at
from telemed.studies.rules import IMAGING, asked_at, may_stand_in
from telemed.work import service as work
from telemed.work.model import WorkItem, WorkKind

KINDS = (WorkKind.identity, WorkKind.declare)
AT_ONCE = 500


async def asked(db: AsyncSession, hospital_id: str) -> Role:
    """The role that is asked about its studies now."""
    return asked_at(await held_at(db, hospital_id))


async def sees_hidden(db: AsyncSession, actor: Actor) -> bool:
    """Whether this person sees of their hospital's hidden studies whose they may be; the images only imaging sees."""
    if actor.has(*IMAGING):
        return True
    return may_stand_in(actor) and actor.has(await asked(db, actor.hospital_id))


async def ask_who_is_there(db: AsyncSession, now: datetime) -> dict[UUID, Exception]:
    """What is asked of a role that nobody has any more, or of who no longer stands in, is asked of another.

    Of each hospital at most AT_ONCE items, the oldest first; the rest in the next round.
    """
    w = WorkItem
    waits = col(w.kind).in_(KINDS), col(w.done_at).is_(None)
    for hospital in (await db.exec(select(w.hospital_id).where(*waits).distinct())).all():
        role = await asked(db, hospital)
        others = select(w).where(*waits, w.hospital_id == hospital, col(w.role).is_distinct_from(role))
        work.ask_role(db, (await db.exec(others.order_by(col(w.id)).limit(AT_ONCE))).all(), role, now)
    return {}
