"""Finds each frame's bytes in a file, or rewrites the frames where they cannot be cut out."""

import struct
from typing import BinaryIO

from pydicom.uid import UID

from imaging.errors import Refused
from imaging.layout import Layout, Ranges
from imaging.limits import Limits
from imaging.part10 import PIXELS, Element, Part10
from imaging.syntaxes import EXPLICIT_BE, EXPLICIT_LE, IMPLICIT_LE

ROWS, COLUMNS, FRAMES, SAMPLES, BITS = 0x00280010, 0x00280011, 0x00280008, 0x00280002, 0x00280100
PHOTOMETRIC, EXTENDED_OFFSETS = 0x00280004, 0x7FE00001
CODESTREAM_STARTS = (b"\xff\xd8", b"\xff\x4f\xff\x51", b"\x00\x00\x00\x0c")
"""JPEG and JPEG-LS; JPEG 2000 and HTJ2K; and JP2, a wrapper that some writers leave around these."""


def number_of(file: Part10, tag: int) -> int | None:
    """A US or IS value at the top level."""
    element = file.by_tag.get(tag)
    if element is None or not element.length or element.items is not None:
        return None
    if element.vr == "IS":
        try:
            return int(file.text(tag).split("\\")[0])
        except ValueError:
            return None
    if element.length < 2:
        return None
    order = "<" if file.little else ">"
    value: int = struct.unpack_from(f"{order}H", file.buffer, element.start)[0]
    return value


def pixel_element(file: Part10) -> Element | None:
    return next((file.by_tag[tag] for tag in PIXELS if tag in file.by_tag), None)


def lay_out(file: Part10, bulk: dict[str, Ranges], sidecar: BinaryIO, limits: Limits) -> tuple[Layout, str, bool]:
    """The layout, the transfer syntax of its frames, and whether its offsets are in the sidecar."""
    pixels = pixel_element(file)
    known = UID(file.transfer_syntax)
    if not known.is_transfer_syntax or not (known.is_encapsulated or _native(file)):
        raise Refused("unsupported", f"The transfer syntax {file.transfer_syntax} is not known here.")
    if pixels is None and _should_have_pixels(file):
        raise Refused("truncated", "The image has no pixels; it was cut off while it was copied.")
    if pixels is None:
        layout, syntax = Layout(), EXPLICIT_LE
    elif pixels.fragments is not None:
        layout, syntax = _encapsulated(file, pixels), file.transfer_syntax
    elif known.is_encapsulated:
        raise Refused("malformed", "The file says its pixels are compressed, but they are not.")
    else:
        layout, syntax = _even(file, pixels, limits), EXPLICIT_LE
    bulk = {path: ranges for path, ranges in bulk.items() if not path.startswith("7FE0")}
    if not file.inflated and file.transfer_syntax != EXPLICIT_BE and not (pixels and _unaligned(file)):
        layout.bulk = bulk
        return layout, syntax, False
    return _rewrite(file, pixels, layout, bulk, sidecar), syntax, True


def _should_have_pixels(file: Part10) -> bool:
    return ROWS in file.by_tag or "Image Storage" in UID(file.text(0x00080016)).name


def _native(file: Part10) -> bool:
    return file.inflated or file.transfer_syntax in (IMPLICIT_LE, EXPLICIT_LE, EXPLICIT_BE)


def _shape(file: Part10) -> tuple[int, int]:
    """The number of frames, and the bits of each."""
    rows, columns = number_of(file, ROWS), number_of(file, COLUMNS)
    bits = number_of(file, BITS)
    if not rows or not columns or not bits:
        raise Refused("malformed", "The image does not say its size (rows, columns, bits).")
    frames = number_of(file, FRAMES) or 1
    if frames < 1 or frames > 1_000_000:
        raise Refused("malformed", "The number of frames makes no sense.")
    per_pixel = bits * (number_of(file, SAMPLES) or 1)
    if file.text(PHOTOMETRIC) == "YBR_FULL_422":
        per_pixel = bits * 2  # YBR_FULL_422: two pixels share their colour samples
    return frames, rows * columns * per_pixel


def _unaligned(file: Part10) -> bool:
    """Whether frames begin in the middle of a byte, as one-bit frames may."""
    if number_of(file, BITS) != 1:
        return False
    frames, bits = _shape(file)
    return frames > 1 and bits % 8 != 0


