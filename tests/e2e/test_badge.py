"""Somebody sets a badge and a PIN, signs in by them at a cart, and loses the badge."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.at_a_device import registered, session
from tests.e2e.conftest import PASSWORD, PATIENCE, Arrive, Person, Product
from tests.e2e.looks import findings, small_targets
from tests.e2e.pictures import keep_picture
from tests.e2e.still import settled

WORDS = {
    "zh-CN": {
        "set": "登记工牌",
        "current": "当前密码",
        "again": "再输一次 PIN",
        "done": "已登记，可在院内设备上刷工牌登录",
        "enter": "刷工牌登录",
        "badge": "工牌",
        "pin": "6 位 PIN",
        "wrong": "工牌或 PIN 不正确，请重新刷卡。",
        "shut": "尝试次数过多，请 15 分钟后再试。",
        "change": "换人",
        "find": "查找账号",
        "lost": "注销工牌",
    },
    "en": {
        "set": "Set a badge",
        "current": "Current password",
        "again": "PIN again",
        "done": "Set: you can sign in by your badge at devices of the hospital",
        "enter": "Use my badge",
        "badge": "Badge",
        "pin": "PIN of 6 digits",
        "wrong": "The badge or the PIN is wrong. Read the badge again.",
        "shut": "Too many attempts. Please try again in 15 minutes.",
        "change": "Change person",
        "find": "Find an account",
        "lost": "Remove badge",
    },
}
WHO = {"zh-CN": "expert", "en": "expert2"}
PIN = "480259"


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_badge_and_a_pin_sign_in_at_a_cart_until_the_badge_is_lost(
    arrive: Arrive, chromium: Browser, product: Product, language: str
) -> None:
    words, badge = WORDS[language], f"0012{language}77"
    set_badge(arrive(WHO[language], path="/account", language=language), words, badge, language)

    device = chromium.new_context(base_url=product.origin, viewport={"width": 1024, "height": 768})
    device.set_default_timeout(PATIENCE)
    try:
        screen = registered(arrive, device, language, f"5 {language}")
        screen.get_by_role("button", name=words["enter"]).click()
        looked_at(screen, f"device_badge_{language}")
        read(screen, words, badge)
        looked_at(screen, f"device_pin_{language}")
        pressed(screen, "480250")
        expect(screen.get_by_role("alert").filter(has_text=words["wrong"])).to_be_visible()
        read(screen, words, badge)
        pressed(screen, PIN)
        expect(screen.frame_locator("iframe").get_by_role("navigation").first).to_be_visible()
        here = session(device, product)
        assert (here["at_device"], here["actor"]["username"]) == (True, WHO[language])
        screen.get_by_role("button", name=words["change"]).click()
        screen.get_by_role("button", name=words["enter"]).click()
        assert session(device, product)["actor"] is None

        for _ in range(5):
            read(screen, words, badge)
            screen.keyboard.type("480250")
            expect(screen.get_by_label(words["badge"], exact=True)).to_be_visible()
        read(screen, words, badge)
        screen.keyboard.type(PIN)
        expect(screen.get_by_role("alert").filter(has_text=words["shut"])).to_be_visible()
        lose_badge(arrive("admin", path="/admin/accounts", language=language), words, language)
    finally:
        device.close()


def set_badge(person: Person, words: dict[str, str], badge: str, language: str) -> None:
    page = person.page
    page.get_by_role("button", name=words["set"]).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words["current"], exact=True).fill(PASSWORD)
    dialog.get_by_label(words["badge"], exact=True).focus()
    page.keyboard.type(badge)
    page.keyboard.press("Enter")  # as a reader does
    page.keyboard.type(PIN)
    dialog.get_by_label(words["again"], exact=True).fill(PIN)
    settled(page)
    assert findings(page) == []
    person.shot("badge_set", language)
    page.keyboard.press("Enter")
    expect(page.get_by_text(words["done"])).to_be_visible()
    expect(dialog).to_have_count(0)
    settled(page)
    assert findings(page) == []
    person.shot("account_badge", language)


def looked_at(screen: Page, name: str) -> None:
    """At a cart's size and on a small screen."""
    for width, height in ((360, 780), (1024, 768)):
        screen.set_viewport_size({"width": width, "height": height})
        settled(screen)
        assert findings(screen) == []
        assert small_targets(screen) == []
        keep_picture(screen, f"{name}_{width}", full_page=True)


def read(screen: Page, words: dict[str, str], badge: str) -> None:
    """A reader types where the keyboard is, and ends with Enter."""
    expect(screen.get_by_label(words["badge"], exact=True)).to_be_focused()
    screen.keyboard.type(badge)
    screen.keyboard.press("Enter")
    expect(screen.get_by_label(words["pin"], exact=True)).to_be_focused()


def pressed(screen: Page, pin: str) -> None:
    for digit in pin:
        screen.get_by_role("button", name=digit, exact=True).click()


def lose_badge(admin: Person, words: dict[str, str], language: str) -> None:
    page = admin.page
    page.get_by_label(words["find"], exact=True).fill(WHO[language])
    row = page.get_by_role("listitem").filter(has=page.get_by_text(WHO[language], exact=True))
    lost = row.get_by_role("button", name=words["lost"])
    expect(lost).to_be_visible()
    settled(page)
    assert findings(page) == []
    admin.shot("accounts_badge", language)
    lost.click()
    settled(page)
    page.get_by_role("dialog").get_by_role("button", name=words["lost"]).click()
    expect(lost).to_have_count(0)
