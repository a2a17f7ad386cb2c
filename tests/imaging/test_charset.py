"""Every label with every kind of bytes: the name comes out right, and a repair is said."""

import pytest

from imaging.charset import TextReading, decide
from tests.imaging.labelled import BYTES, CHINESE, IN_58, LABELS, read

LABELLED, REPAIRED, AS_STORED = TextReading


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("kind", BYTES)
def test_a_name_comes_out_right_under_any_label(label: str, kind: str) -> None:
    value, expected, unrepaired = BYTES[kind]
    name, _, reading = read(label, name=value)
    assert name == expected
    if label in unrepaired:
        assert reading is LABELLED
    else:
        assert reading is (AS_STORED if kind == "latin-1" else REPAIRED)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("ISO_IR 100", "Größe"),
        ("ISO_IR 100", "créée"),
        ("ISO_IR 100", "Sjöö^Åsa"),
        ("ISO_IR 144", "Люкceмбypг"),
        ("ISO_IR 166", "นามสกุล^แกง"),
        ("GB18030", "（b值）x光片"),
        ("GB18030", "祎^珺"),
        ("ISO_IR 192", "𠮷^太郎"),
    ],
)
def test_what_the_label_says_stands_where_it_makes_sense(label: str, text: str) -> None:
    codec = {"ISO_IR 100": "latin-1", "ISO_IR 144": "iso8859_5", "ISO_IR 166": "tis_620", "GB18030": "gb18030"}
    value = text.encode(codec.get(label, "utf-8"))
    assert read(label, name=value)[::2] == (text, LABELLED)


@pytest.mark.parametrize("label", ["", "ISO_IR 100"])
@pytest.mark.parametrize(("name", "codec"), [("闫^怡", "gb2312"), ("头颅", "gb2312"), ("Иванов^Пётр", "utf-8")])
def test_a_short_name_is_recognised(label: str, name: str, codec: str) -> None:
    """闫^怡 has no common character, and 头颅 in GB2312 is also UTF-8."""
    assert read(label, name=name.encode(codec))[::2] == (name, REPAIRED)


@pytest.mark.parametrize(("label", "expected"), [("", REPAIRED), ("\\ISO 2022 IR 58", LABELLED)])
def test_an_escape_sequence_said_once_holds_for_the_name(label: str, expected: TextReading) -> None:
    assert read(label, name=IN_58.replace(b"^\x1b$)A", b"^"))[::2] == (CHINESE, expected)


def test_the_name_decides_for_the_file_and_what_does_not_fit_stays_as_stored() -> None:
    """A worklist wrote the name, the scanner the description."""
    name, study, reading = read("", name="王^明".encode("gbk"), study="Schädel".encode("latin-1"))
    assert (name, study, reading) == ("王^明", "Schädel", REPAIRED)
    name, study, reading = read("ISO_IR 192", name="王^明".encode(), study="胸部".encode("gbk"))
    assert (name, study, reading) == ("王^明", "胸部".encode("gbk").decode("latin-1"), AS_STORED)


def test_the_other_text_decides_where_the_name_is_plain() -> None:
    assert read("ISO_IR 100", name=b"Wang^Ming", study="胸部CT平扫".encode("gbk")) == (
        "Wang^Ming",
        "胸部CT平扫",
        REPAIRED,
    )


def test_what_a_vendor_keeps_for_itself_has_no_say() -> None:
    assert read("GB18030", study="胸部".encode("gbk"), private=b"\xff\x00\x81\xff") == ("", "胸部", LABELLED)


def test_a_backslash_inside_a_character_divides_nothing() -> None:
    text = "王^昞".encode("gb18030")
    assert b"\\" in text
    assert read("GB18030", name=text)[0] == "王^昞"


def test_bytes_of_no_character_set_are_shown_as_stored() -> None:
    reading, decode = decide("GB18030", [(b"\xff\xff\x1b", False)])
    assert (reading, decode(b"\xff\xff\x1b", False)) == (AS_STORED, "ÿÿ\x1b")
