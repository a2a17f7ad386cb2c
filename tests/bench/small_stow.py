"""One file of one hospital, while two zips of another (14 MB each, 2 GB unpacked) are being unpacked."""

import asyncio
import zipfile
from base64 import b64encode
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import aiohttp

from tests.bench.http import signed_in
from tests.bench.workshop import Measured, Workshop
from tests.e2e.conftest import Product
from tests.imaging.conftest import multipart
from tests.imaging.made import made

MEMBERS, MEMBER_BYTES, NOISE = 20, 100_000_000, 600_000
TUS = {"Tus-Resumable": "1.0.0"}


def small_stow_beside_big_zips(shop: Workshop) -> Measured:
    """From sending the request to its answer, begun as soon as the zips are received whole."""
    zipped = _big_zip(shop.folder / "big.zip")
    tries = shop.often(3)
    beside, alone = [], []
    for _ in range(tries):
        with shop.product() as product:
            each = asyncio.run(_measure(product, zipped))
        alone.append(each[0])
        beside.append(each[1])
    return Measured(median(beside), tries, f"the same with nothing beside it {median(alone):.2f} s")


def _big_zip(path: Path) -> bytes:
    """A zip of zeros with just enough noise to stay below the ratio at which zips are refused."""
    noise = Random(1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for number in range(MEMBERS):
            out.writestr(f"IM{number:03d}", noise.randbytes(NOISE) + bytes(MEMBER_BYTES - NOISE))
    return path.read_bytes()


async def _measure(product: Product, zipped: bytes) -> tuple[float, float]:
    async with signed_in(product, "wuxi.radiographer") as wuxi, signed_in(product, "jiashan.doctor") as jiashan:
        alone = await _stow(jiashan, 1)
        for _ in range(2):
            await _upload(wuxi, zipped)
        return alone, await _stow(jiashan, 2)


async def _upload(http: aiohttp.ClientSession, zipped: bytes) -> None:
    """Uploads in one request; it is answered when all is received, before unpacking."""
    name = b64encode(b"big.zip").decode()
    headers = {**TUS, "Upload-Length": str(len(zipped)), "Upload-Metadata": f"filename {name}"}
    async with http.post("/imaging/uploads", headers=headers) as answer:
        assert answer.status == 201, await answer.text()
        where = answer.headers["Location"]
    headers = {**TUS, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    async with http.patch(where, data=zipped, headers=headers) as answer:
        assert answer.status == 204, await answer.text()


async def _stow(http: aiohttp.ClientSession, number: int) -> float:
    kind = 'multipart/related; type="application/dicom"; boundary=B'
    began = perf_counter()
    async with http.post(
        "/dicomweb/studies", data=multipart([made(number=number)]), headers={"Content-Type": kind}
    ) as answer:
        assert answer.status == 200, await answer.text()
    return perf_counter() - began
