"""Uploads from browsers: rows, bytes on the disk, and processing once all bytes are there.

Only synced bytes are acknowledged: the offset told to a client is the length of a synced file. A row in state
`received` is a promise: it is processed even after a crash.
"""

import asyncio
import logging
import os
from datetime import timedelta
from pathlib import Path
from shutil import rmtree
from typing import Final
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session, col, select
from uuid_utils.compat import uuid7

from imaging.errors import Refused
from imaging.failures import passing
from imaging.index.model import CODE_ASIDE, Upload, UploadState
from imaging.ingest.batch import check_open, declare, settle_with
from imaging.ingest.pipeline import Outcome, Pipeline
from imaging.limits import Limits
from imaging.store.objects import discard, sync
from imaging.supervise import Trouble
from imaging.workers.jobs import Packed, Unpack
from imaging.workers.unpack import CALLED_ZIP

AT_ONCE = 8
"""Uploads of one hospital processed at the same time; other hospitals have places of their own."""
SLICE = 100
"""Members of a zip that are synced in one turn; on a slow disk that takes a second."""
RETRY_SECONDS = 5.0
TRIES = 10
SET_ASIDE = Outcome(
    None, code=CODE_ASIDE, sentence="The archive could not read this file, although it was tried ten times."
)

ADD: Final = insert(Upload)
"""Sent past the unit of work, which takes ten times as long."""
log = logging.getLogger(__name__)


