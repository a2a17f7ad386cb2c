"""A CT of 200 slices over 20 Mbit/s and 20 ms: the viewer on a page of its own, on a real archive, in a browser.

From asking for the series (the page and its script are there) until it can be scrolled, and until all of it is here.
"""

from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Page
from pydicom import dcmread

from telemed.demo.patients import PATIENTS
from tests.bench.link import link_to
from tests.bench.slices import SLICES, stack
from tests.bench.workshop import Measured, Workshop, browsers
from tests.e2e.viewer.site import build_page, running_site

TRIES, MBIT = 3, 20
PATIENCE_MS = 120_000
# Notes when the viewport first has what each of these says.
NOTE = """
async ([uid, series]) => {
  const host = document.querySelector('#host')
  const times = window.__times = {}
  const now = () => performance.now() - began
  const look = () => {
    const { state, scrollable = '', ready = '' } = host.dataset
    if (state === 'painted') times.first ??= now()
    if (state === 'painted') times.full ??= host.dataset.quality === 'full' ? now() : undefined
    const all = (said) => said !== '' && said.split('/')[0] === said.split('/')[1]
    if (all(scrollable)) times.scrollable ??= now()
    if (all(ready)) times.complete ??= now()
    if (!times.complete) requestAnimationFrame(look)
  }
  const study = { hospital: 'wuxi', uid, dicomweb: '/dicomweb', imaging: '/imaging' }
  it.viewer.register([study])
  const began = performance.now()
  look()
  await it.viewer.show('wuxi', uid, series)
}
"""


@dataclass(frozen=True)
class Times:
    """In seconds."""

    first: float
    scrollable: float
    complete: float
    alone: float
    """What the link takes for the bytes of all frames in their pack."""


def _opened(page: Page, study: str, series: str, alone: float) -> Times:
    page.evaluate(NOTE, [study, series])
    page.wait_for_function("() => window.__times.complete > 0", timeout=PATIENCE_MS)
    said = page.evaluate("window.__times")
    first, scrolled, whole = (said[name] / 1000 for name in ("first", "scrollable", "complete"))
    return Times(first, scrolled, whole, alone)


def _alone(data: Path) -> float:
    (frames,) = data.glob("packs/*/*/frames.bin")
    return frames.stat().st_size * 8 / (MBIT * 1e6)


def _times(shop: Workshop, tries: int) -> list[Times]:
    patient = next(each for each in PATIENTS.values() if each.hospital == "wuxi")
    mine = stack(patient, "link", shop.folder)
    sets = [dcmread(path) for path in mine.files]
    series = str(sets[0].SeriesInstanceUID)
    with running_site(shop.folder / "linked", build_page(shop.folder / "linked-pages")) as site, browsers(1) as (one,):
        for first in range(0, SLICES, 20):
            site.store(*sets[first : first + 20])
        site.wait_for_pack(mine.uid, series)
        times, alone = [], _alone(shop.folder / "linked")
        with link_to(int(site.url.rpartition(":")[2]), MBIT) as port:
            for _ in range(tries):
                context = one.new_context(viewport={"width": 1024, "height": 768})
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{port}/index.html", timeout=PATIENCE_MS)
                times.append(_opened(page, mine.uid, series, alone))
                context.close()
        return times


_MEASURED: list[Times] = []


def _once(shop: Workshop) -> list[Times]:
    """Both figures are of the same walks."""
    if not _MEASURED:
        _MEASURED.extend(_times(shop, shop.often(TRIES)))
    return _MEASURED


def scrollable(shop: Workshop) -> Measured:
    times = _once(shop)
    first = median(each.first for each in times)
    return Measured(median(each.scrollable for each in times), len(times), f"the first slice {first:.2f} s")


def complete(shop: Workshop) -> Measured:
    times = _once(shop)
    return Measured(median(each.complete for each in times), len(times), f"the link alone {times[0].alone:.1f} s")


MEASUREMENTS = {"ct200_scrollable_20mbit": scrollable, "ct200_complete_20mbit": complete}
