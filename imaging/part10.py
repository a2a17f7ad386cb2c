"""Reads a DICOM file's structure: every element's tag, VR and position, without touching pixel bytes.

Depth, number of elements and the file's end bound the walk, so that a hostile or truncated file is refused
with a reason and does not exhaust the worker (PS3.5 §7, PS3.10 §7).
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from mmap import mmap

from imaging.errors import Refused
from imaging.limits import Limits
from imaging.syntaxes import DEFLATED_LE, EXPLICIT_BE, IMPLICIT_LE

Buffer = bytes | mmap

UNDEFINED = 0xFFFFFFFF
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
PIXELS = (0x7FE00008, 0x7FE00009, 0x7FE00010)
"""Float, double float and integer pixel data; a data set has at most one of them."""
LONG_VR = frozenset((b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"))

IDENTITY = {"study_uid": 0x0020000D, "series_uid": 0x0020000E, "sop_uid": 0x00080018, "sop_class": 0x00080016}
UID = re.compile(r"(?=.{1,64}\Z)[0-9]+(?:\.[0-9]+)*")
"""No empty component (PS3.5 §9.1). Leading zeros are wrong too, but allowed, because many devices write them."""


@dataclass(slots=True)
class Element:
    tag: int
    vr: str
    start: int
    """Where the value begins in the data set's buffer."""
    length: int
    items: "list[list[Element]] | None" = None
    """A sequence's items."""
    fragments: list[tuple[int, int]] | None = None
    """Of encapsulated pixel data: (start, length) of every item, the basic offset table first."""


@dataclass(slots=True)
class Part10:
    transfer_syntax: str
    meta: dict[int, str]
    elements: list[Element]
    buffer: Buffer
    """The file, or the inflated data set; every `start` counts from its beginning."""
    little: bool
    inflated: bool = False
    by_tag: dict[int, Element] = field(default_factory=dict)

    def text(self, tag: int) -> str:
        """A value in the default character repertoire (UID, code, number), trimmed."""
        element = self.by_tag.get(tag)
        if element is None or element.items is not None:
            return ""
        value = self.buffer[element.start : element.start + element.length]
        return value.decode("ascii", "replace").strip(" \0")

    def identity(self) -> dict[str, str]:
        """The UIDs; empty where the file has none or a malformed one."""
        uids = {name: self.text(tag) for name, tag in IDENTITY.items()}
        return {name: uid if UID.fullmatch(uid) else "" for name, uid in uids.items()}


class Walker:
    """One pass over a data set in one encoding."""

    def __init__(self, buffer: Buffer, *, explicit: bool, little: bool, limits: Limits) -> None:
        self.buffer = buffer
        self.explicit = explicit
        self.little = little
        self.limits = limits
        self.seen = 0
        order = "<" if little else ">"
        self._head = struct.Struct(f"{order}HHI").unpack_from
        self._short = struct.Struct(f"{order}H").unpack_from
        self._long = struct.Struct(f"{order}I").unpack_from

    def data_set(
        self, at: int, end: int, *, until_delimiter: bool, depth: int, into: list[Element] | None = None
    ) -> tuple[list[Element], int]:
        """The elements from `at` on, and where they end. `into` receives them, so that they are known if this fails."""
        if depth > self.limits.nesting:
            raise Refused("too_deep", f"Sequences are nested more than {self.limits.nesting} deep.")
        elements = [] if into is None else into
        while at + 8 <= end:
            group, number, length = self._head(self.buffer, at)
            tag = group << 16 | number
            if tag == ITEM_END and until_delimiter:
                return elements, at + 8
            if tag in (0, ITEM_END, SEQUENCE_END) and length == 0:
                at += 8  # padding, or a superfluous delimiter
                continue
            element, at = self._element(tag, at, end, depth)
            elements.append(element)
            self.seen += 1
            if self.seen > self.limits.elements:
                raise Refused("too_large", "The file has too many data elements.")
        if until_delimiter:
            raise cut_off()
        return elements, end

    def _element(self, tag: int, at: int, end: int, depth: int) -> tuple[Element, int]:
        vr, length, start = self._header(tag, at, end)
        if length == UNDEFINED:
            return self._undefined(tag, vr, start, end, depth)
        if start + length > end:
            raise cut_off()
        element = Element(tag, vr, start, length)
        if vr == "SQ":
            element.items, _ = self._items(start, start + length, depth, delimited=False)
        elif vr == "UN" and self.explicit and self.little:
            self._know(element, depth)
        return element, start + length

    def _know(self, element: Element, depth: int) -> None:
        """The VR of a known attribute whose writer did not know it; it is implicit inside (PS3.5 §6.2.2 note 5)."""
        vr = implicit_vr(element.tag)
        if vr == "SQ":
            walker = self._implicit()
            try:
                element.items, _ = walker._items(element.start, element.start + element.length, depth, delimited=False)
            except Refused as refused:
                if refused.code not in ("malformed", "truncated"):
                    raise
                return  # something else, then; it stays unknown
            self.seen = walker.seen
        element.vr = vr

    def _implicit(self) -> "Walker":
        walker = Walker(self.buffer, explicit=False, little=True, limits=self.limits)
        walker.seen = self.seen
        return walker

    def _header(self, tag: int, at: int, end: int) -> tuple[str, int, int]:
        raw = bytes(self.buffer[at + 4 : at + 6])
        if not self.explicit or not (raw.isalpha() and raw.isupper()):
            # Some writers use implicit VR inside explicit sequences.
            return implicit_vr(tag), self._long(self.buffer, at + 4)[0], at + 8
        vr = raw.decode("ascii")
        if raw not in LONG_VR:
            return vr, self._short(self.buffer, at + 6)[0], at + 8
        if at + 12 > end:
            raise cut_off()
        return vr, self._long(self.buffer, at + 8)[0], at + 12

    def _undefined(self, tag: int, vr: str, start: int, end: int, depth: int) -> tuple[Element, int]:
        if tag in PIXELS and depth == 0:
            fragments, at = self._fragments(start, end)
            return Element(tag, vr, start, UNDEFINED, fragments=fragments), at
        walker = self
        if vr == "UN" and self.explicit:  # PS3.5 §6.2.2 note 4: its items are implicit VR little endian
            walker = self._implicit()
        if vr in ("OB", "OW"):  # an encapsulated icon
            fragments, at = self._fragments(start, end)
            return Element(tag, vr, start, UNDEFINED, fragments=fragments), at
        items, at = walker._items(start, end, depth, delimited=True)
        self.seen = walker.seen
        return Element(tag, "SQ", start, at - start, items=items), at

    def _items(self, at: int, end: int, depth: int, *, delimited: bool) -> tuple[list[list[Element]], int]:
        items: list[list[Element]] = []
        while at + 8 <= end:
            group, number, length = self._head(self.buffer, at)
            tag = group << 16 | number
            at += 8
            if tag == SEQUENCE_END:
                return items, at
            if tag != ITEM:
                raise Refused("malformed", "A sequence holds something that is not an item.")
            if length == UNDEFINED:
                elements, at = self.data_set(at, end, until_delimiter=True, depth=depth + 1)
            else:
                if at + length > end:
                    raise cut_off()
                elements, at = self.data_set(at, at + length, until_delimiter=False, depth=depth + 1)
            items.append(elements)
        if delimited:
            raise cut_off()
        return items, end

    def _fragments(self, at: int, end: int) -> tuple[list[tuple[int, int]], int]:
        fragments: list[tuple[int, int]] = []
        while at + 8 <= end:
            group, number, length = self._head(self.buffer, at)
            tag = group << 16 | number
            at += 8
            if tag == SEQUENCE_END:
                return fragments, at
            if tag != ITEM or length == UNDEFINED:
                raise Refused("malformed", "The compressed pixel data is not a row of fragments.")
            if at + length > end:
                raise cut_off()
            fragments.append((at, length))
            at += length
        raise cut_off()


