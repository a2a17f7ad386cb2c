"""Somebody signed in over HTTP, without a browser."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from tests.e2e.conftest import PASSWORD, Product


@asynccontextmanager
async def signed_in(product: Product, username: str) -> AsyncIterator[aiohttp.ClientSession]:
    jar = aiohttp.CookieJar(unsafe=True)  # the address is a number
    async with aiohttp.ClientSession(product.origin, cookie_jar=jar, headers={"Origin": product.origin}) as http:
        async with http.post("/api/session", json={"username": username, "password": PASSWORD}) as answer:
            assert answer.ok, f"{username}: {answer.status}"
        yield http


async def settled(http: aiohttp.ClientSession) -> None:
    """Until nothing waits to be delivered: a start on data made at once sweeps for a while."""
    async with asyncio.timeout(180):
        while True:
            async with http.get("/metrics") as answer:
                if "telemed_outbox_oldest_seconds 0.0\n" in await answer.text():
                    return
            await asyncio.sleep(0.1)


async def packed(http: aiohttp.ClientSession) -> None:
    """Until no series waits to be packed."""
    await settled(http)
    async with asyncio.timeout(180):
        while True:
            async with http.get("/metrics") as answer:
                if "\nimaging_pack_queue 0" in await answer.text():
                    return
            await asyncio.sleep(0.1)
