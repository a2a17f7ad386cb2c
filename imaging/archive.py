"""The archive as one object, opened on a folder; its commands are methods."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from imaging.actor import Actor
from imaging.disk import Disk, open_disk
from imaging.errors import Refused
from imaging.grants import GrantRow, Grants, GrantsAnswer
from imaging.headers import headers_of, lacking
from imaging.index import hiding
from imaging.index.access import View
from imaging.index.database import Index, open_index
from imaging.ingest.pipeline import Pipeline
from imaging.ingest.uploads import Uploads
from imaging.limits import Limits
from imaging.listings import Listings
from imaging.outbox import Outbox, Publish
from imaging.packing import Packing
from imaging.pictures import Pictures
from imaging.store.cache import Derivatives
from imaging.store.frames import Frames
from imaging.store.objects import Objects
from imaging.store.packs import Packs
from imaging.supervise import Supervise, Trouble, supervise
from imaging.workers.sandbox import Sandbox, open_sandbox

# The names of its own tasks:
EVENTS, UPLOADS, PICTURES, PACKING = "images.events", "images.uploads", "images.pictures", "images.packs"


@dataclass(frozen=True)
class Archive:
    limits: Limits
    index: Index
    disk: Disk
    objects: Objects
    frames: Frames
    derivatives: Derivatives
    pictures: Pictures
    packs: Packs
    packing: Packing
    sandbox: Sandbox
    pipeline: Pipeline
    uploads: Uploads
    grants: Grants
    outbox: Outbox
    listings: Listings
    now: Callable[[], datetime]

    @property
    def troubles(self) -> dict[str, Trouble]:
        """What its own tasks fail at while they go on, by the task's name."""
        troubles = {EVENTS: self.outbox.trouble, UPLOADS: self.uploads.trouble}
        return troubles | {PICTURES: self.pictures.trouble, PACKING: self.packing.trouble}

    def view(self, actor: Actor) -> View:
        return View(actor, self.now(), granted=self.grants.vouched)

    async def grants_put(self, rows: Sequence[GrantRow], rev: int) -> GrantsAnswer:
        return await self.grants.put(rows, rev)

    async def grants_end(self, ids: Sequence[str], rev: int) -> GrantsAnswer:
        return await self.grants.end(ids, rev)

    async def grants_snapshot(self, rows: Sequence[GrantRow], rev: int) -> GrantsAnswer:
        return await self.grants.snapshot(rows, rev)

    async def heartbeat(self, rev: int) -> GrantsAnswer:
        return await self.grants.heartbeat(rev)

    async def headers(self, hospital: str, study_uid: str, instances: Sequence[str] = ()) -> list[dict[str, Any]]:
        """What these instances of a study say of themselves, or those that the product made, as DICOM JSON."""
        return await self.index.read(lambda session: headers_of(session, hospital, study_uid, instances))

    async def lacking(self, hospital: str, study_uid: str, images: Collection[tuple[str, int]]) -> set[tuple[str, int]]:
        """Which of these, by SOP Instance UID and frame (from 1), a study does not have."""
        return await self.index.read(lambda session: lacking(session, hospital, study_uid, images))

    async def add(self, hospital: str, study_uid: str, file: bytes, by: str) -> None:
        """Stores an object that the product made of a study, in its hospital's archive; durable once it has returned.

        The same object again changes nothing. Raises Refused.
        """
        path = self.objects.spooled()
        await self.disk.write(hospital, path.write_bytes, file)
        outcome = await self.pipeline.take(path, hospital, name=path.name, by=by, only_study=study_uid, made=True)
        if outcome.kept is None:
            raise Refused(outcome.code, outcome.sentence)

    async def set_hidden(self, hospital: str, study_uid: str, hidden: bool, rev: int) -> None:
        """Hides a study from all but its hospital's imaging roles, or shows it again, even before an image has come.

        Durable once it has returned. An order older than the last one carried out changes nothing.
        """
        await self.index.write(lambda session: hiding.order(session, hospital, study_uid, hidden, rev))
        self.grants.generation += 1


def utcnow() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open_archive(
    data_dir: Path,
    *,
    publish: Publish,
    limits: Limits | None = None,
    heartbeat_within: float | None = None,
    now: Callable[[], datetime] = utcnow,
    clock: Callable[[], float] = monotonic,
    supervise: Supervise = supervise,
) -> AsyncIterator[Archive]:
    """Opens the archive in `data_dir`.

    `heartbeat_within`: granted reads need a heartbeat at most this many seconds old; None: they need none.
    `supervise`: runs each of the archive's own tasks under its name and restarts one that fails.
    """
    limits = limits or Limits()
    async with AsyncExitStack() as stack:
        disk = await stack.enter_async_context(open_disk())
        objects = await disk.read(Objects, data_dir)
        await disk.read(objects.empty_spool)
        frames = stack.enter_context(closing(Frames(objects, disk)))
        index = await stack.enter_async_context(open_index(data_dir / "index.db"))
        sandbox = await stack.enter_async_context(open_sandbox(limits))
        outbox = Outbox(index, publish, now)
        grants = Grants(index, clock, heartbeat_within=heartbeat_within)
        derivatives = Derivatives(objects, disk)
        pictures = Pictures(index, objects, derivatives, sandbox)
        packs = Packs(objects, disk)
        packing = Packing(index, disk, objects, packs, sandbox, now, clock)
        pipeline = Pipeline(index, disk, objects, sandbox, outbox, pictures, packing, now)
        uploads = Uploads(pipeline, limits)
        await uploads.recover()
        works = {EVENTS: outbox.run, UPLOADS: uploads.run, PICTURES: pictures.run, PACKING: packing.run}
        await stack.enter_async_context(_background(supervise, works))
        reading = objects, frames, derivatives, pictures, packs, packing
        yield Archive(limits, index, disk, *reading, sandbox, pipeline, uploads, grants, outbox, Listings(), now)


@asynccontextmanager
async def _background(supervise: Supervise, works: Mapping[str, Callable[[], Awaitable[None]]]) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(supervise(name, work), name=name) for name, work in works.items()]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