def cut_off() -> Refused:
    return Refused("truncated", "The file ends too early; it was cut off while it was copied.")


def implicit_vr(tag: int) -> str:
    if tag & 0x10000:  # private: only the vendor knows its VR
        return "LO" if 0x10 <= tag & 0xFFFF <= 0xFF else "UN"
    if not tag & 0xFFFF:
        return "UL"
    # Here, because the server itself, which knows this module too, reads no file and starts without pydicom.
    from pydicom.datadict import dictionary_VR

    try:
        return dictionary_VR(tag)
    except KeyError:
        return "UN"


def read_part10(file: Buffer, limits: Limits) -> Part10:
    """Walks a whole file. Raises Refused, with the reason, if it cannot be stored."""
    if len(file) < 132 or file[128:132] != b"DICM":
        raise Refused("not_dicom", "This is not a DICOM file.")
    walker = Walker(file, explicit=True, little=True, limits=limits)
    at, meta = 132, dict[int, str]()
    while at + 8 <= len(file):
        group, number, _ = walker._head(file, at)
        if group != 2:
            break
        element, at = walker._element(group << 16 | number, at, len(file), 0)
        if element.vr in ("UI", "SH", "AE"):
            meta[element.tag] = file[element.start : at].decode("ascii", "replace").strip(" \0")
    syntax = meta.get(0x00020010, "")
    if not syntax:
        raise Refused("unsupported", "The file does not say how it is encoded (no Transfer Syntax UID).")
    if meta.get(0x00020002) == "1.2.840.10008.1.3.10":
        raise Refused("dicomdir", "A DICOMDIR is the table of contents of a disc; it holds no image.")
    inflated = syntax == DEFLATED_LE
    buffer: Buffer = _inflate(file, at, limits) if inflated else file
    explicit, little = syntax != IMPLICIT_LE, syntax != EXPLICIT_BE
    walker = Walker(buffer, explicit=explicit, little=little, limits=limits)
    result = Part10(syntax, meta, [], buffer, little, inflated)
    try:
        walker.data_set(0 if inflated else at, len(buffer), until_delimiter=False, depth=0, into=result.elements)
    except Refused as refused:
        result.by_tag = {element.tag: element for element in result.elements}
        refused.about = result.identity()
        raise
    result.by_tag = {element.tag: element for element in result.elements}
    return result


def _inflate(file: Buffer, at: int, limits: Limits) -> bytes:
    """Inflates a data set. The limit is on the output, because it can be a thousand times as large."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(file[at:], limits.inflated_bytes)
    except zlib.error as error:
        raise Refused("malformed", "The deflated data set cannot be inflated.") from error
    if inflater.unconsumed_tail:
        raise Refused("too_large", "The deflated data set expands beyond what is taken.")
    if not inflater.eof:
        raise cut_off()
    return data


def walk_all(elements: list[Element]) -> Iterator[Element]:
    for element in elements:
        yield element
        for item in element.items or ():
            yield from walk_all(item)
