"""Two Chromium pages in a call: they see each other, and neither a cut line nor a killed server ends it."""

import shutil
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import run
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Page, async_playwright

from tests.signaling.cable import Cable, cable
from tests.signaling.kit import ticket
from tests.signaling.process import start, stop

WEB = Path(__file__).parents[2] / "web"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--mute-audio",
    "--disable-dev-shm-usage",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--allow-loopback-in-peer-connection",
]
STUDY = "wuxi/1.2.3"
SKIP = not Path(CHROMIUM).exists() or not (WEB / "node_modules").exists() or shutil.which("node") is None
pytestmark = pytest.mark.skipif(SKIP, reason="needs chromium, node and web/node_modules")


class Handler(BaseHTTPRequestHandler):
    script = b""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == "/ticket":
            (who,) = parse_qs(url.query)["who"]
            body, kind = ticket(who, time.time(), studies=[STUDY]).encode(), "text/plain"
        elif url.path == "/call.js":
            body, kind = self.script, "text/javascript"
        else:
            body, kind = Path(__file__).with_name("call_page.html").read_bytes(), "text/html"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def origin(tmp_path: Path) -> Iterator[str]:
    """Serves the page, the bundled call module and tickets."""
    built = tmp_path / "call.js"
    bundle = [str(WEB / "node_modules/.bin/rolldown"), "src/call/index.ts", "--format", "iife", "--name", "calls"]
    run([*bundle, "--file", str(built)], cwd=WEB, check=True, capture_output=True)
    script = built.read_bytes()
    http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"script": script}))
    thread = Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}"
    http.shutdown()
    http.server_close()
    thread.join()


async def until(page: Page, true: str) -> None:
    """Polls by the clock: the default, animation frames, starves in a page that is not in front."""
    try:
        await page.wait_for_function(true, polling=50, timeout=20_000)
    except Exception as error:
        error.add_note(str(await page.evaluate("JSON.stringify({...state, local: 0, pair: thePair() && pairName()})")))
        raise


@asynccontextmanager
async def pages(origin: str, line: Cable) -> AsyncIterator[tuple[Page, Page]]:
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            opened = [await (await browser.new_context()).new_page() for _ in range(2)]
            for page, who in zip(opened, ("anna", "bert"), strict=True):
                await page.goto(f"{origin}/?who={who}&url=ws://127.0.0.1:{line.port}")
            yield opened[0], opened[1]
        finally:
            await browser.close()


async def chat_complete(both: tuple[Page, Page], expected: set[str]) -> None:
    for page in both:
        await until(page, f"state.phase === 'in' && texts().length >= {len(expected)}")
    anna, bert = [await page.evaluate("texts()") for page in both]
    assert anna == bert
    assert (set(anna), len(anna)) == (expected, len(expected))


async def test_a_call_outlives_a_cut_line_and_a_killed_server(origin: str, tmp_path: Path) -> None:
    process, port = start(tmp_path, origin)
    try:
        async with cable(port) as line, pages(origin, line) as both:
            anna, bert = both
            await both_in(anna, bert)
            name = await anna.evaluate("pairName()")
            assert name == await bert.evaluate("pairName()")

            line.unplug()
            for page, who in ((anna, "a"), (bert, "b")):
                await until(page, "!state.linked")
                await page.evaluate(f"[0, 1, 2, 3, 4].forEach((n) => call.chat('{who}' + n))")
                assert await page.evaluate("state.chat.every((each) => each.state === 'pending')")
            cut = time.monotonic()
            while time.monotonic() < cut + 5:  # five seconds without signaling; the picture goes on
                assert await anna.evaluate("grows(10)")
                assert await bert.evaluate("grows(10)")
            line.plugged = True
            said = {f"{who}{n}" for who in "ab" for n in range(5)}
            await chat_complete(both, said)

            stop(process, signal.SIGKILL)
            for page, who in ((anna, "a"), (bert, "b")):
                await until(page, "!state.linked")
                await page.evaluate(f"call.chat('{who} while it was dead')")
            process, line.to = start(tmp_path, origin)
            await chat_complete(both, said | {"a while it was dead", "b while it was dead"})
            for page in both:
                await until(
                    page, "state.people.length === 1 && state.publishing && state.people[0].tracks.length === 2"
                )
                assert await page.evaluate("grows(10)")
                assert await page.evaluate("pairName()") == name  # the same connection: nobody saw a black picture
    finally:
        stop(process, signal.SIGTERM)


