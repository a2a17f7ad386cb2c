"""An MDT: arranged with a recorder, signed section by section, a dissent, and what the branch sees of it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, Arrive, Person, Product
from tests.e2e.looks import findings, squeezed
from tests.e2e.own_case import in_writing
from tests.e2e.still import option, settled
from tests.e2e.writing import write

LEAD, MEMBER, SILENT, RECORDER = "柳春分", "林谷雨", "钟清明", "许惊蛰"
PATIENT = "路多科"
DISSENT = "暂不同意加量，建议先复查血压"


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


def pleasant(page: Page) -> None:
    settled(page)
    assert findings(page) == []
    assert squeezed(page) == []


def arranged(arrive: Arrive, lead: Person, product: Product) -> str:
    """A consultation answered in writing becomes an MDT, with an expert of another specialty and a recorder."""
    id, coordinator = in_writing(product, PATIENT), arrive("coordinator")
    page, ask = coordinator.page, coordinator.context.request
    experts = ask.get("/api/staff?hospital_id=ruijin&role=expert&limit=200").json()["items"]
    for name in (MEMBER, SILENT):
        who: dict[str, Any] = {"staff_id": next(each["id"] for each in experts if each["name"] == name)}
        path = f"/api/consultations/{id}/experts"
        assert ask.post(path, data=who, headers={"Origin": product.origin}).ok
    page.goto(f"/consultations/{id}")
    page.get_by_role("button", name="定为多学科会诊").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="记录人").fill(RECORDER)
    option(page, RECORDER).click()
    coordinator.shot("mdt_arrange")
    dialog.get_by_role("button", name="定为多学科会诊").click()
    aside = page.get_by_role("region", name="参加人员")
    expect(aside).to_contain_text(f"主持人 {LEAD}")
    expect(aside).to_contain_text(f"记录人 {RECORDER}（不签署）")
    aside.scroll_into_view_if_needed()
    coordinator.shot("mdt_case")
    pleasant(page)
    return id


def test_an_mdt_is_signed_section_by_section_and_dissent_is_seen(arrive: Arrive, product: Product) -> None:
    lead, member, other = (arrive(name) for name in ("expert", "expert2", "professor"))
    id = arranged(arrive, lead, product)

    member.page.goto("/")
    member.page.get_by_role("button", name=re.compile(f"^撰写：签署专科意见.*{PATIENT}")).click()
    own = member.page.get_by_role("article", name=re.compile(MEMBER))
    own.get_by_role("textbox").fill("呼吸科：暂不考虑肺栓塞，氧合稳定。")
    member.shot("mdt_section")
    pleasant(member.page)
    own.get_by_role("button", name="签署本专科意见").click()
    dialog = member.page.get_by_role("dialog")
    dialog.get_by_label("登录密码").fill(PASSWORD)
    member.shot("mdt_sign_section")
    dialog.get_by_role("button", name="签署本专科意见").click()
    expect(dialog).to_be_hidden()
    expect(own).to_contain_text(f"{MEMBER} 签署于")

    lead.page.goto(f"/consultations/{id}/opinion")
    write(lead.page)
    expect(lead.page.get_by_text("已保存").last).to_be_visible()
    expect(lead.page.get_by_text("已表态 1 / 2")).to_be_visible()
    lead.shot("mdt_chair")
    pleasant(lead.page)
    refused(lead)
    dissents(other, id)
    signs(lead, id)

    doctor = arrive("wuxi.doctor")
    english = arrive("wuxi.doctor", language="en")
    for who in (doctor, english):
        who.page.goto(f"/consultations/{id}")
        sections = who.page.get_by_role("region", name=re.compile("专科意见|Sections of the experts"))
        expect(sections).to_contain_text("暂不考虑肺栓塞")
        expect(who.page.get_by_role("region", name=re.compile("联合签署与保留意见|Co-signatures"))).to_contain_text(
            DISSENT
        )
        sections.scroll_into_view_if_needed()
        who.shot("mdt_signed", "en" if who is english else "zh-CN")
        pleasant(who.page)


def refused(lead: Person) -> None:
    """The chair is told for whom the signature waits."""
    page = lead.page
    page.get_by_role("button", name="完成意见").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("登录密码").fill(PASSWORD)
    dialog.get_by_role("button", name="签署 v1").click()
    expect(page.get_by_text(re.compile(f"{SILENT} 尚未签署专科意见"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def dissents(other: Person, id: str) -> None:
    page = other.page
    page.goto(f"/consultations/{id}/opinion")
    page.get_by_role("button", name="保留意见", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name=re.compile("保留意见")).fill(DISSENT)
    dialog.get_by_label("登录密码").fill(PASSWORD)
    dialog.get_by_role("button", name="保留意见", exact=True).click()
    expect(dialog).to_be_hidden()
    other.shot("mdt_dissent")
    pleasant(page)


def signs(lead: Person, id: str) -> None:
    page = lead.page
    page.reload()
    expect(page.get_by_text("已表态 2 / 2")).to_be_visible()
    page.get_by_role("button", name="完成意见").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("登录密码").fill(PASSWORD)
    dialog.get_by_role("button", name="签署 v1").click()
    expect(page.get_by_role("link", name=re.compile("下载记录单"))).to_be_visible()
    lead.shot("mdt_signed_hub")
