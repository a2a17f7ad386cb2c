"""The page that tests of the viewer share: nothing of one test is left for the next."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, expect

from tests.e2e.browsers import HEADLESS, Browsers
from tests.e2e.viewer.kit import show
from tests.e2e.viewer.shared import SharedPage
from tests.e2e.viewer.site import Site
from tests.e2e.viewer.studies import study_uid

HOST = "#host"


@pytest.fixture
def own(playwright: Playwright) -> Iterator[Browsers]:
    """Browsers that may die."""
    browsers = Browsers(playwright)
    yield browsers
    browsers.close()


@pytest.fixture
def page_of_many(own: Browsers, site: Site) -> SharedPage:
    return SharedPage(lambda: own.get(HEADLESS), f"{site.url}/index.html")


def test_the_next_test_finds_an_empty_viewer_of_its_size_in_the_same_page(page_of_many: SharedPage) -> None:
    page = page_of_many.open()
    show(page)
    page.evaluate("it.viewer.setVoi({center: 1, width: 1})")
    assert page_of_many.end(failed=False) == []
    assert page_of_many.open(width=400) is page
    expect(page.locator(HOST)).to_have_attribute("data-state", "empty")
    assert page.get_attribute(HOST, "data-sop") is None
    assert page.evaluate("it.viewer.current()") is None
    assert page.evaluate("it.viewer.screen.overlay.size().width") == 400
    assert page.evaluate("uid => it.viewer.show('wuxi', uid, `${uid}.1`)", study_uid()) is False, "not registered"
    show(page)
    assert page.evaluate("it.viewer.viewState().voi") == {"center": 50, "width": 400}, "as the file says"


@pytest.mark.parametrize(
    "trouble",
    [
        "setTimeout(() => { throw new Error('late') })",
        "console.error('late')",
        "void fetch('/late')",
    ],
)
def test_a_complaint_is_of_the_test_that_caused_it_also_if_it_comes_late(
    page_of_many: SharedPage, trouble: str
) -> None:
    page = page_of_many.open()
    page.evaluate(f"() => {{ {trouble} }}")
    assert len(page_of_many.end(failed=False)) == 1
    anew = page_of_many.open()
    assert anew is not page
    show(anew)
    assert page_of_many.end(failed=False) == []


def crashed_page(page: Page, _: Browser) -> None:
    page.goto("chrome://crash")


def crashed_browser(_: Page, browser: Browser) -> None:
    browser.new_browser_cdp_session().send("Browser.crash")


@pytest.mark.parametrize("crash", [crashed_page, crashed_browser])
@pytest.mark.parametrize("failed", [True, False])
def test_a_page_or_browser_that_dies_fails_one_test(
    page_of_many: SharedPage, own: Browsers, crash: Callable[[Page, Browser], None], failed: bool
) -> None:
    page = page_of_many.open()
    with suppress(Error):  # nobody may be left to answer
        crash(page, own.get(HEADLESS))
    with pytest.raises(Error):
        show(page)
    if failed:
        page_of_many.end(failed=True)
    else:  # it died between the last step of the test and its end
        with pytest.raises(Error):
            page_of_many.end(failed=False)
    page = page_of_many.open()
    show(page)
    assert page_of_many.end(failed=False) == []
