"""How often a hospital's patients were read today, for its medical office's home page."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.model import AuditEvent, Purpose
from telemed.disclosures.queries import on
from telemed.disclosures.schemas import ReadsToday
from telemed.people import service as people


async def reads_today(db: AsyncSession, actor: Actor, now: datetime) -> ReadsToday:
    e, day = AuditEvent, now.astimezone(ZoneInfo((await people.zones(db))[actor.hospital_id])).date()
    query = (
        select(e.purpose, e.hospital_id, e.outcome, func.count())
        .where(col(e.owner_id) == actor.hospital_id, col(e.purpose).is_not(None), await on(db, actor, day))
        .group_by(col(e.purpose), col(e.hospital_id), col(e.outcome))
    )
    found = ReadsToday(day=day)
    for purpose, whose, outcome, many in await db.exec(query):
        if outcome != "ok":
            found.refused += many
            continue
        found.reads += many
        found.of_other_hospitals += many if whose != actor.hospital_id else 0
        found.outside_department += many if purpose == Purpose.outside_department else 0
        found.break_glass += many if purpose == Purpose.break_glass else 0
    return found
