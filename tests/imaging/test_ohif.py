"""A stock OHIF before `/dicomweb`: what OHIF 3.13.2 asked in a browser (`tests/bench/ohif_asks.py`), asked again."""

import json
from io import BytesIO
from typing import Any

import pytest
from pydicom import Dataset, dcmread
from pydicom.encaps import get_frame

from tests.imaging.conftest import Asker
from tests.imaging.ohif import ASKS, SERIES, SLICES, STUDY, files

LIST = {  # what its study list has in a row, by tag
    "00100010": [{"Alphabetic": "Ceshi^Yi"}],
    "00100020": ["T0001"],
    "00080020": ["20260301"],
    "00080030": ["101500"],
    "00080050": ["A-ohif"],
    "00080061": ["CT", "OT", "US"],
    "00081030": ["Chest"],
    "00201208": [SLICES + 2],
}


def asks() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(ASKS.read_text("utf-8"))
    return found


def by_uid() -> dict[str, Dataset]:
    sets = [dcmread(BytesIO(each)) for each in files()]
    return {ds.SOPInstanceUID: ds for ds in sets}


def stored_frame(ds: Dataset) -> bytes:
    encapsulated = ds.file_meta.TransferSyntaxUID.is_encapsulated
    return get_frame(ds.PixelData, 0, number_of_frames=1) if encapsulated else bytes(ds.PixelData)


def check_study(rows: Any) -> None:
    [row] = rows
    assert row["0020000D"]["Value"] == [STUDY]
    assert {tag: sorted(row[tag]["Value"], key=str) for tag in LIST} == LIST


def check_series(rows: Any) -> None:
    assert {row["0020000E"]["Value"][0] for row in rows} == set(SERIES)
    assert sorted(row["00080060"]["Value"][0] for row in rows) == ["CT", "OT", "US"]
    assert sorted(row["00201209"]["Value"][0] for row in rows) == [1, 1, SLICES]
    assert all(row["0020000D"]["Value"] == [STUDY] and row["00200011"]["Value"] for row in rows)


def check_metadata(rows: Any) -> None:
    known = by_uid()
    for row in rows:
        ds = known.pop(row["00080018"]["Value"][0])
        assert row["00080016"]["Value"] == [ds.SOPClassUID]
        assert (row["00280010"]["Value"], row["00280011"]["Value"]) == ([ds.Rows], [ds.Columns])
        assert row["00280004"]["Value"] == [ds.PhotometricInterpretation]
        assert row["00083002"]["Value"] == [ds.file_meta.TransferSyntaxUID]
    assert rows


def check_frame(path: str, body: bytes, kind: str) -> None:
    ds = by_uid()[path.split("/")[5]]
    assert kind.startswith("multipart/related")
    head, _, rest = body.partition(b"\r\n\r\n")
    assert f"transfer-syntax={ds.file_meta.TransferSyntaxUID}".encode() in head
    boundary = head.split(b"\r\n")[0]
    assert rest[: rest.index(b"\r\n" + boundary)] == stored_frame(ds)


async def test_what_a_stock_ohif_asks_is_answered(wuxi: Asker) -> None:
    """Its list of studies, searched by each column; the study it opens; metadata, small pictures and slices."""
    assert (await wuxi.store(*files()))[0] == 200
    seen = set()
    for one in asks():
        query = f"?{one['query']}" if one["query"] else ""
        status, body, headers = await wuxi.get(f"/dicomweb/{one['path']}{query}", one["accept"])
        assert status == 200, (one, body)
        what = one["path"].rpartition("/")[2]
        seen.add(what)
        if what == "1":
            check_frame(one["path"], body, headers["Content-Type"])
            continue
        assert headers["Content-Type"].startswith("application/dicom+json")
        {"studies": check_study, "series": check_series, "metadata": check_metadata}[what](json.loads(body))
    assert seen == {"studies", "series", "metadata", "1"}


@pytest.mark.parametrize(("column", "other"), [("*Ceshi*", "*Nemo*"), ("*A-ohif*", "*B*"), ("=CT", "=MR")])
async def test_its_list_is_empty_where_nothing_fits(wuxi: Asker, column: str, other: str) -> None:
    await wuxi.store(*files())
    query = next(one["query"] for one in asks() if column in one["query"] and "ModalitiesInStudy" in one["query"])
    assert await wuxi.status(f"/dicomweb/studies?{query}") == 200
    assert await wuxi.status(f"/dicomweb/studies?{query.replace(column, other)}") == 204


async def test_pages_of_another_origin_read_nothing(wuxi: Asker) -> None:
    """OHIF's pages and `/dicomweb` come from one address: no other origin's page is let in by a browser."""
    await wuxi.store(*files())
    preflight = {"Origin": "https://ohif.example", "Access-Control-Request-Method": "GET"}
    for method in ("OPTIONS", "GET"):
        async with wuxi.ask(method, f"/dicomweb/studies/{STUDY}/series", headers=preflight) as answer:
            assert answer.status == 200
            assert [each for each in answer.headers if each.lower().startswith("access-control-")] == []
