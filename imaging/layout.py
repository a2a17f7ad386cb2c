"""Where an instance's frames and bulk values are in its file; computed once, so that reading needs no DICOM parser."""

import msgspec

Ranges = list[tuple[int, int]]
"""(offset, length) pairs; their bytes belong together, in this order."""


def total(ranges: Ranges) -> int:
    return sum(length for _, length in ranges)


def cut(ranges: Ranges, start: int, stop: int) -> Ranges:
    """Where the bytes from `start` to before `stop` are, counted in what the ranges give together."""
    cuts, at = [], 0
    for offset, length in ranges:
        low, high = max(start - at, 0), min(stop - at, length)
        if low < high:
            cuts.append((offset + low, high - low))
        at += length
    return cuts


class Layout(msgspec.Struct, array_like=True):
    first: int = 0
    size: int = 0
    """If not 0, all frames have this size and follow each other from `first` on; if 0, `frames` lists them."""
    count: int = 0
    frames: list[Ranges] = []
    bulk: dict[str, Ranges] = {}
    """Values that are too long for the metadata, by the path in their BulkDataURI."""

    def frame(self, number: int) -> Ranges:
        """The ranges of frame `number`, counted from 1; IndexError when there is none."""
        if not 1 <= number <= self.count:
            raise IndexError(number)
        if self.size:
            return [(self.first + (number - 1) * self.size, self.size)]
        return self.frames[number - 1]


class PackedFrame(msgspec.Struct, array_like=True):
    """A frame in a pack. `length` 0: it is not there, and read as it is stored."""

    offset: int = 0
    length: int = 0
    quarter: int = 0
    """The first bytes of it that are the picture with a quarter of the rows and columns."""
    crc: int = 0
    why: str = ""
    """Why it is not there."""


def encode(layout: Layout) -> bytes:
    return msgspec.msgpack.encode(layout)


def decode(data: bytes) -> Layout:
    return msgspec.msgpack.decode(data, type=Layout)