async def both_in(anna: Page, bert: Page) -> None:
    await bert.evaluate("enter()")
    await until(bert, "state.phase === 'waiting' && state.waiting.position === 1 && !state.waiting.lead_here")
    await anna.evaluate("enter()")
    for page in (anna, bert):
        await until(page, "state.phase === 'in' && globalThis.firstFrame")
        assert await page.evaluate("grows(10)")


async def test_devices_stage_and_goodbye_as_the_pages_see_them(origin: str, tmp_path: Path) -> None:
    process, port = start(tmp_path, origin)
    try:
        async with cable(port) as line, pages(origin, line) as (anna, bert):
            await both_in(anna, bert)
            await devices_are_seen(anna, bert)
            await the_stage_is_followed(anna, bert)
            report: Any = await bert.evaluate("calls.checkDevices({ signalingUrl: given.get('url') })")
            states = {part: report[part]["state"] for part in ("camera", "signaling", "media")}
            assert states == {"camera": "ok", "signaling": "ok", "media": "ok"}
            assert report["passed"]
            await anna.evaluate("call.lead.end('done')")
            for page in (anna, bert):
                await until(page, "state.phase === 'ended' && state.end.reason === 'ended'")
                assert await page.evaluate("call.pairs.all.size") == 0
    finally:
        stop(process, signal.SIGTERM)


async def devices_are_seen(anna: Page, bert: Page) -> None:
    await until(bert, "state.speakers.length > 0")  # the fake microphone beeps
    await until(bert, "state.link?.level === 'good' && state.people[0].level === 'good'")
    await anna.evaluate("media.mute('mic', true)")
    await until(bert, "state.people[0].tracks.find((each) => each.source === 'mic').muted")
    await anna.evaluate("media.mute('camera', true)")
    await until(bert, "state.people[0].tracks.find((each) => each.source === 'camera').muted")
    await anna.evaluate("media.mute('camera', false)")
    await until(bert, "!state.people[0].tracks.find((each) => each.source === 'camera').muted")
    assert await bert.evaluate("grows(10)")
    await anna.evaluate("call.lead.quieten('bert/page')")
    await until(bert, "state.local.sources.mic.muted")
    await anna.evaluate("media.shareScreen()")
    await until(bert, "state.people[0].tracks.some((each) => each.source === 'screen')")
    assert await bert.evaluate("grows(3, 2)")
    await anna.evaluate("media.stopScreen()")
    await until(bert, "!state.people[0].tracks.some((each) => each.source === 'screen')")


async def the_stage_is_followed(anna: Page, bert: Page) -> None:
    await anna.evaluate(f"call.stage.take('{STUDY}')")
    await anna.evaluate(f"call.stage.viewport('{STUDY}', {{ frame: 7 }})")
    await anna.evaluate(f"call.stage.pointer('{STUDY}', {{ x: 0.5, y: 0.25 }})")
    await until(bert, "state.presenter === 'anna/page' && heard.viewport.length && heard.pointer.length")
    assert await bert.evaluate("heard.viewport.at(-1)") == {
        "from": "anna/page",
        "topic": "viewport",
        "scope": STUDY,
        "payload": {"frame": 7},
    }
    await bert.evaluate(f"call.stage.take('{STUDY}')")
    await until(anna, "state.presenter === 'bert/page'")
