"""Storing: a CT of 200 slices by one STOW-RS request, and searching while 1,000 studies are worked up."""

import asyncio
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from time import perf_counter

import aiohttp
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

from telemed.demo.images.phantom import Findings
from telemed.demo.images.radiograph import chest
from telemed.demo.patients import PATIENTS
from tests.bench import orthanc
from tests.bench.http import settled, signed_in
from tests.bench.slices import SLICES, Stack, stack
from tests.bench.upload import SENDER
from tests.bench.workshop import Measured, Workshop, p95
from tests.e2e.conftest import Product

TRIES, STUDIES, AT_ONCE, SIDE = 5, 1_000, 25, 128
QUERIES = (
    "PatientName=*伟*",
    "StudyDate=20260101-20261231&ModalitiesInStudy=CT",
    "PatientID=W2600214",
    "AccessionNumber=B000500",
)


@dataclass(frozen=True)
class Stored:
    """Seconds from the first byte of the request until it is answered, and until metadata lists all slices."""

    acknowledged: float
    visible: float


def _stored(shop: Workshop) -> tuple[list[Stored], str]:
    """Both metrics are of the same requests; beside them Orthanc's answer, plain and encoding as JPEG-LS."""
    stacks = [_stack(shop, f"stow-{number}") for number in range(shop.often(TRIES))]
    with shop.product() as product:
        took = [asyncio.run(_stow(product, mine)) for mine in stacks]
    return took, _peer(shop, stacks)


def _peer(shop: Workshop, stacks: list[Stack]) -> str:
    if not orthanc.is_here():
        return orthanc.ABSENT
    said = []
    for name, ingest in (("native", ""), ("JPEG-LS", orthanc.JPEG_LS)):
        with orthanc.orthanc(shop.folder / f"orthanc-{name}", ingest) as origin:
            times = [asyncio.run(orthanc.store(origin, mine)) for mine in stacks]
        said.append(f"{name} {median(times):.2f} s")
    return f"Orthanc {', '.join(said)}"


def stow_acknowledged(shop: Workshop) -> Measured:
    took, peer = shop.once(_stored)
    return Measured(median(each.acknowledged for each in took), len(took), peer)


def stow_visible(shop: Workshop) -> Measured:
    took, _ = shop.once(_stored)
    return Measured(median(each.visible for each in took), len(took))


def _stack(shop: Workshop, key: str) -> Stack:
    return stack(next(each for each in PATIENTS.values() if each.hospital == "wuxi"), key, shop.folder)


async def _stow(product: Product, mine: Stack) -> Stored:
    body = _multipart([path.read_bytes() for path in mine.files])
    path = f"/dicomweb/studies/{mine.uid}/series/{mine.series}/metadata"
    async with signed_in(product, SENDER) as http:
        await settled(http)
        began = perf_counter()
        await _post(http, body)
        acknowledged = perf_counter() - began
        while await _listed(http, path) < SLICES:
            pass  # asks again at once
        return Stored(acknowledged, perf_counter() - began)


async def _listed(http: aiohttp.ClientSession, path: str) -> int:
    async with http.get(path) as answer:
        return len(await answer.json(content_type=None)) if answer.status == 200 else 0


def _multipart(files: list[bytes]) -> bytes:
    return b"".join(b"--b\r\nContent-Type: application/dicom\r\n\r\n%b\r\n" % each for each in files) + b"--b--\r\n"


async def _post(http: aiohttp.ClientSession, body: bytes) -> None:
    kind = 'multipart/related; type="application/dicom"; boundary=b'
    async with http.post("/dicomweb/studies", data=BytesIO(body), headers={"Content-Type": kind}) as answer:
        assert answer.status == 200, await answer.text()


def qido_after_bulk_store(shop: Workshop) -> Measured:
    """From the last answer to 1,000 studies on, until their thumbnails, packs and news are done."""
    with shop.product() as product:
        times, took = asyncio.run(_searched(product))
    return Measured(p95(times), len(times), f"the background work took {took:.0f} s")


async def _searched(product: Product) -> tuple[list[float], float]:
    picture = chest(Findings(), 1, rows=SIDE, columns=SIDE).astype("<u2").tobytes()
    async with signed_in(product, SENDER) as http:
        await settled(http)
        files = [_small(number, picture) for number in range(STUDIES)]
        for first in range(0, STUDIES, AT_ONCE):
            await _post(http, _multipart(files[first : first + AT_ONCE]))
        times, began = list[float](), perf_counter()
        while not await _is_done(http):
            for query in QUERIES:
                asked = perf_counter()
                async with http.get(f"/dicomweb/studies?{query}&limit=25") as answer:
                    assert answer.status in (200, 204), answer.status
                    await answer.read()
                times.append((perf_counter() - asked) * 1000)
        return times, perf_counter() - began


async def _is_done(http: aiohttp.ClientSession) -> bool:
    async with http.get("/metrics") as answer:
        said = await answer.text()
    return "\nimaging_pack_queue 0" in said and "telemed_outbox_oldest_seconds 0.0\n" in said


def _small(number: int, picture: bytes) -> bytes:
    """A study of one small image of a patient nobody knows."""
    image = Dataset()
    image.SpecificCharacterSet = "ISO_IR 192"
    image.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    image.SOPInstanceUID, image.SeriesInstanceUID, image.StudyInstanceUID = (
        generate_uid(entropy_srcs=[f"bulk {what} {number}"]) for what in ("image", "series", "study")
    )
    image.PatientName, image.PatientID = "Zhang^Wei=张^伟", f"B{number:06}"
    image.AccessionNumber, image.Modality = f"B{number:06}", "CT"
    image.StudyDate, image.StudyTime = f"2026{1 + number % 11:02}{1 + number % 28:02}", "081500"
    image.SeriesNumber = image.InstanceNumber = 1
    image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
    image.Rows = image.Columns = SIDE
    image.BitsAllocated, image.BitsStored, image.HighBit, image.PixelRepresentation = 16, 12, 11, 0
    image.PixelData = picture
    image.file_meta = FileMetaDataset()
    image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    out = BytesIO()
    image.save_as(out, enforce_file_format=True)
    return out.getvalue()


MEASUREMENTS = {
    "stow_ct200_acknowledged": stow_acknowledged,
    "stow_ct200_visible": stow_visible,
    "qido_after_bulk_store_p95": qido_after_bulk_store,
}
