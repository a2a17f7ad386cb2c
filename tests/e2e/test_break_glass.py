"""An expert of the hub opens a branch's patient without being asked, and the branch's medical office reviews it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Arrive, Person, Product
from tests.e2e.every_way import every_way, looks_right
from tests.e2e.looks import findings, small_targets
from tests.e2e.own_case import accepted
from tests.e2e.still import settled
from tests.e2e.writing import choose

OPENER, OFFICE = "expert2", "wuxi.coordinator"


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


def stranger(office: Person, case: str) -> dict[str, Any]:
    """The patient of a consultation that the opener does not see, with their number."""
    patient = office.context.request.get(f"/api/consultations/{case}").json()["patient"]
    return {"number": patient["identifiers"][0]["value"], "name": patient["name"], "case": case}


def open_it(page: Page, number: str) -> None:
    choose(page, "患者所在医院", "无锡分院")
    page.get_by_label("号码（须完整一致）").fill(number)
    choose(page, "理由", "患者情况危急")
    page.get_by_label("具体说明").fill("患者转运途中病情恶化")
    page.get_by_role("button", name="打开并通知医务科").click()


def test_a_patient_is_opened_read_ended_and_reviewed(arrive: Arrive, product: Product) -> None:
    office, opener = arrive(OFFICE), arrive(OPENER)
    whom, page = stranger(office, accepted(product, "路急查")), opener.page
    page.locator("button[aria-haspopup=menu]").last.click()
    page.get_by_role("menuitem", name="紧急查阅").click()
    page.get_by_role("button", name="打开并通知医务科").click()
    expect(page.get_by_text("请填写这一项。").first).to_be_visible()
    open_it(page, "0000-none")
    expect(page.get_by_text(re.compile("没有找到这位患者"))).to_be_visible()
    page.get_by_label("号码（须完整一致）").fill(whom["number"])
    page.get_by_role("button", name="打开并通知医务科").click()
    expect(page.get_by_text(re.compile("紧急查阅中：仅可阅读"))).to_be_visible()
    expect(page.get_by_role("region", name="患者").get_by_text(whom["name"])).to_be_visible()
    settled(page)
    opener.shot("break_glass_opened")
    opened = page.url
    page.get_by_role("region", name="会诊病例").get_by_role("link").first.click()
    expect(page.get_by_text(whom["name"]).first).to_be_visible()
    banner = page.get_by_role("alert").filter(has_text="紧急查阅：只读")
    expect(banner).to_contain_text("已通知无锡分院医务科")
    expect(banner.get_by_role("link", name="查看这次紧急查阅")).to_have_attribute("href", re.compile("/break-glass/"))
    for refused in ("进入会诊", "进入等候", "下载记录单"):
        expect(page.get_by_text(refused)).to_have_count(0)
    settled(page)
    opener.shot("break_glass_case")
    assert findings(page) == []
    assert small_targets(page) == []
    page.goto(f"{page.url.partition('?')[0]}/images")
    expect(page.get_by_role("alert").filter(has_text="紧急查阅：只读")).to_be_visible()
    settled(page)
    opener.shot("break_glass_images")

    home = office.page
    home.get_by_role("button", name=re.compile("^审查：")).first.click()
    expect(home.get_by_text("患者转运途中病情恶化")).to_be_visible()
    expect(home.get_by_role("region", name="查阅了什么").get_by_text("会诊病例")).to_be_visible()
    settled(home)
    office.shot("break_glass_review")
    home.get_by_label("不适当").check()
    home.get_by_role("button", name="提交审查").click()
    expect(home.get_by_text("请写明为什么不适当。")).to_be_visible()
    home.get_by_label("适当", exact=True).check()
    home.get_by_role("button", name="提交审查").click()
    expect(home.get_by_text(re.compile("审查：适当"))).to_be_visible()

    page.goto(opened)
    page.get_by_role("button", name="提前结束").click()
    expect(page.get_by_text(re.compile("患者资料不再显示"))).to_be_visible()
    expect(page.get_by_text(whom["name"])).to_have_count(0)
    assert opener.context.request.get(f"/api/consultations/{whom['case']}").status == 404


@pytest.mark.parametrize("who", [OPENER, OFFICE])
def test_the_page_fits_and_is_accessible(arrive: Arrive, who: str) -> None:
    person = arrive(who, path="/break-glass")
    expect(person.page.get_by_role("heading", level=1)).to_be_visible()
    every_way(person, looks_right(f"break_glass_{who.partition('.')[0]}"))
