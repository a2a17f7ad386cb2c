"""Overlay planes (PS3.3 §C.9.2): white on the picture; of a region of interest only its edge."""

import numpy as np
from pydicom import Dataset

from imaging.codec.decode import Pixels
from imaging.errors import Refused
from imaging.syntaxes import EXPLICIT_BE

GROUPS = range(0x6000, 0x6020, 2)


def draw_overlays(data_set: Dataset, frame: int, picture: Pixels) -> None:
    """Draws into `picture`, rows x columns or rows x columns x 3, 8 bits. Raises Refused for a damaged plane."""
    for group in GROUPS:
        if (found := data_set.get((group, 0x3000))) is not None and found.value:
            _draw(data_set, group, frame, picture)


def _draw(data_set: Dataset, group: int, frame: int, picture: Pixels) -> None:
    def value(element: int, default: int) -> int:
        found = data_set.get((group, element))
        return default if found is None or found.value in (None, "") else int(found.value)

    rows, columns, planes = value(0x0010, 0), value(0x0011, 0), value(0x0015, 1)
    at = frame - value(0x0051, 1) if planes > 1 else 0
    if not 0 <= at < planes:
        return
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
    drawn = bits[first % 8 : first % 8 + rows * columns].reshape(rows, columns).astype(bool)
    kind = data_set.get((group, 0x0040))
    if kind is not None and kind.value == "R":
        drawn = _edge(drawn)
    row, column = np.nonzero(drawn)
    row, column = row + top, column + left
    inside = (row >= 0) & (row < picture.shape[0]) & (column >= 0) & (column < picture.shape[1])
    picture[row[inside], column[inside]] = 255


def _edge(drawn: Pixels) -> Pixels:
    """What is drawn and has a neighbour in its row or column that is not."""
    around = np.pad(drawn, 1)
    inner = around[:-2, 1:-1] & around[2:, 1:-1] & around[1:-1, :-2] & around[1:-1, 2:]
    edge: Pixels = drawn & ~inner
    return edge
