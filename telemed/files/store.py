"""The object store: bytes are spooled, synced and renamed before a row refers to them."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import obstore
from obstore.store import LocalStore
from PIL import Image

from telemed.errors import Invalid, TooLarge
from telemed.files import rules
from telemed.kit.table import new_id


@dataclass(frozen=True)
class Received:
    sha256: str
    bytes: int
    media_type: str


class FileStore:
    """`files/<sha256>` and `spool/` in the data directory, on one disk so that a rename is atomic."""

    def __init__(self, data_dir: Path) -> None:
        self._objects, self._spool = data_dir / "files", data_dir / "spool"
        for folder in (self._objects, self._spool):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._store = LocalStore(self._objects)

    @asynccontextmanager
    async def receive(self, chunks: AsyncIterator[bytes], made_as: str = "") -> AsyncIterator[Received]:
        """Yields once the bytes are on disk under their hash; leaves nothing behind on failure."""
        spooled = self._spool / str(new_id())
        try:
            found = await self._spool_to(spooled, chunks, made_as)
            await asyncio.to_thread(_check_picture, spooled, found.media_type)
            await asyncio.to_thread(_keep, spooled, self._objects / found.sha256)
            yield found
        finally:
            spooled.unlink(missing_ok=True)

    async def _spool_to(self, path: Path, chunks: AsyncIterator[bytes], made_as: str) -> Received:
        digest, size, head, kind = sha256(), 0, b"", made_as
        with path.open("xb") as file:
            async for chunk in chunks:
                size += len(chunk)
                if len(head) < rules.HEAD:
                    head += chunk[: rules.HEAD - len(head)]
                if not kind and len(head) == rules.HEAD:
                    kind = rules.media_type(head)  # refuse a wrong type before all of it has come
                if size > rules.LARGEST_OF_ALL:
                    rules.check_size(kind or "application/pdf", size)
                digest.update(chunk)
                await asyncio.to_thread(file.write, chunk)
            kind = kind or rules.media_type(head)
            rules.check_size(kind, size)
            await asyncio.to_thread(_sync, file)
        return Received(digest.hexdigest(), size, kind)

    async def put(self, data: bytes, media_type: str = "") -> Received:
        """Stores bytes that the product made; `media_type` where they are none of what people send."""

        async def once() -> AsyncIterator[bytes]:
            yield data

        async with self.receive(once(), media_type) as received:
            return received

    async def read(self, digest: str) -> bytes:
        return bytes(await (await obstore.get_async(self._store, digest)).bytes_async())

    async def stream(self, digest: str) -> AsyncIterator[bytes]:
        found = await obstore.get_async(self._store, digest)
        async for chunk in found.stream(min_chunk_size=256 * 1024):
            yield bytes(chunk)

    async def delete(self, digest: str) -> None:
        await obstore.delete_async(self._store, digest)

    async def is_older(self, digest: str, moment: datetime) -> bool:
        return (await obstore.head_async(self._store, digest))["last_modified"] < moment

    async def older_than(self, moment: datetime) -> list[str]:
        """The names of objects last written before `moment`."""
        return await asyncio.to_thread(_older, self._objects, moment)

    async def half_received(self, moment: datetime) -> list[str]:
        """The names of spool files last written before `moment`."""
        return await asyncio.to_thread(_older, self._spool, moment)

    def discard(self, spooled: str) -> None:
        (self._spool / spooled).unlink(missing_ok=True)


def _older(folder: Path, moment: datetime) -> list[str]:
    found = []
    for entry in os.scandir(folder):
        with suppress(FileNotFoundError):  # an upload just ended
            if entry.stat(follow_symlinks=False).st_mtime < moment.timestamp():
                found.append(entry.name)
    return found


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _keep(spooled: Path, at: Path) -> None:
    os.replace(spooled, at)
    folder = os.open(at.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _check_picture(path: Path, media_type: str) -> None:
    if not media_type.startswith("image/"):
        return
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > rules.MOST_PIXELS:
                raise _too_many_pixels()
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_many_pixels() from bomb
    except (OSError, SyntaxError, ValueError) as broken:
        raise Invalid("The picture is damaged.", reason="damaged") from broken


def _too_many_pixels() -> TooLarge:
    return TooLarge("The picture has too many pixels.", reason="too_many_pixels", largest=rules.MOST_PIXELS)
