"""Waits until a page is at rest: drawn, requests answered, nothing moving."""

from playwright.sync_api import Locator, Page, expect

# Endless animations (spinners) are ignored; all others end.
STILL = """document.getAnimations().every(({playState, effect}) =>
  playState !== 'running' || effect?.getComputedTiming().iterations === Infinity)"""
DRAWN = """Boolean(document.querySelector('main')?.textContent)
  && !document.querySelector('[aria-busy=true], .ant-spin-spinning')"""
# Our typefaces come after the page. With those of the machine all words have other widths.
IN_OUR_TYPEFACE = "document.fonts.size > 0"
# Two frames, because between two animations of one motion (a dialog) nothing runs for a frame.
FRAMES = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"""


def still(page: Page, more: str = "true") -> None:
    """Waits until nothing moves, and `more` holds, two frames on as well."""
    calm = f"() => ({STILL}) && ({more})"
    page.wait_for_function(calm)
    page.evaluate(FRAMES)
    page.wait_for_function(calm)
    page.evaluate("() => document.fonts.ready.then(() => true)")


def settled(page: Page, more: str = "true") -> None:
    """Still, and everything the page asked the server for is there, its typefaces too."""
    still(page, f"({DRAWN}) && ({IN_OUR_TYPEFACE}) && ({more})")


SHARP = """() => {
  const seen = [...document.querySelectorAll('.vw[data-state]:not([data-state=empty])')]
  return seen.length > 0 && seen.every(({dataset}) => dataset.state === 'failed' || dataset.quality === 'full')
}"""


def sharp(page: Page) -> None:
    """All pictures of the viewer have come in their full quality; nothing is submitted or issued before."""
    page.wait_for_function(SHARP)


def options(page: Page, combobox: Locator) -> Locator:
    """Opens this box's own list and gives its options: another's, still closing, may be seen beside it."""
    expect(combobox).not_to_have_attribute("aria-expanded", "true")  # a press while open would close it
    combobox.click()
    expect(combobox).to_have_attribute("aria-expanded", "true")
    still(page)  # a list that finds its place moves away between press and release
    own = page.locator(f"[id='{combobox.get_attribute('aria-controls')}']")
    return page.locator(".ant-select-dropdown").filter(has=own).locator(".ant-select-item-option")


def option(page: Page, text: str) -> Locator:
    """The option with this text in the list that typing has opened, once that has found its place."""
    found = page.locator(".ant-select-item-option").filter(has_text=text)
    expect(found).to_be_visible()
    still(page)
    return found
