"""Palettes, plain and segmented (PS3.3 §C.7.9): from stored values to 8-bit colours."""

import numpy as np
from pydicom import Dataset

from imaging.codec.decode import Pixels
from imaging.errors import Refused
from imaging.syntaxes import EXPLICIT_BE

COLOURS = ("Red", "Green", "Blue")
LARGEST = 1 << 16
"""Entries of a table (§C.7.6.3.1.5)."""
DISCRETE, LINEAR, INDIRECT = 0, 1, 2


def through_palette(data_set: Dataset, stored: Pixels) -> Pixels:
    """Rows x columns x 3. Values before the first and after the last entry get these. Raises Refused."""
    described = data_set.get("RedPaletteColorLookupTableDescriptor")
    if described is None or len(described) != 3:
        raise Refused("malformed_palette", "The palette of the picture does not say how it is to be read.")
    if any(
        (other := data_set.get(f"{each}PaletteColorLookupTableDescriptor")) and list(other) != list(described)
        for each in COLOURS
    ):
        raise Refused("malformed_palette", "The parts of the palette of the picture do not fit each other.")
    count, first, bits = (int(described[0]) & 0xFFFF) or LARGEST, int(described[1]), int(described[2])
    tables = [_table(data_set, colour, count, bits) for colour in COLOURS]
    # Some writers say 16 bits and write 8: of 16 such a palette would be black.
    shift = 8 if max(int(table.max()) for table in tables) > 0xFF and bits > 8 else 0
    at = np.clip(stored.astype(np.int64) - first, 0, count - 1)
    return np.stack([(table[at] >> shift).astype(np.uint8) for table in tables], axis=-1)


def _table(data_set: Dataset, colour: str, count: int, bits: int) -> Pixels:
    order = ">" if data_set.file_meta.TransferSyntaxUID == EXPLICIT_BE else "<"
    plain = data_set.get(f"{colour}PaletteColorLookupTableData")
    parts = data_set.get(f"Segmented{colour}PaletteColorLookupTableData")
    if plain:
        wide = len(plain) >= 2 * count
        table = np.frombuffer(plain[: count * 2] if wide else plain, f"{order}u{1 + wide}")
    elif parts:
        width = 2 if bits > 8 else 1
        table = _expanded(np.frombuffer(parts[: len(parts) // width * width], f"{order}u{width}"), width)
    else:
        raise Refused("malformed_palette", "A part of the palette of the picture is missing.")
    if len(table) < count:
        raise Refused("malformed_palette", "The palette of the picture is shorter than it says.")
    return table[:count].astype(np.uint16)


def _expanded(words: Pixels, width: int) -> Pixels:
    """Segments written out (§C.7.9.2)."""
    out: list[int] = []
    at = 0
    while at + 2 < len(words):
        code, length = int(words[at]), int(words[at + 1])
        if code == INDIRECT:
            place = words[at + 2 : at + 2 + 4 // width].tobytes()
            _copy(words, int.from_bytes(place, "little") // width, length, out)
            at += 2 + 4 // width
        else:
            at = _segment(words, at, out)
        if len(out) > LARGEST:
            break
    return np.array(out)


def _copy(words: Pixels, at: int, segments: int, out: list[int]) -> None:
    for _ in range(segments):
        if at + 2 >= len(words) or len(out) > LARGEST:
            raise Refused("malformed_palette", "The palette of the picture refers to a place outside itself.")
        at = _segment(words, at, out)


def _segment(words: Pixels, at: int, out: list[int]) -> int:
    """Appends a discrete or linear segment to `out`; where the next one begins."""
    code, length = int(words[at]), int(words[at + 1])
    if code == DISCRETE and length:
        out.extend(map(int, words[at + 2 : at + 2 + length]))
        return at + 2 + length
    if code != LINEAR or not length or not out:
        raise Refused("malformed_palette", "The palette of the picture has a segment that cannot be there.")
    end = int(words[at + 2])
    steps = np.arange(1, length + 1) / length
    out.extend(map(int, np.rint(out[-1] + (end - out[-1]) * steps)))
    return at + 3
