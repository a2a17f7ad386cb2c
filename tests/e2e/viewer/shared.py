"""One page for one test after another: each has a viewer of its own in it, and its own complaints of the browser."""

import time
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Browser, Error, Page, Request

from tests.e2e.still import FRAMES

COMES_TO_REST = 10.0  # seconds
REFUSED = "status of 422"
"""The archive draws no picture either."""


def listen(page: Page, complaints: list[str]) -> None:
    """Notes what the browser complains about."""
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" and REFUSED not in said.text else None,
    )
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))


class SharedPage:
    """Made when it is first needed, and anew after anything has gone wrong in it."""

    def __init__(self, browser: Callable[[], Browser], url: str) -> None:
        self._browser = browser
        self._url = url
        self._page: Page | None = None
        self._complaints: list[str] = []
        self._unanswered: set[Request] = set()

    def open(self, width: int = 700, height: int = 516) -> Page:
        if self._page is None:
            self._page = self._made()
        self._page.set_viewport_size({"width": width, "height": height})
        return self._page

    def end(self, *, failed: bool) -> list[str]:
        """Ends the viewer of a test and says what the browser complained about; raises if page or browser has died."""
        page = self._page
        if page is None:
            return []
        whole = False
        try:
            if not failed:
                page.evaluate("it.next()")
                whole = self._rests(page) and not self._complaints
        finally:
            if not whole:
                self.discard()
        return self._complaints

    def discard(self) -> None:
        page, self._page = self._page, None
        if page is not None:
            with suppress(Error):  # it may have died
                page.close()

    def _rests(self, page: Page) -> bool:
        """Whether everything that was asked for is answered, so that no later complaint can come from it."""
        until = time.monotonic() + COMES_TO_REST
        while self._unanswered and time.monotonic() < until:
            page.evaluate(FRAMES)
        page.evaluate(FRAMES)  # complaints come in their order, before this answer
        return not self._unanswered

    def _made(self) -> Page:
        page = self._browser().new_page()
        # Of this page only: one that was discarded may still have something to say.
        complaints, unanswered = list[str](), set[Request]()
        self._complaints, self._unanswered = complaints, unanswered
        listen(page, complaints)
        page.on("request", lambda asked: unanswered.add(asked))
        page.on("requestfinished", lambda asked: unanswered.discard(asked))
        page.on("requestfailed", lambda asked: unanswered.discard(asked))
        page.goto(self._url)
        return page
