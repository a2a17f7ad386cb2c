"""One archive with the pages of the test, pages of any size on it, and one page that tests share."""

from collections.abc import Generator, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.browsers import HEADLESS, Browsers
from tests.e2e.viewer.kit import Open
from tests.e2e.viewer.shared import SharedPage, listen
from tests.e2e.viewer.site import Site, build_page, running_site
from tests.e2e.viewer.studies import ct_stack

FAILED = pytest.StashKey[bool]()


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
        listen(page, complaints)
        page.goto(f"{site.url}/{path}")
        opened.append(page)
        return page

    yield make
    for page in opened:
        page.close()
    assert complaints == []


@pytest.fixture(scope="session")
def shared(browsers: Browsers, site: Site) -> Iterator[SharedPage]:
    page = SharedPage(lambda: browsers.get(HEADLESS), f"{site.url}/index.html")
    yield page
    page.discard()


@pytest.fixture
def next_page(request: pytest.FixtureRequest, shared: SharedPage) -> Iterator[Open]:
    """The shared page with a viewer of the test's own; what the browser complains about fails the test."""
    yield shared.open
    assert shared.end(failed=request.node.stash.get(FAILED, False)) == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report
