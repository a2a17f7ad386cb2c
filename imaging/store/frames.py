"""Reads frames: whoever asks names a stored object and ranges of it, and does not know files.

Behind it are files of the local disk. An object store would answer the same with one ranged GET.
"""

import errno
import os
from collections import OrderedDict
from pathlib import Path
from typing import Final

from imaging.disk import Disk
from imaging.layout import Ranges, total
from imaging.store.objects import Objects, Source

KEPT_OPEN: Final = 256
AT_ONCE: Final = 1 << 20
"""Up to so many bytes are copied from memory on the event loop; more would keep everybody else waiting."""
IN_MEMORY_ONLY: Final[int | None] = getattr(os, "RWF_NOWAIT", None)  # Linux


class Frames:
    def __init__(self, objects: Objects, disk: Disk, kept_open: int = KEPT_OPEN) -> None:
        self._objects, self._disk, self._kept_open = objects, disk, kept_open
        self._files: OrderedDict[Source, _File] = OrderedDict()

    async def read(self, source: Source, ranges: Ranges, around: tuple[bytes, bytes] = (b"", b"")) -> bytearray:
        """The ranges' bytes behind one another, between those of `around`.

        Raises OSError if the object is not there or is shorter than the ranges say.
        """
        before, after = around
        body = bytearray(len(before) + total(ranges) + len(after))
        body[: len(before)] = before
        body[len(body) - len(after) :] = after
        file, at = await self._file(source), len(before)
        with memoryview(body) as view:
            for start, length in ranges:
                await self._fill(file, view[at : at + length], start)
                at += length
        return body

    async def _file(self, source: Source) -> "_File":
        """Opened in a thread, because that may wait for the disk; then kept for whoever reads on."""
        file = self._files.get(source)
        if file is None:
            file = await self._disk.read(_File, self._objects.path(source))
        self._files[source] = file
        self._files.move_to_end(source)
        if len(self._files) > self._kept_open:
            self._files.popitem(last=False)
        return file

    async def _fill(self, file: "_File", view: memoryview, start: int) -> None:
        """What is in memory at once, the rest by a thread."""
        got = 0
        if IN_MEMORY_ONLY is not None and len(view) <= AT_ONCE:
            try:
                got = os.preadv(file.descriptor, [view], start, IN_MEMORY_ONLY)
            except OSError as why:
                if why.errno not in (errno.EAGAIN, errno.EOPNOTSUPP):
                    raise
        if got < len(view):
            await self._disk.read(file.fill, view[got:], start + got)

    def close(self) -> None:
        self._files.clear()


class _File:
    """A file open for reading; closed once nobody holds it, so never under a thread that still reads."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def fill(self, view: memoryview, start: int) -> None:
        while view:
            got = os.preadv(self.descriptor, [view], start)
            if not got:
                raise OSError(errno.EIO, "A stored object is shorter than its index says.")
            view, start = view[got:], start + got

    def __del__(self) -> None:
        if hasattr(self, "descriptor"):
            os.close(self.descriptor)
