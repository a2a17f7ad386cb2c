"""Uploads as a browser sends them: batches, files in pieces or at once, zips."""

import asyncio
import zipfile
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from typing import Any

from tests.imaging.conftest import Asker, until

BODY = "application/offset+octet-stream"


def headers_for(length: int, name: str = "a.dcm", batch: str = "") -> dict[str, str]:
    metadata = f"filename {b64encode(name.encode()).decode()}"
    if batch:
        metadata += f",batch {b64encode(batch.encode()).decode()}"
    return {"Tus-Resumable": "1.0.0", "Upload-Length": str(length), "Upload-Metadata": metadata}


async def create(who: Asker, length: int, name: str = "a.dcm", batch: str = "") -> str:
    async with who.ask("POST", "/imaging/uploads", headers=headers_for(length, name, batch)) as response:
        assert response.status == 201, await response.text()
        return response.headers["Location"]


async def send(who: Asker, data: bytes, name: str = "a.dcm", batch: str = "") -> str:
    """One small file in one request."""
    headers = {**headers_for(len(data), name, batch), "Content-Type": BODY}
    async with who.ask("POST", "/imaging/uploads", headers=headers, data=data) as response:
        assert response.status == 201, await response.text()
        assert response.headers["Upload-Offset"] == str(len(data))
        return response.headers["Location"]


async def patch(who: Asker, where: str, offset: int, data: object) -> tuple[int, str]:
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset), "Content-Type": BODY}
    async with who.ask("PATCH", where, headers=headers, data=data) as response:
        return response.status, response.headers.get("Upload-Offset", "")


async def offset_of(who: Asker, where: str) -> int:
    async with who.ask("HEAD", where, headers={"Tus-Resumable": "1.0.0"}) as response:
        assert response.status == 200
        return int(response.headers["Upload-Offset"])


async def batch_when(who: Asker, batch: str, ready: Callable[[Any], bool]) -> Any:
    return await until(lambda: who.json(f"/imaging/batches/{batch}"), ready)


async def settled(who: Asker, batch: str) -> Any:
    status, _ = await who.post(f"/imaging/batches/{batch}/finish")
    assert status == 200
    return await batch_when(who, batch, lambda shown: shown["settled"])


async def nothing_left(who: Asker) -> None:
    """The received files go just after their outcome is known."""
    uploads = who.archive.objects.uploads
    await until(lambda: asyncio.to_thread(lambda: list(uploads.iterdir())), lambda files: not files)


async def new_batch(who: Asker, files: int) -> str:
    status, batch = await who.post("/imaging/batches", {"expected_files": files})
    assert status == 200
    return str(batch["id"])


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
