"""Overlay planes (PS3.3 §C.9.2): white on the picture; of a region of interest only its edge.

A plane has data of its own or, in old files (PS3.3-2004 §C.9.2), one of the bits beside the stored ones of each pixel.
Encapsulated frames have no such bits, except run-length ones.
"""

from dataclasses import dataclass

import numpy as np
from pydicom import DataElement, Dataset

from imaging.codec.decode import Pixels, allocated_bits, bits_of, has_all_bits
from imaging.errors import Refused
from imaging.syntaxes import EXPLICIT_BE

GROUPS = range(0x6000, 0x6020, 2)


def draw_overlays(data_set: Dataset, frame: int, picture: Pixels) -> None:
    """Draws into `picture`, rows x columns or rows x columns x 3, 8 bits. Raises Refused for a damaged plane."""
    for group in GROUPS:
        if (found := data_set.get((group, 0x3000))) is not None and found.value:
            plane = _plane(data_set, group, frame)
        else:
            plane = _embedded(data_set, group, frame)
        if plane is not None:
            _draw(plane, data_set.get((group, 0x0040)), picture)


@dataclass(frozen=True)
class _Plane:
    drawn: Pixels
    """Rows x columns, True where it draws."""
    top: int = 0
    left: int = 0


def _number(data_set: Dataset, group: int, element: int, default: int) -> int:
    found = data_set.get((group, element))
    return default if found is None or found.value in (None, "") else int(found.value)


def _plane(data_set: Dataset, group: int, frame: int) -> _Plane | None:
    """The plane of a frame from the group's own data."""
    rows, columns = _number(data_set, group, 0x0010, 0), _number(data_set, group, 0x0011, 0)
    planes = _number(data_set, group, 0x0015, 1)
    at = frame - _number(data_set, group, 0x0051, 1) if planes > 1 else 0
    if not 0 <= at < planes:
        return None
    origin = data_set.get((group, 0x0050))
    top, left = (int(one) - 1 for one in origin.value) if origin is not None and origin.VM == 2 else (0, 0)
    data = bytes(data_set[group, 0x3000].value)
    if data_set.file_meta.TransferSyntaxUID == EXPLICIT_BE and data_set[group, 0x3000].VR == "OW":
        data = np.frombuffer(data, "u2").byteswap().tobytes()
    if rows <= 0 or columns <= 0 or len(data) * 8 < rows * columns * planes:
        raise Refused("malformed_overlay", "A drawing over the picture is smaller than it says.")
    first = at * rows * columns
    bits = np.unpackbits(
        np.frombuffer(data, np.uint8)[first // 8 : (first + rows * columns + 7) // 8], bitorder="little"
    )
    return _Plane(bits[first % 8 : first % 8 + rows * columns].reshape(rows, columns).astype(bool), top, left)


def _embedded(data_set: Dataset, group: int, frame: int) -> _Plane | None:
    """The plane of a frame from a bit of its pixels."""
    if (group, 0x0102) not in data_set:
        return None
    bit, (allocated, lowest, highest) = _number(data_set, group, 0x0102, 0), bits_of(data_set)
    beside = 0 <= bit < lowest or highest < bit < allocated
    if not beside or allocated > 16 or _number(data_set, group, 0x0100, 1) != allocated:
        return None
    if data_set.get("SamplesPerPixel", 1) != 1 or not has_all_bits(data_set):
        return None
    return _Plane((allocated_bits(data_set, frame) >> bit & 1).astype(bool))


def _draw(plane: _Plane, kind: DataElement | None, picture: Pixels) -> None:
    region = kind is not None and kind.value == "R"
    row, column = np.nonzero(_edge(plane.drawn) if region else plane.drawn)
    row, column = row + plane.top, column + plane.left
    inside = (row >= 0) & (row < picture.shape[0]) & (column >= 0) & (column < picture.shape[1])
    picture[row[inside], column[inside]] = 255


def _edge(drawn: Pixels) -> Pixels:
    """What is drawn and has a neighbour in its row or column that is not."""
    around = np.pad(drawn, 1)
    inner = around[:-2, 1:-1] & around[2:, 1:-1] & around[1:-1, :-2] & around[1:-1, 2:]
    edge: Pixels = drawn & ~inner
    return edge
