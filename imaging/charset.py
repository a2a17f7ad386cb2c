"""In which character set a file's text is: one decision per file, whatever its label claims.

In this order: what the label says, if the text decodes without error; by the escape sequences in it; UTF-8; GB18030,
if that gives Chinese; else byte by byte as stored. Two labels fit almost any bytes, and an error is there that the
text makes sense otherwise: as UTF-8 or Chinese under Latin-1, as UTF-8 or accented letters under GB18030.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import cached_property, partial
from typing import Final

from imaging import iso2022

Reading = Callable[[bytes, bool], str]
"""Decodes a value, a person's name if the second argument is True. Raises ValueError if it does not fit."""

ALONE: Final = {"GB18030": "gb18030", "GBK": "gb18030", "GB2312": "gb18030", "192": "utf-8", "UTF8": "utf-8"}
"""Character sets that are never combined with others: if one stands in a label, it is meant."""
PREFIX: Final = re.compile("ISOIR|ISO2022IR|ISO2022")
# Of a text that its length cut off, the last character may be half.
GB2312_PAIRS: Final = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xf7][\xa1-\xfe])*[\xa1-\xf7]?")
# Accented letters can make a pair too, as in Größe. So only a common character that touches no small letter says that
# it is Chinese, or a rarer one that touches no letter at all.
CHINESE: Final = re.compile(
    rb"(?:[\x00-\x80\xff]|[\x81-\xfe].)*?"
    rb"(?:(?<![a-z])[\xb0-\xd7][\xa1-\xfe](?![a-z])|(?<![A-Za-z])[\xd8-\xf7][\xa1-\xfe](?![A-Za-z]))",
    re.DOTALL,
)
# Accented letters inside words: in GB18030 each would make a rare character with the small letter after it.
ACCENTED: Final = re.compile(rb"(?:[\x00-\x7f]|[\xc0-\xfe][a-z](?=[a-z\xc0-\xfe]))*")
CJK: Final = re.compile("[㐀-鿿]")


class TextReading(StrEnum):
    """How a file's text was read."""

    as_labelled = "as_labelled"
    repaired = "repaired"
    as_stored = "as_stored"  # no character set fits, so each byte is shown as a letter


class Charset:
    """The Specific Character Set of one data set: its label, and the decision how its text is read.

    `evidence` gives the values, each with whether it is a name, that decide. It is asked once, for the first value that
    is more than ASCII.
    """

    def __init__(self, label: str, evidence: Callable[[], Iterable[tuple[bytes, bool]]]) -> None:
        self.label = label
        self.reading = TextReading.as_labelled
        self._evidence = evidence

    def decode(self, value: bytes, *, name: bool = False, private: bool = False) -> str:
        """The text; of a value that another device wrote in another set than the name, the bytes as letters."""
        if _plain(value):
            return value.decode("ascii")
        decided, read = self._decision
        if not private and decided is not TextReading.as_labelled:
            self.reading = decided
        try:
            return read(value, name)
        except ValueError:
            if not private and self.reading is TextReading.as_labelled:
                self.reading = TextReading.as_stored
            return _as_stored(value, name)

    @cached_property
    def _decision(self) -> tuple[TextReading, Reading]:
        return decide(self.label, [each for each in self._evidence() if not _plain(each[0])])


def decide(label: str, evidence: Sequence[tuple[bytes, bool]]) -> tuple[TextReading, Reading]:
    """How text under this label is read that has these values, each with whether it is a name."""
    values = [value for value, _ in evidence]
    labelled = _labelled(label)
    if labelled is not None and _fit(labelled, evidence) and not _doubtful(label, values):
        return TextReading.as_labelled, labelled
    repairs: list[Reading] = []
    if numbers := iso2022.announced(b"".join(values)):
        repairs.append(partial(_iso2022, [*numbers, "6"]))
    chinese = any(map(CHINESE.match, values))
    # A word like 头颅 in GB18030 is also two Greek or Cyrillic letters in UTF-8.
    if not (chinese and all(map(GB2312_PAIRS.fullmatch, values)) and not any(map(_is_cjk, values))):
        repairs.append(_utf8)
    if chinese:
        repairs.append(_gb18030)
    for repair in repairs:
        if _fit(repair, evidence):
            return TextReading.repaired, repair
    return TextReading.as_stored, _as_stored


def _plain(value: bytes) -> bool:
    return value.isascii() and b"\x1b" not in value


def _parts(label: str) -> list[str]:
    """What the label's values name, however they are spelt: 'iso-ir 100' and 'ISO 2022 IR 100' are both '100'."""
    compact = (re.sub("[^A-Z0-9]", "", part.upper()) for part in label.split("\\"))
    return [PREFIX.sub("", part, count=1) or "6" for part in compact]


def _labelled(label: str) -> Reading | None:
    """How the label says that text is read; None if it names nothing that is known."""
    parts = _parts(label)
    for part in parts:
        if part in ALONE:
            return partial(_multibyte, ALONE[part])
    numbers = [part for part in parts if part in iso2022.SETS]
    return partial(_iso2022, numbers) if numbers else None


def _doubtful(label: str, values: Sequence[bytes]) -> bool:
    """Whether the label fits only because it fits almost any bytes, and these make sense otherwise."""
    if not values or any(b"\x1b" in value for value in values):
        return False
    parts = _parts(label)
    in_pairs = all(map(GB2312_PAIRS.fullmatch, values))
    chinese = any(map(CHINESE.match, values))
    utf8 = all(map(_is_utf8, values))
    if parts[0] == "58" or any(ALONE.get(part) == "gb18030" for part in parts):
        if all(map(ACCENTED.fullmatch, values)):
            return True
        return utf8 and (not chinese or (not in_pairs and all(map(_is_cjk, values))))
    return parts[0] == "100" and (utf8 or (in_pairs and chinese))


def _fit(reading: Reading, evidence: Iterable[tuple[bytes, bool]]) -> bool:
    try:
        for value, name in evidence:
            reading(value, name)
    except ValueError:
        return False
    return True


def _is_utf8(value: bytes) -> bool:
    return _fit(_utf8, [(value, False)])


def _is_cjk(value: bytes) -> bool:
    return CJK.search(value.decode("utf-8", "ignore")) is not None


def _multibyte(codec: str, value: bytes, name: bool) -> str:
    """A last character of which the length of the value left only a part is shown as U+FFFD, if others are whole."""
    if b"\x1b" in value:
        raise ValueError("this character set has no escape sequences")
    decoder = codecs.getincrementaldecoder(codec)()
    text = decoder.decode(value.rstrip(b" \0"))
    if not decoder.getstate()[0]:
        return text
    if text.isascii():
        raise ValueError("half a character")
    return text + "\N{REPLACEMENT CHARACTER}"


def _iso2022(numbers: Sequence[str], value: bytes, name: bool) -> str:
    return iso2022.decode(value, numbers, name=name)


def _gb18030(value: bytes, name: bool) -> str:
    for escape in (*iso2022.SETS["58"], iso2022.ASCII):  # some devices write these although GBK needs none
        value = value.replace(escape, b"")
    if ACCENTED.fullmatch(value):
        raise ValueError("letters of another language")
    return _multibyte("gb18030", value, name)


_utf8: Final[Reading] = partial(_multibyte, "utf-8")


def _as_stored(value: bytes, name: bool) -> str:
    return value.decode("latin-1")
