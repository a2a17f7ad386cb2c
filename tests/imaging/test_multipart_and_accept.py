"""The two parsers of untrusted input: a body split anywhere gives the same parts, and any header an answer."""

from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imaging.dicomweb.accept import frames_form, instances_form, model_form, parse, picture_type
from imaging.dicomweb.multipart import PartBegins, PartData, Splitter, parameters
from imaging.errors import Invalid, NotAcceptable
from tests.imaging.conftest import multipart

JPEG_LS = "1.2.840.10008.1.2.4.80"


def split(body: bytes, boundary: str, cuts: list[int]) -> list[bytes]:
    splitter, parts = Splitter(boundary), list[bytes]()
    bounds = [0, *sorted(cut % (len(body) + 1) for cut in cuts), len(body)]
    for start, end in pairwise(bounds):
        for piece in splitter.feed(body[start:end]):
            if isinstance(piece, PartBegins):
                parts.append(b"")
            elif isinstance(piece, PartData):
                parts[-1] += piece.data
    splitter.close()
    return parts


@settings(max_examples=150, deadline=None)
@given(st.lists(st.binary(max_size=60), min_size=1, max_size=4), st.lists(st.integers(0, 500), max_size=6))
def test_however_a_body_is_cut_the_parts_are_the_same(files: list[bytes], cuts: list[int]) -> None:
    files = [file for file in files if b"--B" not in file]
    if files:
        assert split(multipart(files), "B", cuts) == files


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=4))
def test_any_bytes_are_parts_or_an_error(body: bytes, cuts: list[int]) -> None:
    with suppress(Invalid):
        split(b"--B\r\n" + body, "B", cuts)


def test_a_preamble_and_an_epilogue_are_passed_over() -> None:
    body = b"This is multipart.\r\n--B\r\nContent-Type: a/b\r\n\r\none\r\n--B  \r\n\r\ntwo\r\n--B--\r\nbye"
    assert split(body, "B", [5, 20, 23]) == [b"one", b"two"]


@pytest.mark.parametrize("boundary", ["", "x" * 71, "grün"])
def test_a_boundary_has_bounds(boundary: str) -> None:
    with pytest.raises(Invalid):
        Splitter(boundary)


def test_parameters_are_read_quoted_or_not() -> None:
    assert parameters('Multipart/Related; TYPE="application/dicom"; boundary="a; b=\\"c"') == (
        "multipart/related",
        {"type": "application/dicom", "boundary": 'a; b="c'},
    )


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='ab/*;,="\\ q=01.-type', max_size=60))
def test_any_accept_header_has_an_answer(header: str) -> None:
    parse(header)
    forms: tuple[Callable[[], object], ...] = (
        lambda: frames_form(header, JPEG_LS),
        lambda: instances_form(header, single=True),
        lambda: model_form(header),
        lambda: picture_type(header),
    )
    for form in forms:
        with suppress(NotAcceptable):
            form()


@pytest.mark.parametrize(
    ("header", "multipart_", "syntax"),
    [
        ("multipart/related; type=application/octet-stream; transfer-syntax=*", True, JPEG_LS),
        ('multipart/related; type="application/octet-stream"; transfer-syntax="*"', True, JPEG_LS),
        ("*/*", True, JPEG_LS),
        ("", True, JPEG_LS),
        ("application/octet-stream; transfer-syntax=*", False, JPEG_LS),
        ("application/octet-stream", False, "1.2.840.10008.1.2.1"),
        ('multipart/related; type="application/octet-stream"', True, "1.2.840.10008.1.2.1"),
        ("application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1", False, "1.2.840.10008.1.2.1"),
        ('multipart/related; type="image/jls"', True, JPEG_LS),
        ("image/jls", False, JPEG_LS),
        ("image/jls;q=0.1, application/octet-stream;q=0.9", False, "1.2.840.10008.1.2.1"),
        (f'multipart/related; type="image/jls"; transfer-syntax={JPEG_LS}', True, JPEG_LS),
        ('multipart/related; type="image/jp2", multipart/related; type="image/jls"', True, JPEG_LS),
    ],
)
def test_frames_are_sent_as_asked(header: str, multipart_: bool, syntax: str) -> None:
    form = frames_form(header, JPEG_LS)
    assert (form.multipart, form.syntax) == (multipart_, syntax)


@pytest.mark.parametrize(
    "header", ["image/png", "text/html", 'multipart/related; type="image/jp2"', "application/octet-stream;q=0"]
)
def test_other_frames_are_not_on_offer(header: str) -> None:
    with pytest.raises(NotAcceptable):
        frames_form(header, JPEG_LS)
