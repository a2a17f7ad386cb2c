"""The rules of overlay planes (PS3.3 C.9.2), white on the picture."""

import numpy as np
from pydicom import Dataset

from tests.imaging.colour_rules import RGB, colours
from tests.imaging.rule import (
    RAMP,
    SIDE,
    Array,
    Edit,
    Rule,
    at_the_bottom,
    at_the_top,
    big_endian,
    every,
    framed,
    run_lengths,
    values_of,
    windowed,
)

_HIDDEN = np.random.default_rng(7).random((2, 10, 7)) < 0.4
_BLOCK = np.zeros((12, 12), bool)
_BLOCK[2:9, 3:11] = True


def overlay(
    drawn: Array, *, group: int = 0x6000, at: tuple[int, int] = (1, 1), kind: str = "G", first: int = 1
) -> Edit:
    def edit(ds: Dataset) -> None:
        ds.add_new((group, 0x0010), "US", drawn.shape[-2])
        ds.add_new((group, 0x0011), "US", drawn.shape[-1])
        if drawn.ndim == 3:
            ds.add_new((group, 0x0015), "IS", len(drawn))
            ds.add_new((group, 0x0051), "US", first)
        ds.add_new((group, 0x0040), "CS", kind)
        ds.add_new((group, 0x0050), "SS", list(at))
        ds.add_new((group, 0x0100), "US", 1)
        ds.add_new((group, 0x0102), "US", 0)
        bits = np.packbits(drawn.reshape(-1), bitorder="little").tobytes()
        ds.add_new((group, 0x3000), "OW", bits + b"\0" * (len(bits) % 2))

    return edit


def embedded(drawn: Array, *, bit: int, group: int = 0x6000, kind: str = "G") -> Edit:
    """In a bit of each pixel beside the stored ones, as before 2004; the planes of all frames one after the other."""

    def edit(ds: Dataset) -> None:
        ds.add_new((group, 0x0010), "US", drawn.shape[-2])
        ds.add_new((group, 0x0011), "US", drawn.shape[-1])
        ds.add_new((group, 0x0040), "CS", kind)
        ds.add_new((group, 0x0050), "SS", [1, 1])
        ds.add_new((group, 0x0100), "US", ds.BitsAllocated)
        ds.add_new((group, 0x0102), "US", bit)
        cells = np.frombuffer(ds.PixelData, "<u2").reshape(-1, SIDE, SIDE)
        ds.PixelData = (cells & ~np.uint16(1 << bit) | drawn.astype("<u2") << bit).astype("<u2").tobytes()

    return edit


_DARK = windowed(3000, 6000)
_FRAMES = framed({}, {}, {}, {})
_WHOLE = np.random.default_rng(8).random((3, SIDE, SIDE)) < 0.3

OVERLAY_RULES = (
    Rule("an overlay", "C.9.2", every(_DARK, overlay(RAMP % 3 == 0))),
    Rule("an overlay somewhere else", "C.9.2", every(_DARK, overlay(_HIDDEN[0], at=(4, 6)))),
    Rule("an overlay that goes beyond the picture", "C.9.2", every(_DARK, overlay(_HIDDEN[0], at=(-3, 12)))),
    Rule("two overlays", "C.9.2", every(_DARK, overlay(_HIDDEN[0]), overlay(_HIDDEN[1], group=0x601E, at=(5, 9)))),
    Rule("the edge of a region", "C.9.2.1.1", every(_DARK, overlay(_BLOCK, at=(3, 3), kind="R"))),
    Rule("one overlay for all frames", "C.9.3", every(_DARK, _FRAMES, overlay(_HIDDEN[0])), frame=3),
    Rule("the overlay of a frame", "C.9.3", every(_DARK, _FRAMES, overlay(_HIDDEN, first=2)), frame=3),
    Rule("a frame without its overlay", "C.9.3", every(_DARK, _FRAMES, overlay(_HIDDEN, first=2)), frame=1),
    Rule("an overlay on colours", "C.9.2", every(colours(RGB, "RGB"), overlay(_HIDDEN[0], at=(2, 2)))),
    Rule("an overlay in a bit of the pixels", "2004 C.9.2", every(_DARK, embedded(_WHOLE[0], bit=12))),
    Rule(
        "overlays in two bits, of signed pixels",
        "2004 C.9.2",
        every(
            windowed(0, 3000),
            values_of(RAMP * 16 - 2048, 12, signed=True),
            embedded(_WHOLE[0], bit=15, kind="R"),
            embedded(_WHOLE[1], bit=13, group=0x6002),
        ),
    ),
    Rule("an overlay in a bit of each frame", "2004 C.9.2", every(_DARK, _FRAMES, embedded(_WHOLE, bit=14)), frame=3),
    Rule("an overlay in a bit of run lengths", "2004 C.9.2", every(_DARK, embedded(_WHOLE[0], bit=13), run_lengths)),
    Rule(
        "an overlay below the stored bits",
        "2004 C.9.2",
        every(_DARK, at_the_top, embedded(_WHOLE[0], bit=0)),
        told=at_the_bottom,
    ),
    Rule("an overlay in a bit of big endian", "2004 C.9.2", every(_DARK, embedded(_WHOLE[0], bit=12), big_endian)),
    Rule("a long overlay", "C.9.2", every(_DARK, overlay(np.resize(_HIDDEN, (100, 100)), at=(-20, -30)))),
)
