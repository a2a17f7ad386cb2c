"""Attributes as XML (PS3.19 §A.1): the same as in JSON, of every file that pydicom ships."""

import re
import warnings
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pydicom import dcmread
from pydicom.datadict import keyword_for_tag

from imaging.dicomweb.native import NOT_IN_XML, parts_of
from tests.imaging.conftest import BUNDLED, Asker
from tests.imaging.made import made, uid

XML = 'multipart/related; type="application/dicom+xml"'
NS = "{http://dicom.nema.org/PS3.19/models/NativeDICOM}"
STUDY = f"/dicomweb/studies/{uid('study')}"


def documents(body: bytes, content_type: str) -> list[ElementTree.Element]:
    boundary = re.search(r'boundary="?([^";]+)', content_type)
    assert boundary
    parts = body.split(b"--" + boundary[1].encode())[1:-1]
    return [ElementTree.fromstring(part.partition(b"\r\n\r\n")[2].rstrip()) for part in parts]


def back(element: ElementTree.Element) -> dict[str, Any]:
    """The document read as DICOM JSON, every number as text."""
    data_set: dict[str, Any] = {}
    for attribute in element.findall(f"{NS}DicomAttribute"):
        vr, tag = attribute.attrib["vr"], attribute.attrib["tag"]
        told: dict[str, Any] = {"vr": vr}
        if (bulk := attribute.find(f"{NS}BulkData")) is not None:
            told["BulkDataURI"] = bulk.attrib["uri"]
        if (binary := attribute.find(f"{NS}InlineBinary")) is not None:
            told["InlineBinary"] = binary.text or ""
        values = dict[str, Any]()
        for child in attribute:
            if child.tag == f"{NS}Item":
                values[child.attrib["number"]] = back(child)
            elif child.tag == f"{NS}PersonName":
                values[child.attrib["number"]] = {
                    group.tag.removeprefix(NS): [part.text for part in group] for group in child
                }
            elif child.tag == f"{NS}Value":
                values[child.attrib["number"]] = child.text or ""
        assert attribute.attrib.get("keyword", "") in ("", keyword_for_tag(int(tag, 16)))
        data_set[tag] = told | ({"Value": values} if values else {})
    return data_set


def expected(data_set: dict[str, Any]) -> dict[str, Any]:
    def one(vr: str, value: Any) -> Any:
        if vr == "SQ":
            return expected(value)
        if vr == "PN":
            return {group: [part for part in text.split("^") if part] for group, text in value.items()}
        return NOT_IN_XML.sub("\ufffd", str(value))

    return {
        tag: {key: each for key, each in element.items() if key != "Value"}
        | (
            {"Value": {str(n): one(element["vr"], v) for n, v in enumerate(element["Value"], 1) if v is not None}}
            if any(v is not None for v in element.get("Value", ()))
            else {}
        )
        for tag, element in data_set.items()
    }


# Of badVR.dcm pydicom itself makes no JSON.
FILES = sorted(p for p in BUNDLED.rglob("*.dcm") if p.stat().st_size < 300_000 and p.name != "badVR.dcm")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_xml_of_a_file_says_what_its_json_says(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        json = dcmread(path, force=True).to_json_dict(1024, lambda element: f"bulkdata/{element.tag:08X}")
    [document] = documents(*parts_of([json]))
    assert back(document) == expected(json)


async def test_metadata_and_search_answers_come_as_xml_too(wuxi: Asker) -> None:
    await wuxi.store(made(number=1, ImageComments='a <b> & "c"\r\n 测试'), made(number=2))
    for path, count in ((f"{STUDY}/metadata", 2), (f"{STUDY}/series", 1), ("/dicomweb/studies", 1)):
        status, body, headers = await wuxi.get(path, XML)
        found = documents(body, headers["Content-Type"])
        assert (status, len(found)) == (200, count)
        assert [back(each) for each in found] == [expected(each) for each in await wuxi.json(path)]
    status, body, headers = await wuxi.get(f"{STUDY}/metadata", XML)
    assert "<FamilyName>测试</FamilyName><GivenName>一</GivenName>".encode() in body
    assert await wuxi.status(f"{STUDY}/metadata", "application/dicom+xml") == 406, "only in parts"
    assert await wuxi.status("/dicomweb/studies?PatientID=nobody", XML) == 204


def test_what_xml_cannot_hold_is_marked_and_private_elements_name_their_creator() -> None:
    odd = {
        "00091001": {"vr": "LO", "Value": ["a\x0bb", None, "c"]},
        "00090010": {"vr": "LO", "Value": ['VENDOR "1"']},
    }
    [document] = documents(*parts_of([odd]))
    creator, private = document.findall(f"{NS}DicomAttribute")
    assert private.attrib["privateCreator"] == 'VENDOR "1"'
    assert "privateCreator" not in creator.attrib
    assert [(each.attrib["number"], each.text) for each in private] == [("1", "a\ufffdb"), ("3", "c")]
