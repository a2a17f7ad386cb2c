"""What browser tests share: the product as `telemed demo` starts it, Debian's Chromium, and people signed in."""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

import psutil
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Response,
    expect,
    sync_playwright,
)

from tests.e2e import told
from tests.e2e.browsers import CHROMIUM, HEADLESS, Browsers
from tests.e2e.forking import Running, forks
from tests.e2e.pictures import keep_picture
from tests.e2e.still import still

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "browser-tests-only"
STARTS_WITHIN = 180.0
# Long, because a busy machine is no failure: tests check what is shown, benches how fast.
PATIENCE = 60_000.0  # milliseconds
expect.set_options(timeout=PATIENCE)


PRESS = "pressed: "
# Presses are said to the console: when, what, on which element.
SAY_PRESSES = f"""(() => {{
  const say = ({{ type, target, clientX, clientY, timeStamp }}) =>
    console.debug(`{PRESS}${{timeStamp | 0}} ${{type}} ${{clientX}},${{clientY}} ${{target.outerHTML.slice(0, 60)}}`)
  for (const type of ['pointerdown', 'pointerup', 'click']) addEventListener(type, say, true)
}})()"""


@dataclass
class Product:
    """The running product and what it has printed."""

    origin: str
    data_dir: Path
    process: Running
    lines: list[str] = field(default_factory=list)


@contextmanager
def demonstration(data_dir: Path, *options: str, forked: bool = True) -> Iterator[Product]:
    """`telemed demo` in a process of its own, on free ports, until left; `forked` spares it to read its code anew."""
    words = ["demo", "--data-dir", str(data_dir), "--password", PASSWORD]
    words += ["--http-port", "0", "--signal-port", "0", "--dimse-port", "0", *options]
    telemed = str(Path(sys.executable).with_name("telemed"))
    with serving(data_dir, *forks().start(words)) if forked else started(data_dir, [telemed, *words]) as running:
        from telemed.demo.run import FIRST  # here, for what runs without the demonstration imports this file too

        told.a_start(running.process.pid, first=FIRST in running.lines)
        yield running


