"""Issued reports in the archive of their study: the SR as it is downloaded, and the key images."""

import shutil
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from pydicom import Dataset, dcmread
from pydicom.uid import UID

from imaging.archive import Archive
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import Orders
from telemed.bridge.reported import StoredReports
from telemed.demo.images.phantom import Findings
from telemed.demo.images.studies import study as demo_study
from telemed.demo.images.synthetic import ct
from telemed.files.store import FileStore
from telemed.reading.model import Report
from telemed.studies.model import LinkState, StudyLink
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.reading import helpers
from tests.telemed.reading.helpers import STUDY, TEXT, act, claimed, key_image, no_errors


@pytest.fixture
async def study(world: World) -> UUID:
    await helpers.desk(world)
    return await helpers.study(world)


@pytest.fixture
def stored(world: World, archive: Archive, clock: FakeClock, tmp_path: Path) -> StoredReports:
    return StoredReports(world.db, Orders(world.db, clock), archive, FileStore(tmp_path), clock)


async def slice_of(archive: Archive, instance: str) -> None:
    """An image of the study that is read, in Wuxi's archive."""
    (file,) = ct(demo_study("aorta"), NOW, Findings(), slices=1, step=5.0, series_name="轴位")
    image = dcmread(BytesIO(file))
    image.StudyInstanceUID, image.SeriesInstanceUID = STUDY, f"{STUDY}.1"
    image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = UID(instance)
    path = archive.objects.spooled()
    image.save_as(path, enforce_file_format=True)
    assert (await archive.pipeline.take(path, "wuxi")).kept


async def made(archive: Archive) -> dict[str, Dataset]:
    found = [Dataset.from_json(each) for each in await archive.headers("wuxi", STUDY)]
    return {each.Modality: each for each in found}


async def issue(call: Call, study: UUID) -> str:
    out = await claimed(call, study)
    first = await key_image(call)
    headers = {"If-Match": '"0"'}
    body = TEXT | {"key_images": [first]}
    status, report = await call("reader", "PUT", f"/readings/{out['id']}/report", json=body, headers=headers)
    assert status == 200, report
    out = (await act(call, "reader", out, "submit", report_version=report["version"]))[1]
    status, out = await act(call, "chief_reader", out, "issue", **TEXT, key_images=[first])
    assert status == 200, out
    return str(out["report"]["id"])


def order(reading: str) -> LeafOrder:
    return LeafOrder(kind="study.reports", target=reading, rev=1, created_at=NOW, data={})


async def test_an_issued_report_is_in_the_archive_as_it_is_downloaded_with_its_key_images(
    call: Call, world: World, study: UUID, archive: Archive, stored: StoredReports
) -> None:
    await slice_of(archive, f"{STUDY}.1.1")
    report = await issue(call, study)
    [row] = await rows(world.db, Report)
    for _ in range(2):  # the second time it is there
        await stored.leaves["study.reports"](order(str(row.reading_id)))
    found = await made(archive)
    assert sorted(found) == ["KO", "SR"]
    downloaded = dcmread(BytesIO((await call("doctor", "GET", f"/reports/{report}/sr"))[1]))
    assert found["SR"].SOPInstanceUID == downloaded.SOPInstanceUID
    (chosen,) = [each for each in found["KO"].ContentSequence if each.ValueType == "IMAGE"]
    assert chosen.ReferencedSOPSequence[0].ReferencedSOPInstanceUID == f"{STUDY}.1.1"
    assert "图 1 图注 k1" in [each.get("TextValue") for each in found["KO"].ContentSequence]


async def test_key_images_that_are_not_there_are_left_out(
    call: Call, world: World, study: UUID, archive: Archive, stored: StoredReports
) -> None:
    await slice_of(archive, f"{STUDY}.1.9")
    await issue(call, study)
    [row] = await rows(world.db, Report)
    await stored.leaves["study.reports"](order(str(row.reading_id)))
    assert sorted(await made(archive)) == ["SR"]


@pytest.mark.skipif(shutil.which("dciodvfy") is None, reason="dicom3tools is not installed")
async def test_dciodvfy_finds_no_error(
    call: Call, world: World, study: UUID, archive: Archive, stored: StoredReports, tmp_path: Path
) -> None:
    await slice_of(archive, f"{STUDY}.1.1")
    await issue(call, study)
    [row] = await rows(world.db, Report)
    await stored.leaves["study.reports"](order(str(row.reading_id)))
    files = [each.read_bytes() for each in archive.objects.root.glob("objects/*/*") if each.is_file()]
    own = [each for each in files if b"telemed" in each and dcmread(BytesIO(each), force=True).get("Modality") == "KO"]
    assert len(own) == 1
    no_errors(own[0], tmp_path / "ko.dcm")


async def test_nothing_is_stored_into_a_study_that_was_recalled_until_it_is_the_patients_again(
    call: Call, world: World, study: UUID, archive: Archive, stored: StoredReports
) -> None:
    await slice_of(archive, f"{STUDY}.1.1")
    await issue(call, study)
    [row] = await rows(world.db, Report)
    for state, there in ((LinkState.rejected, []), (LinkState.confirmed, ["KO", "SR"])):
        async with world.db.write() as db:
            (await db.get_one(StudyLink, study)).state = state
        await stored.leaves["study.reports"](order(str(row.reading_id)))
        assert sorted(await made(archive)) == there
