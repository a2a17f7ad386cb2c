"""A real archive and the viewer's test page under the product's content security policy, in a thread of their own."""

import asyncio
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import aiohttp
from aiohttp import web
from pydicom import Dataset

from imaging.actor import Actor
from imaging.apps import build_apps
from imaging.archive import open_archive
from imaging.outbox import Event
from tests.imaging.conftest import until

PAGE = Path(__file__).parent / "page"
WEB = Path(__file__).parents[3] / "web"
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def build_page(into: Path) -> Path:
    """Bundle the test's pages with the product's own bundler."""
    command: list[str | Path] = [WEB / "node_modules/.bin/vite", "build", PAGE, "--config", PAGE / "vite.config.mjs"]
    done = subprocess.run(
        [*command, "--outDir", into, "--emptyOutDir", "--logLevel", "warn"],
        cwd=WEB,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return into


@dataclass(frozen=True)
class Site:
    url: str
    loop: asyncio.AbstractEventLoop

    def store(self, *instances: Dataset) -> None:
        """Upload by STOW-RS, like anybody else."""
        asyncio.run_coroutine_threadsafe(stow(self.url, instances), self.loop).result(60)

    def wait_for_pack(self, study_uid: str, series_uid: str) -> None:
        """Returns once the series has been packed."""
        url = f"{self.url}/imaging/preview/{study_uid}/{series_uid}"
        asyncio.run_coroutine_threadsafe(until(lambda: _status(url), lambda status: status == 200), self.loop).result(
            60
        )

    def rendered(self, ds: Dataset, frame: int) -> bytes | None:
        """The archive's own picture of a frame, as PNG; None where it is refused."""
        return asyncio.run_coroutine_threadsafe(_rendered(self.url, ds, frame), self.loop).result(60)


async def _status(url: str) -> int:
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        return answer.status


async def _rendered(url: str, ds: Dataset, frame: int) -> bytes | None:
    series = f"{url}/dicomweb/studies/{ds.StudyInstanceUID}/series/{ds.SeriesInstanceUID}"
    path = f"{series}/instances/{ds.SOPInstanceUID}/frames/{frame}/rendered"
    async with aiohttp.ClientSession() as http, http.get(path, headers={"Accept": "image/png"}) as answer:
        assert answer.status < 500, await answer.text()
        return await answer.read() if answer.status == 200 else None


async def stow(url: str, instances: tuple[Dataset, ...]) -> None:
    body = b""
    for ds in instances:
        buffer = BytesIO()
        ds.save_as(buffer, enforce_file_format=True)
        body += b"--part\r\nContent-Type: application/dicom\r\n\r\n" + buffer.getvalue() + b"\r\n"
    kind = 'multipart/related; type="application/dicom"; boundary=part'
    async with (
        aiohttp.ClientSession() as http,
        http.post(
            f"{url}/dicomweb/studies", data=BytesIO(body + b"--part--\r\n"), headers={"Content-Type": kind}
        ) as answer,
    ):
        assert answer.status == 200, await answer.text()


async def _everybody(request: web.Request) -> Actor:
    return Actor("tester", frozenset({"tester"}), "wuxi", reads_own=True, stores=True, sees_hidden=True)


async def _ignore(event: Event) -> None:
    return None


async def _policy(request: web.Request, response: web.StreamResponse) -> None:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"


async def _serve(data: Path, pages: Path, started: "threading.Event", found: list[str], stop: asyncio.Event) -> None:
    async with open_archive(data, publish=_ignore) as archive:
        app = web.Application()
        app.on_response_prepare.append(_policy)
        for prefix, leaf in build_apps(archive, _everybody).items():
            app.add_subapp(prefix, leaf)
        app.router.add_static("/", pages)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        found.append(f"http://127.0.0.1:{port}")
        started.set()
        await stop.wait()
        await runner.cleanup()


@contextmanager
def running_site(data: Path, pages: Path) -> Iterator[Site]:
    loop = asyncio.new_event_loop()
    started, found, stop = threading.Event(), list[str](), asyncio.Event()

    def run() -> None:
        try:
            loop.run_until_complete(_serve(data, pages, started, found, stop))
        finally:
            started.set()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    started.wait(60)
    try:
        assert found, "the archive did not start"
        yield Site(found[0], loop)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(30)
        loop.close()
