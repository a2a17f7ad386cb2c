"""Text comes out as Unicode whatever character set the file used, claimed or should have claimed."""

import pytest
from pydicom import dcmread

from imaging.dicom_json import JsonWriter
from imaging.limits import Limits
from imaging.part10 import read_part10
from imaging.workers.inspection import name_forms
from tests.imaging.conftest import BUNDLED, Asker
from tests.imaging.made import made

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
    assert name_forms("") == ()


async def test_mislabelled_chinese_is_found_and_the_repair_remembered(wuxi: Asker) -> None:
    data = made(name="李^四", charset="GB18030", StudyDescription="头部", SeriesDescription="轴位")
    await wuxi.store(data.replace(b"GB18030 ", b"ISO_IR 6"))
    [study] = await wuxi.json("/dicomweb/studies?PatientName=lisi")
    assert study["00100010"]["Value"] == [{"Alphabetic": "李^四"}]
    assert study["00081030"]["Value"] == ["头部"]
