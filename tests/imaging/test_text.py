"""Text comes out as Unicode whatever character set the file used, claimed or should have claimed."""

import pytest
from pydicom import dcmread

from imaging.dicom_json import JsonWriter
from imaging.limits import Limits
from imaging.part10 import read_part10
from imaging.workers.inspection import name_forms
from tests.imaging.conftest import BUNDLED, Asker, Events
from tests.imaging.made import element, file_with, made, named

FILES = sorted(path.name for path in (BUNDLED / "charset_files").glob("chr*.dcm") if "SQ" not in path.name)


@pytest.mark.parametrize("name", FILES)
def test_names_read_as_pydicom_reads_them(name: str) -> None:
    path = BUNDLED / "charset_files" / name
    file = read_part10(path.read_bytes(), Limits())
    told = JsonWriter(file).data_set(file.elements)["00100010"]["Value"][0]
    name_groups = dcmread(path).PatientName
    expected = [
        str(group).rstrip() for group in (name_groups.alphabetic, name_groups.ideographic, name_groups.phonetic)
    ]
    assert [told.get(group, "") for group in ("Alphabetic", "Ideographic", "Phonetic")] == expected


def test_a_sequences_item_may_have_a_character_set_of_its_own() -> None:
    path = BUNDLED / "charset_files" / "chrSQEncoding.dcm"
    file = read_part10(path.read_bytes(), Limits())
    [item] = JsonWriter(file).data_set(file.elements)["00321064"]["Value"]
    assert item["00100010"]["Value"][0]["Ideographic"] == "山田^太郎"


def test_a_name_is_found_by_all_its_spellings() -> None:
    assert set(name_forms("Zhang^San=张^三")) == {"zhang san", "张 三", "张三", "zhangsan", "zs"}
    assert "zengsan" in name_forms("曾三")
    assert "shanlele" in name_forms("单^乐乐"), "given names with many readings leave room for the family name's"
    assert set(name_forms("Smith^John")) == {"smith john", "smithjohn"}
    assert name_forms("") == ()


@pytest.mark.parametrize(
    ("label", "name", "told", "reason"),
    [
        (b"ISO_IR 6", "李^四".encode("gb18030"), "李^四", "CORRECT"),
        (b"", "李^四".encode("gb18030"), "李^四", "CORRECT"),
        (b"ISO_IR 6", "Müller".encode("latin-1"), "Müller", "COERCE"),
        (b"GB18030", "李^四".encode("gb18030"), "李^四", None),
    ],
)
async def test_how_a_name_was_read_is_told(
    wuxi: Asker, events: Events, label: bytes, name: bytes, told: str, reason: str | None
) -> None:
    text = [(0x00080005, b"CS", label), (0x00100010, b"PN", name), (0x00100020, b"LO", b"T0001 ")]
    await wuxi.store(file_with(b"".join((named(), *(element(*each) for each in text)))))
    [study] = await wuxi.json("/dicomweb/studies?PatientID=T0001")
    assert study["00080005"]["Value"] == ["ISO_IR 192"]
    assert study["00100010"]["Value"] == [{"Alphabetic": told}]
    received = await events.wait_for("study.received")
    assert received.data["charset_label"] == label.decode()
    reading = {"CORRECT": "repaired", "COERCE": "as_stored", None: "as_labelled"}[reason]
    assert received.data["text_reading"] == reading
    if reason is None:
        assert "04000561" not in study
        return
    [original] = study["04000561"]["Value"]
    assert original["04000565"]["Value"] == [reason]
    [before] = original["04000550"]["Value"]
    assert before["00080005"].get("Value", [""]) == [label.decode()]
    [instance] = await wuxi.json("/dicomweb/studies/1.2.3/metadata")
    assert instance["00100010"]["Value"] == [{"Alphabetic": told}]
    [said] = instance["04000561"]["Value"]
    assert said | {"04000562": original["04000562"]} == original


async def test_mislabelled_chinese_is_found_and_the_repair_remembered(wuxi: Asker) -> None:
    data = made(name="李^四", charset="GB18030", StudyDescription="头部", SeriesDescription="轴位")
    await wuxi.store(data.replace(b"GB18030 ", b"ISO_IR 6"))
    [study] = await wuxi.json("/dicomweb/studies?PatientName=lisi")
    assert study["00100010"]["Value"] == [{"Alphabetic": "李^四"}]
    assert study["00081030"]["Value"] == ["头部"]
