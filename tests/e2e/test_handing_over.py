"""交班 in a browser: a shift is offered, declined, taken, and from then on an emergency rings at who has taken it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import PASSWORD, Arrive, Person, Product, copy_of
from tests.e2e.emergency import another_call, band, call_off
from tests.e2e.looks import findings, small_targets
from tests.e2e.still import settled

NOTE = "室速患者今晚复查心电图"


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Its own: it rings, and the roster changes."""
    with copy_of(seeded, tmp_path_factory.mktemp("handing_over") / "data") as running:
        yield running


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


def looked_at(person: Person, shot: str) -> None:
    settled(person.page)
    person.shot(shot)
    assert findings(person.page) == []
    assert small_targets(person.page) == []
