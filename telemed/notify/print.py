"""`telemed notices`: what waits to be sent and what failed, for who runs the installation."""

import json
from typing import Final

from pydantic_core import to_jsonable_python
from sqlmodel import col, select

from telemed.db import Database
from telemed.work.model import Deadline
from telemed.work.outgoing import Delivery, DeliveryState

SHOWN: Final = ("queued_at", "state", "channel", "tries", "why", "at", "urgency", "when", "id", "to_id", "notice_id")
OF_DEADLINE: Final = ("activity", "activity_id", "kind", "ladder", "hospital_id", "hub_id", "due_at")


async def print_notices(url: str, *, as_json: bool) -> None:
    """One line each, the oldest first: ids, codes and times, no address, no name."""
    database = Database(url)
    try:
        async with database.read() as db:
            query = (
                select(Delivery, Deadline)
                .join(Deadline, col(Deadline.id) == Delivery.deadline_id)
                .where(col(Delivery.state).in_((DeliveryState.queued, DeliveryState.failed)))
            )
            for each, deadline in (await db.exec(query.order_by(col(Delivery.queued_at), col(Delivery.id)))).all():
                shown = to_jsonable_python(
                    {name: getattr(each, name) for name in SHOWN}
                    | {name: getattr(deadline, name) for name in OF_DEADLINE}
                )
                print(json.dumps(shown) if as_json else "  ".join(str(value) for value in shown.values()))
    finally:
        await database.close()
