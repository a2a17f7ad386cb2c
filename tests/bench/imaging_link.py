"""A CT of 200 slices over 20 Mbit/s and 20 ms: the viewer on a page of its own, on a real archive, in a browser.

From asking for the series (the page and its script are there) until it can be scrolled, and until all of it is here;
and while it loads, jumps to slices far away.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page
from pydicom import dcmread

from telemed.demo.patients import PATIENTS
from tests.bench import ohif, orthanc
from tests.bench.link import link_to
from tests.bench.slices import SLICES, Stack, stack
from tests.bench.workshop import Measured, Workshop, browsers, p95
from tests.e2e.viewer.site import build_page, running_site

TRIES, MBIT = 3, 20
JUMPS = (8, 190, 25, 172, 42, 155, 60, 138, 76, 198)
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
# Each jump once the one before is there in full: milliseconds to the slice on the screen, and to all of its quality.
JUMP = """
async (positions) => {
  const host = document.querySelector('#host')
  const until = (is) => new Promise((done) => {
    const look = () => requestAnimationFrame(is() ? () => done(performance.now()) : look)
    look()
  })
  const took = []
  for (const position of positions) {
    const before = host.dataset.sop
    const began = performance.now()
    it.viewer.scrollTo(position)
    const shown = await until(() => host.dataset.state === 'painted' && host.dataset.sop !== before)
    const whole = await until(() => host.dataset.quality === 'full')
    took.push([shown - began, whole - began])
  }
  const [ready, all] = host.dataset.ready.split('/')
  return { took, loading: ready !== all }
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


def _jumps(page: Page, study: str, series: str) -> list[tuple[float, float]]:
    page.evaluate(NOTE, [study, series])
    page.wait_for_function("() => window.__times.first > 0", timeout=PATIENCE_MS)
    said = page.evaluate(JUMP, JUMPS)
    assert said["loading"], "the study was here before the last jump"
    return [(shown, whole) for shown, whole in said["took"]]


def _alone(data: Path) -> float:
    (frames,) = data.glob("packs/*/*/frames.bin")
    return frames.stat().st_size * 8 / (MBIT * 1e6)


@dataclass(frozen=True)
class Run:
    times: list[Times]
    jumps: list[tuple[float, float]]
    peers: list[str]
    """A stock OHIF over the same link, before Orthanc and before our DICOMweb."""


def _run(shop: Workshop) -> Run:
    tries = shop.often(TRIES)
    patient = next(each for each in PATIENTS.values() if each.hospital == "wuxi")
    mine = stack(patient, "link", shop.folder)
    sets = [dcmread(path) for path in mine.files]
    series = str(sets[0].SeriesInstanceUID)
    with running_site(shop.folder / "linked", build_page(shop.folder / "linked-pages")) as site, browsers(1) as (one,):
        for first in range(0, SLICES, 20):
            site.store(*sets[first : first + 20])
        site.wait_for_pack(mine.uid, series)
        times, jumps, alone = list[Times](), list[tuple[float, float]](), _alone(shop.folder / "linked")
        with link_to(int(site.url.rpartition(":")[2]), MBIT) as port:
            for number in range(2 * tries):
                context = one.new_context(viewport={"width": 1024, "height": 768})
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{port}/index.html", timeout=PATIENCE_MS)
                if number < tries:
                    times.append(_opened(page, mine.uid, series, alone))
                else:
                    jumps += _jumps(page, mine.uid, series)
                context.close()
        ours = [_ohif(one, f"{site.url}/dicomweb", mine, "ours")] if ohif.pages() else [ohif.ABSENT]
    return Run(times, jumps, [*ours, _over_orthanc(shop, mine)])


def _over_orthanc(shop: Workshop, mine: Stack) -> str:
    if not orthanc.is_here() or not ohif.pages():
        return orthanc.ABSENT
    with orthanc.orthanc(shop.folder / "orthanc-link") as peer:
        asyncio.run(orthanc.store(peer, mine))
        with browsers(1) as (one,):
            return _ohif(one, f"{peer}/dicom-web", mine, "Orthanc, JPEG-LS")


def _ohif(browser: Browser, dicomweb: str, mine: Stack, server: str) -> str:
    with ohif.before(dicomweb) as origin, link_to(int(origin.rpartition(":")[2]), MBIT) as port:
        first, whole = ohif.opened(browser, f"http://127.0.0.1:{port}", mine.uid, SLICES, PATIENCE_MS)
    return f"OHIF over {server}: first {first:.1f} s, all {whole:.1f} s"


def scrollable(shop: Workshop) -> Measured:
    times = shop.once(_run).times
    first = median(each.first for each in times)
    return Measured(median(each.scrollable for each in times), len(times), f"the first slice {first:.2f} s")


def over_limit(shop: Workshop) -> Measured:
    """The stored bytes are those of the frames in their pack."""
    run = shop.once(_run)
    whole, alone = median(each.complete for each in run.times), run.times[0].alone
    return Measured(whole / alone, len(run.times), "; ".join((f"{whole:.1f} s over {alone:.1f} s", *run.peers)))


def far_slice(shop: Workshop) -> Measured:
    """Shown as a preview or in full."""
    jumps = shop.once(_run).jumps
    whole = p95([whole for _, whole in jumps])
    return Measured(p95([shown for shown, _ in jumps]), len(jumps), f"in full {whole:.0f} ms")


MEASUREMENTS = {
    "ct200_scrollable_20mbit": scrollable,
    "ct200_complete_over_link_limit": over_limit,
    "far_slice_while_loading_p95": far_slice,
}
