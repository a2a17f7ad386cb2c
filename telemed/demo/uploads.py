"""Uploads the demonstration's studies over HTTP, as a radiographer's browser does."""

import asyncio
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from io import BytesIO

import aiohttp

from telemed.demo.images.studies import EXAMINATIONS, files, study
from telemed.demo.patients import PATIENTS

AT_ONCE = 4
POLL_SECONDS = 0.2
BODY = "application/offset+octet-stream"


class UploadFailed(Exception):
    """The archive did not store a file of the demonstration."""


async def send_all(
    base_url: str, tokens: Mapping[str, str], now: datetime, trust: ssl.SSLContext | None = None
) -> None:
    """Uploads all studies. `tokens`: for each hospital a bearer token of somebody who may store images there."""
    for key, made in EXAMINATIONS.items():
        async with archive(base_url, tokens[PATIENTS[made.patient].hospital], trust) as client:
            await send(client, key, now)


@asynccontextmanager
async def archive(base_url: str, token: str, trust: ssl.SSLContext | None) -> AsyncIterator[aiohttp.ClientSession]:
    headers = {"Authorization": f"Bearer {token}"}
    connector = aiohttp.TCPConnector(ssl=trust) if trust else None
    async with aiohttp.ClientSession(base_url, headers=headers, connector=connector) as client:
        yield client


async def send(client: aiohttp.ClientSession, key: str, now: datetime) -> None:
    """Uploads a study as one batch, whose end declares its number of images."""
    async with client.post("/imaging/batches", json={"study_hint": study(key).description}) as answer:
        answer.raise_for_status()
        batch = (await answer.json())["id"]
    waiting: set[asyncio.Task[None]] = set()
    async with asyncio.TaskGroup() as group:
        made = files(key, now)
        number = 0
        while (data := await asyncio.to_thread(next, made, None)) is not None:
            number += 1
            if len(waiting) >= AT_ONCE:
                _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            waiting.add(group.create_task(_send_file(client, batch, f"{key}/{number:04d}.dcm", data)))
    async with client.post(f"/imaging/batches/{batch}/finish", json={}) as answer:
        answer.raise_for_status()
    await _settled(client, batch, number)


async def _send_file(client: aiohttp.ClientSession, batch: str, name: str, data: bytes) -> None:
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(data)),
        "Upload-Metadata": f"filename {_word(name)},batch {_word(batch)}",
        "Content-Type": BODY,
    }
    async with client.post("/imaging/uploads", data=BytesIO(data), headers=headers) as answer:
        answer.raise_for_status()


async def _settled(client: aiohttp.ClientSession, batch: str, sent: int) -> None:
    while True:
        async with client.get(f"/imaging/batches/{batch}") as answer:
            answer.raise_for_status()
            shown = await answer.json()
        if shown["settled"]:
            break
        await asyncio.sleep(POLL_SECONDS)
    refused = [each for each in shown["files"] if each["state"] == "refused"]
    if refused or len(shown["files"]) != sent:
        raise UploadFailed(f"{len(refused)} of {sent} files were refused: {refused[:1]}")


def _word(text: str) -> str:
    return b64encode(text.encode()).decode()
