"""Step 3 at the hub, and 5 beforehand: accepted and booked, a clash refused; the expert accepts; devices are tested."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.still import settled
from tests.e2e.story_side import Side

EXPERT = "柳春分"


def refuse_a_clash(ruijin: Side, id: str) -> None:
    """Tries to book during the expert's ward round: the refusal names it, and nothing changes."""
    page = ruijin.page
    page.goto(f"/consultations/{id}/booking")
    ruijin.choose("主会诊专家", EXPERT)
    own = page.get_by_role("region", name="其他时间")
    expect(own).to_be_visible()
    ruijin.picture("story_booking")
    pick_a_busy_time(ruijin, own)
    expect(own.get_by_role("status")).to_contain_text("查房")
    ruijin.picture("story_booking_busy")
    with ruijin.forgiving(409):
        own.get_by_role("button", name="按此时间预约").click()
        refused = page.get_by_role("alert").filter(has_text="未预约")
        expect(refused).to_contain_text(EXPERT)
        expect(refused).to_contain_text("查房")
    ruijin.picture("story_booking_refused")
    assert ruijin.get(f"/api/consultations/{id}")["state"] == "approved"


def pick_a_busy_time(ruijin: Side, own: Locator) -> None:
    """The first of the coming days on which the expert's round stands in the calendar."""
    page = ruijin.page
    own.get_by_role("combobox", name="开始").fill("08:30")
    page.keyboard.press("Enter")
    for day in range(7):
        ruijin.options("日期", own).nth(day).click()
        settled(page)
        verdict = own.get_by_role("status")
        expect(verdict).to_contain_text(re.compile("查房|都空|已经过去|会诊|门诊|手术"))
        if "查房" in verdict.inner_text():
            return
    raise AssertionError("no working day in the coming week has a round")


def accept_and_book(ruijin: Side, id: str) -> None:
    """From the list to the invitations: open the row, look, confirm the proposed lead and earliest time."""
    page = ruijin.page
    page.goto("/")
    ruijin.picture("story_home_coordinator")
    with ruijin.counted("clicks_coordinator"):
        page.get_by_role("button", name=re.compile(f"^受理：会诊受理.*{ruijin.papers.name}")).click()
        drawer = page.get_by_role("dialog")
        expect(drawer).to_contain_text("是否符合急性心肌炎")
        expect(drawer.get_by_text(re.compile(EXPERT)).first).to_be_visible()
        book = drawer.get_by_role("button", name="受理并预约")
        expect(book).to_be_enabled()
        ruijin.picture("story_accept")
        book.click()
        expect(drawer).to_have_count(0)
    page.goto(f"/consultations/{id}")
    expect(page.get_by_role("region", name="参加人员")).to_contain_text(EXPERT)
    ruijin.picture("story_case_booked")


def expert_accepts(ruijin: Side) -> None:
    page = ruijin.page
    page.get_by_role("button", name=re.compile(f"^接受：会诊邀请.*{ruijin.papers.name}")).click()
    expect(page.get_by_text("已接受邀请")).to_be_visible()


def try_devices(ruijin: Side, id: str) -> None:
    """One press on the case page, any time beforehand; the branch's were tried this evening."""
    try_own_devices(ruijin, id)
    all_green(ruijin, "story_case_ready")


def try_own_devices(side: Side, id: str) -> None:
    side.page.goto(f"/consultations/{id}")
    gate = side.page.get_by_role("region", name="会前核查")
    expect(gate.get_by_text("还不能开始", exact=True)).to_be_visible()
    gate.get_by_role("button", name="测试我的设备").click()
    expect(gate.get_by_text("全部通过，可以加入")).to_be_visible()


def all_green(side: Side, name: str) -> None:
    gate = side.page.get_by_role("region", name="会前核查")
    expect(gate.get_by_text("可以开始", exact=True)).to_be_visible()
    side.picture(name)
