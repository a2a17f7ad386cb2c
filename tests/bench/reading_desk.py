"""The reading desk by hand: real keys and clicks in a browser, and the next case over 20 Mbit/s and 20 ms."""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from playwright.sync_api import Page, expect

from tests.bench.workshop import Measured, Workshop, far_browser, milliseconds, p95, sign_in
from tests.e2e.conftest import Person, Product
from tests.e2e.still import sharp

READER, REVIEWER = "radiologist", "radiologist2"
TEXT = {"technique": "平扫", "findings": "双肺未见实变。", "impression": "未见明显异常。"}
WHY = "按负责人安排"
STARTS = 3  # of the product: each has a handful of readings that nobody has claimed
READS_MS = 5_000  # how long somebody looks at the one before
# Presses of keys and of the mouse's button that are real; a modifier counts as a key of its own.
COUNT = """(() => {
  window.__pressed = { keys: 0, clicks: 0 }
  const count = (what) => ({ isTrusted, repeat }) => { if (isTrusted && !repeat) __pressed[what]++ }
  addEventListener('keydown', count('keys'), true)
  addEventListener('pointerdown', count('clicks'), true)
})()"""
# From key N to a picture of another study; the viewer says that it has painted, the screen shows it one frame later.
NOTE = """(() => {
  const now = () => performance.timeOrigin + performance.now()
  const noted = window.__next = { pressed: 0, painted: 0, quality: '' }
  const shown = () => document.querySelector('[data-testid=viewport][data-sop]')?.dataset
  addEventListener('keydown', ({ key }) => {
    if (key !== 'n') return
    const before = shown()?.sop
    Object.assign(noted, { pressed: now(), painted: 0 })
    const look = () => {
      const here = shown()
      if (!here?.quality || here.sop === before) return requestAnimationFrame(look)
      noted.quality = here.quality
      requestAnimationFrame(() => { noted.painted = now() })
    }
    look()
  }, true)
})()"""


@contextmanager
def _desk(shop: Workshop, username: str, path: str, script: str) -> Iterator[tuple[Product, Person]]:
    with shop.product() as product, far_browser(product) as browser:
        yield product, sign_in(browser, product, username, path, script)


def keys_normal_report(shop: Workshop) -> Measured:
    """Claimed to submitted, with the template that fits and nothing to add."""
    with _desk(shop, READER, "/reading", COUNT) as (product, person):
        page = person.page
        id = _free(page, "胸部 CT 平扫")["id"]
        _post(page, product, f"/api/readings/{id}/claim", {"reason": WHY})
        page.goto(f"/reading/{id}")
        expect(page.get_by_role("button", name="套用")).to_be_visible()
        sharp(page)
        _from_here(page)
        page.keyboard.press("Alt+T")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("待上级医师审核")).to_be_visible()
        keys, clicks = _pressed(page)
        report = _get(page, f"/api/readings/{id}")["report"]
        assert report["impression"], "it was submitted with the template's words"
    return Measured(keys + clicks, peer=f"{keys} keys with Alt and Ctrl, {clicks} clicks")


def clicks_review_issue(shop: Workshop) -> Measured:
    """From the list of what waits for a review to issued."""
    with _desk(shop, REVIEWER, "/reading?show=to_review", COUNT) as (_, person):
        page = person.page
        rows = page.get_by_role("list", name="阅片列表").get_by_role("button")
        expect(rows.first).to_be_visible()
        _from_here(page)
        page.keyboard.press("Enter")
        sharp(page)
        page.get_by_role("button", name="审核发布").click()
        expect(page.get_by_role("link", name="打印报告")).to_be_visible()
        keys, clicks = _pressed(page)
    return Measured(clicks, peer=f"and {keys} key: Enter opens it")


def next_case_first_slice_p95(shop: Workshop) -> Measured:
    """Key N on the worklist, and on each reading after its report was submitted."""
    took: list[float] = []
    on_list: list[float] = []
    full = 0
    for _ in range(shop.often(STARTS)):
        with _desk(shop, READER, "/reading", NOTE) as (product, person):
            page = person.page
            while (following := _get(page, "/api/readings/next")["reading"]) is not None:
                expect(page.get_by_role("button", name="取下一份")).to_be_visible()
                page.wait_for_timeout(READS_MS)
                page.keyboard.press("n")
                from_list = page.url.endswith("/reading")
                took.append(milliseconds(page, "window.__next.pressed", "window.__next.painted"))
                if from_list:
                    on_list.append(took[-1])
                full += page.evaluate("() => window.__next.quality === 'full'")
                assert following["id"] in page.url, "somebody else has taken it"
                _submit(page, product, following["id"])
    after = median(each for each in took if each not in on_list)
    said = f"{full} in full; from the list {median(on_list):.0f} ms, after a report {after:.0f} ms (medians)"
    return Measured(p95(took), len(took), said)


def _submit(page: Page, product: Product, id: str) -> None:
    """Written by a program, because only what comes after is measured."""
    report = _post(page, product, f"/api/readings/{id}/report", TEXT, match=0, method="PUT")
    one = _get(page, f"/api/readings/{id}")
    grade = {"grade": "agreement", "branch_report": one["branch_report"]}
    body = {"report_version": report["version"], "comparison": grade if one["purpose"] == "over_read" else None}
    _post(page, product, f"/api/readings/{id}/submit", body, match=one["version"])


def _free(page: Page, examination: str) -> Any:
    items = _get(page, "/api/readings?show=to_read")["items"]
    return next(each for each in items if each["claim"] is None and examination in each["examination"])


def _from_here(page: Page) -> None:
    page.evaluate("() => Object.assign(window.__pressed, { keys: 0, clicks: 0 })")


def _pressed(page: Page) -> tuple[int, int]:
    keys, clicks = page.evaluate("() => [window.__pressed.keys, window.__pressed.clicks]")
    return keys, clicks


def _get(page: Page, path: str) -> Any:
    answer = page.context.request.get(path)
    assert answer.ok, answer.text()
    return answer.json()


def _post(
    page: Page, product: Product, path: str, body: dict[str, Any], match: int | None = None, method: str = "POST"
) -> Any:
    headers = {"Origin": product.origin} | ({} if match is None else {"If-Match": f'"{match}"'})
    answer = page.context.request.fetch(path, method=method, data=body, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()


MEASUREMENTS = {
    "keys_normal_report": keys_normal_report,
    "clicks_review_issue": clicks_review_issue,
    "next_case_first_slice_p95": next_case_first_slice_p95,
}
