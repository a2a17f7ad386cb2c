"""What the tests of devices share: a screen that has become one, and somebody who signs in at it."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from tests.e2e.conftest import PASSWORD, Arrive, Product

SHOW = {"zh-CN": "显示登记码", "en": "Show a code"}


def session(context: BrowserContext, product: Product) -> Any:
    return context.request.get(f"{product.origin}/api/session").json()


def registered(arrive: Arrive, device: BrowserContext, language: str, name: str) -> Page:
    """The screen of a device of the hub, registered by the API; the page that shows it."""
    screen = device.new_page()
    screen.goto(f"/device?lang={language}")
    screen.get_by_role("button", name=SHOW[language]).click()
    code = screen.get_by_role("status").first.inner_text()
    admin = arrive("admin", language=language)
    new = {"code": code, "name": name, "kind": "cart", "venue_id": None}
    answer = admin.context.request.post("/api/admin/devices", data=new, headers={"Origin": origin_of(screen)})
    assert answer.ok, answer.text()
    expect(screen.get_by_role("heading", name=name)).to_be_visible()
    return screen


def origin_of(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


def by_password(screen: Page, who: str) -> FrameLocator:
    """Somebody signs in at a device by their password; the frame with their pages."""
    screen.get_by_role("button", name="用账号密码登录").click()
    pages = screen.frame_locator("iframe")  # whose title follows the account's language
    pages.get_by_label("用户名").fill(who)
    pages.get_by_role("textbox", name="密码").fill(PASSWORD)
    pages.get_by_role("button", name="登录", exact=True).click()
    expect(screen.get_by_text(re.compile("登录人：|Signed in:"))).to_be_visible()  # in the language of the account
    return pages
