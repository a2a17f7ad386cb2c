"""`telemed notices`: what waits to be sent and what failed, for who runs the installation."""

import json
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import String, type_coerce
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.db import Database
from telemed.kit.failures import readable
from telemed.work.model import Deadline
from telemed.work.outgoing import Delivery, DeliveryState

SHOWN: Final = ("queued_at", "state", "channel", "tries", "why", "at", "urgency", "when", "id", "to_id", "notice_id")
OF_DEADLINE: Final = ("activity", "activity_id", "kind", "ladder", "hospital_id", "hub_id", "due_at")
Shown = dict[str, Any]


async def print_notices(url: str, *, as_json: bool) -> None:
    """One line each, the oldest first: ids, codes and times, no address, no name."""
    database = Database(url)
    try:
        for each in await _shown(database):
            print(json.dumps(each) if as_json else "  ".join(str(value) for value in each.values()))
    finally:
        await database.close()


async def _shown(database: Database) -> list[Shown]:
    """What cannot be read is shown as it stands in the database."""

    async def read(some: Sequence[UUID]) -> list[tuple[UUID, Shown]]:
        query = select(Delivery, Deadline).join(Deadline, col(Deadline.id) == Delivery.deadline_id)
        async with database.read() as db:
            return [(each.id, _of(each, of)) for each, of in (await db.exec(query.where(col(Delivery.id).in_(some))))]

    async with database.read() as db:
        states = (DeliveryState.queued, DeliveryState.failed)
        query = select(Delivery.id).where(col(Delivery.state).in_(states))
        ids = (await db.exec(query.order_by(col(Delivery.queued_at), col(Delivery.id)))).all()
    found = dict(await readable(read, ids, {}))
    async with database.read() as db:
        return [found.get(id) or await _as_it_stands(db, id) for id in ids]


def _of(delivery: Delivery, deadline: Deadline) -> Shown:
    values = {name: getattr(delivery, name) for name in SHOWN}
    values |= {name: getattr(deadline, name) for name in OF_DEADLINE}
    shown: Shown = to_jsonable_python(values)
    return shown


async def _as_it_stands(db: AsyncSession, id: UUID) -> Shown:
    columns = [
        *(type_coerce(getattr(Delivery, name), String).label(name) for name in SHOWN),
        *(type_coerce(getattr(Deadline, name), String).label(name) for name in OF_DEADLINE),
    ]
    query = select(*columns).select_from(Delivery).outerjoin(Deadline, col(Deadline.id) == col(Delivery.deadline_id))
    row = (await db.exec(query.where(Delivery.id == id))).one()
    shown: Shown = to_jsonable_python(dict(zip((*SHOWN, *OF_DEADLINE), row, strict=True)))
    return shown
