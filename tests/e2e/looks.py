"""What a page looks like to somebody who cannot use it: serious findings of axe, scrolling sideways."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
WIDE = "() => document.documentElement.scrollWidth > window.innerWidth"
SERIOUS = """async () => (await axe.run()).violations
  .filter(({impact}) => impact === 'serious' || impact === 'critical')
  .map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({html}) => html.slice(0, 140)).join(' | ')}`)"""


def findings(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(SERIOUS)
    return [*found, "scrolls sideways"] if page.evaluate(WIDE) else found
