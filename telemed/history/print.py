"""Prints the log from the command line, while the service runs."""

from uuid import UUID

from sqlalchemy import inspect

from telemed.db import Database
from telemed.errors import StartRefused
from telemed.history.reading import everything, settled, shown
from telemed.history.schemas import HistoryEvent


async def print_events(url: str, after: UUID | None, *, as_json: bool) -> None:
    database = Database(url)
    try:
        before = await settled(database)
        async with database.read() as db:
            if not await db.run_sync(lambda session: inspect(session.connection()).has_table("event")):
                raise StartRefused(
                    "数据库中没有事件记录：请先用 telemed migrate 升级。",
                    "The database has no event log: bring it up to date first with telemed migrate.",
                )
            async for row in everything(db, after, before):
                event = shown(row)
                print(event.model_dump_json() if as_json else _line(event))
    finally:
        await database.close()


def _line(event: HistoryEvent) -> str:
    about = f"{event.activity}/{event.activity_id}" if event.activity else str(event.patient_id or "-")
    who = event.actor_role.replace(" ", ",") or "system"
    return f"{event.occurred_at:%Y-%m-%dT%H:%M:%S.%fZ} {event.id} {event.type} {event.hospital_id} {who} {about}"
