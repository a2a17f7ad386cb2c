"""Text: decodes every value once, at ingest, to Unicode, and recognises Chinese under a wrong label."""

import re
import warnings

from pydicom.charset import convert_encodings, decode_bytes

# After each of these the first character set applies again (PS3.5 §6.1.2.5.3).
DELIMITERS = {0x0D, 0x0A, 0x09, 0x0C, 0x5C}
NAME_DELIMITERS = {0x5E, 0x3D, 0x5C}
HANZI = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]")
GB2312_PAIRS = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xf7][\xa1-\xfe])*")
CJK = re.compile("[一-鿿]")


class Charset:
    """The Specific Character Set of one data set; it remembers whether a value had to be read otherwise."""

    def __init__(self, labels: list[str]) -> None:
        self.trusted = any(label not in ("", "ISO_IR 100", "ISO_IR 6", "ISO 2022 IR 6") for label in labels)
        self.repaired = False
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                self.encodings = convert_encodings(labels or [""])
            except LookupError:
                self.encodings, self.trusted = ["iso8859"], False

    def decode(self, value: bytes, *, name: bool = False) -> str:
        if value.isascii() and b"\x1b" not in value:
            return value.decode("ascii")
        if not self.trusted and (repaired := _read_as_chinese(value)) is not None:
            self.repaired = True
            return repaired
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return decode_bytes(value, self.encodings, NAME_DELIMITERS if name else DELIMITERS)


def _read_as_chinese(value: bytes) -> str | None:
    """The text, if unlabelled or Latin-1 bytes are really Chinese in UTF-8 or GB18030; else None."""
    try:
        text = value.decode("utf-8")
        if CJK.search(text):
            return text
    except UnicodeDecodeError:
        pass
    # A Latin-1 letter such as ü can also begin a GB18030 pair, so every high byte must be part of a common
    # GB2312 pair.
    if GB2312_PAIRS.fullmatch(value) and HANZI.search(value):
        try:
            return value.decode("gb18030")
        except UnicodeDecodeError:
            return None
    return None
