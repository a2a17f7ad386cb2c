"""The shared image in two browsers: the hand in one, and what the other shows."""

from playwright.sync_api import Locator, Page, expect


def stage(page: Page) -> Locator:
    return page.locator("[data-sop]").first


def complete(page: Page) -> None:
    """Every frame is here, so that nothing is left but the way."""
    page.wait_for_function(
        """() => {
          const ready = document.querySelector('[data-ready]')?.dataset.ready?.split('/')
          return ready && ready[0] === ready[1] && document.querySelector('[data-state=painted]')
        }""",
    )


def over(page: Page, right: int = 0) -> None:
    """The mouse on the middle of the image, or right of it, with the focus there."""
    box = stage(page).bounding_box()
    assert box is not None
    page.get_by_role("application").focus()
    page.mouse.move(box["x"] + box["width"] / 2 + right + 20, box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] + box["width"] / 2 + right, box["y"] + box["height"] / 2)


def same_image(shown: Page, *followers: Page) -> None:
    here = shown.locator("[data-sop]").get_attribute("data-sop") or ""
    for page in followers:
        expect(page.locator("[data-sop]")).to_have_attribute("data-sop", here)
