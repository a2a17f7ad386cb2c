"""A telephone: the link of a meeting opened, signed in with password and second factor, and live."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
from playwright.sync_api import Browser, Page, expect

from tests.bench import join
from tests.bench.call import DOCTOR, LEAD
from tests.bench.workshop import Measured, Workshop, browsers, sign_in
from tests.e2e.conftest import PASSWORD, PATIENCE, Person, Product
from tests.e2e.in_room import at_home, go_in

KEY_MS = 150  # between two keys, as thumbs type; a robot's seconds would say nothing
STEP = timedelta(seconds=30)


def link_to_live(shop: Workshop) -> Measured:
    """In seconds, the slowest: the lead expert's telephone, 360 px wide, each time a new one; the doctor is there."""
    tries = shop.often(3)
    took = []
    with shop.product() as product, browsers(2) as (ruijin, jiashan):
        doctor = at_home(lambda who: sign_in(jiashan, product, who), DOCTOR)
        go_in(doctor)
        doctor.page.wait_for_url("**/rooms/*")
        totp, used = _enrolled(sign_in(ruijin, product, LEAD, "/account"))
        for _ in range(tries):
            used = _next_code(doctor.page, used)
            took.append(_one(ruijin, product, doctor, totp.at(used)))
    typed = (len(LEAD) + len(PASSWORD) + totp.digits) * KEY_MS / 1000
    return Measured(max(took), tries, f"typed at one key in {KEY_MS} ms, {typed:.1f} s", waits=typed)


def _enrolled(me: Person) -> tuple[pyotp.TOTP, datetime]:
    page = me.page
    page.get_by_role("button", name="绑定", exact=True).click()
    page.get_by_role("dialog").get_by_label("当前密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    totp = pyotp.TOTP(page.locator("code").first.inner_text().replace(" ", ""))
    now = datetime.now(UTC)
    page.get_by_label("输入应用显示的 6 位动态码").fill(totp.at(now))
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("li code")).to_have_count(10)
    me.context.close()
    return totp, now


def _next_code(page: Page, used: datetime) -> datetime:
    """A code is taken once: waits until the next is shown. Not measured."""
    while (now := datetime.now(UTC)).timestamp() // 30 <= used.timestamp() // 30:
        page.wait_for_timeout(500)
    return now


def _one(browser: Browser, product: Product, doctor: Person, code: str) -> float:
    context = browser.new_context(
        base_url=product.origin, viewport={"width": 360, "height": 780}, locale="zh-CN", has_touch=True, is_mobile=True
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(join.NOTE)
    page = context.new_page()
    began = time.time()
    page.goto(doctor.page.url.removeprefix(product.origin))
    _type(page, "用户名", LEAD)
    _type(page, "密码", PASSWORD)
    page.get_by_role("button", name="登录", exact=True).tap()
    _type(page, "动态码", code)
    page.keyboard.press("Enter")
    page.get_by_role("region", name="进入会诊").get_by_role("button", name=re.compile("^进入")).tap()
    page.wait_for_function("() => window.__join.seen > 0")
    seen: float = page.evaluate("() => window.__join.seen")
    context.close()
    return seen / 1000 - began


def _type(page: Page, label: str, text: str) -> None:
    field = page.get_by_role("textbox", name=label).or_(page.get_by_label(label, exact=True)).first
    field.tap()
    field.press_sequentially(text, delay=KEY_MS)


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {"phone_link_to_live": link_to_live}
