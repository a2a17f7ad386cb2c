"""Every label with every kind of bytes: the name comes out right, and a repair is said."""

import pytest

from imaging.charset import TextReading, decide
from imaging.dicom_json import JsonWriter
from imaging.limits import Limits
from imaging.part10 import read_part10
from tests.imaging.made import element, file_with, named

LABELLED, REPAIRED, AS_STORED = TextReading

CHINESE = "Zhao^Tianshu=赵^天枢"
JAPANESE = "Yamada^Tarou=山田^太郎=やまだ^たろう"
KOREAN = "Hong^Gildong=洪^吉洞=홍^길동"


def escaped(text: str, codec: str, escape: bytes) -> bytes:
    """Each part of a name behind an escape sequence, as PS3.5 annexes I and K write them."""
    groups = [[part.encode(codec) for part in group.split("^")] for group in text.split("=")]
    return b"=".join(b"^".join(part if part.isascii() else escape + part for part in group) for group in groups)


IN_58 = escaped(CHINESE, "gb2312", b"\x1b$)A")
IN_149 = escaped(KOREAN, "euc_kr", b"\x1b$)C")
IN_87 = b"=".join(b"^".join(part.encode("iso2022_jp") for part in g.split("^")) for g in JAPANESE.split("="))

LABELS = [
    "",
    "ISO_IR 6",
    "ISO_IR 100",
    "ISO_IR 192",
    "GB18030",
    "GBK",
    "ISO 2022 IR 58",
    "\\ISO 2022 IR 58",
    "ISO 2022 IR 100\\ISO 2022 IR 58",
    "ISO 2022 IR 6\\ISO 2022 IR 87",
    "\\ISO 2022 IR 149",
    "NONSENSE",
    "iso-ir 192",
    "gb18030",
]
# Of each kind of bytes: the name, and the labels under which it is no repair.
BYTES: dict[str, tuple[bytes, str, set[str]]] = {
    "ascii": (b"Smith^John", "Smith^John", set(LABELS)),
    "utf-8": (CHINESE.encode(), CHINESE, {"ISO_IR 192", "iso-ir 192"}),
    "utf-8 latin": ("Müller^Jürgen".encode(), "Müller^Jürgen", {"ISO_IR 192", "iso-ir 192"}),
    "utf-8 three groups": (JAPANESE.encode(), JAPANESE, {"ISO_IR 192", "iso-ir 192"}),
    "gb2312": (CHINESE.encode("gb2312"), CHINESE, {"GB18030", "GBK", "gb18030", "ISO 2022 IR 58"}),
    "gbk": ("王^喆".encode("gbk"), "王^喆", {"GB18030", "GBK", "gb18030"}),
    "gb18030 cut off": (
        "欧阳^䶮明".encode("gb18030")[:-1],
        "欧阳^䶮\N{REPLACEMENT CHARACTER}",
        {"GB18030", "GBK", "gb18030"},
    ),
    "ir 58": (IN_58, CHINESE, {label for label in LABELS if "58" in label}),
    "ir 87": (IN_87, JAPANESE, {"ISO 2022 IR 6\\ISO 2022 IR 87"}),
    "ir 149": (IN_149, KOREAN, {"\\ISO 2022 IR 149"}),
    "latin-1": (
        "Müller^Jürgen".encode("latin-1"),
        "Müller^Jürgen",
        {"ISO_IR 100", "ISO 2022 IR 100\\ISO 2022 IR 58"},
    ),
}


def read(label: str, *, name: bytes = b"", study: bytes = b"", private: bytes = b"") -> tuple[str, str, TextReading]:
    """A file's PatientName and StudyDescription, and how its text was read."""
    elements = [
        *([element(0x00080005, b"CS", label.encode())] if label else []),
        named(),
        element(0x00081030, b"LO", study),
        element(0x00090010, b"LO", b"VENDOR"),
        element(0x00091001, b"LO", private),
        element(0x00100010, b"PN", name),
    ]
    file = read_part10(file_with(b"".join(elements)), Limits())
    writer = JsonWriter(file)
    told = writer.data_set(file.elements)
    assert told.get("00080005", {"Value": ["ISO_IR 192"]})["Value"] == ["ISO_IR 192"]
    assert writer.charset is not None
    [person] = told["00100010"].get("Value", [{}])
    [text] = told["00081030"].get("Value", [""])
    return "=".join(person.values()), text, writer.charset.reading


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
