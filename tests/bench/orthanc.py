"""Orthanc (Debian's `orthanc` and `orthanc-dicomweb`) beside the product: the peer of the imaging bench.

Configured as fairly as is known: no Nagle, gzip, JPEG-LS on ingest; without orthanc-gdcm, which crashes. It knows no
users here, so none of its answers costs an authorisation.
"""

import asyncio
import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Final

import aiohttp

from tests.bench.slices import SLICES, Stack

PROGRAM: Final = shutil.which("Orthanc") or "/usr/sbin/Orthanc"
PLUGIN: Final = Path("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")
JPEG_LS: Final = "1.2.840.10008.1.2.4.80"
ABSENT: Final = "no peer: install Debian's orthanc and orthanc-dicomweb"


def is_here() -> bool:
    return Path(PROGRAM).exists() and PLUGIN.exists()


@contextmanager
def orthanc(folder: Path, ingest: str = JPEG_LS) -> Iterator[str]:
    """Its origin. `ingest`: the transfer syntax into which it encodes what it gets; empty: as it comes."""
    folder.mkdir()
    http, dimse = _free(), _free()
    said = {
        "Name": "bench",
        "StorageDirectory": str(folder / "db"),
        "IndexDirectory": str(folder / "db"),
        "Plugins": [str(PLUGIN)],
        "HttpPort": http,
        "DicomPort": dimse,
        "RemoteAccessAllowed": False,
        "AuthenticationEnabled": False,
        "KeepAlive": True,
        "TcpNoDelay": True,
        "HttpCompressionEnabled": True,
        "DicomWeb": {"Enable": True, "Root": "/dicom-web/"},
    } | ({"IngestTranscoding": ingest} if ingest else {})
    (folder / "orthanc.json").write_text(json.dumps(said))
    command = [PROGRAM, str(folder / "orthanc.json")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            origin = f"http://127.0.0.1:{http}"
            asyncio.run(_answers(origin))
            yield origin
        finally:
            running.terminate()
    shutil.rmtree(folder, ignore_errors=True)


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


async def _answers(origin: str) -> None:
    async with asyncio.timeout(60), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(f"{origin}/dicom-web/studies?limit=1") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.1)


async def store(origin: str, mine: Stack) -> float:
    """By one STOW-RS request, as the product gets it; the seconds until it is answered."""
    parts = [b"--b\r\nContent-Type: application/dicom\r\n\r\n%b\r\n" % path.read_bytes() for path in mine.files]
    body = b"".join(parts) + b"--b--\r\n"
    kind = 'multipart/related; type="application/dicom"; boundary=b'
    async with aiohttp.ClientSession() as http:
        began = perf_counter()
        async with http.post(f"{origin}/dicom-web/studies", data=body, headers={"Content-Type": kind}) as answer:
            assert answer.status == 200, await answer.text()
        took = perf_counter() - began
        async with http.get(f"{origin}/dicom-web/studies/{mine.uid}/instances?limit=1000") as answer:
            assert len(await answer.json(content_type=None)) == SLICES
        return took
