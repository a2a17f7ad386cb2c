"""A 200-slice CT chosen in the browser until every slice can be shown; beside it one plain STOW of as many files."""

import asyncio
import shutil
from io import BytesIO
from statistics import median
from time import perf_counter

import aiohttp
from playwright.sync_api import Page, expect

from telemed.demo.patients import PATIENTS, PatientText
from tests.bench.http import signed_in
from tests.bench.slices import SLICES, Stack, frame_addresses, stack
from tests.bench.workshop import Measured, Workshop, browsers, milliseconds, sign_in
from tests.e2e.conftest import Person, Product

SENDER = "wuxi.radiographer"
TAKES_PAPERS = ("approved", "accepted", "scheduling", "scheduled")
BY_NUMBER = {each.number: each for each in PATIENTS.values()}
BOUNDARY = "slices"

# Begins when the files are chosen; ends when the page says ready and the archive lists every slice.
NOTE = """
(() => {
  const now = () => performance.timeOrigin + performance.now()
  window.__upload = { chosen: 0, viewable: 0 }
  addEventListener('change', ({ target }) => { if (target.type === 'file') __upload.chosen = now() }, true)
  const listed = async (uid) => {
    const answer = await fetch(`/dicomweb/studies/${uid}/instances?limit=1000`)
    return answer.status === 200 ? (await answer.json()).length : 0
  }
  window.__until = async (uid, count) => {
    const said = () => document.querySelector('main')?.textContent.includes('上传完成')
    while (!said() || (await listed(uid)) < count) await new Promise((done) => setTimeout(done, 50))
    __upload.viewable = now()
  }
})()
"""


def ct200_upload_to_viewable(shop: Workshop) -> Measured:
    """On the radiographer's page; afterwards, not measured, every frame is fetched as a check."""
    tries = shop.often(3)
    took, plain = [], []
    with shop.product() as product:
        for number in range(tries):
            with browsers(1) as (browser,):
                me = sign_in(browser, product, SENDER, script=NOTE)
                case, patient = _case(me)
                mine = stack(patient, f"page-{number}", shop.folder)
                me.page.goto(f"/consultations/{case}/upload")
                took.append(_send(me.page, mine) / 1000)
                _fetch_all(me, mine)
            other = stack(patient, f"stow-{number}", shop.folder)
            plain.append(asyncio.run(stow(product, other)))
            for each in (mine, other):
                shutil.rmtree(each.folder)
    return Measured(median(took), tries, f"one STOW request {median(plain):.1f} s")


def _case(me: Person) -> tuple[str, PatientText]:
    """A consultation of this hospital that still takes images, and its patient."""
    for row in me.context.request.get("/api/consultations?limit=100").json()["items"]:
        if row["state"] in TAKES_PAPERS:
            found = me.context.request.get(f"/api/consultations/{row['id']}").json()
            for each in found["patient"]["identifiers"] if found["patient"] else ():
                if each["value"] in BY_NUMBER:
                    return row["id"], BY_NUMBER[each["value"]]
    raise AssertionError("the demonstration has no such consultation")


def _send(page: Page, mine: Stack) -> float:
    chooser = page.get_by_label("选择文件夹", exact=True).and_(page.locator("input"))
    expect(chooser).to_be_attached()
    chooser.set_input_files(mine.folder)
    page.evaluate("([uid, count]) => __until(uid, count)", [mine.uid, SLICES])
    return milliseconds(page, "__upload.chosen", "__upload.viewable")


def _fetch_all(me: Person, mine: Stack) -> None:
    rows = me.context.request.get(f"/dicomweb/studies/{mine.uid}/instances?limit=1000").json()
    addresses = frame_addresses(rows)
    sizes: list[int] = me.page.evaluate(
        """async (addresses) => {
          const sizes = []
          for (const address of addresses) {
            const answer = await fetch(address)
            sizes.push(answer.ok ? (await answer.arrayBuffer()).byteLength : 0)
          }
          return sizes
        }""",
        addresses,
    )
    viewable = sum(size > 100_000 for size in sizes)
    assert viewable == SLICES, f"{viewable} of {SLICES} can be shown"


async def stow(product: Product, other: Stack) -> float:
    """One request with all files, as a scanner's gateway sends them, until the archive lists them."""
    parts = [b"--%b\r\nContent-Type: application/dicom\r\n\r\n%b\r\n" % (BOUNDARY.encode(), path.read_bytes())
             for path in other.files]  # fmt: skip
    body = BytesIO(b"".join(parts) + b"--%b--\r\n" % BOUNDARY.encode())
    kind = f'multipart/related; type="application/dicom"; boundary={BOUNDARY}'
    async with signed_in(product, SENDER) as http:
        began = perf_counter()
        async with http.post("/dicomweb/studies", data=body, headers={"Content-Type": kind}) as answer:
            assert answer.status == 200, await answer.text()
        while await _listed(http, other.uid) < SLICES:
            pass  # asks again at once
        return perf_counter() - began


async def _listed(http: aiohttp.ClientSession, uid: str) -> int:
    async with http.get(f"/dicomweb/studies/{uid}/instances?limit=1000") as answer:
        return len(await answer.json(content_type=None)) if answer.status == 200 else 0
