"""The DICOM JSON Model (PS3.18 annex F) of a data set, straight from its bytes.

It is written from the raw values, so that one malformed number or letter costs one value and not the whole
file. Text is Unicode, whatever the file's character set.
"""

import math
import struct
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from imaging.charset import Charset, TextReading
from imaging.layout import Ranges
from imaging.part10 import Element, Part10

JsonDataSet = dict[str, dict[str, Any]]

ORIGINAL_ATTRIBUTES = "04000561"
INLINE_BYTES = 1024
"""Binary values up to this size are in the metadata; longer ones are fetched by URI."""
BINARY = frozenset(("OB", "OD", "OF", "OL", "OV", "OW", "UN"))
TEXT = frozenset(("LO", "LT", "PN", "SH", "ST", "UC", "UT"))
ONE_VALUE = frozenset(("LT", "ST", "UT", "UR"))
NUMBERS = {"FL": "f", "FD": "d", "SL": "i", "SS": "h", "SV": "q", "UL": "I", "US": "H", "UV": "Q"}
PIXEL_REPRESENTATION, CHARACTER_SET, PATIENT_NAME = 0x00280103, 0x00080005, 0x00100010


class JsonWriter:
    """Writes one file's metadata and collects the bulk values it refers to."""

    def __init__(self, file: Part10) -> None:
        self.buffer = file.buffer
        self.order = "<" if file.little else ">"
        self.bulk: dict[str, Ranges] = {}
        self.charset: Charset | None = None
        """That of the file; items of sequences may have others."""
        self.repaired = False
        """Whether any text was read otherwise than its label says."""

    def data_set(
        self, elements: list[Element], charset: Charset | None = None, *, signed: bool = False, path: str = ""
    ) -> JsonDataSet:
        own = {element.tag: element for element in elements if element.tag in (CHARACTER_SET, PIXEL_REPRESENTATION)}
        if CHARACTER_SET in own or charset is None:
            label = self._raw(own[CHARACTER_SET]).decode("ascii", "replace") if CHARACTER_SET in own else ""
            charset = self._charset(label, elements)
        if PIXEL_REPRESENTATION in own:
            signed = any(self._raw(own[PIXEL_REPRESENTATION]))
        result: JsonDataSet = {}
        for element in sorted(elements, key=lambda one: one.tag):
            if not element.tag & 0xFFFF or element.tag >> 16 in (0, 2):
                continue  # group lengths and the file's own header
            name = f"{element.tag:08X}"
            if element.tag == CHARACTER_SET:
                result[name] = {"vr": "CS", "Value": ["ISO_IR 192"]}
            else:
                result[name] = self._attribute(element, charset, signed, f"{path}{name}")
        self.repaired = self.repaired or charset.reading is not TextReading.as_labelled
        return result

    def _charset(self, label: str, elements: list[Element]) -> Charset:
        label = "\\".join(part.strip(" \0") for part in label.split("\\"))
        if self.charset is not None and self.charset.label == label:
            return self.charset
        charset = Charset(label, lambda: self._evidence(elements))
        self.charset = self.charset or charset
        return charset

    def _evidence(self, elements: list[Element]) -> Iterable[tuple[bytes, bool]]:
        """The values that decide the character set: the patient's name, and all text only if that is plain ASCII.

        Of a file that several devices wrote to, the name is right then.
        """
        name = next((self._raw(each) for each in elements if each.tag == PATIENT_NAME and each.items is None), b"")
        return self._text(elements) if name.isascii() and b"\x1b" not in name else [(name, True)]

    def _text(self, elements: list[Element]) -> Iterator[tuple[bytes, bool]]:
        for element in elements:
            if element.tag >> 16 & 1:
                continue  # what vendors keep for themselves may be anything
            if element.vr in TEXT and element.items is None:
                yield self._raw(element), element.vr == "PN"
            for item in element.items or ():
                if all(each.tag != CHARACTER_SET for each in item):
                    yield from self._text(item)

    def _raw(self, element: Element) -> bytes:
        return bytes(self.buffer[element.start : element.start + element.length])

    def _attribute(self, element: Element, charset: Charset, signed: bool, path: str) -> dict[str, Any]:
        if element.items is not None:
            items = [
                self.data_set(item, charset, signed=signed, path=f"{path}/{index}/")
                for index, item in enumerate(element.items, 1)
            ]
            return {"vr": "SQ", "Value": items} if items else {"vr": "SQ"}
        vr = plain_vr(element.vr, signed)
        if element.fragments is not None:
            # The frames of the image have their own addresses; an icon's fragments are bulk data.
            self.bulk[path] = element.fragments
            return {"vr": vr, "BulkDataURI": f"~/bulkdata/{path}"}
        if not element.length:
            return {"vr": vr}
        if vr in BINARY:
            if element.length > INLINE_BYTES or element.tag >> 16 == 0x7FE0:
                self.bulk[path] = [(element.start, element.length)]
                return {"vr": vr, "BulkDataURI": f"~/bulkdata/{path}"}
            return {"vr": vr, "InlineBinary": b64encode(self._little(self._raw(element), vr)).decode()}
        private = bool(element.tag >> 16 & 1)
        values = self._values(self._raw(element), vr, charset, private=private)
        return {"vr": vr, "Value": values} if values else {"vr": vr}

    def _little(self, raw: bytes, vr: str) -> bytes:
        width = {"OW": 2, "OF": 4, "OL": 4, "OD": 8, "OV": 8}.get(vr, 1)
        if self.order == "<" or width == 1:
            return raw
        return b"".join(raw[at : at + width][::-1] for at in range(0, len(raw), width))

    def _values(self, raw: bytes, vr: str, charset: Charset, *, private: bool) -> list[Any]:
        if code := NUMBERS.get(vr):
            count = len(raw) // struct.calcsize(code)
            numbers = struct.unpack_from(f"{self.order}{count}{code}", raw)
            return [one if math.isfinite(one) else None for one in numbers]
        if vr == "AT":
            halves = struct.unpack_from(f"{self.order}{len(raw) // 4 * 2}H", raw)
            return [f"{halves[at]:04X}{halves[at + 1]:04X}" for at in range(0, len(halves), 2)]
        text = charset.decode(raw, name=vr == "PN", private=private) if vr in TEXT else raw.decode("latin-1")
        if vr in ONE_VALUE:
            stripped = text.rstrip(" \0")
            return [stripped] if stripped else []
        parts = [part.strip(" \0") for part in text.split("\\")]
        if parts == [""]:
            return []
        if vr == "PN":
            return [_person(part) for part in parts]
        if vr in ("DS", "IS"):
            return [_number(part, whole=vr == "IS") for part in parts]
        return [part or None for part in parts]


