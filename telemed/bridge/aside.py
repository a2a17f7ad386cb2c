"""Everything that is set aside, wherever it is kept, for `telemed quarantine`: list it, try it again, drop it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from imaging import aside as image_events
from signaling import aside as room_log
from telemed.activities.kinds import Kinds
from telemed.bridge import orders, rooms, studies
from telemed.db import Database
from telemed.errors import NotFound
from telemed.kit import events, quarantine
from telemed.kit.clock import Clock
from telemed.kit.quarantine import Quarantine
from telemed.opinions import prints_due

ROOM_LOG: Final = "room_log"  # kind: rows of its log that signaling cannot read
ROOMS_DB: Final = "rooms.db"
IMAGE_EVENTS: Final = "image_events"  # kind: events in its outbox that imaging cannot read
UPLOADS: Final = "uploads"  # kind: uploads that the archive failed at repeatedly
INDEX_DB: Final = Path("imaging") / "index.db"
PLAIN: Final = frozenset(
    {"type", "source", "kind", "state", "activity", "hospital", "hospital_id", "branch_id", "hub_id", "study_uid"}
)


@dataclass(frozen=True)
class Aside:
    id: str
    kind: str
    type: str
    at: datetime
    why: str
    data: dict[str, Any]


async def listed(db: Database, data_dir: Path) -> list[Aside]:
    async with db.read() as session:
        kept = await quarantine.set_aside(session)
    return [
        *(Aside(str(e.id), e.kind, e.type, e.occurred_at, f"{e.consumer}: {e.why}", e.data) for e in kept),
        *(
            Aside(f"{ROOM_LOG}-{e.n}", ROOM_LOG, e.type, e.at, "cannot be read", {"room": e.room, "bytes": e.size})
            for e in room_log.listed(data_dir / ROOMS_DB)
        ),
        *(
            Aside(
                f"{IMAGE_EVENTS}-{e.position}",
                IMAGE_EVENTS,
                e.type,
                e.set_aside_at,
                "cannot be read",
                {"source": e.source, "bytes": e.size},
            )
            for e in image_events.listed(data_dir / INDEX_DB)
        ),
        *(
            Aside(
                f"{UPLOADS}-{e.id}",
                UPLOADS,
                "upload",
                e.created_at,
                "cannot be read",
                {"hospital": e.hospital, "bytes": e.size},
            )
            for e in image_events.uploads_listed(data_dir / INDEX_DB)
        ),
    ]


class Again(StrEnum):
    """What `again` has done. Unless it is `done`, only the running service can try it and has not tried yet."""

    done = "It has taken effect."
    event = "It will be delivered again: within a second, or once the service runs."
    order = (
        "It will be given to its leaf again: within a minute, or once the service runs, unless a newer one replaced it."
    )
    room_log = "It will be read again: with the next event of a room, or at the next start."
    image_event = "It will be read again: with the archive's next event, or at the next start."
    page_print = "It will be printed: within seconds, or once the service runs."
    upload = "It will be taken up again at the next start."


async def again(db: Database, data_dir: Path, id: str, kinds: Kinds, clock: Clock) -> Again:
    """Tries it again, or has the service do so. Raises what it fails with; then it stays set aside."""
    if (n := _number(id, ROOM_LOG)) is not None:
        _found(room_log.retry(data_dir / ROOMS_DB, n))
        return Again.room_log
    if (n := _number(id, IMAGE_EVENTS)) is not None:
        _found(image_events.retry(data_dir / INDEX_DB, n))
        return Again.image_event
    if (upload := _upload(id)) is not None:
        _found(image_events.retry_upload(data_dir / INDEX_DB, upload))
        return Again.upload
    async with db.write() as session:
        row = await _row(session, id)
        if row.kind == events.OF_THE_OUTBOX:
            await events.again(session, row)
            return Again.event
        if row.kind == orders.CONSUMER:
            await orders.again(session, row)
            return Again.order
        if row.kind == prints_due.KIND:
            await prints_due.again(session, row)
            return Again.page_print
        if row.kind == rooms.CONSUMER:
            await rooms.RoomReports(db, kinds, clock).again(session, row)
        else:
            await studies.StudyFacts(db, clock).again(session, row)
    return Again.done


async def drop(db: Database, data_dir: Path, id: str) -> None:
    """Forgets it for good: it never takes effect, and its inbox mark stays, so it does not come again."""
    if (n := _number(id, ROOM_LOG)) is not None:
        return _found(room_log.drop(data_dir / ROOMS_DB, n))
    if (n := _number(id, IMAGE_EVENTS)) is not None:
        return _found(image_events.drop(data_dir / INDEX_DB, n))
    if (upload := _upload(id)) is not None:
        return _found(image_events.drop_upload(data_dir / INDEX_DB, upload))
    async with db.write() as session:
        await session.delete(await _row(session, id))


def masked(value: Any, name: str = "") -> Any:
    """`value` with every text but ids and the program's own words replaced by its length: no names, no free text."""
    if isinstance(value, dict):
        return {key: masked(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [masked(each, name) for each in value]
    if not isinstance(value, str) or name in PLAIN or _is_id(value):
        return value
    return f"({len(value)} characters)"


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _number(id: str, kind: str) -> int | None:
    number = id.removeprefix(f"{kind}-")
    return int(number) if number != id and number.isdecimal() else None


async def _row(session: AsyncSession, id: str) -> Quarantine:
    row = await session.get(Quarantine, UUID(id)) if _is_id(id) else None
    _found(row is not None and row.set_aside_at is not None)
    assert row is not None
    return row


def _upload(id: str) -> UUID | None:
    key = id.removeprefix(f"{UPLOADS}-")
    return UUID(key) if key != id and _is_id(key) else None


def _found(it: bool) -> None:
    if not it:
        raise NotFound("Nothing of this id is set aside; see `telemed quarantine list`.")
