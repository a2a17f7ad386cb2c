"""A multi-frame object of 600 MB: what it costs in memory, and when its first frame is on the screen."""

import asyncio
import shutil
from time import perf_counter
from typing import Final

from playwright.sync_api import Browser
from pydicom import Dataset

from tests.bench.workshop import Measured, Workshop, browsers
from tests.e2e.viewer.kit import painted
from tests.e2e.viewer.site import build_page, running_site
from tests.imaging.large import Cost, passage
from tests.imaging.made import uid

FRAMES: Final = 1200


def memory(shop: Workshop) -> Measured:
    """What the large objects added to the server or a worker, whichever is more."""
    folder = shop.folder / "large"
    folder.mkdir()
    try:
        small, ct, cine = asyncio.run(passage(folder, FRAMES))
        with (
            running_site(folder / "archive", build_page(shop.folder / "large-pages")) as site,
            browsers(1) as (browser,),
        ):
            seen = [_seen(browser, site.url, study) for study in ("large", "cine")]
    finally:
        shutil.rmtree(folder)
    added = {who: max(ct.memory[who], cine.memory[who]) - small.memory[who] for who in small.memory}
    said = [
        f"server {cine.memory['server']:.0f} MB, the largest worker {cine.memory['worker']:.0f} MB",
        _told("CT by STOW", ct, seen[0]),
        f"packed {ct.packed:.0f} s later",
        _told("colour cine by upload", cine, seen[1]),
    ]
    return Measured(max(added.values()), 1, "; ".join(said))


def _told(name: str, cost: Cost, seen: float) -> str:
    times = f"acknowledged after {cost.stored:.1f} s, its middle frame {cost.first * 1000:.0f} ms later"
    return f"{name}, {cost.megabytes:.0f} MB: {times}, on the screen {seen:.1f} s after opening"


def _seen(browser: Browser, url: str, study: str) -> float:
    page = browser.new_page()
    page.goto(f"{url}/index.html")
    began = perf_counter()
    ds = Dataset()
    ds.StudyInstanceUID = uid(study)
    assert painted(page, ds, FRAMES // 3) is not None
    took = perf_counter() - began
    page.close()
    return took


MEASUREMENTS = {"cine_600mb_memory": memory}
