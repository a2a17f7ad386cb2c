"""Stores, attaches, finds and deletes files."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, and_, delete, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import visible
from telemed.access.model import Actor
from telemed.audit.seeing import see
from telemed.audit.service import record
from telemed.db import Database
from telemed.errors import Conflict, Invalid, NotFound
from telemed.files.model import File, FileKind, RetentionClass
from telemed.files.rules import too_large
from telemed.files.schemas import Upload
from telemed.files.store import FileStore, Received
from telemed.kit.activity import Activity
from telemed.kit.failures import passing
from telemed.kit.quarantine import where

log = structlog.get_logger(__name__)
ORPHANED = timedelta(hours=24)


async def upload(
    database: Database,
    store: FileStore,
    actor: Actor,
    wanted: Upload,
    chunks: AsyncIterator[bytes],
    client_key: str | None,
    now: datetime,
) -> File:
    """Stores a file; its row is written once the bytes are on disk. A repeat with the same key returns that file."""
    async with store.receive(chunks) as received, database.write() as db:
        if client_key is not None:
            query = select(File).where(File.created_by == actor.id, File.client_key == client_key)
            if (before := (await db.exec(query)).one_or_none()) is not None:
                if before.sha256 != received.sha256:
                    raise Conflict("This Idempotency-Key was used for another file.", reason="key_reused")
                return before
        row = add(db, received, FileKind(wanted.kind), actor.hospital_id, actor.id, now, name=wanted.name)
        row.client_key = client_key
        record(db, actor, "file.uploaded", str(row.id), now)
        return row


def add(
    db: AsyncSession,
    received: Received,
    kind: FileKind,
    hospital_id: str,
    created_by: UUID,
    now: datetime,
    *,
    name: str = "",
    case_id: UUID | None = None,
    patient_id: UUID | None = None,
    activity: Activity | None = None,
    staff_id: UUID | None = None,
) -> File:
    row = File(
        sha256=received.sha256,
        bytes=received.bytes,
        media_type=received.media_type,
        kind=kind,
        name=name,
        hospital_id=hospital_id,
        case_id=case_id,
        patient_id=patient_id,
        staff_id=staff_id,
        activity=activity.kind if activity else None,
        activity_id=activity.id if activity else None,
        created_by=created_by,
        created_at=now,
        retention_class=RetentionClass.record,
    )
    db.add(row)
    return row


async def attach(
    db: AsyncSession,
    actor: Actor,
    id: UUID,
    kind: FileKind,
    *,
    case_id: UUID,
    patient_id: UUID | None,
    hospital_id: str,
    activity: Activity,
) -> File:
    """Attaches the actor's upload to a case; then everybody who may see the case may see the file.

    The caller must check that the actor may add to the case. Attaching it again to the same case changes nothing.
    """
    row = await db.get(File, id)
    if row is None or row.staff_id is not None or row.case_id not in (None, case_id):
        raise NotFound("There is no such file.")
    if row.case_id is None and row.created_by != actor.id:
        raise NotFound("There is no such file.")
    if row.kind is not kind:
        raise Invalid(f"This file was sent as {row.kind}, not as {kind}.", reason="wrong_file_kind")
    row.case_id, row.patient_id, row.hospital_id = case_id, patient_id, hospital_id
    row.activity, row.activity_id = activity
    return row


async def take(db: AsyncSession, actor: Actor, id: UUID, largest: int) -> File:
    """The actor's own upload, which is attached to nothing yet. Raises NotFound, TooLarge."""
    query = select(File).where(File.id == id, _loose(), File.created_by == actor.id)
    row = (await db.exec(query.with_for_update())).one_or_none()
    if row is None:
        raise NotFound("There is no such file.")
    if row.bytes > largest:
        raise too_large(largest)
    return row


def _loose() -> ColumnElement[bool]:
    return and_(col(File.case_id).is_(None), col(File.staff_id).is_(None))


def visible_to(actor: Actor, now: datetime) -> ColumnElement[bool]:
    loose = and_(_loose(), col(File.created_by) == actor.id)
    seen = visible(File.case_id, File.patient_id, File.hospital_id, actor, now)
    attached = and_(col(File.case_id).is_not(None), seen)
    return or_(loose, attached)


async def get(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> File:
    row = (await db.exec(select(File).where(File.id == id, visible_to(actor, now)))).one_or_none()
    if row is None:
        raise NotFound("There is no such file.")
    see(row.hospital_id, row.patient_id, row.case_id, str(id))
    return row


async def sweep(
    database: Database, store: FileStore, now: datetime, disk_now: datetime | None = None
) -> dict[str, Exception]:
    """Deletes files that nobody attached within a day, half-received ones, and objects without a row.

    Returns the failures by name; each keeps back no other. `disk_now` is the time by the disk's clock, if the
    product's clock is another.
    """
    old, written = now - ORPHANED, (disk_now or now) - ORPHANED
    async with database.write() as db:
        loose = _loose() & (col(File.created_at) < old) & ~col(File.legal_hold)
        await db.exec(delete(File).where(loose))
    failed: dict[str, Exception] = {}
    for name in await store.half_received(written):
        with _isolated("spool", name, failed):
            store.discard(name)
    for name in await store.older_than(written):
        with _isolated("files", name, failed):
            await _delete_orphan(database, store, name, written)
    return failed


@contextmanager
def _isolated(folder: str, name: str, failed: dict[str, Exception]) -> Iterator[None]:
    try:
        yield
    except Exception as failure:
        if passing(failure) is not None:
            raise
        failed[f"{folder}/{name}"] = failure
        # What the product did not put there may be named after a patient.
        log.error("something in the data directory could not be removed", folder=folder, why=where(failure))


async def _delete_orphan(database: Database, store: FileStore, name: str, written: datetime) -> None:
    async with database.read() as db:  # nearly all have a row: check without the write lock first
        if await _is_named(db, name):
            return
    async with database.write() as db:  # meanwhile no upload can commit a row for these bytes
        # An upload of the same bytes may just have written it again.
        if not await _is_named(db, name) and await store.is_older(name, written):
            await store.delete(name)


async def _is_named(db: AsyncSession, sha256: str) -> bool:
    return (await db.exec(select(File.id).where(File.sha256 == sha256).limit(1))).first() is not None
