"""Where each resolution of an HTJ2K codestream ends: what comes before is a smaller picture by itself.

Markers: ISO/IEC 15444-1 annex A.
"""

import struct
from typing import Final

SOC, SOT, EOC = 0xFF4F, 0xFF90, 0xFFD9
RPCL: Final = 2
HALVED: Final = 2
"""How often a preview is halved: to a quarter of the rows and of the columns."""


class Malformed(ValueError):
    """It is not one tile by resolution (RPCL) with a tile-part for each."""


def quarter_of(codestream: bytes) -> int:
    """How many bytes of it hold the picture with a quarter of the rows and columns."""
    return prefix_ends(codestream)[-1 - HALVED]


def prefix_ends(codestream: bytes) -> list[int]:
    """Where resolution 0, 1 … ends; the last end is where EOC begins.

    The main header's TLM says it; each tile-part's own SOT has to say the same.
    """
    try:
        size, levels, order, lengths, at = _main_header(codestream)
        width, height, left, top, tile_width, tile_height = struct.unpack_from(">6I", size, 2)
        if order != RPCL or tile_width < width - left or tile_height < height - top:
            raise Malformed("several tiles, or another order")
        ends = []
        for number, length in enumerate(lengths):
            marker, _, _, own, part, parts = struct.unpack_from(">HHHIBB", codestream, at)
            if (marker, own, part, parts) != (SOT, length, number, levels + 1):
                raise Malformed("a tile-part is not what TLM says")
            at += length
            ends.append(at)
        if len(ends) != levels + 1 or len(codestream) != at + 2 or _word(codestream, at) != EOC:
            raise Malformed("tile-parts are missing, or something follows them")
    except (struct.error, IndexError) as error:
        raise Malformed("cut off") from error
    if len(ends) <= HALVED:
        raise Malformed("too few resolutions")
    return ends


def _main_header(codestream: bytes) -> tuple[bytes, int, int, list[int], int]:
    """SIZ, decompositions, progression order, the tile-parts' lengths, and where the first tile-part begins."""
    if _word(codestream, 0) != SOC:
        raise Malformed("no SOC")
    at, size, levels, order = 2, b"", -1, -1
    lengths = dict[int, list[int]]()
    while (marker := _word(codestream, at)) != SOT:
        length = _word(codestream, at + 2)
        body = codestream[at + 4 : at + 2 + length]
        match marker:
            case 0xFF51:  # SIZ
                size = body
            case 0xFF52:  # COD
                order, levels = body[1], body[5]
            case 0xFF55:  # TLM
                lengths[body[0]] = _lengths(body)
        at += 2 + length
    return size, levels, order, [each for _, part in sorted(lengths.items()) for each in part], at


def _lengths(tlm: bytes) -> list[int]:
    """A.7.1: after Ztlm and Stlm a row for each tile-part, of the tile's number (0 to 2 bytes) and the length."""
    row = ">" + ("", "B", "H")[tlm[1] >> 4 & 3] + ("H", "I")[tlm[1] >> 6 & 1]
    return [values[-1] for values in struct.iter_unpack(row, tlm[2:])]


def _word(data: bytes, at: int) -> int:
    return data[at] << 8 | data[at + 1]
