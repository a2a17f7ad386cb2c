"""Reading a CT of 200 slices from the whole product, signed in: frames for eight clients, and a series' metadata."""

import asyncio
from statistics import median
from time import perf_counter

import aiohttp
import psutil

from telemed.demo.patients import PATIENTS
from tests.bench.http import settled, signed_in
from tests.bench.slices import SLICES, Stack, frame_addresses, stack
from tests.bench.upload import SENDER, stow
from tests.bench.workshop import Measured, Workshop
from tests.e2e.conftest import Product

CLIENTS, ROUNDS, METADATA_TRIES = 8, 3, 20
PIXELS = {"Accept": 'multipart/related; type="application/octet-stream"; transfer-syntax=*'}  # as viewers ask


def frames_8_clients(shop: Workshop) -> Measured:
    """Each client asks for all slices from another one on; the process that asks is beside the one that answers."""
    rounds = shop.often(ROUNDS)
    with shop.product() as product:
        mine = _stored(shop, product, "frames")
        rate, busy = asyncio.run(_frames(product, mine, rounds))
    return Measured(rate, rounds * CLIENTS * SLICES, f"the asking process took {busy:.0%} of a core")


def series_metadata_warm(shop: Workshop) -> Measured:
    tries = shop.often(METADATA_TRIES)
    with shop.product() as product:
        took = asyncio.run(_metadata(product, _stored(shop, product, "metadata"), tries))
    return Measured(median(took[1:]), tries, f"the first {took[0]:.1f} ms")


def _stored(shop: Workshop, product: Product, key: str) -> Stack:
    patient = next(each for each in PATIENTS.values() if each.hospital == "wuxi")
    mine = stack(patient, key, shop.folder)
    asyncio.run(stow(product, mine))
    return mine


async def _frames(product: Product, mine: Stack, rounds: int) -> tuple[float, float]:
    async with signed_in(product, SENDER) as http:
        await settled(http)
        async with http.get(f"/dicomweb/studies/{mine.uid}/instances?limit=1000") as answer:
            addresses = frame_addresses(await answer.json(content_type=None))

        async def client(n: int) -> None:
            first = n * SLICES // CLIENTS
            for address in addresses[first:] + addresses[:first]:
                async with http.get(address, headers=PIXELS) as answer:
                    assert answer.status == 200, answer.status
                    await answer.read()

        await client(0)  # the files are in memory, and the read is in the audit log
        me = psutil.Process()
        began, used = perf_counter(), sum(me.cpu_times()[:2])
        for _ in range(rounds):
            await asyncio.gather(*(client(n) for n in range(CLIENTS)))
        took = perf_counter() - began
        return rounds * CLIENTS * SLICES / took, (sum(me.cpu_times()[:2]) - used) / took


async def _metadata(product: Product, mine: Stack, tries: int) -> list[float]:
    """In ms; gzip, as browsers ask."""
    async with signed_in(product, SENDER) as http:
        await settled(http)
        async with http.get(f"/dicomweb/studies/{mine.uid}/series") as answer:
            series = (await answer.json(content_type=None))[0]["0020000E"]["Value"][0]
        path = f"/dicomweb/studies/{mine.uid}/series/{series}/metadata"
        return [await _timed(http, path) for _ in range(tries + 1)]


async def _timed(http: aiohttp.ClientSession, path: str) -> float:
    began = perf_counter()
    async with http.get(path, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.status == 200, answer.status
        await answer.read()
    return (perf_counter() - began) * 1000


MEASUREMENTS = {"series_metadata_warm": series_metadata_warm, "frames_8_clients": frames_8_clients}
