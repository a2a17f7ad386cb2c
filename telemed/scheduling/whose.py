"""Whose time a person may enter: their own, and as a coordinator that of the hospital's people and venues."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import NotAllowed, NotFound
from telemed.scheduling import queries, taking
from telemed.scheduling.model import ResourceKind


async def kind_of(db: AsyncSession, actor: Actor, resource: UUID) -> ResourceKind:
    """What it is. Raises unless it is themselves, or of the hospital whose time this coordinator enters."""
    if resource == actor.id:
        return ResourceKind.person
    found = await queries.described(db, [resource])
    if not found or found[0].hospital_id != actor.hospital_id:
        raise NotFound("There is no such person or venue at your hospital.")
    if not actor.has(*queries.BOOKS_FOR_OTHERS):
        raise NotAllowed("Only a coordinator enters the time of others.", reason="role")
    return ResourceKind(found[0].kind)


async def lock(db: AsyncSession, actor: Actor, resource: UUID, now: datetime) -> ResourceKind:
    """As `kind_of`; whoever books it waits."""
    kind = await kind_of(db, actor, resource)
    is_person = kind is ResourceKind.person
    await taking.locked(db, [resource] if is_person else [], [] if is_person else [resource], now)
    return kind
