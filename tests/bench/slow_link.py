"""From an address typed in to a sign-in page that takes one's name, on the link of a small hospital."""

from playwright.sync_api import Browser, Page, expect

from tests.bench.workshop import Measured, Workshop, browsers, p95
from tests.e2e.conftest import PASSWORD, PATIENCE, Product

BYTES_A_SECOND, LATENCY_MS = 480_000 / 8, 400
TRIPS = 2  # at the least: the page, then its script
SOMEBODY = "expert"
# The page is usable when the name is asked for and what is typed goes there.
NOTE = """
(() => {
  window.__usable = 0
  const look = () => {
    const at = document.activeElement
    if (at?.matches('input[autocomplete=username]:enabled')) window.__usable = performance.now()
    else requestAnimationFrame(look)
  }
  look()
})()
"""


# Bytes of what has come by a moment of the page.
CAME = """(until) => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter((each) => each.responseEnd <= until).reduce((sum, each) => sum + each.transferSize, 0)"""


def sign_in_slow_link(shop: Workshop) -> Measured:
    """In seconds; each time in a new browser context, so that nothing is cached."""
    tries = shop.often(5)
    usable, home, waits = [], [], []
    with shop.product() as product, browsers(1) as (browser,):
        for _ in range(tries):
            page = slow_page(browser, product)
            page.goto("/", wait_until="commit")
            page.wait_for_function("() => window.__usable > 0")
            usable.append(page.evaluate("() => window.__usable") / 1000)
            waits.append(page.evaluate(CAME, usable[-1] * 1000) / BYTES_A_SECOND + TRIPS * LATENCY_MS / 1000)
            home.append(_to_home(page))
            page.context.close()
    peer = f"home {p95(home):.1f} s after navigation, typing at once; the link alone {min(waits):.1f} s"
    return Measured(p95(usable), tries, peer, min(waits))


def slow_page(browser: Browser, product: Product) -> Page:
    context = browser.new_context(base_url=product.origin, viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    context.add_init_script(NOTE)
    page = context.new_page()
    link = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND, "latency": LATENCY_MS}
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", {"offline": False, **link})
    return page


def _to_home(page: Page) -> float:
    page.keyboard.type(SOMEBODY)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_be_attached()
    expect(page.locator("main ul > li").first).to_be_visible()
    took: float = page.evaluate("() => performance.now()")
    return took / 1000
