"""A large multi-frame object sent into an archive that runs by itself: how it is read, and what that costs."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Final

import imagecodecs
from aiohttp import ClientSession, ClientTimeout
from joserfc.jwk import OKPKey

from imaging.tickets import ticket_for
from tests.imaging import cine
from tests.imaging.alone import peaks, program
from tests.imaging.conftest import until
from tests.imaging.made import uid
from tests.imaging.packed import Previews

PIECE: Final = 8 << 20
STORED: Final = "application/octet-stream; transfer-syntax=*"
SMALLER: Final = f"image/jphc, {STORED}; q=0.9"


@dataclass
class Cost:
    """Of one object; seconds."""

    megabytes: float
    stored: float = 0
    """Until it was acknowledged."""
    first: float = 0
    """From then until its middle frame was here, which a viewer shows first."""
    packed: float = 0
    """From then until its pack was there; 0: it stays as it is stored."""
    memory: dict[str, float] = field(default_factory=dict)
    """The most (MB) that the server and any worker held, from the start until now."""


class Sender:
    def __init__(self, session: ClientSession, base: str, pid: int) -> None:
        self._session, self._base, self._pid = session, base, pid

    async def ct(self, path: Path, frames: int, study: str) -> Cost:
        """An enhanced CT by STOW-RS; its frames are encoded, each comes by itself, whole and in ranges."""
        await asyncio.to_thread(cine.enhanced_ct, path, frames, study)
        cost = await self._sent(self._stow, path, study, frames, colour=False)
        began = perf_counter()
        preview = f"/imaging/preview/{uid(study)}/{uid(study, 'series')}"
        await until(lambda: self._status(preview), lambda status: status == 200)
        cost.packed = perf_counter() - began
        found = Previews.of((await self._get(preview))[0]).contents
        assert len(found.frames) == frames
        assert all(length for _, _, length, _ in found.frames), "every frame is encoded"
        for number in (1, frames):
            body, kind = await self._get(f"{_instance(study)}/frames/{number}", Accept=SMALLER)
            assert kind.startswith("image/jphc")
            assert imagecodecs.htj2k_decode(body).tobytes() == cine.frame(number)
        cost.memory = self._memory()
        return cost

    async def us(self, path: Path, frames: int, study: str) -> Cost:
        """A colour cine by an upload in pieces; what comes of it is named as it is stored."""
        await asyncio.to_thread(cine.us_cine, path, frames, study)
        cost = await self._sent(self._upload, path, study, frames, colour=True)
        for number in (1, frames):
            body, kind = await self._get(f"{_instance(study)}/frames/{number}", Accept=SMALLER)
            assert kind == "application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1"
            assert body == cine.frame(number, colour=True)
        cost.memory = self._memory()
        return cost

    async def _sent(
        self, send: Callable[[Path], Awaitable[None]], path: Path, study: str, frames: int, *, colour: bool
    ) -> Cost:
        size = (await asyncio.to_thread(path.stat)).st_size
        began = perf_counter()
        await send(path)
        acknowledged = perf_counter()
        await asyncio.to_thread(path.unlink)
        instance, middle = _instance(study), (frames + 1) // 2
        await until(lambda: self._status(f"{instance}/metadata"), lambda status: status == 200)
        body, _ = await self._get(f"{instance}/frames/{middle}", Accept=STORED)
        cost = Cost(size / 1e6, acknowledged - began, perf_counter() - acknowledged)
        assert body == cine.frame(middle, colour=colour)
        for number in (1, frames):
            part, _ = await self._get(f"{instance}/frames/{number}", Accept=STORED, Range="bytes=1000-1999")
            assert part == cine.frame(number, colour=colour)[1000:2000]
        for path_of in ("thumbnail", f"frames/{middle}/rendered"):
            await self._get(f"{instance}/{path_of}", Accept="image/png, image/jpeg")
        return cost

    async def _stow(self, path: Path) -> None:
        headers = {"Content-Type": "application/dicom"}
        with await asyncio.to_thread(path.open, "rb") as file:
            async with self._session.post(f"{self._base}/dicomweb/studies", data=file, headers=headers) as answer:
                assert answer.status == 200, await answer.text()

    async def _upload(self, path: Path) -> None:
        size = (await asyncio.to_thread(path.stat)).st_size
        create = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size)}
        async with self._session.post(f"{self._base}/imaging/uploads", headers=create) as answer:
            where = self._base + answer.headers["Location"]
        at = 0
        async for piece in _pieces(path):
            append = create | {"Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
            async with self._session.patch(where, data=BytesIO(piece), headers=append) as answer:
                assert answer.status == 204, await answer.text()
                at = int(answer.headers["Upload-Offset"])

    async def _status(self, path: str) -> int:
        async with self._session.get(self._base + path) as answer:
            return answer.status

    async def _get(self, path: str, **headers: str) -> tuple[bytes, str]:
        async with self._session.get(self._base + path, headers=headers) as answer:
            body = await answer.read()
            assert answer.status in (200, 206), body
            return body, answer.headers["Content-Type"]

    def _memory(self) -> dict[str, float]:
        found = peaks(self._pid)
        return {"server": found.pop(self._pid), "worker": max(found.values())}


async def passage(folder: Path, frames: int) -> tuple[Cost, Cost, Cost]:
    """A CT of 2 frames, and then one of `frames` and a cine of as many bytes."""
    key = OKPKey.generate_key("Ed25519", auto_kid=True)
    keys = json.dumps({"keys": [key.as_dict(private=False)]})
    headers = {"Authorization": f"Bearer {ticket_for(key, 'wuxi', hours=1)}"}
    async with (
        ClientSession(headers=headers, timeout=ClientTimeout(total=600)) as session,
        program(folder / "archive", keys) as (base, process),
    ):
        sender = Sender(session, base, process.pid)
        small = await sender.ct(folder / "small.dcm", 2, "small")
        large = await sender.ct(folder / "large.dcm", frames, "large")
        return small, large, await sender.us(folder / "cine.dcm", frames * 2 // 3, "cine")


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(path.open, "rb") as file:
        while piece := await asyncio.to_thread(partial(file.read, PIECE)):
            yield piece


def _instance(study: str) -> str:
    return f"/dicomweb/studies/{uid(study)}/series/{uid(study, 'series')}/instances/{uid(study, 'series', '1')}"
