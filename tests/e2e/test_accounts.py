"""Accounts in a browser: a first sign-in by a one-time password, the second step, one's sign-ins, a calendar's link,
unlocking.
"""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from telemed.access import one_time
from telemed.access.model import Account
from telemed.db import Database
from tests.e2e.conftest import PASSWORD, PATIENCE, Arrive, Person, Product, copy_of
from tests.e2e.every_way import every_way
from tests.e2e.looks import findings
from tests.e2e.still import settled
from tests.telemed.interop.parsed import read

NEW = "a long walk home"


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Of its own, because passwords change."""
    with copy_of(seeded, tmp_path_factory.mktemp("accounts") / "data") as running:
        yield running


async def _issue(product: Product, username: str) -> str:
    database = Database(f"sqlite:///{product.data_dir}/telemed.db")
    try:
        async with database.write() as db:
            account = (await db.exec(select(Account).where(Account.username == username))).one()
            return await one_time.issue(db, account.id, datetime.now(UTC))
    finally:
        await database.close()


@pytest.fixture
def door(chromium: Browser, product: Product) -> Iterator[Page]:
    """The sign-in page, at a browser where nobody is signed in."""
    context = chromium.new_context(base_url=product.origin, viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


def sign_in(page: Page, username: str, password: str) -> None:
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def test_a_one_time_password_leads_to_choosing_ones_own(door: Page, product: Product) -> None:
    with ThreadPoolExecutor(1) as beside:  # this thread has playwright's loop
        slip = beside.submit(asyncio.run, _issue(product, "wuxi.nurse")).result()
    sign_in(door, "wuxi.nurse", slip)
    expect(door.get_by_role("heading", name="设置新密码")).to_be_visible()
    assert findings(door) == []
    door.set_viewport_size({"width": 360, "height": 740})
    assert findings(door) == []
    door.set_viewport_size({"width": 1366, "height": 768})
    door.reload()  # who closes the page by mistake goes on here
    door.get_by_label("新密码").fill(NEW)
    door.get_by_label("再输一次").fill(NEW)
    door.keyboard.press("Enter")
    expect(door.get_by_role("button", name="待办").or_(door.get_by_role("main"))).to_be_visible()
    expect(door.get_by_label("新密码")).to_have_count(0)


def test_a_second_step_is_set_up_used_and_removed(arrive: Arrive, door: Page) -> None:
    me = arrive("wuxi.chief", path="/account")
    page = me.page
    page.get_by_role("button", name="绑定", exact=True).click()
    page.get_by_role("dialog").get_by_label("当前密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    totp = pyotp.TOTP(page.locator("code").first.inner_text().replace(" ", ""))
    settled(page)
    me.shot("second_factor_enrolment")
    assert findings(page) == []
    now = datetime.now(UTC)
    page.get_by_label("输入应用显示的 6 位动态码").fill(totp.at(now))
    page.keyboard.press("Enter")
    codes = page.get_by_role("dialog").locator("li code")
    expect(codes).to_have_count(10)
    spare = codes.first.inner_text()
    settled(page)
    me.shot("recovery_codes")
    page.get_by_role("button", name="已保存，继续").click()
    expect(page.get_by_text("还有 10 个备用码未用")).to_be_visible()

    sign_in(door, "wuxi.chief", PASSWORD)
    expect(door.get_by_role("heading", name="两步验证")).to_be_visible()
    assert findings(door) == []
    door.get_by_label("动态码").fill("000000")
    door.keyboard.press("Enter")
    expect(door.get_by_text("这个码不对")).to_be_visible()
    door.get_by_label("动态码").fill(
        totp.at(now, counter_offset=1)
    )  # half a minute ahead: the next one is not used yet
    door.keyboard.press("Enter")
    expect(door.get_by_label("动态码")).to_have_count(0)
    door.goto("/account")
    rows = door.get_by_role("listitem").filter(has_text="Chrome")
    expect(rows.first.get_by_text("本机")).to_be_visible()
    settled(door)
    assert findings(door) == []
    rows.nth(1).get_by_role("button").click()  # the first browser
    expect(page.get_by_role("dialog", name="请重新登录")).to_be_visible()
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="手机不在身边，用备用码").click()
    page.get_by_label("备用码").fill(spare)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("还有 9 个备用码未用")).to_be_visible()
    page.get_by_role("button", name="解除绑定").click()
    page.get_by_role("dialog").get_by_label("当前密码").fill(PASSWORD)
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_text("未绑定。绑定后")).to_be_visible()


def test_an_administrator_unlocks_an_account_and_sets_the_rules(arrive: Arrive, door: Page) -> None:
    for _ in range(5):
        sign_in(door, "wuxi.coordinator", "guess")
        expect(door.get_by_text("用户名或密码不对")).to_be_visible()
        door.reload()
    admin = arrive("wuxi.admin", path="/admin/accounts")
    page = admin.page
    page.get_by_role("button", name="解锁：").click()
    expect(page.get_by_text("目前没有被锁定的账号")).to_be_visible()
    page.get_by_label("密码最少字符数").fill("12")
    page.get_by_label("院内网段").fill("the hospital")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("“the”不是网段")).to_be_visible()
    page.get_by_label("院内网段").fill("127.0.0.0/8")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("账号规则已保存")).to_be_visible()
    settled(page)
    admin.shot("account_rules")
    assert findings(page) == []
    sign_in(door, "wuxi.coordinator", PASSWORD)
    expect(door.get_by_label("密码", exact=True)).to_have_count(0)


@pytest.mark.parametrize("path", ["/account", "/admin/accounts"])
def test_on_a_phone_nothing_scrolls_sideways(arrive: Arrive, path: str) -> None:
    def look(admin: Person, language: str, width: int) -> None:
        expect(admin.page.get_by_role("heading", level=2).first).to_be_visible()
        admin.shot(f"phone{path.replace('/', '_')}", language)
        assert findings(admin.page) == []

    every_way(arrive("wuxi.admin", path=path, width=360, height=740, phone=True), look, widths=(360,), height=740)


def test_an_expert_enters_their_own_signature(arrive: Arrive, tmp_path: Path) -> None:
    name = tmp_path / "signature.jpg"
    Image.new("RGB", (600, 200), "white").save(name)
    expert = arrive("expert", path="/account")
    panel = expert.page.get_by_role("region", name="签名图样").last
    panel.locator("input[type=file]").set_input_files(name)
    expect(panel.get_by_role("img", name="签名图样")).to_be_visible()
    settled(expert.page)
    expert.shot("account_signature")
    assert findings(expert.page) == []


LINK = {
    "zh-CN": {
        "panel": "日历订阅",
        "make": "新建订阅链接",
        "name": "用在哪里",
        "address": "订阅链接",
        "kept": "已保存，关闭",
        "read": "最近读取",
        "revoke": "停用",
        "none": "还没有订阅链接。",
        "meeting": "远程会诊 · ",
    },
    "en": {
        "panel": "Calendar subscription",
        "make": "Make a link",
        "name": "Where it is used",
        "address": "Link",
        "kept": "Kept, close",
        "read": "last read",
        "revoke": "Revoke",
        "none": "There is no link yet.",
        "meeting": "Remote consultation · ",
    },
}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_calendar_reads_ones_meetings_by_a_link_until_it_is_revoked(
    arrive: Arrive, door: Page, language: str
) -> None:
    words, me = LINK[language], arrive("expert", path="/account", language=language)
    page = me.page
    panel = page.get_by_role("region", name=words["panel"])
    panel.get_by_role("button", name=words["make"]).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words["name"]).fill("Outlook")
    page.keyboard.press("Enter")
    address = dialog.get_by_label(words["address"], exact=True).input_value()
    settled(page)
    me.shot("calendar_link", language)
    assert findings(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    settled(page)
    me.shot("calendar_link_phone", language)
    assert findings(page) == []
    page.set_viewport_size({"width": 1366, "height": 768})
    dialog.get_by_role("button", name=words["kept"]).click()

    program = door.context.request  # a browser where nobody is signed in
    answer = program.get(address)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    _, found = read(answer.body())
    assert any(each.summary.removeprefix("已取消：").startswith(words["meeting"]) for each in found)
    assert program.get(address, headers={"If-None-Match": answer.headers["etag"]}).status == 304
    page.reload()
    expect(panel.get_by_text(words["read"])).to_be_visible()
    settled(page)
    panel.scroll_into_view_if_needed()
    me.shot("calendar_links", language)
    assert findings(page) == []
    panel.get_by_role("button", name=words["revoke"]).click()
    page.get_by_role("dialog").get_by_role("button", name=words["revoke"], exact=True).click()
    expect(panel.get_by_text(words["none"])).to_be_visible()
    assert program.get(address).status == 404
