"""The reader of Part 10 files says what it found or why not, whatever it is given; nightly with many more examples."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imaging.errors import Refused
from imaging.limits import Limits
from imaging.part10 import Part10, read_part10, walk_all
from imaging.syntaxes import DEFLATED_LE, EXPLICIT_BE, EXPLICIT_LE, IMPLICIT_LE
from tests.imaging.made import made

SMALL = Limits(inflated_bytes=1 << 16, nesting=8, elements=500)
GOOD = made()
HEAD = GOOD[:132]
SYNTAXES = (IMPLICIT_LE, EXPLICIT_LE, EXPLICIT_BE, DEFLATED_LE, "1.2.840.10008.1.2.4.50")
Cut = tuple[int, bytes]


def read(file: bytes) -> Part10 | None:
    """None when it is refused; whatever it found lies inside the file."""
    with suppress(Refused):
        found = read_part10(file, SMALL)
        for each in walk_all(found.elements):
            assert 0 <= each.start <= len(found.buffer)
            spans = each.fragments if each.fragments is not None else [(each.start, each.length)]
            assert all(start + length <= len(found.buffer) for start, length in spans)
        found.identity()
        return found
    return None


def meta(syntax: str) -> bytes:
    value = syntax.encode() + b"\0" * (len(syntax) % 2)
    return HEAD + b"\x02\x00\x10\x00UI" + len(value).to_bytes(2, "little") + value


@given(st.lists(st.tuples(st.integers(132, len(GOOD)), st.binary(max_size=12)), min_size=1, max_size=6), st.booleans())
@example([(len(GOOD) - 40, b"")], True)
def test_a_damaged_file_is_read_or_refused(damages: list[Cut], cut: bool) -> None:
    file = bytearray(GOOD)
    for at, written in damages:
        file[at : at + len(written)] = written
    read(bytes(file[: damages[0][0]] if cut else file))


@given(st.sampled_from(SYNTAXES), st.binary(max_size=300))
def test_any_bytes_behind_a_good_head_are_read_or_refused(syntax: str, body: bytes) -> None:
    read(meta(syntax) + body)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    read(body)
    read(HEAD + body)


@pytest.mark.parametrize("length", range(0, len(GOOD), max(1, len(GOOD) // 300)))
def test_a_file_cut_anywhere_is_read_or_refused(length: int) -> None:
    read(GOOD[:length])
