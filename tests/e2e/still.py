"""When a page has come to rest: drawn, its reads answered, nothing moving; then it may be looked at."""

from playwright.sync_api import Page

# What spins for ever moves on purpose; everything else comes to an end by itself.
RESTING = """() => Boolean(document.querySelector('main')?.textContent)
  && !document.querySelector('[aria-busy=true], .ant-spin-spinning')
  && document.getAnimations().every(({playState, effect}) =>
       playState !== 'running' || effect?.getComputedTiming().iterations === Infinity)"""
# Between two animations of one motion (a dialog that is laid out, then grows) nothing runs for a frame.
FRAMES = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"""


def settled(page: Page, more: str = "true") -> None:
    """Waits until the page rests, and `more` holds, two frames on as well."""
    calm = f"() => ({RESTING})() && ({more})"
    page.wait_for_function(calm)
    page.evaluate(FRAMES)
    page.wait_for_function(calm)
    page.evaluate("() => document.fonts.ready.then(() => true)")
