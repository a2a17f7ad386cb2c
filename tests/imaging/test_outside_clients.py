"""Clients that others wrote work against the archive as they are: dicomweb-client, and dcmtk's tools."""

import asyncio
import subprocess
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

import numpy as np
import pytest
from dicomweb_client import DICOMwebClient
from PIL import Image
from pydicom import dcmread
from pydicom.dataset import Dataset

from imaging.dimse import open_dimse
from tests.imaging.conftest import Asker, bundled
from tests.imaging.made import made, uid

STUDY, SERIES = uid("study"), uid("study", "series")


def client(asker: Asker) -> DICOMwebClient:
    return DICOMwebClient(f"{asker.base}/dicomweb", headers={"X-Who": asker.who})


def files(*more: bytes) -> list[Dataset]:
    return [dcmread(BytesIO(each)) for each in (made(number=1), made(number=2), *more)]


async def test_dicomweb_client_stores_and_finds(wuxi: Asker) -> None:
    def use() -> None:
        them = client(wuxi)
        answer = them.store_instances(files())
        assert len(answer.ReferencedSOPSequence) == 2
        [study] = them.search_for_studies(search_filters={"PatientID": "T0001"}, fields=["StudyDescription"])
        assert study["0020000D"]["Value"] == [STUDY]
        assert study["00081030"]["Value"] == ["胸部平扫"]
        assert them.search_for_studies(search_filters={"PatientName": "测试*"}) != []
        assert them.search_for_studies(search_filters={"PatientID": "T0002"}) == []
        [series] = them.search_for_series(STUDY)
        assert series["0020000E"]["Value"] == [SERIES]
        found = {each["00080018"]["Value"][0] for each in them.search_for_instances(STUDY, SERIES)}
        assert found == {uid("study", "series", "1"), uid("study", "series", "2")}
        assert len(them.search_for_instances(STUDY, limit=1)) == 1

    await asyncio.to_thread(use)


async def test_dicomweb_client_reads_back_what_was_stored(wuxi: Asker) -> None:
    def use() -> None:
        them, stored = client(wuxi), files()
        them.store_instances(stored)
        for got in (
            them.retrieve_study(STUDY),
            them.retrieve_series(STUDY, SERIES),
            list(them.iter_series(STUDY, SERIES)),
        ):
            by_uid = {each.SOPInstanceUID: each for each in got}
            for each in stored:
                assert by_uid[each.SOPInstanceUID].PixelData == each.PixelData
                assert by_uid[each.SOPInstanceUID].PatientName == each.PatientName
        first = stored[0]
        where = (STUDY, SERIES, first.SOPInstanceUID)
        assert them.retrieve_instance(*where).PixelData == first.PixelData
        [frame] = them.retrieve_instance_frames(*where, [1])
        assert frame == first.PixelData
        # A bulk data URI is relative to the address of the metadata.
        base = f"{wuxi.base}/dicomweb/studies/{STUDY}/series/{SERIES}/instances/{first.SOPInstanceUID}/metadata"

        def bulk(_tag: object, _vr: object, uri: str) -> bytes:
            return bytes(them.retrieve_bulkdata(urljoin(base, uri))[0])

        metadata = Dataset.from_json(them.retrieve_instance_metadata(*where), bulk_data_uri_handler=bulk)
        assert metadata.PixelData == first.PixelData
        assert (metadata.Rows, str(metadata.PatientName)) == (16, str(first.PatientName))
        assert len(them.retrieve_series_metadata(STUDY, SERIES)) == 2
        assert len(them.retrieve_study_metadata(STUDY)) == 2
        picture = them.retrieve_instance_rendered(*where, media_types=("image/png",))
        assert Image.open(BytesIO(picture)).size == (16, 16)

    await asyncio.to_thread(use)


async def test_dicomweb_client_reads_compressed_frames_as_they_are(wuxi: Asker) -> None:
    jpeg = bundled("JPEG2000.dcm")
    ds = dcmread(BytesIO(jpeg))

    def use() -> bytes:
        them = client(wuxi)
        them.store_instances([ds])
        where = (ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.SOPInstanceUID)
        kinds = (("image/jp2", str(ds.file_meta.TransferSyntaxUID)),)
        [frame] = them.retrieve_instance_frames(*where, [1], media_types=kinds)
        assert np.array_equal(them.retrieve_instance(*where).pixel_array, ds.pixel_array)
        return bytes(frame)

    assert (await asyncio.to_thread(use)).rstrip(b"\0") in ds.PixelData


async def test_dicomweb_client_sees_nothing_of_another_hospital(wuxi: Asker) -> None:
    def use() -> None:
        client(wuxi).store_instances(files())
        theirs = client(wuxi.as_("jiashan"))
        assert theirs.search_for_studies() == []
        with pytest.raises(Exception, match="404"):
            theirs.retrieve_study(STUDY)

    await asyncio.to_thread(use)


async def test_dcmtk_echoes_and_stores(wuxi: Asker, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for number in (1, 2):
        (out / f"{number}.dcm").write_bytes(made(number=number))
    (out / "mr.dcm").write_bytes(bundled("MR_small.dcm"))

    def run(*command: str) -> str:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout + done.stderr

    async with open_dimse(
        wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", hospital_of={"WUXI_CT": "wuxi"}.get
    ) as port:
        to = ("-aet", "WUXI_CT", "-aec", "TELEMED", "127.0.0.1", str(port))
        assert "Received Echo Response (Success)" in await asyncio.to_thread(run, "echoscu", "-v", *to)
        said = await asyncio.to_thread(run, "storescu", "-v", "+sd", *to, str(out))
        assert said.count("Received Store Response (Success)") == 3
        with pytest.raises(subprocess.CalledProcessError):
            await asyncio.to_thread(run, "echoscu", "-aet", "SOMEBODY", *to[2:])
    for each in out.iterdir():
        sent = dcmread(each)
        path = (
            f"/dicomweb/studies/{sent.StudyInstanceUID}/series/{sent.SeriesInstanceUID}/instances/{sent.SOPInstanceUID}"
        )
        _, body, headers = await wuxi.get(path, 'multipart/related; type="application/dicom"')
        assert headers["Content-Type"].startswith("multipart/related")
        assert sent.PixelData in body
