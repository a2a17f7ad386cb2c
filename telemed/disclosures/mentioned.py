"""Names for what a change of settings mentions by an id or a word: departments, people, venues, and specialties."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.audit.model import AuditEvent
from telemed.disclosures.schemas import Mentioned
from telemed.people.model import Department, Staff
from telemed.people.specialties import BY_SPECIALTY
from telemed.scheduling.model import Resource

NAMED = (Department, Staff, Resource)
SPECIALTY_IN: Final = {"specialty", "subject"}  # of a department, and of a roster


async def mentioned(db: AsyncSession, rows: Sequence[AuditEvent]) -> dict[UUID, dict[str, Mentioned]]:
    """By row the names of the ids in its change, as these are called today, and of the words of specialties."""
    ids = {row.id: set(_ids(row.change)) for row in rows if row.change}
    wanted = set().union(*ids.values())
    names: dict[UUID, Mentioned] = {}
    for table in NAMED if wanted else ():
        query = select(table.id, table.name, table.name_en).where(col(table.id).in_(wanted))
        names |= {id: Mentioned(name=name, name_en=english) for id, name, english in await db.exec(query)}
    called = {of: {str(id): names[id] for id in sorted(found & names.keys())} for of, found in ids.items()}
    return {row.id: _specialties(row.change) | called[row.id] for row in rows if row.change}


def _specialties(change: dict[str, Any]) -> dict[str, Mentioned]:
    said = [side[name] for side in change.values() for name in SPECIALTY_IN & side.keys()]
    words = {word for word in said if isinstance(word, str)}
    found = (BY_SPECIALTY[word] for word in sorted(words & BY_SPECIALTY.keys()))
    return {each.specialty: Mentioned(name=each.name, name_en=each.name_en) for each in found}


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
