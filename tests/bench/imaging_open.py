"""Opening images in the whole product over 20 Mbit/s and 20 ms: from a navigation or a click to the first picture.

The picture may be a preview of a quarter of the rows and columns, which says so; when it is there in full is told too.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from statistics import median

import aiohttp
from playwright.sync_api import Browser, Page, expect
from pydicom import dcmread
from pydicom.uid import generate_uid

from telemed.demo.images.header import Study
from telemed.demo.images.phantom import Findings
from telemed.demo.images.radiograph import chest
from telemed.demo.images.studies import study
from telemed.demo.images.synthetic import cr
from tests.bench.http import packed, signed_in
from tests.bench.workshop import Measured, Workshop, far_browser, milliseconds
from tests.e2e.conftest import PASSWORD, PATIENCE, Product

TRIES = 7
READER, CT = "expert", "aorta"
FILM_READER, FILM = "wuxi.radiographer", "pneumonia"
# The viewer's element says that it has painted; the screen shows it one frame later.
NOTE = """
(() => {
  const now = () => performance.timeOrigin + performance.now()
  const noted = window.__open = { navigated: performance.timeOrigin, clicked: 0, painted: 0, full: 0 }
  addEventListener('click', () => { noted.clicked ||= now() }, true)
  const look = () => {
    const shown = document.querySelector('.vw[data-state=painted]')
    if (shown && !noted.painted) requestAnimationFrame(() => { noted.painted ||= now() })
    if (shown?.dataset.quality === 'full') return requestAnimationFrame(() => { noted.full ||= now() })
    requestAnimationFrame(look)
  }
  look()
})()
"""


@dataclass(frozen=True)
class Times:
    """Milliseconds to the first picture, and until it is there in full."""

    first: float
    full: float


@dataclass(frozen=True)
class Walks:
    cold: list[Times]
    warm: list[Times]
    clicked: list[Times]
    film: list[Times]
    """A radiograph of one image, with the application in the browser's cache."""


def _walks(shop: Workshop) -> Walks:
    walks = Walks([], [], [], [])
    with shop.product() as product:
        ct, film = asyncio.run(_cases(product))
        with far_browser(product) as browser:
            for _ in range(shop.often(TRIES)):
                _walk(browser, product, ct, film, walks)
    return walks


def _walk(browser: Browser, product: Product, ct: str, film: str, walks: Walks) -> None:
    """One browser without a cache; each opening with a sign-in of its own, whose addresses no cache can have."""
    context = browser.new_context(base_url=product.origin, viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    context.add_init_script(NOTE)
    page = context.new_page()
    for who, case, kept in (
        (READER, ct, walks.cold),
        (READER, ct, walks.warm),
        (FILM_READER, film, walks.film),
    ):
        _sign_in(page, product, who)
        page.goto(f"/consultations/{case}/images", wait_until="commit")
        kept.append(_times(page, "navigated"))
        page.goto("about:blank")
    _sign_in(page, product, READER)
    page.goto(f"/consultations/{ct}", wait_until="networkidle")
    card = page.get_by_role("listitem").get_by_role("link", name="打开影像").first
    expect(card).to_be_visible()
    card.click()
    walks.clicked.append(_times(page, "clicked"))
    context.close()


def _sign_in(page: Page, product: Product, username: str) -> None:
    who, headers = {"username": username, "password": PASSWORD}, {"Origin": product.origin}
    answer = page.context.request.post("/api/session", data=who, headers=headers)
    assert answer.ok, answer.text()


def _times(page: Page, since: str) -> Times:
    began = f"window.__open.{since}"
    first = milliseconds(page, began, "window.__open.painted")
    return Times(first, milliseconds(page, began, "window.__open.full"))


async def _cases(product: Product) -> tuple[str, str]:
    """Consultations with a whole CT, and with a radiograph of 2048 x 2500, whose first series it is; all is packed."""
    film = study(FILM)
    async with signed_in(product, READER) as http:
        ct = await _case(http, str(study(CT).study_uid))
    async with signed_in(product, FILM_READER) as http:
        await packed(http)
        await _store(http, large_film(film))
        await packed(http)
        return ct, await _case(http, str(film.study_uid))


async def _case(http: aiohttp.ClientSession, uid: str) -> str:
    """A consultation whose first study it is."""
    async with http.get("/api/consultations?limit=100") as answer:
        rows = (await answer.json())["items"]
    for row in rows:
        async with http.get(f"/api/consultations/{row['id']}") as answer:
            studies = (await answer.json())["studies"]
        if studies and studies[0]["study_uid"] == uid and studies[0]["link"] == "confirmed":
            return str(row["id"])
    raise AssertionError("the demonstration has no such consultation")


async def _store(http: aiohttp.ClientSession, file: bytes) -> None:
    body = b"--film\r\nContent-Type: application/dicom\r\n\r\n" + file + b"\r\n--film--\r\n"
    kind = 'multipart/related; type="application/dicom"; boundary=film'
    async with http.post("/dicomweb/studies", data=body, headers={"Content-Type": kind}) as answer:
        assert answer.status == 200, await answer.text()


def large_film(of: Study) -> bytes:
    """A radiograph for a study that is there, in a series before its own."""
    (small,) = cr(of, datetime.now(UTC), Findings())
    image = dcmread(BytesIO(small))
    image.SeriesNumber, image.SeriesInstanceUID = 0, generate_uid(entropy_srcs=["bench film series"])
    image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = generate_uid(entropy_srcs=["bench film"])
    image.Rows, image.Columns = 2500, 2048
    image.PixelData = chest(Findings(), 1, rows=2500, columns=2048).astype("<u2").tobytes()
    out = BytesIO()
    image.save_as(out, enforce_file_format=True)
    return out.getvalue()


def _median(of: Callable[[Walks], list[Times]]) -> Callable[[Workshop], Measured]:
    """All figures are of the same walks."""

    def measured(shop: Workshop) -> Measured:
        times = of(shop.once(_walks))
        full = median(each.full for each in times)
        return Measured(median(each.first for each in times), len(times), f"in full {full:.0f} ms")

    return measured


MEASUREMENTS = {
    "ct_first_pixels_cold_20mbit": _median(lambda walks: walks.cold),
    "ct_first_pixels_warm_20mbit": _median(lambda walks: walks.warm),
    "ct_first_pixels_click_20mbit": _median(lambda walks: walks.clicked),
    "cr_first_pixels_20mbit": _median(lambda walks: walks.film),
}
