"""值守 in a browser: begun once, an emergency fills the page, on a telephone too, and is passed on; and 交班."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import PASSWORD, Arrive, Person, Product
from tests.e2e.emergency import another_call, band, call_off, pass_on
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.still import settled

NOTE = "室速患者今晚复查心电图"


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


def looked_at(person: Person, shot: str, language: str = "zh-CN") -> None:
    settled(person.page)
    person.shot(shot, language)
    assert findings(person.page) == []
    assert small_targets(person.page) == []
    assert squeezed(person.page) == []


def test_whoever_stands_by_is_rung_over_the_whole_page_and_on_the_telephone(arrive: Arrive) -> None:
    expert = arrive("expert", path="/on-duty")
    page = expert.page
    page.get_by_role("link", name="值守").click()
    page.get_by_label("密码").fill(PASSWORD)
    looked_at(expert, "duty_before")
    page.get_by_role("button", name="开始值守").click()
    head = page.get_by_role("region", name="值守", exact=True)
    expect(head.get_by_role("status")).to_have_text("值守中")
    expect(page.get_by_text("可以出声")).to_be_visible()
    expect(page.get_by_role("region", name="设备与网络检查")).to_have_attribute("aria-busy", "false")
    looked_at(expert, "duty")

    phone = arrive("expert", path="/duty", width=360, height=780)
    phone.page.get_by_role("heading", name="值守", exact=True).click()  # any press lets it be heard
    expect(phone.page.get_by_text("可以出声")).to_be_visible()
    expect(phone.page.get_by_role("region", name="值守", exact=True)).to_contain_text("值守中")
    looked_at(phone, "duty_phone")

    chip = page.get_by_role("banner").get_by_role("link", name="值守中 至")
    expect(chip).to_be_visible()
    page.get_by_role("button", name="暂离…").click()
    page.get_by_role("button", name="20 分").click()
    expect(head.get_by_role("status")).to_have_text("暂离")
    expect(page.get_by_role("banner").get_by_role("link", name="暂离 至")).to_be_visible()
    looked_at(expert, "duty_away")
    page.get_by_role("button", name="我回来了").click()
    expect(head.get_by_role("status")).to_have_text("值守中")

    jiashan = arrive("jiashan.doctor")
    call = another_call(jiashan)
    for each in (expert, phone):
        expect(band(each)).to_have_attribute("data-rings-whole", "true")
        expect(band(each)).to_contain_text("心源性休克")
    looked_at(phone, "duty_rings_phone")
    pass_on(phone)
    for each in (expert, phone):
        expect(band(each)).to_have_attribute("data-rings", "false")
    calls = page.get_by_role("region", name="本班呼入")
    expect(calls).to_contain_text("您已转下一位", timeout=40_000)  # at the next look: no hint tells
    expect(calls).to_contain_text("正在呼叫")
    looked_at(expert, "duty_calls")
    call_off(jiashan, call)
    expect(band(expert)).to_have_count(0)

    page.get_by_role("button", name="结束值守").click()
    expect(head.get_by_role("status")).to_have_text("未值守")
    expect(page.get_by_text("您已于")).to_be_visible()


def test_in_english_it_reads_as_english(arrive: Arrive) -> None:
    coordinator = arrive("coordinator", path="/duty", language="en")
    expect(coordinator.page.get_by_role("button", name="Stand by")).to_be_visible()
    looked_at(coordinator, "duty_before", "en")


def test_a_shift_is_handed_to_a_colleague_who_is_called_from_then_on(arrive: Arrive) -> None:
    giver, taker = arrive("expert", path="/duty"), arrive("professor", path="/duty", width=360, height=780)
    giver.page.get_by_label("密码").fill(PASSWORD)
    giver.page.get_by_role("button", name="开始值守").click()
    head = giver.page.get_by_role("region", name="值守", exact=True)
    expect(head.get_by_role("status")).to_have_text("值守中")

    offered(giver, "钟清明")
    asked = taker.page.get_by_text("柳春分 主任医师 请您接班")
    expect(asked).to_be_visible()
    expect(taker.page.get_by_text(NOTE)).to_be_visible()
    looked_at(taker, "duty_asked_phone")
    taker.page.get_by_role("button", name="不接").click()
    expect(asked).to_have_count(0)
    expect(giver.page.get_by_text("钟清明 主任医师 没有接受，仍由您值守")).to_be_visible()
    expect(head.get_by_role("status")).to_have_text("值守中")

    offered(giver, "钟清明")
    giver.page.get_by_role("button", name="撤回").click()
    expect(asked).to_have_count(0)

    offered(giver, "钟清明")
    taker.page.get_by_role("button", name="接班", exact=True).click()
    expect(asked).to_have_count(0)
    expect(giver.page.get_by_text("钟清明 主任医师 已接班，紧急会诊不再先呼叫您")).to_be_visible()
    expect(head.get_by_role("status")).to_have_text("未值守")
    for gone in ("没有接受", "轮到您时仍会呼叫"):
        expect(giver.page.get_by_text(gone)).to_have_count(0)
    looked_at(giver, "duty_handed_over")

    caller = arrive("jiashan.doctor")
    call = another_call(caller)
    expect(band(taker)).to_have_attribute("data-rings", "true")
    expect(band(giver)).not_to_have_attribute("data-rings", "true")
    call_off(caller, call)
    expect(band(taker)).to_have_count(0)


def offered(giver: Person, to: str) -> None:
    giver.page.get_by_role("button", name="交班…").first.click()
    dialog = giver.page.get_by_role("dialog", name="交班给谁？")
    whom = dialog.get_by_label("接班人")
    value = option(whom, to).get_attribute("value")
    assert value
    whom.select_option(value)
    dialog.get_by_label("交代事项").fill(NOTE)
    dialog.get_by_role("button", name="请对方接班").click()
    expect(dialog).to_have_count(0)
    expect(giver.page.get_by_text(f"已请 {to} 主任医师 接班，等待对方接受")).to_be_visible()


def option(of: Locator, name: str) -> Locator:
    return of.locator("option").filter(has_text=name)
