"""A click on a study of the case page to its first pixels; beside it the bare fetch and unpacking of that frame."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.bench.workshop import Measured, Workshop, browsers, milliseconds, p95, sign_in
from tests.e2e.conftest import Person, Product

READER = "expert"

# The viewer's element says that it has painted; the screen shows it one frame later.
NOTE = """
(() => {
  const now = () => performance.timeOrigin + performance.now()
  window.__slice = { clicked: 0, painted: 0 }
  addEventListener('click', () => { __slice.clicked ||= now() }, true)
  const look = () => {
    if (!document.querySelector('.vw[data-state=painted]')) return void requestAnimationFrame(look)
    requestAnimationFrame(() => { __slice.painted = now() })
  }
  look()
})()
"""
BARE = """async ({ series, instance }) => {
  const began = performance.now()
  const answer = await fetch(`${series}/instances/${instance}/frames/1`, { cache: 'no-store' })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const values = new Int16Array(bytes.length >> 1)
  for (let i = 0; i < values.length; i++) values[i] = bytes[2 * i] | (bytes[2 * i + 1] << 8)
  return answer.ok && values.length > 0 ? performance.now() - began : 0
}"""


def first_slice_on_screen(shop: Workshop) -> Measured:
    """Each time in a new browser, so that nothing of the viewer or the study is cached."""
    tries = shop.often(20)
    took, bare = [], []
    with shop.product() as product, browsers(1) as (browser,):
        case = _case(browser, product)
        for _ in range(tries):
            me = sign_in(browser, product, READER, f"/consultations/{case}", NOTE)
            took.append(_open(me.page))
            bare.append(_fetch(me, case))
            me.context.close()
    return Measured(p95(took), tries, f"bare fetch of the frame {p95(bare):.0f} ms")


def _case(browser: Browser, product: Product) -> str:
    """A consultation with a whole CT."""
    me = sign_in(browser, product, READER)
    for row in me.context.request.get("/api/consultations?limit=100").json()["items"]:
        studies = me.context.request.get(f"/api/consultations/{row['id']}").json()["studies"]
        if studies and studies[0]["link"] == "confirmed" and studies[0]["received"] > 50:
            me.context.close()
            return str(row["id"])
    raise AssertionError("the demonstration has no such consultation")


def _open(page: Page) -> float:
    card = page.get_by_role("listitem").get_by_role("link", name="打开影像").first
    expect(card).to_be_visible()
    card.click()
    took = milliseconds(page, "__slice.clicked", "__slice.painted")
    picture = Image.open(BytesIO(page.locator(".vw canvas").first.screenshot())).convert("L")
    assert len(picture.getcolors() or ()) > 50, "the canvas is as good as empty"
    return took


def _fetch(me: Person, case: str) -> float:
    study = me.context.request.get(f"/api/consultations/{case}").json()["studies"][0]
    shown = me.page.locator("[data-sop]").first.get_attribute("data-sop")
    root = f"/dicomweb/studies/{study['study_uid']}"
    rows = me.context.request.get(f"{root}/instances?SOPInstanceUID={shown}").json()
    series = f"{root}/series/{rows[0]['0020000E']['Value'][0]}"
    bare: float = me.page.evaluate(BARE, {"series": series, "instance": shown})
    assert bare > 0, "the frame cannot be fetched"
    return bare
