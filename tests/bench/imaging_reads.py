"""Reading a CT of 200 slices from the whole product, signed in; Orthanc in the same run, asked by the same program."""

import asyncio
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import aiohttp
import psutil

from telemed.demo.patients import PATIENTS
from tests.bench import orthanc
from tests.bench.http import packed, settled, signed_in
from tests.bench.slices import SLICES, Stack, frame_addresses, stack
from tests.bench.upload import SENDER, stow
from tests.bench.workshop import Measured, Workshop
from tests.e2e.conftest import Product, demonstration

CLIENTS, ROUNDS, METADATA_TRIES, COLD_TRIES = 8, 3, 20, 3
PIXELS = {"Accept": 'multipart/related; type="application/octet-stream"; transfer-syntax=*'}  # as viewers ask
SMALLER = {"Accept": 'multipart/related; type="image/jphc"'}  # as the product's own viewer asks


@dataclass(frozen=True)
class Rate:
    """Frames a second, and what share of a core the asking process took."""

    frames: float
    busy: float

    def __str__(self) -> str:
        return f"{self.frames:.0f}/s, the asking process took {self.busy:.0%} of a core"


@dataclass(frozen=True)
class Rates:
    stored: Rate
    packed: Rate
    peer: Rate | None
    tries: int


def _rates(shop: Workshop) -> Rates:
    rounds = shop.often(ROUNDS)
    with shop.product() as product:
        mine = _stored(shop, product, "frames")
        stored, smaller = asyncio.run(_product_rates(product, mine, rounds))
    return Rates(stored, smaller, _peer_rate(shop, rounds), rounds * CLIENTS * SLICES)


def frames_8_clients_over_orthanc(shop: Workshop) -> Measured:
    """Each hands out the compressed frames that it keeps. Orthanc asks nobody who they are.

    Each client asks for all slices from another one on; the process that asks is beside the one that answers.
    """
    rates = shop.once(_rates)
    if rates.peer is None:
        raise RuntimeError(orthanc.ABSENT)
    said = f"HTJ2K {rates.packed}; uncompressed {rates.stored}; Orthanc, JPEG-LS {rates.peer}"
    return Measured(rates.packed.frames / rates.peer.frames, rates.tries, said)


def series_metadata_warm(shop: Workshop) -> Measured:
    tries = shop.often(METADATA_TRIES)
    with shop.product() as product:
        took = asyncio.run(_metadata(product, _stored(shop, product, "metadata"), tries))
    return Measured(median(took[1:]), tries, f"the first {took[0]:.1f} ms")


def series_metadata_cold(shop: Workshop) -> Measured:
    """The first read after a start, by somebody who has signed in and read nothing; the median of some starts."""
    tries, data_dir, took = shop.often(COLD_TRIES), shop.copy(), list[float]()
    with demonstration(data_dir) as product:
        mine = _stored(shop, product, "cold")
    for _ in range(tries):
        with demonstration(data_dir) as product:
            took += asyncio.run(_metadata(product, mine, 0))
    return Measured(median(took), tries)


def _stored(shop: Workshop, product: Product, key: str) -> Stack:
    patient = next(each for each in PATIENTS.values() if each.hospital == "wuxi")
    mine = stack(patient, key, shop.folder)
    asyncio.run(stow(product, mine))
    return mine


async def _product_rates(product: Product, mine: Stack, rounds: int) -> tuple[Rate, Rate]:
    async with signed_in(product, SENDER) as http:
        await packed(http)
        async with http.get(f"/dicomweb/studies/{mine.uid}/instances?limit=1000") as answer:
            addresses = frame_addresses(await answer.json(content_type=None))
        return await _rate(http, addresses, PIXELS, rounds), await _rate(http, addresses, SMALLER, rounds)


def _peer_rate(shop: Workshop, rounds: int) -> Rate | None:
    if not orthanc.is_here():
        return None
    mine = stack(next(iter(PATIENTS.values())), "peer-frames", shop.folder)
    with orthanc.orthanc(shop.folder / "orthanc-frames") as origin:
        asyncio.run(orthanc.store(origin, mine))
        return asyncio.run(_of_orthanc(origin, mine, rounds))


async def _of_orthanc(origin: str, mine: Stack, rounds: int) -> Rate:
    async with aiohttp.ClientSession(origin) as http:
        async with http.get(f"/dicom-web/studies/{mine.uid}/instances?limit=1000") as answer:
            rows = await answer.json(content_type=None)
        addresses = [each.replace("/dicomweb/", "/dicom-web/") for each in frame_addresses(rows)]
        return await _rate(http, addresses, PIXELS, rounds)


async def _rate(http: aiohttp.ClientSession, addresses: list[str], headers: dict[str, str], rounds: int) -> Rate:
    async def client(n: int) -> None:
        first = n * SLICES // CLIENTS
        for address in addresses[first:] + addresses[:first]:
            async with http.get(address, headers=headers) as answer:
                assert answer.status == 200, answer.status
                await answer.read()

    await client(0)  # the files are in memory, and the read is in the audit log
    me = psutil.Process()
    began, used = perf_counter(), sum(me.cpu_times()[:2])
    for _ in range(rounds):
        await asyncio.gather(*(client(n) for n in range(CLIENTS)))
    took = perf_counter() - began
    return Rate(rounds * CLIENTS * SLICES / took, (sum(me.cpu_times()[:2]) - used) / took)


async def _metadata(product: Product, mine: Stack, tries: int) -> list[float]:
    """In ms; gzip, as browsers ask."""
    series = str(mine.series)
    path = f"/dicomweb/studies/{mine.uid}/series/{series}/metadata"
    async with signed_in(product, SENDER) as http:
        await settled(http)
        return [await _timed(http, path) for _ in range(tries + 1)]


async def _timed(http: aiohttp.ClientSession, path: str) -> float:
    began = perf_counter()
    async with http.get(path, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.status == 200, answer.status
        await answer.read()
    return (perf_counter() - began) * 1000


MEASUREMENTS = {
    "series_metadata_warm": series_metadata_warm,
    "series_metadata_cold": series_metadata_cold,
    "frames_8_clients_over_orthanc": frames_8_clients_over_orthanc,
}
