"""Names under every combination of character-set label and bytes that was seen in files, and how they must be read."""

from imaging.charset import TextReading
from imaging.dicom_json import JsonWriter
from imaging.limits import Limits
from imaging.part10 import read_part10
from tests.imaging.made import element, file_with, named

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
