"""What a page looks like to somebody who cannot use it: serious findings of axe, scrolling sideways."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
# What reaches beyond the screen, from the outside in; one word where nothing is found that does.
WIDE = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
  ['scrolls sideways', ...[...document.querySelectorAll('body *')]
    .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 0.5).slice(0, 4)
    .map((each) => `${Math.round(each.getBoundingClientRect().right)} ${each.outerHTML.slice(0, 110)}`)]"""
SERIOUS = """async () => (await axe.run()).violations
  .filter(({impact}) => impact === 'serious' || impact === 'critical')
  .map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({html}) => html.slice(0, 140)).join(' | ')}`)"""


def findings(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(SERIOUS)
    return [*found, *page.evaluate(WIDE)]


# What is pressed answers 24 px high: 11 px above and below its middle too (WCAG 2.2, 2.5.8). A link in a sentence is as
# high as its line; a box is pressed on its words, a list on its frame.
SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=file]), select, textarea')]
  .filter((each) => each.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !each.disabled
    && !each.closest('.unseen, [aria-hidden=true], [class*=skip]') && each.parentElement.tagName !== 'P')
  .map((each) => each.closest('label, .ant-select, .ant-input-affix-wrapper, .ant-picker') ?? each)
  .filter((each) => {
    each.scrollIntoView({block: 'center', inline: 'center'})
    const {left, top, width, height} = each.getBoundingClientRect()
    const at = (y) => document.elementFromPoint(left + width / 2, top + height / 2 + y)
    return width < 24 || (height < 24 && ![-11, 0, 11].every((y) => each.contains(at(y))))
  })
  .map((each) => `${Math.round(each.getBoundingClientRect().height)} ${each.outerHTML.slice(0, 110)}`)"""


# A column too narrow for its words: they stand below each other, a character or two in a line.
SQUEEZED = """() => [...document.querySelectorAll('main *')]
  .filter((each) => each.checkVisibility() && !each.closest('.unseen, [aria-hidden=true], svg')
    && [...each.childNodes].some(({nodeType, data}) => nodeType === 3 && data.trim().length >= 8))
  .filter((each) => {
    const {width, height} = each.getBoundingClientRect()
    return width < 3 * parseFloat(getComputedStyle(each).fontSize) && height > 3 * width
  })
  .map((each) => each.outerHTML.slice(0, 120))"""


def squeezed(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SQUEEZED)
    return found


def small_targets(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SMALL)
    return found