def _even(file: Part10, pixels: Element, limits: Limits) -> Layout:
    frames, bits = _shape(file)
    if (frames * bits + 7) // 8 > pixels.length:
        raise Refused("truncated", "There are fewer pixels than the image's size says.")
    return Layout(first=pixels.start, size=(bits + 7) // 8, count=frames)


def _encapsulated(file: Part10, pixels: Element) -> Layout:
    """Assigns fragments to frames (PS3.5 §A.4): one each, by the offset tables, or by where codestreams start."""
    assert pixels.fragments is not None
    fragments = pixels.fragments[1:]
    frames = number_of(file, FRAMES) or 1
    if not fragments:
        raise Refused("truncated", "The compressed image holds no data.")
    if len(fragments) == frames:
        return Layout(count=frames, frames=[[fragment] for fragment in fragments])
    if frames == 1:
        return Layout(count=1, frames=[fragments])
    if len(fragments) < frames:
        raise Refused("truncated", f"The image says {frames} frames and holds {len(fragments)}.")
    starts = _offsets(file, pixels) or [
        start - 8 - (fragments[0][0] - 8)
        for start, length in fragments
        if bytes(file.buffer[start : start + 4]).startswith(CODESTREAM_STARTS)
    ]
    if len(starts) != frames:
        raise Refused("malformed", "It cannot be told which fragments make up which frame.")
    base = fragments[0][0] - 8
    bounds = [*starts, 1 << 62]
    groups = [
        [one for one in fragments if bounds[at] <= one[0] - 8 - base < bounds[at + 1]] for at in range(len(starts))
    ]
    if not all(groups):
        raise Refused("malformed", "The table of frame offsets points nowhere.")
    return Layout(count=frames, frames=groups)


def _offsets(file: Part10, pixels: Element) -> list[int]:
    extended = file.by_tag.get(EXTENDED_OFFSETS)
    if extended is not None and extended.length:
        return list(struct.unpack_from(f"<{extended.length // 8}Q", file.buffer, extended.start))
    assert pixels.fragments is not None
    start, length = pixels.fragments[0]
    return list(struct.unpack_from(f"<{length // 4}I", file.buffer, start))


def _rewrite(
    file: Part10, pixels: Element | None, layout: Layout, bulk: dict[str, Ranges], sidecar: BinaryIO
) -> Layout:
    """Copies frames and bulk values to the sidecar: little endian, inflated, each frame at the start of a byte."""
    rewritten = Layout(count=layout.count, size=layout.size)
    if pixels is not None:
        if _unaligned(file):
            _write_bit_frames(file, pixels, sidecar)
        else:
            for number in range(1, layout.count + 1):
                for start, length in layout.frame(number):
                    sidecar.write(_little(file, start, length, pixels))
    for path, ranges in bulk.items():
        at = sidecar.tell()
        whole = b"".join(bytes(file.buffer[s : s + n]) for s, n in ranges)
        if not file.little and _vr_at(file.elements, path) in ("OW", "US or OW", "US or SS or OW"):
            whole = _swapped(whole, 2)
        rewritten.bulk[path] = [(at, sidecar.write(whole))]
    return rewritten


def _little(file: Part10, start: int, length: int, pixels: Element) -> bytes:
    """One frame's bytes, little endian."""
    width = (number_of(file, BITS) or 8) // 8
    if file.little or (width < 2 and pixels.vr != "OW"):
        return bytes(file.buffer[start : start + length])
    if width < 2:
        # Bytes stored as swapped words, in which a frame may begin or end.
        first = start - (start - pixels.start) % 2
        end = min(start + length + (start + length - first) % 2, pixels.start + pixels.length)
        return _swapped(bytes(file.buffer[first:end]), 2)[start - first : start - first + length]
    return _swapped(bytes(file.buffer[start : start + length]), width)


def _swapped(data: bytes, width: int) -> bytes:
    import numpy as np  # imported here, so that workers start faster

    return np.frombuffer(data[: len(data) // width * width], f"u{width}").byteswap().tobytes()


def _vr_at(elements: list[Element], path: str) -> str:
    """The VR of the element at a path as in a BulkDataURI: tag, item, tag …"""
    tag, _, rest = path.partition("/")
    found = next((one for one in elements if f"{one.tag:08X}" == tag), None)
    if found is None or not rest:
        return found.vr if found else ""
    item, _, inner = rest.partition("/")
    return _vr_at((found.items or [])[int(item) - 1], inner)


def _write_bit_frames(file: Part10, pixels: Element, sidecar: BinaryIO) -> None:
    import numpy as np

    frames, bits = _shape(file)
    packed = np.frombuffer(file.buffer, np.uint8, pixels.length, pixels.start)
    flat = np.unpackbits(packed, bitorder="little")[: frames * bits].reshape(frames, bits)
    sidecar.write(np.packbits(flat, axis=1, bitorder="little").tobytes())
