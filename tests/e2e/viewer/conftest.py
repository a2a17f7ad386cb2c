"""One archive with the pages of the test, and pages of any size on it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.viewer.kit import Open
from tests.e2e.viewer.site import Site, build_page, running_site
from tests.e2e.viewer.studies import ct_stack

REFUSED = "status of 422"
"""The archive draws no picture either."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    pages = build_page(tmp_path_factory.mktemp("pages"))
    with running_site(tmp_path_factory.mktemp("archive"), pages) as running:
        running.store(*ct_stack(1))
        yield running


@pytest.fixture
def open_page(chromium: Browser, site: Site) -> Iterator[Open]:
    """A page of the given size; what the browser complains about fails the test."""
    opened: list[Page] = []
    complaints: list[str] = []

    def make(path: str = "index.html", width: int = 700, height: int = 516) -> Page:
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if said.type == "error" and REFUSED not in said.text else None,
        )
        page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        page.goto(f"{site.url}/{path}")
        opened.append(page)
        return page

    yield make
    for page in opened:
        page.close()
    assert complaints == []
