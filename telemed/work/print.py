"""`telemed deadlines`: what is due, for who runs the installation."""

import json
from datetime import datetime
from typing import Final

from pydantic_core import to_jsonable_python
from sqlmodel import col, select

from telemed.db import Database
from telemed.work.model import Deadline

SHOWN: Final = ("id", "activity", "activity_id", "kind", "ladder", "hospital_id", "hub_id", "urgency", "rung")


async def print_due(url: str, now: datetime, *, as_json: bool) -> None:
    """One line each, the longest due first."""
    database = Database(url)
    try:
        async with database.read() as db:
            late = select(Deadline).where(col(Deadline.done_at).is_(None), Deadline.due_at <= now)
            for each in (await db.exec(late.order_by(col(Deadline.due_at)))).all():
                shown = to_jsonable_python({"due_at": each.due_at, **{name: getattr(each, name) for name in SHOWN}})
                print(json.dumps(shown) if as_json else "  ".join(str(value) for value in shown.values()))
    finally:
        await database.close()
