"""Names for the ids that a change of settings mentions: departments, people, and venues."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.audit.model import AuditEvent
from telemed.disclosures.schemas import Mentioned
from telemed.people.model import Department, Staff
from telemed.scheduling.model import Resource

NAMED = (Department, Staff, Resource)


async def mentioned(db: AsyncSession, rows: Iterable[AuditEvent]) -> dict[UUID, dict[UUID, Mentioned]]:
    """By row the names of the ids in its change, as these are called today."""
    ids = {row.id: set(_ids(row.change)) for row in rows if row.change}
    wanted = set().union(*ids.values())
    names: dict[UUID, Mentioned] = {}
    for table in NAMED if wanted else ():
        query = select(table.id, table.name, table.name_en).where(col(table.id).in_(wanted))
        names |= {id: Mentioned(name=name, name_en=english) for id, name, english in await db.exec(query)}
    return {of: {id: names[id] for id in sorted(found & names.keys())} for of, found in ids.items()}


def _ids(value: Any) -> Iterator[UUID]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _ids(each)
    elif isinstance(value, list):
        for each in value:
            yield from _ids(each)
    elif isinstance(value, str):
        with suppress(ValueError):
            yield UUID(value)
