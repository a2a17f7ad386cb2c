"""Pictures of stored frames, made by a worker and cached; thumbnails of new series are made in advance."""

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from imaging.errors import Refused
from imaging.index.database import Index
from imaging.index.model import Instance, Series
from imaging.store.cache import Derivatives
from imaging.store.objects import Objects
from imaging.supervise import Trouble
from imaging.workers.jobs import Render
from imaging.workers.sandbox import Sandbox

log = logging.getLogger(__name__)

THUMBNAIL = (200, 200)
THUMBNAIL_QUALITY = 80
QUIET_SECONDS = 1.0
"""Waits so long after the last image, because a series that still grows gets another middle image."""
RULES = "r5"
"""Names the rules of `imaging/codec`; another name when they change, so that no picture by the old ones is served."""
TRIES = 60
"""Tries for a thumbnail in advance; after that it is made when somebody asks for it."""


@dataclass(frozen=True)
class Picture:
    frame: int
    media_type: str = "image/jpeg"
    window: tuple[float, float] | None = None
    function: str = ""
    """The window's VOI LUT Function; empty: the file's own."""
    size: tuple[int, int] | None = None
    quality: int = 90

    @property
    def name(self) -> str:
        """The name of its file: all that distinguishes it from other pictures of the object."""
        window = f"w{self.window[0]!r}.{self.window[1]!r}{self.function}" if self.window else "w"
        size = f"s{self.size[0]}.{self.size[1]}" if self.size else "s"
        return f"{RULES}-{self.frame}-{window}-{size}-q{self.quality}.{self.media_type.partition('/')[2]}"


def middle_frame(frames: int) -> int:
    return (frames + 1) // 2


def thumbnail_of(frames: int) -> Picture:
    """Of an object with so many frames."""
    return Picture(middle_frame(frames), size=THUMBNAIL, quality=THUMBNAIL_QUALITY)


def middle_of(session: Session, series: int) -> Instance | None:
    """The middle instance of a series, by number, among those with pixels."""
    query = (
        select(Instance.id)
        .where(Instance.series == series, Instance.frames > 0)
        .order_by(col(Instance.number), col(Instance.id))
    )
    keys = session.exec(query).all()
    return session.get_one(Instance, keys[len(keys) // 2]) if keys else None


class Pictures:
    def __init__(self, index: Index, objects: Objects, derivatives: Derivatives, sandbox: Sandbox) -> None:
        self._index = index
        self._objects = objects
        self._derivatives = derivatives
        self._sandbox = sandbox
        self._grown: set[tuple[str, str]] = set()
        self._news = asyncio.Event()
        self._tries: dict[tuple[str, str], int] = {}
        self.trouble = Trouble()

    async def get(self, sha256: str, picture: Picture, hospital: str) -> bytes:
        """The encoded picture, for a reader of `hospital`. Raises Refused if none can be made."""

        async def make(target: Path) -> None:
            original = str(self._objects.original(sha256))
            await self._sandbox.derive(
                Render(
                    original,
                    str(target),
                    picture.frame,
                    picture.media_type,
                    picture.window,
                    picture.function,
                    picture.size,
                    picture.quality,
                ),
                hospital,
            )

        return await self._derivatives.get(sha256, picture.name, make)

    def grew(self, hospital: str, series_uid: str) -> None:
        self._grown.add((hospital, series_uid))
        self._news.set()

    async def run(self) -> None:
        """Makes the thumbnails of series that have stopped growing, for ever.

        A refused file gets none. Any other failure is tried again for a while, then left until somebody asks.
        """
        while True:
            await self._news.wait()
            before = set[tuple[str, str]]()
            while before != self._grown or self._news.is_set():
                self._news.clear()
                before = set(self._grown)
                await asyncio.sleep(QUIET_SECONDS)
            self._grown = set()
            for hospital, series_uid in sorted(before):
                await self._try(hospital, series_uid)

    async def _try(self, hospital: str, series_uid: str) -> None:
        series = hospital, series_uid
        try:
            await self._make_thumbnail(hospital, series_uid)
        except Refused as refused:
            log.info("no thumbnail: %s", refused.code)
        except Exception as failure:
            if self.trouble.failed(failure, series):
                log.exception("a thumbnail could not be made; it is tried again")
            self._tries[series] = self._tries.get(series, 0) + 1
            if self._tries[series] < TRIES:
                self.grew(hospital, series_uid)
                return
        self._tries.pop(series, None)
        self.trouble.passed(series)

    async def _make_thumbnail(self, hospital: str, series_uid: str) -> None:
        def middle(session: Session) -> Instance | None:
            query = select(Instance.series).join(Series, col(Series.id) == Instance.series)
            found = session.exec(
                query.where(Instance.hospital == hospital, Series.series_uid == series_uid).limit(1)
            ).first()
            return None if found is None else middle_of(session, found)

        instance = await self._index.read(middle)
        if instance is not None:
            await self.get(instance.sha256, thumbnail_of(instance.frames), hospital)
