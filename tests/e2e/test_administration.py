"""An administrator keeps what holds for everybody: who is told of what is late."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Arrive
from tests.e2e.looks import findings
from tests.e2e.still import options, settled


def test_an_administrator_changes_who_is_told(arrive: Arrive) -> None:
    admin = arrive("admin", path="/settings")
    page = admin.page
    page.get_by_role("link", name="提醒与升级").click()
    page.get_by_role("button", name="安排会诊").click()
    expect(page.get_by_text("没有安排好：再过 10 分钟，通知受邀方会诊中心协调员。").first).to_be_visible()
    page.get_by_role("button", name="修改").click()
    page.get_by_role("spinbutton", name="第 2 级：分钟").fill("6")
    page.get_by_role("button", name="加一级通知").click()
    who = page.get_by_role("combobox", name="第 4 级：通知谁")
    options(page, who).filter(has_text="受邀方质控员").click()
    settled(page)
    admin.shot("ladder_edited")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("没有安排好：再过 6 分钟，通知受邀方会诊中心协调员。").first).to_be_visible()
    expect(page.get_by_text("没有安排好：再过 10 分钟，通知受邀方质控员。").first).to_be_visible()
    expect(page.get_by_text("闻立春 于").first).to_be_visible()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("width", [1366, 360])
def test_the_administrators_pages_fit_and_are_accessible(arrive: Arrive, language: str, width: int) -> None:
    admin = arrive("admin", path="/admin/ladders", language=language, width=width)
    page = admin.page
    settled(page)
    admin.shot(f"ladders_{width}", language)
    assert findings(page) == []
    page.get_by_role("button", name="修改" if language == "zh-CN" else "Change").click()
    settled(page)
    admin.shot(f"ladders_edit_{width}", language)
    assert findings(page) == []
