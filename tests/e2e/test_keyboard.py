"""From sign-in to signature by the keyboard alone, on a screen magnified to 150 %."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.e2e.cases import consultations
from tests.e2e.conftest import PASSWORD, PATIENCE, Person, Product
from tests.e2e.looks import findings
from tests.e2e.own_case import accepted
from tests.e2e.still import settled

# 1366 x 768 at 150 %.
MAGNIFIED: ViewportSize = {"width": 911, "height": 512}
TOO_FAR = 120  # presses of Tab


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


def test_an_opinion_is_signed_without_a_mouse(chromium: Browser, product: Product) -> None:
    id = accepted(product, "路键盘")
    context = chromium.new_context(
        base_url=product.origin,
        viewport=MAGNIFIED,
        device_scale_factor=1.5,
        locale="zh-CN",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    expert = Person("expert", context, page)
    try:
        page.goto("/?lang=zh-CN")
        sign_in(page)
        found = next(each for each in consultations(expert) if each["id"] == id)
        page.keyboard.press("/")
        expect(page.get_by_role("combobox", name=re.compile("^查找"))).to_be_focused()
        page.keyboard.type(found["number"])
        expect(page.get_by_role("option").first).to_contain_text(found["number"])
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/consultations/{found['id']}")
        seen(expert, "keyboard_case")
        answer_in_writing(page)
        reach(page, page.get_by_role("link", name="撰写意见").or_(page.get_by_role("button", name="撰写意见")).first)
        page.keyboard.press("Enter")
        page.wait_for_url("**/opinion")
        write(page)
        seen(expert, "keyboard_opinion")
        reach(page, page.get_by_role("button", name="完成意见"))
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog")
        reach(page, dialog.get_by_label("登录密码"))
        page.keyboard.type(PASSWORD)
        seen(expert, "keyboard_sign")
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="下载记录单")).to_be_visible()
    finally:
        context.close()


def sign_in(page: Page) -> None:
    reach(page, page.get_by_label("用户名", exact=True))
    page.keyboard.type("expert")
    reach(page, page.get_by_label("密码", exact=True))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="待我处理")).to_be_visible()


def answer_in_writing(page: Page) -> None:
    reach(page, page.get_by_role("button", name="更多"))
    page.keyboard.press("Enter")
    wanted = page.get_by_role("menuitem", name="转书面会诊")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    for _ in range(page.get_by_role("menuitem").count()):
        if focused(wanted):
            break
        page.keyboard.press("ArrowDown")
    expect(wanted).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    reach(page, dialog.get_by_role("textbox"))
    page.keyboard.type("书面答复")
    reach(page, dialog.get_by_role("button", name="转书面"))
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()


def write(page: Page) -> None:
    reach(page, page.get_by_label("病情分析"))
    page.keyboard.type("扩张型心肌病可能，需除外缺血性。")
    reach(page, page.get_by_label("会诊诊断"))
    page.keyboard.type("扩张型心肌病待排")
    reach(page, page.get_by_role("button", name="会诊意见：添加一条"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("第 1 条内容"))
    page.keyboard.type("完善心脏磁共振")
    within = page.get_by_role("combobox", name="第 1 条时限")
    reach(page, within)
    page.keyboard.press("ArrowDown")
    expect(within).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    expect(within).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_text("已保存")).to_be_visible()


def reach(page: Page, wanted: Locator) -> None:
    """Goes on with Tab until it has the focus, which is seen."""
    expect(wanted).to_be_visible()
    for _ in range(TOO_FAR):
        if focused(wanted):
            break
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()
    assert wanted.evaluate("each => each.matches(':focus-visible')")


def focused(wanted: Locator) -> bool:
    return bool(wanted.evaluate("each => each === document.activeElement"))


def seen(expert: Person, name: str) -> None:
    settled(expert.page)
    expert.shot(name)
    assert findings(expert.page) == []
