"""A pack: the frames of a series as HTJ2K in three files of a folder that never changes.

frames.bin   codestreams back to back, in the order of the series
preview.bin  head, then the picture with a quarter of the rows and columns of each, from the middle outward
frames.idx   what is where; it names lengths of the others, so that what is cut off is found when it is opened
"""

import os
import struct
import zlib
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from typing import Final

import msgspec

from imaging.disk import Disk
from imaging.layout import PackedFrame
from imaging.store.objects import Objects, Source, sync

FORMAT: Final = b"TMPACK01"
HEAD: Final = struct.Struct("<8sII")
"""Of frames.idx: the format, and the body's length and CRC."""
PREVIEW_HEAD: Final = struct.Struct("<8sI")
"""Of preview.bin: the format, and the length of the JSON (`Contents`) that follows."""
FRAMES_FILE: Final = "frames.bin"
PREVIEW_FILE: Final = "preview.bin"
INDEX_FILE: Final = "frames.idx"
KEPT: Final = 64


class Damaged(Exception):
    """The pack cannot be read; its frames are in their originals, too."""


class PackedInstance(msgspec.Struct, array_like=True):
    sop_uid: str
    sha256: str
    frames: list[PackedFrame]


class PackIndex(msgspec.Struct, array_like=True):
    series: int
    """Its series' key in the index: an id of a pack opens no other series."""
    frames_size: int
    preview_size: int
    instances: list[PackedInstance]

    def flat(self) -> list[PackedFrame]:
        return [frame for instance in self.instances for frame in instance.frames]


class Contents(msgspec.Struct):
    """What a reader has to know of a pack, at the beginning of preview.bin."""

    version: str
    instances: list[str]
    """SOP Instance UIDs in the order of the series."""
    frames: list[tuple[int, int, int, int]]
    """Of each frame: its instance in the list, its number, its length (0: not here), and of that the preview."""
    previews: list[int]
    """The frames in the order of the previews that follow."""


class Opened:
    def __init__(self, index: PackIndex) -> None:
        self.index = index
        self.frames = index.flat()
        self._by_object = {each.sha256: each.frames for each in index.instances}

    def of(self, sha256: str) -> list[PackedFrame]:
        """The frames of an object; empty if it is not in the pack."""
        return self._by_object.get(sha256, [])


class Packs:
    """Opens packs, and keeps what their indexes say of those that were read last."""

    def __init__(self, objects: Objects, disk: Disk) -> None:
        self._objects, self._disk = objects, disk
        self._kept: OrderedDict[str, Opened] = OrderedDict()

    async def open(self, pack: str) -> Opened:
        """Raises Damaged."""
        found = self._kept.get(pack)
        if found is None:
            found = Opened(await self._disk.read(read_index, self._objects.pack(pack)))
        self._kept[pack] = found
        self._kept.move_to_end(pack)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found

    def forget(self, pack: str) -> None:
        self._kept.pop(pack, None)


def read_index(folder: Path) -> PackIndex:
    try:
        raw = (folder / INDEX_FILE).read_bytes()
        form, length, crc = HEAD.unpack_from(raw)
        body = raw[HEAD.size :]
        if form != FORMAT or len(body) != length or zlib.crc32(body) != crc:
            raise Damaged("The index of the pack is cut off, changed, or of another format.")
        index = msgspec.msgpack.decode(body, type=PackIndex)
        sizes = [(folder / name).stat().st_size for name in (FRAMES_FILE, PREVIEW_FILE)]
    except (OSError, struct.error, msgspec.MsgspecError) as error:
        raise Damaged("The pack cannot be read.") from error
    if sizes != [index.frames_size, index.preview_size]:
        raise Damaged("A file of the pack is shorter than its index says.")
    return index


def finish(folder: Path, pack: str, series: int, instances: list[PackedInstance]) -> None:
    """Writes the previews and the index beside the frames; all of it is on the disk when it returns."""
    index = PackIndex(series, (folder / FRAMES_FILE).stat().st_size, 0, instances)
    with (folder / FRAMES_FILE).open("rb") as frames, (folder / PREVIEW_FILE).open("xb") as previews:
        flat = index.flat()
        order = middle_outward([at for at, frame in enumerate(flat) if frame.length])
        head = msgspec.json.encode(contents(pack, index, order))
        previews.write(PREVIEW_HEAD.pack(FORMAT, len(head)) + head)
        for at in order:
            previews.write(os.pread(frames.fileno(), flat[at].quarter, flat[at].offset))
        index.preview_size = previews.tell()
    body = msgspec.msgpack.encode(index)
    (folder / INDEX_FILE).write_bytes(HEAD.pack(FORMAT, len(body), zlib.crc32(body)) + body)
    sync(folder / FRAMES_FILE, folder / PREVIEW_FILE, folder / INDEX_FILE, folder)


def contents(pack: str, index: PackIndex, order: list[int]) -> Contents:
    rows = [
        (at, number, frame.length, frame.quarter)
        for at, instance in enumerate(index.instances)
        for number, frame in enumerate(instance.frames, start=1)
    ]
    return Contents(pack, [each.sop_uid for each in index.instances], rows, order)


def middle_outward(positions: Sequence[int]) -> list[int]:
    """What a reader sees first is the middle one."""
    middle = (len(positions) - 1) // 2
    return [positions[at] for at in sorted(range(len(positions)), key=lambda at: (abs(at - middle), -at))]


def publish(objects: Objects, folder: Path, pack: str) -> None:
    """Makes a finished folder a pack, durably."""
    target = objects.pack(pack)
    target.parent.mkdir(exist_ok=True)
    folder.rename(target)
    sync(target.parent, target.parent.parent)


def copy(source: Path, frames: list[PackedFrame], target: Path, at: int) -> list[PackedFrame] | None:
    """The frames of another pack appended from offset `at` on; None if one has changed on the disk since."""
    with source.open("rb") as old, target.open("r+b") as new:
        new.truncate(at)
        new.seek(at)
        copied = []
        for frame in frames:
            data = os.pread(old.fileno(), frame.length, frame.offset)
            if len(data) != frame.length or zlib.crc32(data) != frame.crc:
                return None
            offset = new.tell() if frame.length else 0
            copied.append(msgspec.structs.replace(frame, offset=offset))
            new.write(data)
        return copied


def remove(objects: Objects, pack: str) -> None:
    rmtree(objects.pack(pack), ignore_errors=True)


def sweep(objects: Objects, known: set[str]) -> None:
    """Removes the folders that no series names: of a process that died, or older than the newest."""
    for folder in list(objects.packs.glob("*/*")):
        if folder.name not in known:
            with suppress(OSError):
                rmtree(folder)


def frames_of(pack: str) -> Source:
    return Source(pack, "frames.bin")


def preview_of(pack: str) -> Source:
    return Source(pack, "preview.bin")
