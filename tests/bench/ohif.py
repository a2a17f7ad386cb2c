"""A stock OHIF (npm's `@ohif/app`, as it is published) before a DICOMweb server: an outside client and a peer.

Its files and the server's answers come from one address, as a hospital's reverse proxy would give them.
"""

import asyncio
import base64
import gzip
import hashlib
import subprocess
import tarfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Final

import aiohttp
from aiohttp import web
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import ROOT

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Asked:
    """What OHIF asked the server: below `/dicomweb`, and by which header."""

    path: str
    query: str
    accept: str


VERSION: Final = "3.13.2"
SHA512: Final = "WZdxmpmG7rqFgW9ZJLcbgr3XCtLi1KDNPoMaeY5PPe6j4G4fjEjjkycZM6C6Zk2F87BKxFfpq+jd5xXZB9E8EA=="
ABSENT: Final = "OHIF could not be fetched"
PAGES: Final = ROOT / "build" / f"ohif-{VERSION}"
WORTH_PACKING: Final = 1_000  # bytes
PASSED_ON: Final = ("Content-Type", "Content-Length", "Content-Range", "Accept-Ranges", "Content-Encoding", "Warning")
# What its documentation shows for a DICOMweb server, and nothing that depends on the server.
CONFIGURATION: Final = """window.config = {
  routerBasename: null, extensions: [], modes: [], customizationService: {}, showStudyList: true,
  maxNumberOfWebWorkers: 3, showLoadingIndicator: true, strictZSpacingForVolumeViewport: true,
  maxNumRequests: { interaction: 100, thumbnail: 5, prefetch: 25 },
  defaultDataSourceName: 'here',
  dataSources: [{
    namespace: '@ohif/extension-default.dataSourcesModule.dicomweb', sourceName: 'here',
    configuration: {
      friendlyName: 'here', name: 'here', wadoUriRoot: location.origin + '/wado',
      qidoRoot: location.origin + '/dicomweb', wadoRoot: location.origin + '/dicomweb',
      imageRendering: 'wadors', thumbnailRendering: 'wadors', enableStudyLazyLoad: true,
      qidoSupportsIncludeField: false, supportsFuzzyMatching: false, supportsWildcard: true,
      bulkDataURI: { enabled: true, relativeResolution: 'studies' }, omitQuotationForMultipartRequest: true,
    },
  }],
}
"""
# Seconds from the first question to the server: to the first picture, and to the last byte of the last frame.
NOTE: Final = """
(() => {
  performance.setResourceTimingBufferSize(5000)
  const noted = (window.__ohif = { painted: 0 })
  const lit = (canvas) => {
    const { width, height } = canvas
    if (width < 64 || height < 64) return false
    const { data } = canvas.getContext('2d').getImageData(width / 2 - 16, height / 2 - 16, 32, 32)
    return data.some((value, at) => at % 4 < 3 && value > 40)
  }
  const look = () => {
    const canvas = document.querySelector('canvas.cornerstone-canvas')
    if (canvas && lit(canvas)) noted.painted = performance.now()
    else requestAnimationFrame(look)
  }
  look()
})()
"""
# A static server has no page at its route.
ROUTE: Final = "if (location.pathname === '/index.html') history.replaceState(null, '', 'THERE')"
VIEWER: Final = "/viewer?StudyInstanceUIDs="
ARRIVED: Final = """(slices) => {
  const all = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/dicomweb/'))
  const frames = all.filter(({ name, responseEnd }) => name.includes('/frames/') && responseEnd > 0)
  if (!window.__ohif.painted || new Set(frames.map(({ name }) => name)).size < slices) return null
  const asked = Math.min(...all.map(({ startTime }) => startTime))
  const last = Math.max(...frames.map(({ responseEnd }) => responseEnd))
  return [(window.__ohif.painted - asked) / 1000, (last - asked) / 1000]
}"""


def pages() -> Path | None:
    """The folder of its files, fetched and checked once; None where npm's registry is out of reach."""
    if PAGES.exists():
        return PAGES
    PAGES.parent.mkdir(exist_ok=True)
    done = subprocess.run(["npm", "pack", f"@ohif/app@{VERSION}", "--silent"], cwd=PAGES.parent, check=False)
    archive = PAGES.parent / f"ohif-app-{VERSION}.tgz"
    if done.returncode != 0 or not archive.exists():
        return None
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    assert found == SHA512, "this is not the OHIF that was looked at"
    fresh = PAGES.with_suffix(".new")
    with tarfile.open(archive) as files:
        files.extractall(fresh, filter="data")
    archive.unlink()
    for path in (fresh / "package" / "dist").rglob("*"):
        if path.suffix in (".js", ".css", ".html", ".json", ".wasm") and path.stat().st_size > WORTH_PACKING:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
    (fresh / "package" / "dist").rename(PAGES)
    return PAGES


@contextmanager
def before(dicomweb: str, asked: list[Asked] | None = None) -> Iterator[str]:
    """Its origin; `dicomweb`: the address of the server's DICOMweb. What is asked there is added to `asked`."""
    loop, started, stop, found = asyncio.new_event_loop(), Event(), asyncio.Event(), list[str]()

    async def serve() -> None:
        async with aiohttp.ClientSession(auto_decompress=False) as http:
            app = web.Application()
            app.router.add_get("/app-config.js", _configuration)
            app.router.add_get("/dicomweb/{path:.*}", _passing_on(http, dicomweb, asked if asked is not None else []))
            app.router.add_static("/", PAGES)
            runner = web.AppRunner(app, access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            found.append(f"http://127.0.0.1:{runner.addresses[0][1]}")
            started.set()
            await stop.wait()
            await runner.cleanup()

    thread = Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert started.wait(60), "OHIF's pages are not served"
    try:
        yield found[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(30)
        loop.close()


async def _configuration(request: web.Request) -> web.Response:
    return web.Response(text=CONFIGURATION, content_type="text/javascript")


def _passing_on(http: aiohttp.ClientSession, dicomweb: str, asked: list[Asked]) -> Handler:
    async def passed_on(request: web.Request) -> web.StreamResponse:
        path, query = request.match_info["path"], request.query_string
        asked.append(Asked(path, query, request.headers.get("Accept", "")))
        kept = {name: request.headers[name] for name in ("Accept", "Accept-Encoding") if name in request.headers}
        async with http.get(f"{dicomweb}/{path}{f'?{query}' if query else ''}", headers=kept) as answer:
            said = {name: answer.headers[name] for name in PASSED_ON if name in answer.headers}
            out = web.StreamResponse(status=answer.status, headers=said)
            await out.prepare(request)
            async for piece in answer.content.iter_any():
                await out.write(piece)
            await out.write_eof()
            return out

    return passed_on


def opened(browser: Browser, origin: str, study: str, slices: int, patience: float) -> tuple[float, float]:
    """Opens the study in a browser without a cache; what `NOTE` says. `patience`: milliseconds."""
    with browser.new_context(viewport={"width": 1366, "height": 768}) as context:
        page = context.new_page()
        page.add_init_script(NOTE)
        page.add_init_script(ROUTE.replace("THERE", f"{VIEWER}{study}"))
        page.goto(f"{origin}/index.html", timeout=patience)
        return _arrived(page, slices, patience)


def _arrived(page: Page, slices: int, patience: float) -> tuple[float, float]:
    first, last = page.wait_for_function(ARRIVED, arg=slices, timeout=patience, polling=200).json_value()
    return first, last