class Uploads:
    def __init__(self, pipeline: Pipeline, limits: Limits) -> None:
        self._pipeline = pipeline
        self._index = pipeline.index
        self._disk = pipeline.disk
        self._objects = pipeline.objects
        self._limits = limits
        self._whole: dict[str, asyncio.Queue[UUID]] = {}  # by hospital
        self._fresh: dict[UUID, Upload] = {}
        """Rows of complete uploads as just written, so that they need not be read again."""
        self._news = asyncio.Event()
        self.locks: dict[UUID, asyncio.Lock] = {}
        self.trouble = Trouble()
        self._tries: dict[UUID, int] = {}

    def path(self, upload: UUID) -> Path:
        return self._objects.upload(upload)

    async def recover(self) -> None:
        """At the start, queues the uploads that an earlier process had received, and deletes other bytes."""
        for hospital, upload in await self._index.write(self._after_a_crash):
            self._put(hospital, upload)
        await self._disk.read(self._sweep, await self._index.read(_unfinished))

    async def run(self) -> None:
        """Processes complete uploads, for ever."""
        begun = set[str]()
        async with asyncio.TaskGroup() as group:
            while True:
                self._news.clear()
                for hospital in self._whole.keys() - begun:
                    begun.add(hospital)
                    for _ in range(AT_ONCE):
                        group.create_task(self._work(hospital))
                await self._news.wait()

    def _put(self, hospital: str, upload: UUID) -> None:
        self._whole.setdefault(hospital, asyncio.Queue()).put_nowait(upload)
        self._news.set()

    def _after_a_crash(self, session: Session) -> list[tuple[str, UUID]]:
        oldest = self._pipeline.now() - timedelta(hours=self._limits.upload_age_hours)
        for old in session.exec(
            select(Upload).where(Upload.state == UploadState.RECEIVING, col(Upload.created_at) < oldest)
        ):
            old.state, old.code = UploadState.REFUSED, "abandoned"
            old.sentence = "The upload was never finished."
        query = select(Upload.hospital, Upload.id).where(Upload.state == UploadState.RECEIVED)
        return list(session.exec(query.order_by(col(Upload.id))))

    def _sweep(self, alive: set[str]) -> None:
        for entry in os.scandir(self._objects.uploads):
            if entry.is_dir():
                rmtree(entry.path)
            elif entry.name not in alive:
                discard(Path(entry.path))

    async def check_batch(self, upload: Upload) -> None:
        """Raises NotFound if the batch is not the owner's, Conflict if it has ended."""
        batch = upload.batch
        if batch is not None:
            await self._index.read(lambda session: check_open(session, batch, upload))

    async def create(self, upload: Upload) -> None:
        """Writes the row of an upload, whose file is there and synced with the bytes sent so far.

        Checks the batch again, which may have ended meanwhile.
        """
        row = upload.model_dump()

        def work(session: Session) -> None:
            if upload.batch is not None:
                check_open(session, upload.batch, upload)
            session.connection().execute(ADD, row)

        await self._index.write(work)
        if upload.state == UploadState.RECEIVED:
            self._fresh[upload.id] = upload
            self._put(upload.hospital, upload.id)

    async def received(self, upload: UUID) -> None:
        """Marks an upload as received: all its bytes are synced."""

        def work(session: Session) -> str:
            row = session.get_one(Upload, upload)
            row.state = UploadState.RECEIVED
            return row.hospital

        self._put(await self._index.write(work), upload)

    async def cancel(self, upload: UUID) -> None:
        def work(session: Session) -> None:
            row = session.get(Upload, upload)
            if row is not None and row.state == UploadState.RECEIVING:
                session.delete(row)

        await self._index.write(work)
        await self._disk.read(discard, self.path(upload))

    async def _work(self, hospital: str) -> None:
        while True:
            key = await self._whole[hospital].get()
            try:
                await self._process(key)
                self.trouble.passed(key)
                self._tries.pop(key, None)
            except Exception as failure:
                if self.trouble.failed(failure, key):
                    log.exception("upload %s could not be processed; it is tried again", key)
                if passing(failure) is not None:
                    # A full disk or the like: the bytes are safe, and other uploads would fail too, so wait.
                    await asyncio.sleep(RETRY_SECONDS)
                    self._put(hospital, key)
                else:
                    await self._failed(hospital, key)
            except BaseException:
                self._put(hospital, key)  # another worker will process it
                raise

    async def _failed(self, hospital: str, key: UUID) -> None:
        """Processing this upload failed: it is tried again later, without holding a worker, and then set aside."""
        self._tries[key] = self._tries.get(key, 0) + 1
        if self._tries[key] < TRIES:
            asyncio.get_running_loop().call_later(RETRY_SECONDS, self._put, hospital, key)
            return
        try:
            await self._pipeline.refuse(hospital, SET_ASIDE, also=settle_with(key))
        except Exception:
            log.exception("upload %s could not be set aside; it is tried again", key)
            asyncio.get_running_loop().call_later(RETRY_SECONDS, self._put, hospital, key)
            return
        log.error("upload %s is set aside", key)
        del self._tries[key]
        self.trouble.passed(key)

    async def _process(self, key: UUID) -> None:
        upload = self._fresh.pop(key, None) or await self._index.read(lambda session: session.get(Upload, key))
        if upload is None or upload.state != UploadState.RECEIVED:
            return
        path = self.path(key)
        if upload.parent is None and _is_zip(path):  # four bytes of a file that has just come: no thread is needed
            await self._unpack(upload, path)
            return
        also = settle_with(key)
        await self._pipeline.take(path, upload.hospital, name=upload.name, by=upload.owner, also=also, synced=True)

    async def _unpack(self, upload: Upload, path: Path) -> None:
        folder = path.with_suffix(".members")
        try:
            await self._disk.write(upload.hospital, _empty, folder)
            members = await self._members(path, folder, upload.hospital)
            keys = [uuid7() for _ in members]
            await self._place(upload.hospital, folder, list(zip(keys, members, strict=True)))
            await self._index.write(lambda session: _add_members(session, upload, keys, members))
            for key, member in zip(keys, members, strict=True):
                if member.file:
                    self._put(upload.hospital, key)
        except Refused as refused:
            outcome = Outcome(None, code=refused.code, sentence=refused.sentence)
            await self._index.write(lambda session: settle_with(upload.id)(session, outcome))
        finally:
            await self._disk.write(upload.hospital, rmtree, folder, True, long=True)
        await self._disk.read(discard, path)

    async def _members(self, path: Path, folder: Path, hospital: str) -> list[Packed]:
        """Unpacks a zip in slices, so that other hospitals' jobs can run in between."""
        members: list[Packed] = []
        more = True
        while more:
            job = Unpack(str(path), str(folder), len(members), sum(each.bytes for each in members))
            unpacked = await self._pipeline.sandbox.unpack(job, hospital)
            members += unpacked.members
            more = unpacked.more
        return members

    async def _place(self, hospital: str, folder: Path, members: list[tuple[UUID, Packed]]) -> None:
        """Syncs every member under a name of its own, before the zip is deleted; in slices, as it was unpacked."""
        files = [(folder / member.file, self.path(key)) for key, member in members if member.file]
        for start in range(0, len(files), SLICE):
            await self._disk.write(hospital, _sync_and_rename, files[start : start + SLICE], long=True)
        await self._disk.write(hospital, sync, self._objects.uploads)


def _unfinished(session: Session) -> set[str]:
    """The uploads whose bytes are still needed, also those set aside, which may be tried again."""
    states = (UploadState.RECEIVING, UploadState.RECEIVED)
    needed = col(Upload.state).in_(states) | (col(Upload.code) == CODE_ASIDE)
    return {key.hex for key in session.exec(select(Upload.id).where(needed))}


def _empty(folder: Path) -> None:
    rmtree(folder, ignore_errors=True)
    folder.mkdir()


def _sync_and_rename(files: list[tuple[Path, Path]]) -> None:
    for file, path in files:
        sync(file)
        file.replace(path)


def _is_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) in CALLED_ZIP


def _add_members(session: Session, upload: Upload, keys: list[UUID], members: list[Packed]) -> None:
    session.get_one(Upload, upload.id).state = UploadState.UNPACKED
    for key, member in zip(keys, members, strict=True):
        session.add(
            Upload(
                id=key,
                hospital=upload.hospital,
                owner=upload.owner,
                batch=upload.batch,
                parent=upload.id,
                name=member.name,
                length=member.bytes,
                state=UploadState.RECEIVED if member.file else UploadState.REFUSED,
                code=member.code,
                sentence=member.sentence,
                created_at=upload.created_at,
            )
        )
    session.flush()
    if upload.batch is not None:
        declare(session, upload.batch)
