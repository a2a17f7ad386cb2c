"""Notes what a stock OHIF asks a DICOMweb server, for the test that asks the same without a browser.

`.venv/bin/python -m tests.bench.ohif_asks` fetches OHIF, uses its study list and its viewer, and writes the file anew.
"""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.sync_api import Browser, Page, Response, expect
from pydicom import dcmread

from tests.bench import ohif
from tests.bench.workshop import browsers
from tests.e2e.viewer.site import running_site
from tests.imaging.ohif import ASKS, SERIES, SLICES, STUDY, files, sop

PATIENCE_MS: Final = 120_000
COLUMNS: Final = {0: "Ceshi", 4: "Chest", 5: "A-ohif"}
"""Which of the list's fields is filled with what: patient, description, accession number."""
PAINTED: Final = "() => window.__ohif.painted > 0"
FILLED: Final = """() => [...document.querySelectorAll('[data-cy="study-browser-thumbnail"] img')]
  .filter((one) => one.complete && one.naturalWidth > 0).length"""
HAS_READ: Final = """(uids) => {
  const names = performance.getEntriesByType('resource').map(({ name }) => name)
  return uids.every((uid) => names.some((name) => name.includes(`${uid}/frames/`)))
}"""


def asks() -> list[ohif.Asked]:
    """Each once, in the order in which they came."""
    asked: list[ohif.Asked] = []
    with TemporaryDirectory() as folder:
        pages = Path(folder) / "pages"
        pages.mkdir()
        with (
            running_site(Path(folder) / "data", pages) as site,
            ohif.before(f"{site.url}/dicomweb", asked) as origin,
            browsers(1) as (browser,),
        ):
            site.store(*(dcmread(BytesIO(each)) for each in files()))
            _visit(browser, origin, "/", _search)
            _visit(browser, origin, f"{ohif.VIEWER}{STUDY}", _open)
    return list(dict.fromkeys(asked))


def _visit(browser: Browser, origin: str, there: str, use: Callable[[Page], None]) -> None:
    with browser.new_context(viewport={"width": 1366, "height": 768}) as context:
        page = context.new_page()
        page.add_init_script(ohif.NOTE)
        page.add_init_script(ohif.ROUTE.replace("THERE", there))
        page.goto(f"{origin}/index.html", timeout=PATIENCE_MS)
        use(page)


def _search(page: Page) -> None:
    """By the columns of its study list; it asks once more after each."""
    found = page.get_by_text("Ceshi, Yi")
    expect(found).to_be_visible(timeout=PATIENCE_MS)
    for column, text in COLUMNS.items():
        with page.expect_response(_searches, timeout=PATIENCE_MS):
            page.locator("input").nth(column).fill(text)
        expect(found).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("combobox", name="Filter Modalities").click()
    with page.expect_response(_searches, timeout=PATIENCE_MS):
        page.get_by_role("option", name="CT", exact=True).click()
    expect(found).to_be_visible(timeout=PATIENCE_MS)


def _searches(answer: Response) -> bool:
    return "/dicomweb/studies?" in answer.url


def _open(page: Page) -> None:
    """The first series is on the screen, each has its small picture, and the last slice is read too."""
    page.wait_for_function(PAINTED, timeout=PATIENCE_MS)
    page.wait_for_function(f"() => ({FILLED})() === {len(SERIES)}", timeout=PATIENCE_MS)
    page.wait_for_function(HAS_READ, arg=[sop("CT", number) for number in range(1, SLICES + 1)], timeout=PATIENCE_MS)


def main() -> None:
    assert ohif.pages(), ohif.ABSENT
    rows = [{"path": each.path, "query": each.query, "accept": each.accept} for each in asks()]
    ASKS.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
