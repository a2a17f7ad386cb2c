"""ISO 2022 code extension (PS3.5 §6.1.2.5): text whose escape sequences say which character set follows."""

import re
from collections.abc import Callable, Sequence
from typing import Final

Decoder = Callable[[bytes], str]

ESCAPE: Final = re.compile(rb"\x1b(?:\([BJ]|\)I|-[A-HLMT]|\$(?:[@B]|\(D|\)[AC]))")
DELIMITERS: Final = frozenset(b"\r\n\t\f\\")
NAME_DELIMITERS: Final = frozenset(b"\\^=")
"""After a delimiter the character sets of the label's first value apply again."""
RUNS: Final = re.compile(rb"[\x80-\xff]+|[^\x80-\xff]+")


def _single(codec: str) -> Decoder:
    """Of 96 letters; the control characters 0x80 to 0x9F belong to no text (PS3.5 §6.1.3)."""

    def decode(run: bytes) -> str:
        if any(byte < 0xA0 for byte in run):
            raise ValueError("a control character is no text")
        return run.decode(codec)

    return decode


def _jis_0208(run: bytes) -> str:
    return bytes(byte | 0x80 for byte in run).decode("euc_jp")


def _jis_0212(run: bytes) -> str:
    pairs = (run[at : at + 2] for at in range(0, len(run), 2))
    return b"".join(b"\x8f" + bytes(byte | 0x80 for byte in pair) for pair in pairs).decode("euc_jp")


LETTERS: Final = {
    "100": ("-A", "latin_1"),
    "101": ("-B", "iso8859_2"),
    "109": ("-C", "iso8859_3"),
    "110": ("-D", "iso8859_4"),
    "126": ("-F", "iso8859_7"),
    "127": ("-G", "iso8859_6"),
    "138": ("-H", "iso8859_8"),
    "144": ("-L", "iso8859_5"),
    "148": ("-M", "iso8859_9"),
    "166": ("-T", "tis_620"),
}
# By escape sequence. Bytes below 0x80 are read by the set in G0, those above by the set in G1.
ASCII: Final = b"\x1b(B"
LOW: Final[dict[bytes, Decoder]] = {
    ASCII: lambda run: run.decode("ascii"),
    b"\x1b(J": lambda run: run.decode("shift_jis"),
    b"\x1b$@": _jis_0208,
    b"\x1b$B": _jis_0208,
    b"\x1b$(D": _jis_0212,
}
WIDE: Final = frozenset((b"\x1b$@", b"\x1b$B", b"\x1b$(D"))
"""Of two bytes, of which either may look like a delimiter."""
HIGH: Final[dict[bytes, Decoder]] = {
    b"\x1b)I": lambda run: run.decode("shift_jis"),
    b"\x1b$)A": lambda run: run.decode("gb2312"),
    b"\x1b$)C": lambda run: run.decode("euc_kr"),
    **{b"\x1b" + escape.encode(): _single(codec) for escape, codec in LETTERS.values()},
}
SETS: Final[dict[str, tuple[bytes, ...]]] = {
    "6": (ASCII,),
    "13": (b"\x1b)I", b"\x1b(J"),
    "87": (b"\x1b$B", b"\x1b$@"),
    "159": (b"\x1b$(D",),
    "149": (b"\x1b$)C",),
    "58": (b"\x1b$)A",),
    **{number: (b"\x1b" + escape.encode(),) for number, (escape, _) in LETTERS.items()},
}
"""The escape sequences of an ISO registration number, as the label names it."""


def decode(value: bytes, numbers: Sequence[str], *, name: bool) -> str:
    """The text of a value, its escape sequences removed.

    `numbers`: the label's registration numbers, the first value first. Many devices write the escape sequence once and
    not again after each delimiter, so it holds on where the first value has no letters above 0x80. Raises ValueError
    for bytes that no announced set has, and for an escape sequence that the label does not announce.
    """
    allowed = [escape for number in numbers for escape in SETS[number]]
    first_low = b"\x1b(J" if numbers[0] == "13" else ASCII
    first_high = next((escape for escape in SETS[numbers[0]] if escape in HIGH), None)
    low, high = first_low, first_high
    delimiters = NAME_DELIMITERS if name else DELIMITERS
    text, at = [], 0
    while at < len(value):
        if value[at] == 0x1B:
            found = ESCAPE.match(value, at)
            if found is None or found[0] not in (*allowed, ASCII, b"\x1b(J"):
                raise ValueError("an escape sequence that the label does not announce")
            if found[0] in LOW:
                low = found[0]
            else:
                high = found[0]
            at = found.end()
            continue
        end = _end(value, at)
        if value[at] >= 0x80:
            if high is None:
                raise ValueError("letters of no character set")
            text.append(HIGH[high](value[at:end]))
        elif low in WIDE:
            text.append(LOW[low](value[at:end]))
        else:
            end = next((each + 1 for each in range(at, end) if value[each] in delimiters), end)
            text.append(LOW[low](value[at:end]))
            if value[end - 1] in delimiters:
                low, high = first_low, first_high or high
        at = end
    return "".join(text)


def _end(value: bytes, at: int) -> int:
    """Where the bytes end that are on the same side of 0x80 and in the same set as that at `at`."""
    run = RUNS.match(value, at)
    assert run is not None
    escape = value.find(b"\x1b", at, run.end())
    return run.end() if escape < 0 else escape


def announced(value: bytes) -> list[str]:
    """The registration numbers of the escape sequences in a value; empty if one of them is unknown."""
    if len(ESCAPE.findall(value)) != value.count(b"\x1b"):
        return []
    found = dict.fromkeys(ESCAPE.findall(value))
    return [number for number, escapes in SETS.items() if any(each in found for each in escapes)]