def original_label(reading: str, label: str, received_at: datetime) -> JsonDataSet:
    """An item of Original Attributes Sequence (PS3.3 §C.12.1): what the file says of a character set that is not its.

    `reading`: a `TextReading` that is not as labelled.
    """
    values: dict[str, Any] = {"vr": "CS", "Value": label.split("\\")} if label else {"vr": "CS"}
    reason = "CORRECT" if reading == TextReading.repaired else "COERCE"
    return {
        "04000550": {"vr": "SQ", "Value": [{"00080005": values}]},
        "04000562": {"vr": "DT", "Value": [f"{received_at:%Y%m%d%H%M%S}+0000"]},
        "04000563": {"vr": "LO", "Value": ["telemed"]},
        "04000564": {"vr": "LO"},
        "04000565": {"vr": "CS", "Value": [reason]},
    }


def plain_vr(vr: str, signed: bool) -> str:
    """The VR, where the dictionary leaves a choice (PS3.5 §A.1)."""
    if " or " not in vr:
        return vr
    if "OW" in vr:
        return "OW"
    return "SS" if signed else "US"


def _person(text: str) -> dict[str, str] | None:
    groups = zip(("Alphabetic", "Ideographic", "Phonetic"), text.split("="), strict=False)
    return {name: group.strip() for name, group in groups if group.strip()} or None


def _number(text: str, *, whole: bool) -> int | float | str | None:
    """The number, or the text as written if it is no number (PS3.18 §F.2.3)."""
    if not text:
        return None
    try:
        if whole:
            return int(text)
        value = float(text)
    except ValueError:
        return text
    return value if math.isfinite(value) else text