@contextmanager
def started(data_dir: Path, command: list[str]) -> Iterator[Product]:
    """A command that serves, until left."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        with serving(data_dir, process, process.stdout) as running:
            yield running


@contextmanager
def serving(data_dir: Path, process: Running, out: IO[str]) -> Iterator[Product]:
    """Waits until it is ready, and ends it when left."""
    lines: list[str] = []
    found: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=_read, args=(out, lines, found), daemon=True)
    reader.start()
    try:
        origin = found.get(timeout=STARTS_WITHIN)
        assert origin, "it ended before it was ready:\n" + "\n".join(lines[-30:])
        yield Product(origin, data_dir, process, lines)
    finally:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
        try:
            process.wait(20)
        except (subprocess.TimeoutExpired, psutil.TimeoutExpired):
            process.kill()
            process.wait()
        reader.join(5)
        out.close()


def _read(out: IO[str], lines: list[str], found: "queue.Queue[str]") -> None:
    """Reads all output, so that the product never blocks on it; puts the address of the ready line into `found`."""
    for line in out:
        lines.append(line.rstrip("\n"))
        if line.startswith("ready "):
            found.put(line.split()[1])
    found.put("")


@contextmanager
def copy_of(seeded: Path, data_dir: Path) -> Iterator[Product]:
    """The demonstration on a data directory of its own, as the first start has filled it; removed when left."""
    pages = Path(os.environ.get("TELEMED_DEMO_WEB_DIR", ROOT / "web" / "dist"))
    assert (pages / "index.html").exists(), "the pages are not built; run `make build`"
    try:
        with demonstration(shutil.copytree(seeded, data_dir)) as running:
            yield running
    finally:
        shutil.rmtree(data_dir, ignore_errors=True)


@pytest.fixture(scope="session")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """For all tests that only read, or that do not mind what the others do."""
    with names_nobody(seeded, tmp_path_factory.mktemp("product") / "data") as running:
        yield running


@pytest.fixture(scope="session")
def common(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """For tests that each act on what is theirs alone: a case they have made (`own_case.py`), or a part of the
    demonstration that no other test with `common` touches. It may call this machine.
    """
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TELEMED_SOURCE_ALLOW", json.dumps(["127.0.0.1"]))
        with names_nobody(seeded, tmp_path_factory.mktemp("common") / "data") as running:
            yield running


@contextmanager
def names_nobody(seeded: Path, data_dir: Path) -> Iterator[Product]:
    """A demonstration that was filled, which names no patient outside their records after all that was done in it."""
    # Here, because tests without the demonstration use this file too.
    from tests.telemed.demo.nobody import assert_names_nobody, kept_beside_patients, logs_in

    with copy_of(seeded, data_dir) as running:
        yield running
        assert_names_nobody(logs_in(data_dir) + kept_beside_patients(data_dir / "telemed.db"))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for the whole run, because a thread can have only one."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browsers(playwright: Playwright) -> Iterator[Browsers]:
    running = Browsers(playwright)
    yield running
    running.close()


@pytest.fixture
def calling() -> None:
    """A test with calls asks for this (`usefixtures`): its people sit at the whole browser, because the one without a
    window dies of some calls.
    """


@pytest.fixture
def chromium(request: pytest.FixtureRequest, browsers: Browsers) -> Browser:
    return browsers.get(CHROMIUM if "calling" in request.fixturenames else HEADLESS)


@dataclass
class Person:
    """Somebody at a browser of their own; `complaints` is what the browser said of our pages."""

    username: str
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    # The same person at another browser, which says its language and size anew.
    again: "Arrive | None" = None
    # What a failure may come from: refused requests and the last presses, in their order.
    course: deque[str] = field(default_factory=lambda: deque(maxlen=40))

    def answered(self, response: Response) -> None:
        if response.status >= 400:
            self.course.append(f"{response.status} {response.request.method} {response.url}")

    def said(self, message: ConsoleMessage) -> None:
        if message.text.startswith(PRESS):
            self.course.append(message.text)

    def shot(self, name: str, language: str = "zh-CN") -> None:
        """Waits until nothing moves, and keeps a picture of the page if pictures are wanted."""
        still(self.page)
        keep_picture(self.page, f"{language}/{name}")


Arrive = Callable[..., Person]
ARRIVED = pytest.StashKey[list[Person]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Adds to the report of a failed test what stood on each person's page and what they pressed; tells the gate."""
    report = yield
    if report.when == "call" and report.failed:
        for person in item.stash.get(ARRIVED, []):
            try:
                stands = person.page.locator("body").aria_snapshot(timeout=5_000)
            except Error as error:  # closed, or in the midst of going elsewhere
                stands = str(error)
            report.sections.append((f"the page of {person.username}", f"{person.page.url}\n{stands[:6_000]}"))
            report.sections.append((f"what {person.username} pressed and was refused", "\n".join(person.course)))
    if report.failed:
        told.a_failure(item, report)
    return report


@pytest.fixture
def arrive(request: pytest.FixtureRequest, chromium: Browser, product: Product) -> Iterator[Arrive]:
    """`arrive("expert")` is a person signed in at their home page; errors in any page fail the test."""
    people: list[Person] = []
    request.node.stash[ARRIVED] = people

    def make(
        username: str,
        *,
        path: str = "/",
        language: str = "zh-CN",
        width: int = 1366,
        height: int = 768,
        phone: bool = False,
    ) -> Person:
        context = chromium.new_context(
            base_url=product.origin,
            viewport={"width": width, "height": height},
            locale=language,
            has_touch=phone,
            is_mobile=phone,
            # A dialog that is still growing when a busy machine has pressed the mouse is elsewhere when it lets go.
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(SAY_PRESSES)
        credentials = {"username": username, "password": PASSWORD}
        answer = context.request.post("/api/session", data=credentials, headers={"Origin": product.origin})
        assert answer.ok, f"{username} cannot sign in: {answer.status}"
        answer = context.request.patch("/api/session", data={"language": language}, headers={"Origin": product.origin})
        assert answer.ok
        person = Person(username, context, context.new_page(), again=partial(make, username, phone=phone))
        person.page.on("pageerror", lambda error: person.complaints.append(str(error)))
        context.on("response", person.answered)
        context.on("console", person.said)
        people.append(person)
        person.page.goto(path)
        return person

    yield make
    complaints = {person.username: person.complaints for person in people if person.complaints}
    for person in people:
        person.context.close()
    assert not complaints
