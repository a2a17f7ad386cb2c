"""`telemed demo --lan` from a second computer: a browser in a network namespace that trusts the authority.

What is not tested here: the steps of each operating system for installing the authority.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, expect

from tests.e2e.browsers import CHROMIUM, FLAGS
from tests.e2e.conftest import PASSWORD, PATIENCE, Person, Product, demonstration
from tests.e2e.in_room import IN_CALL, KEEP_CONNECTIONS, decodes, go_in, room
from tests.e2e.until import until

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="a network namespace needs root")
# A network of its own for each run: one that was killed may have left its cable behind.
HERE, THERE = (f"10.231.{os.getpid() % 250}.{end}" for end in (1, 2))


@dataclass
class Computer:
    """A namespace (none: this machine itself), a home directory, and a browser started there."""

    namespace: str
    home: Path

    def trust(self, certificate: Path) -> None:
        store = self.home / ".pki" / "nssdb"
        database = f"sql:{store}"
        if not store.exists():  # of one that exists, certutil asks for the password
            store.mkdir(parents=True)
            run("certutil", "-d", database, "-N", "--empty-password")
        run("certutil", "-d", database, "-A", "-t", "C,,", "-n", "telemed demo", "-i", str(certificate))

    @contextmanager
    def browser(self, playwright: Playwright) -> Iterator[Browser]:
        start = self.home / "chromium"
        inside = f"ip netns exec {self.namespace} " if self.namespace else ""
        start.write_text(f'#!/bin/sh\nexec {inside}{CHROMIUM} "$@"\n')
        start.chmod(0o755)
        home: dict[str, str | float | bool] = {**os.environ, "HOME": str(self.home)}
        opened = playwright.chromium.launch(executable_path=start, args=FLAGS, env=home)
        yield opened
        opened.close()


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Computer]:
    """A cable between this machine and the other one; everything leaves through it."""
    name = f"telemed{os.getpid()}"
    cable = f"tm{os.getpid()}"
    run("ip", "netns", "add", name)
    try:
        run("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", name)
        run("ip", "addr", "add", f"{HERE}/30", "dev", cable)
        run("ip", "link", "set", cable, "up")
        for words in (
            ("addr", "add", f"{THERE}/30", "dev", "eth0"),
            ("link", "set", "lo", "up"),
            ("link", "set", "eth0", "up"),
            ("route", "add", "default", "via", HERE),
        ):
            run("ip", "-n", name, *words)
        yield Computer(name, tmp_path_factory.mktemp("home"))
    finally:
        run("ip", "netns", "delete", name)  # takes its end of the cable, and so the cable, with it


@pytest.fixture(scope="module")
def product(computer: Computer, seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    data_dir = shutil.copytree(seeded, tmp_path_factory.mktemp("lan") / "data")
    with demonstration(data_dir, "--lan") as running:
        yield running


def entrance(product: Product) -> str:
    """The plain http address that the demonstration prints for other computers."""
    return next(word for line in product.lines for word in line.split() if word.startswith("http://"))


def test_a_second_computer_is_led_from_plain_http_to_a_working_secure_page(
    playwright: Playwright, computer: Computer, product: Product, tmp_path: Path
) -> None:
    assert product.origin.startswith("https://")
    with computer.browser(playwright) as browser:
        page = browser.new_page(locale="zh-CN")
        page.goto(entrance(product))
        assert "摄像头" in page.inner_text("body")
        assert page.evaluate("window.isSecureContext") is False
        assert page.evaluate("navigator.mediaDevices === undefined")
        with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
            browser.new_page().goto(product.origin)
        with page.expect_download() as download:
            page.get_by_role("link", name="下载根证书").click()
        download.value.save_as(tmp_path / "telemed-demo.crt")

    computer.trust(tmp_path / "telemed-demo.crt")
    with computer.browser(playwright) as browser:
        page = browser.new_page()
        page.goto(entrance(product) + "?lang=en")
        page.get_by_role("link", name="Open https://").click()
        page.wait_for_url(f"{product.origin}/**")
        assert page.evaluate("window.isSecureContext") is True
        assert page.evaluate(CAMERA) == ["audio", "video"]
        # From inside the page: only the browser trusts the authority, and the policy of the page applies.
        signaling = page.evaluate(SIGNS_IN, {"username": "expert", "password": PASSWORD})
        assert signaling.startswith("wss://")
        assert page.evaluate(OPENS, signaling) == "open"


def test_two_computers_see_each_other_over_the_cable(
    playwright: Playwright, computer: Computer, product: Product, tmp_path: Path
) -> None:
    here = Computer("", tmp_path)
    authority = product.data_dir / "lan" / "authority.pem"
    for machine in (here, computer):
        machine.trust(authority)
    with here.browser(playwright) as ruijin, computer.browser(playwright) as jiashan:
        lead, doctor = signed_in(ruijin, product, "expert2"), signed_in(jiashan, product, "jiashan.doctor")
        go_in(doctor)
        go_in(lead)
        for each in (lead, doctor):
            expect(room(each.page)).to_be_visible()
            decodes(each, decodes(each))
        assert media_leaves_from(doctor.page) == THERE


def signed_in(browser: Browser, product: Product, username: str) -> Person:
    """By the form, as the README says."""
    context = browser.new_context(base_url=product.origin, viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    context.add_init_script(KEEP_CONNECTIONS)
    page = context.new_page()
    page.goto("/?lang=zh-CN")
    page.get_by_label("用户名", exact=True).fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="进入会诊")).to_be_visible()
    return Person(username, context, page)


def media_leaves_from(page: Page) -> str:
    """The near end of the media (the far one's address stays hidden from a page that was not told it first)."""
    address: str = until(page, NEAR_END).json_value()
    return address


CAMERA = """async () => {
  const stream = await navigator.mediaDevices.getUserMedia({audio: true, video: true})
  const kinds = stream.getTracks().map((track) => track.kind).sort()
  for (const track of stream.getTracks()) track.stop()
  return kinds
}"""
SIGNS_IN = """async (credentials) => {
  const headers = {'Content-Type': 'application/json'}
  const answer = await fetch('/api/session', {method: 'POST', headers, body: JSON.stringify(credentials)})
  return (await answer.json()).signaling_url
}"""
OPENS = """(url) => new Promise((resolve) => {
  const socket = new WebSocket(url)
  socket.onopen = () => { resolve('open'); socket.close() }
  socket.onerror = () => resolve('refused')
})"""
NEAR_END = f"""async () => {{
  for (const each of {IN_CALL}) {{
    const stats = await each.getStats()
    const transport = [...stats.values()].find(({{ type }}) => type === 'transport')
    const pair = stats.get(transport?.selectedCandidatePairId)
    if (pair) return stats.get(pair.localCandidateId).address
  }}
}}"""
