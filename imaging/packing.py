"""Packs the frames of each series in the background, newest first; what a pack lacks is read as it is stored."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree
from typing import Final, NamedTuple

from sqlalchemy import select as sql_select
from sqlalchemy import update
from sqlmodel import Session, col, func
from uuid_utils.compat import uuid7

from imaging.disk import Disk
from imaging.errors import Refused
from imaging.failures import passing
from imaging.index.database import Index
from imaging.index.model import TO_PACK, Instance, InstanceDetail, Series, Study
from imaging.layout import PackedFrame, Ranges, decode
from imaging.store import packs as store
from imaging.store.objects import Objects, Source
from imaging.store.packs import Damaged, Opened, PackedInstance, Packs
from imaging.supervise import Trouble
from imaging.syntaxes import EXPLICIT_LE
from imaging.workers.jobs import Encode
from imaging.workers.sandbox import Sandbox

log = logging.getLogger(__name__)
QUIET: Final = timedelta(seconds=5)
"""A study that still grows is packed later, because each late image makes a new pack."""
LOOK_EVERY: Final = 1.0
AGAIN_AFTER: Final = 60.0
"""After a failure, of a full disk for example."""
KEPT_ON: Final = 900.0
"""So long after a newer pack an older one can be read, by those who began to."""
MOST_WANTED: Final = 100
AT_ONCE: Final = 16
"""Frames of an object encoded by one job."""


class Stored(NamedTuple):
    """An instance as it is to be packed."""

    sop_uid: str
    sha256: str
    source: Source
    frames: list[Ranges]
    native: bool


class Plan(NamedTuple):
    hospital: str
    pack: str
    known: int
    """Its instances, also those without frames."""
    stored: list[Stored]


class Packing:
    def __init__(
        self, index: Index, disk: Disk, objects: Objects, packs: Packs, sandbox: Sandbox,
        now: Callable[[], datetime], clock: Callable[[], float],
    ) -> None:  # fmt: skip
        self._index, self._disk, self._objects, self._packs, self._sandbox = index, disk, objects, packs, sandbox
        self._now, self._clock = now, clock
        self._news = asyncio.Event()
        self._wanted = dict[int, None]()  # series that somebody reads, and that have no pack
        self._failed = dict[int, float]()  # series, and when to try again
        self._old = list[tuple[float, str]]()  # older packs, and when to remove them
        self.trouble = Trouble()

    def grew(self) -> None:
        self._news.set()

    def wanted(self, series: int) -> None:
        """Somebody reads it now: it is next."""
        self._wanted.pop(series, None)
        self._wanted[series] = None
        if len(self._wanted) > MOST_WANTED:
            del self._wanted[next(iter(self._wanted))]

    async def queue(self) -> int:
        """How many series wait for a pack."""
        query = sql_select(func.count()).select_from(Series).where(TO_PACK)
        return await self._index.read(lambda session: session.execute(query).scalar_one())

    async def damaged(self, series: int, pack: str) -> None:
        """A pack cannot be read: its frames come from their originals until it is made anew."""
        log.error("a pack cannot be read and is made anew: series %d", series)
        self._packs.forget(pack)
        await self._settle(series, pack, "", 0)
        self.grew()

    async def run(self) -> None:
        """Packs for ever: one series at a time, and one frame at a time."""
        known = await self._index.read(lambda session: set(session.scalars(sql_select(col(Series.pack)))))
        await self._disk.read(store.sweep, self._objects, known)
        self._old.clear()
        while True:
            self._news.clear()
            while (series := await self._next()) is not None:
                await self._try(series)
            await self._remove_old()
            if self._old or await self.queue():
                # Not `wait_for`, which in Python 3.11 loses a cancellation that comes together with news.
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY):
                        await self._news.wait()
                await asyncio.sleep(0)
            else:
                await self._news.wait()

    async def _next(self) -> int | None:
        now = self._clock()
        self._failed = {series: again for series, again in self._failed.items() if again > now}
        query = (
            sql_select(col(Series.id))
            .join(Study, col(Study.id) == Series.study)
            .where(TO_PACK, col(Study.changed_at) <= self._now() - QUIET, col(Series.id).not_in([*self._failed]))
            .order_by(col(Series.id).in_([*self._wanted]).desc(), col(Series.id).desc())
        )
        return await self._index.read(lambda session: session.scalar(query.limit(1)))

    async def _try(self, series: int) -> None:
        self._wanted.pop(series, None)
        try:
            await self._pack(series)
        except Exception as failure:
            if self.trouble.failed(failure, series) and passing(failure) is None:
                log.exception("a series could not be packed; it is tried again")
            self._failed[series] = self._clock() + AGAIN_AFTER
        else:
            self.trouble.passed(series)

    async def _pack(self, series: int) -> None:
        plan = await self._index.read(lambda session: _plan(session, series))
        old, pack = await self._opened(plan.pack), uuid7().hex
        folder = self._objects.spooled()
        folder.mkdir()
        try:
            (folder / store.FRAMES_FILE).touch()
            instances = await self._written(plan, old, folder / store.FRAMES_FILE)
            if any(frame.length for each in instances for frame in each.frames):
                await self._disk.write(plan.hospital, store.finish, folder, pack, series, instances, long=True)
                await self._disk.write(plan.hospital, store.publish, self._objects, folder, pack)
            else:
                pack = ""
        finally:
            await self._disk.read(lambda: rmtree(folder, ignore_errors=True))
        await self._settle(series, plan.pack, pack, plan.known)

    async def _opened(self, pack: str) -> tuple[str, Opened] | None:
        with suppress(Damaged):
            return (pack, await self._packs.open(pack)) if pack else None
        return None

    async def _written(self, plan: Plan, old: tuple[str, Opened] | None, target: Path) -> list[PackedInstance]:
        written, at = list[PackedInstance](), 0
        for each in plan.stored:
            frames = await self._copied(each, old, target, at)
            if frames is None:
                frames = await self._encoded(each, target, at)
            at = max((frame.offset + frame.length for frame in frames if frame.length), default=at)
            written.append(PackedInstance(each.sop_uid, each.sha256, frames))
        return written

    async def _copied(
        self, each: Stored, old: tuple[str, Opened] | None, target: Path, at: int
    ) -> list[PackedFrame] | None:
        known = old[1].of(each.sha256) if old else []
        if not old or not known:
            return None
        source = self._objects.path(store.frames_of(old[0]))
        return await self._disk.read(store.copy, source, known, target, at)

    async def _encoded(self, each: Stored, target: Path, at: int) -> list[PackedFrame]:
        if not each.native:
            return [PackedFrame(why="compressed")] * len(each.frames)
        done = list[PackedFrame]()
        for first in range(0, len(each.frames), AT_ONCE):
            for frame in await self._job(each, each.frames[first : first + AT_ONCE], target, at):
                at = frame.offset + frame.length if frame.length else at
                done.append(frame)
        return done

    async def _job(self, each: Stored, frames: list[Ranges], target: Path, at: int) -> list[PackedFrame]:
        """Where a worker dies, each frame by itself; the one at which it dies again stays as it is stored."""
        original, source = self._objects.original(each.sha256), self._objects.path(each.source)
        try:
            job = Encode(str(original), str(source), frames, str(target), at)
            return (await self._sandbox.encode(job)).frames
        except Refused as refused:
            if len(frames) == 1:
                log.warning("a frame could not be encoded, and is sent as it is stored: %s", refused.code)
                return [PackedFrame(why=refused.code)]
        done = list[PackedFrame]()
        for frame in frames:
            (one,) = await self._job(each, [frame], target, at)
            at = one.offset + one.length if one.length else at
            done.append(one)
        return done

    async def _settle(self, series: int, old: str, pack: str, count: int) -> None:
        """Names the pack, from now on for every read. One that is named no longer is removed later."""
        named = (
            update(Series)
            .where(col(Series.id) == series, col(Series.pack) == old)
            .values(pack=pack, packed_count=count)
        )
        await self._index.write(lambda session: session.connection().execute(named))
        if old:
            self._old.append((self._clock() + KEPT_ON, old))

    async def _remove_old(self) -> None:
        now = self._clock()
        for when, pack in [each for each in self._old if each[0] <= now]:
            self._old.remove((when, pack))
            self._packs.forget(pack)
            await self._disk.read(store.remove, self._objects, pack)


def _plan(session: Session, series: int) -> Plan:
    head = session.execute(
        sql_select(col(Study.hospital), col(Series.pack), col(Series.instance_count))
        .join(Study, col(Study.id) == Series.study)
        .where(col(Series.id) == series)
    ).one()
    rows = session.execute(
        sql_select(
            col(Instance.sop_uid),
            col(Instance.sha256),
            col(Instance.sidecar),
            col(Instance.frame_syntax),
            col(InstanceDetail.layout),
        )
        .join(InstanceDetail, col(InstanceDetail.instance) == Instance.id)
        .where(col(Instance.series) == series, col(Instance.frames) > 0)
        .order_by(col(Instance.number), col(Instance.id))
    ).all()
    hospital, pack, known = head
    return Plan(hospital, pack, known, [_stored(*row) for row in rows])


def _stored(sop_uid: str, sha256: str, sidecar: bool, syntax: str, layout: bytes) -> Stored:
    laid = decode(layout)
    frames = [laid.frame(number) for number in range(1, laid.count + 1)]
    source = Source(sha256, "sidecar" if sidecar else "original")
    return Stored(sop_uid, sha256, source, frames, syntax == EXPLICIT_LE)
