"""A measurement, as a hand draws it."""

from playwright.sync_api import Page, expect


def measure(page: Page) -> None:
    """Draws a length across the middle of the image."""
    viewport = page.get_by_test_id("viewport").first
    expect(viewport).to_have_attribute("data-quality", "full")
    box = viewport.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x, y)
    page.keyboard.press("l")
    page.mouse.move(x - 60, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=4)
    page.mouse.up()
