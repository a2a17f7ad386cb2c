"""The browsers of a run of tests: Debian's Chromium, and the same without a window, which costs less."""

from contextlib import suppress

from playwright.sync_api import Browser, Error, Playwright

CHROMIUM = "/usr/bin/chromium"
"""What a hospital has; for calls."""
HEADLESS = "/usr/bin/chromium-headless-shell"
FLAGS = [
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--mute-audio",
    "--disable-dev-shm-usage",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
    "--disable-background-networking",
]


class Browsers:
    """Each begins when it is first asked for, and again after it has died."""

    def __init__(self, playwright: Playwright) -> None:
        self._playwright = playwright
        self._running: dict[str, Browser] = {}

    def get(self, program: str) -> Browser:
        browser = self._running.get(program)
        if browser is None or not browser.is_connected():
            browser = self._playwright.chromium.launch(executable_path=program, args=FLAGS)
            self._running[program] = browser
        return browser

    def close(self) -> None:
        for browser in self._running.values():
            with suppress(Error):  # it may have died
                browser.close()
