"""One browser of the story: its person, counted clicks, errors of the browser, pictures."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from tests.e2e.conftest import PASSWORD, PATIENCE, ROOT
from tests.e2e.in_room import KEEP_CONNECTIONS
from tests.e2e.pictures import keep_picture
from tests.e2e.still import options, settled
from tests.e2e.story_papers import Papers

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
LOOKED_AT = (1366, 768)

# Counts clicks of a person; clicks by script are not trusted events and not counted.
COUNT = "addEventListener('pointerdown', (event) => { if (event.isTrusted) void window.pressed() }, true)"
NO_TOAST = "!document.querySelector('.ant-message-notice')"
SERIOUS = """async () => (await axe.run()).violations
  .filter(({impact}) => impact === 'serious' || impact === 'critical')
  .map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({html}) => html.slice(0, 140)).join(' | ')}`)"""


@dataclass
class Side:
    """A browser in which one person after another signs in."""

    origin: str
    context: BrowserContext
    page: Page
    bringing: Papers | None = None  # what the patient of this story brings
    pictures: bool = True  # pages are looked at on the way
    language: str = "zh-CN"
    presses: Counter[str] = field(default_factory=Counter)
    counting: str | None = None  # the metric that a press now counts for
    complaints: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)  # errors of the browser that the story expects
    asked: set[str] = field(default_factory=set)  # the paths of what the pages read

    @property
    def papers(self) -> Papers:
        assert self.bringing is not None, "this story is about no patient"
        return self.bringing

    @contextmanager
    def counted(self, metric: str) -> Iterator[None]:
        """Presses in here belong to this metric."""
        self.counting = metric
        try:
            yield
        finally:
            self.counting = None

    @contextmanager
    def forgiving(self, status: int) -> Iterator[None]:
        """The browser notes every refused request; this refusal is part of the story."""
        self.forgiven.append(f"status of {status}")
        try:
            yield
        finally:
            self.forgiven.pop()

    def sign_in(self, username: str, path: str = "/") -> None:
        """Signs another person in; the form itself is only used for the first."""
        self.page.goto("about:blank")
        self.context.clear_cookies()
        who = {"username": username, "password": PASSWORD}
        self._sent("post", who)
        self._sent("patch", {"language": self.language})
        self.page.goto(path)

    def sign_in_by_form(self, username: str) -> None:
        with self.forgiving(401):  # the page asks who is here before anybody is
            self.page.goto("/?lang=zh-CN")
            expect(self.page.get_by_label("用户名", exact=True)).to_be_visible()
        self.shot("story_signin")
        self._type_in(username, PASSWORD)
        self._is_in()

    def sign_in_first(self, username: str, one_time: str) -> None:
        """By the password of a slip, and choosing one's own."""
        self.page.goto("about:blank")
        self.context.clear_cookies()
        with self.forgiving(401):
            self.page.goto("/?lang=zh-CN")
            self._type_in(username, one_time)
            expect(self.page.get_by_role("heading", name="设置新密码")).to_be_visible()
        self.page.get_by_label("新密码").fill(PASSWORD)
        self.page.get_by_label("再输一次").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self._is_in()

    def _is_in(self) -> None:
        expect(self.page.locator("input[autocomplete$=-password]")).to_have_count(0)
        expect(self.page.locator("main h1")).to_be_attached()

    def _type_in(self, username: str, password: str) -> None:
        self.page.get_by_label("用户名", exact=True).fill(username)
        self.page.get_by_label("密码", exact=True).fill(password)
        self.page.keyboard.press("Enter")

    def _sent(self, method: str, data: dict[str, str]) -> None:
        answer = getattr(self.context.request, method)("/api/session", data=data, headers={"Origin": self.origin})
        assert answer.ok, f"{method} /api/session: {answer.status}"

    def get(self, path: str) -> Any:
        """What the person at this browser may read."""
        answer = self.context.request.get(path)
        assert answer.ok, f"{path}: {answer.status}"
        return answer.json()

    def settled(self) -> None:
        expect(self.page.locator(".ant-select-dropdown:visible")).to_have_count(0)
        settled(self.page, NO_TOAST)

    def shot(self, name: str) -> None:
        keep_picture(self.page, f"{self.language}/{name}")

    def picture(self, name: str, *, axe: bool = True) -> None:
        """The page as it stands in both languages, with what axe finds serious in it."""
        if not self.pictures:
            return
        was, self.counting = self.counting, None
        self.settled()
        self.shot(name)
        if axe:
            self.page.evaluate(AXE.read_text())
            self.findings += [f"{name}: {each}" for each in self.page.evaluate(SERIOUS)]
        for language in ("en", "zh-CN"):
            self._speak(language)
            if language == "en":
                self.settled()
                self.shot(name)
        self.counting = was

    def _speak(self, language: str) -> None:
        switch = self.page.locator('button[aria-label$="中 / EN"]').first
        with self.page.expect_response(lambda answer: answer.request.method == "PATCH" and "/session" in answer.url):
            switch.evaluate("(button) => button.click()")  # by script: a dialog may lie over it
        self.page.wait_for_function("(lang) => document.documentElement.lang === lang", arg=language)
        self.language = language

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        exact = isinstance(name, str)
        (within or self.page.get_by_role("main").or_(self.page.get_by_role("dialog"))).get_by_role(
            "button", name=name, exact=exact
        ).first.click()

    def choose(self, label: str, option: str, within: Locator | None = None) -> None:
        """One of a closed list: opened and pressed."""
        self.options(label, within).filter(has_text=re.compile(f"^{option}")).first.click()

    def options(self, label: str, within: Locator | None = None) -> Locator:
        return options(self.page, (within or self.page).get_by_role("combobox", name=label))

    def hand_over(self, button: Locator, *files: Path) -> None:
        """Files by the button that asks for them."""
        with self.page.expect_file_chooser() as chooser:
            button.click()
        chooser.value.set_files(list(files))


@contextmanager
def sitting_at(
    chromium: Browser, origin: str, bringing: Papers | None = None, *, pictures: bool = True
) -> Iterator[Side]:
    """A fresh browser of its own: cookies, storage and camera are nobody else's."""
    width, height = LOOKED_AT
    context = chromium.new_context(
        base_url=origin,
        viewport={"width": width, "height": height},
        locale="zh-CN",
        accept_downloads=True,
        reduced_motion="reduce",  # as in `arrive`
    )
    context.set_default_timeout(PATIENCE)
    side = Side(origin, context, context.new_page(), bringing, pictures)

    def pressed() -> None:
        if side.counting:
            side.presses[side.counting] += 1

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(each in message.text for each in side.forgiven):
            side.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def asked(request: Request) -> None:
        if request.method == "GET" and request.url.startswith(origin):
            side.asked.add(request.url.removeprefix(origin))

    context.expose_function("pressed", pressed)
    context.add_init_script(COUNT)
    context.add_init_script(KEEP_CONNECTIONS)
    side.page.on("console", said)
    side.page.on("pageerror", lambda error: side.complaints.append(str(error)))
    side.page.on("request", asked)
    try:
        yield side
    finally:
        context.close()
