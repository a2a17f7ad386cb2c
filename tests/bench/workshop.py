"""What measurements share: a filled product, browsers with people signed in, and the arithmetic of many tries."""

import math
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Concatenate, ParamSpec, TypeVar, cast

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as NothingCame

from scripts.yardstick import measure
from tests.bench.beside import Beside
from tests.bench.link import link_to
from tests.e2e.browsers import CHROMIUM, FLAGS
from tests.e2e.conftest import PASSWORD, PATIENCE, Person, Product, demonstration

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Measured:
    """A figure in its goal's unit, the number of tries, and a comparable figure of the same run.

    `waits`: what of it no machine makes shorter or longer, such as keys typed at a person's pace.
    """

    value: float
    tries: int = 1
    peer: str = "-"
    waits: float = 0


@dataclass
class Workshop:
    """A folder to work in; `tries` overrides how often a measurement is repeated; `first`: whose seed this one uses."""

    folder: Path
    tries: int | None = None
    beside: Beside = field(default_factory=lambda: Beside(measure))
    first: "Workshop | None" = None
    _copies: Iterator[int] = field(default_factory=lambda: iter(range(1_000_000)))

    def often(self, usual: int) -> int:
        return self.tries or usual

    def once(self, make: Callable[Concatenate["Workshop", P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """For metrics that rest on the same work: it is done once in a run, and once more if that was disturbed."""
        key = (make, args, tuple(kwargs.items()))
        return cast(T, self.beside.once(key, lambda: make(self, *args, **kwargs)))

    @contextmanager
    def anew(self) -> Iterator["Workshop"]:
        """An empty one, to measure once more as if nothing had been measured."""
        with TemporaryDirectory(prefix="again-", dir=self.folder) as folder:
            later = Workshop(Path(folder), self.tries, self.beside.anew(), self.first or self)
            yield later
            self.beside.take_over(later.beside)

    @cached_property
    def seeded(self) -> Path:
        """A data directory that a first start has filled; never used itself. TELEMED_SEED names one that is there."""
        if self.first is not None:
            return self.first.seeded
        if given := os.environ.get("TELEMED_SEED"):
            return Path(given)
        data_dir = self.folder / "seeded"
        if not data_dir.exists():
            with demonstration(data_dir):
                pass
        return data_dir

    def copy(self) -> Path:
        """A fresh copy of the filled data directory, for one measurement."""
        return shutil.copytree(self.seeded, self.folder / f"data-{next(self._copies)}")

    @contextmanager
    def product(self) -> Iterator[Product]:
        data_dir = self.copy()
        with demonstration(data_dir) as running:
            assert not any("make build" in line for line in running.lines), "the pages are not built; run `make build`"
            yield running
        shutil.rmtree(data_dir)


@contextmanager
def browsers(count: int) -> Iterator[list[Browser]]:
    """Chromium processes with made-up cameras."""
    with sync_playwright() as playwright, ExitStack() as stack:
        yield [
            stack.enter_context(playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)) for _ in range(count)
        ]


@contextmanager
def far_browser(product: Product, mbit: float = 20, rtt_ms: float = 20) -> Iterator[Browser]:
    """Chromium for which the product is at the other end of a link; its address stays, as pages are bound to it."""
    port = int(product.origin.rpartition(":")[2])
    with link_to(port, mbit, rtt_ms) as far, sync_playwright() as playwright:
        rule = f"--host-resolver-rules=MAP 127.0.0.1:{port} 127.0.0.1:{far}"
        with playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, rule]) as browser:
            yield browser


def sign_in(browser: Browser, product: Product, username: str, path: str = "/", script: str = "") -> Person:
    """Signs somebody in, in a new browser context, at `path`; `script` runs before every page."""
    context = browser.new_context(base_url=product.origin, viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    if script:
        context.add_init_script(script)
    headers = {"Origin": product.origin}
    who = {"username": username, "password": PASSWORD}
    assert context.request.post("/api/session", data=who, headers=headers).ok
    assert context.request.patch("/api/session", data={"language": "zh-CN"}, headers=headers).ok
    person = Person(username, context, context.new_page())
    person.page.goto(path)
    return person


def milliseconds(page: Page, since: str, until: str) -> float:
    """Between two moments that the page has noted; waits for the second. If it never comes, says what is shown."""
    try:
        page.wait_for_function(f"() => {until} > {since} && {since} > 0")
    except NothingCame as lost:
        shown = page.locator("body").inner_text()
        lost.add_note(f"{since} = {page.evaluate(since)}, at {page.url}:\n{shown}")
        raise
    took: float = page.evaluate(f"() => {until} - {since}")
    return took


def p95(times: Sequence[float]) -> float:
    return percentile(times, 95)


def percentile(times: Sequence[float], of: int) -> float:
    """The nearest rank: of 20 the 95th is the 19th, of 3 the worst."""
    return sorted(times)[math.ceil(of * len(times) / 100) - 1]
