"""From the presenter's mouse to the other browser's screen: the pointer, and scrolling."""

from playwright.sync_api import Page, expect

from tests.bench.call import both_in
from tests.bench.workshop import Measured, Workshop, p95
from tests.e2e.shared_view import complete, stage

# One page notes when the mouse moved, the other when its screen first shows it. They share a clock.
HAND = """() => {
  const now = () => performance.timeOrigin + performance.now()
  window.__did = { pointer: 0, view: 0 }
  addEventListener('pointermove', () => { __did.pointer = now() }, true)
  addEventListener('wheel', () => { __did.view = now() }, true)
}"""
SCREEN = """() => {
  const now = () => performance.timeOrigin + performance.now()
  window.__saw = { pointer: 0, view: 0 }
  const host = document.querySelector('[data-sop]')
  const shown = () => {
    const { x = '', y = '' } = host.querySelector('.vw-pointer')?.dataset ?? {}
    return { view: host.dataset.sop ?? '', pointer: `${x} ${y}` }
  }
  let last = shown()
  new MutationObserver(() => {
    const at = shown()
    const changed = Object.keys(at).filter((what) => at[what] !== '' && at[what] !== last[what])
    last = at
    if (changed.length > 0) requestAnimationFrame(() => { for (const what of changed) __saw[what] = now() })
  }).observe(host, { subtree: true, childList: true, attributes: true })
}"""


def pointer_to_peer(shop: Workshop) -> Measured:
    """The worse of pointer and scrolling; all images are loaded on both sides before."""
    tries = shop.often(20)
    with both_in(shop) as (lead, doctor):
        for each in (lead, doctor):
            complete(each.page)
        expect(doctor.page.get_by_text("演示：", exact=False)).to_be_visible()
        pointers, views = _hands(lead.page, doctor.page, tries)
    return Measured(max(p95(pointers), p95(views)), tries)


def follow(shop: Workshop) -> Measured:
    """The presenter's scroll alone, to the follower's pixels."""
    tries = shop.often(20)
    with both_in(shop) as (lead, doctor):
        for each in (lead, doctor):
            complete(each.page)
        expect(doctor.page.get_by_text("演示：", exact=False)).to_be_visible()
        _, views = _hands(lead.page, doctor.page, tries)
    return Measured(p95(views), tries)


def _hands(sender: Page, receiver: Page, tries: int) -> tuple[list[float], list[float]]:
    box = stage(sender).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 3
    sender.mouse.move(x, y)
    expect(receiver.locator(".vw-pointer")).to_be_visible()
    sender.evaluate(HAND)
    receiver.evaluate(SCREEN)
    pointers, views = [], []
    for step in range(1, tries + 1):
        sender.mouse.move(x + 6 * step, y + 4 * step)
        pointers.append(_arrival(sender, receiver, "pointer"))
    for _ in range(tries):
        sender.mouse.wheel(0, 100)
        views.append(_arrival(sender, receiver, "view"))
    return pointers, views


def _arrival(sender: Page, receiver: Page, what: str) -> float:
    did: float = sender.evaluate("(what) => window.__did[what]", what)
    receiver.wait_for_function("([what, since]) => window.__saw[what] > since", arg=[what, did])
    saw: float = receiver.evaluate("(what) => window.__saw[what]", what)
    return saw - did


MEASUREMENTS = {"follow_p95": follow}
