"""A packed series in a real browser: small at once and marked so, in full in a few answers, and never blank."""

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.e2e.viewer.kit import Open, grey_on, index_on, show
from tests.e2e.viewer.site import Site
from tests.e2e.viewer.studies import SLICES, grey_at, study_uid

PLACES = ((5, 5), (40, 30), (64, 48), (120, 90))
ALL = f"{SLICES}/{SLICES}"


@pytest.fixture(scope="module")
def packed(site: Site) -> Site:
    site.wait_for_pack(study_uid(1), f"{study_uid(1)}.1")
    return site


def scrolled(page: Page, position: int, quality: str) -> None:
    page.evaluate("n => it.viewer.scrollTo(n)", position)
    expect(page.locator("#host")).to_have_attribute("data-sop", f"{study_uid(1)}.1.{SLICES - position}")
    expect(page.locator("#host")).to_have_attribute("data-quality", quality)


def off(page: Page) -> int:
    """By how much the darkest or brightest place of the screen differs from the file, of 255."""
    index = index_on(page)
    return max(abs(grey_on(page, *place) - grey_at(index, *place)) for place in PLACES)


def test_a_series_comes_in_a_few_answers_with_the_pixels_of_the_file(open_page: Open, packed: Site) -> None:
    page, asked = open_page(), list[str]()

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    show(page)
    expect(page.locator("#host")).to_have_attribute("data-ready", ALL)
    assert sum("/imaging/preview/" in url for url in asked) == 1
    assert sum("/imaging/open/" in url for url in asked) == 1, "the list, and the first one shown as a preview"
    assert sum("/imaging/frames/" in url for url in asked) <= 4
    assert not any("/instances/" in url and "/frames/" in url for url in asked)
    for position in (0, 7, SLICES - 1):
        scrolled(page, position, "full")
        assert off(page) <= 2
    expect(page.locator(".vw-preview")).to_have_text("")


def test_until_a_frame_is_here_its_preview_is_shown_marked_and_not_measured(open_page: Open, packed: Site) -> None:
    page, held, asked = open_page(), list[Route](), list[Route]()

    def let_the_first_through(route: Route) -> None:
        asked.append(route)
        route.continue_() if len(asked) == 1 else held.append(route)

    page.route("**/imaging/frames/**", let_the_first_through)
    show(page)
    expect(page.locator("#host")).to_have_attribute("data-scrollable", ALL)
    scrolled(page, 3, "preview")
    expect(page.locator(".vw-preview")).to_have_text("预览，不可用于诊断")
    assert page.evaluate("it.viewer.screen.keyImage()") is None
    index = index_on(page)
    for place in ((5, 5), (64, 48), (110, 80)):
        assert abs(grey_on(page, *place) - grey_at(index, *place)) <= 6, "a smooth place looks as it will"
    page.unroute("**/imaging/frames/**")
    for route in held:
        route.continue_()
    expect(page.locator("#host")).to_have_attribute("data-quality", "full")
    expect(page.locator(".vw-preview")).to_have_text("")
    assert off(page) <= 2
    assert page.evaluate("it.viewer.screen.keyImage().then(image => image.frame)") == 1


def test_frames_that_the_pack_does_not_give_are_fetched_one_by_one(open_page: Open, packed: Site) -> None:
    page = open_page()
    wrong = bytes(4_000_000)  # of the right length, and no codestream
    page.route("**/imaging/frames/**", lambda route: route.fulfill(status=200, body=wrong))
    show(page)
    expect(page.locator("#host")).to_have_attribute("data-ready", ALL)
    scrolled(page, 2, "full")
    assert off(page) <= 2


def test_a_series_without_its_previews_comes_all_the_same(open_page: Open, packed: Site) -> None:
    page = open_page()
    page.route("**/imaging/preview/**", lambda route: route.fulfill(status=204))
    show(page)
    expect(page.locator("#host")).to_have_attribute("data-ready", ALL)
    scrolled(page, 2, "full")
    assert off(page) <= 2


def test_the_first_picture_comes_with_the_list_small_and_only_its_rest_is_asked_for(
    open_page: Open, packed: Site
) -> None:
    page, held = open_page(), list[Route]()
    page.route("**/imaging/frames/**", lambda route: held.append(route))
    page.route("**/imaging/preview/**", lambda route: held.append(route))
    show(page)
    expect(page.locator("#host")).to_have_attribute("data-quality", "preview")
    expect(page.locator(".vw-preview")).to_have_text("预览，不可用于诊断")
    assert page.evaluate("it.viewer.screen.keyImage()") is None
    assert [("rest=1" in route.request.url, "/frames/" in route.request.url) for route in held] == [(True, True)]
    held[0].continue_()
    expect(page.locator("#host")).to_have_attribute("data-quality", "full")
    assert off(page) <= 2
