"""The page of people at a hospital with 5,000 of them: from navigation until somebody can be searched."""

import subprocess

from tests.bench.operate_import import HEAD, TELEMED, people
from tests.bench.workshop import Measured, Workshop, browsers, p95, sign_in
from tests.e2e.conftest import demonstration
from tests.telemed.imports.books import workbook

SHOWN = 50  # people of a page
# The first page is listed, and the field takes letters. Times count from the navigation.
USABLE = f"""() => {{
  const field = document.querySelector('input[placeholder="姓名、拼音、工号"]')
  const listed = document.querySelectorAll('ul[aria-label="人员列表"] > li').length === {SHOWN}
  return listed && field && !field.disabled ? performance.now() : false
}}"""


def staff_page_5000(shop: Workshop) -> Measured:
    """The application is cached, as it is for whoever works with it; the people are asked for each time.

    Each try starts from a page at rest: what the page before still had to draw is not this one's time."""
    data, tries = shop.copy(), shop.often(10)
    file = data / "staff.xlsx"
    file.write_bytes(workbook([HEAD, *people()]))
    subprocess.run([TELEMED, "import", "staff", str(file), "--data-dir", str(data)], capture_output=True, check=True)
    took = []
    with demonstration(data) as product, browsers(1) as [browser]:
        page = sign_in(browser, product, "wuxi.admin", "/admin/staff").page
        page.wait_for_function(USABLE)
        for _ in range(tries):
            page.wait_for_load_state("networkidle")
            page.evaluate("new Promise((rested) => requestIdleCallback(rested))")
            page.goto("/admin/staff", wait_until="commit")
            took.append(float(page.wait_for_function(USABLE).json_value()))
    return Measured(p95(took), tries)


MEASUREMENTS = {"staff_page_5000": staff_page_5000}
