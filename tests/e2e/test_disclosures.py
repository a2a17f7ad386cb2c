"""The medical office asks who saw a patient, and administrators what was changed."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Arrive, Person
from tests.e2e.every_way import every_way, looks_right
from tests.e2e.looks import findings
from tests.e2e.still import settled
from tests.e2e.writing import choose

PATIENT = "谁看过这位患者"


def test_the_medical_office_sees_who_saw_a_patient(arrive: Arrive) -> None:
    office = arrive("wuxi.coordinator", path="/consultations?show=all")
    page = office.page
    page.get_by_role("list", name="会诊").get_by_role("link").first.click()
    page.get_by_role("link", name=PATIENT).click()
    expect(page.get_by_role("heading", name="查阅记录")).to_be_visible()
    rows = page.get_by_role("table", name="谁看过").locator("tbody tr")
    expect(rows.filter(has_text="病例").first).to_be_visible()
    settled(page)
    office.shot("who_saw")
    rows.first.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"staff="))
    choose(page, "用途", "影像")
    expect(page).to_have_url(re.compile(r"purpose=images"))
    page.get_by_role("combobox", name="人员").fill("liuchunfen")
    page.get_by_title("柳春分 瑞金医院").click()
    expect(page.get_by_role("main").get_by_title("柳春分 瑞金医院")).to_be_visible()
    page.get_by_text("设置变更").click()
    expect(page.get_by_label("用途")).to_have_count(0)
    expect(page.get_by_label("患者")).to_have_count(0)


def test_the_page_fits_and_is_accessible(arrive: Arrive) -> None:
    office = arrive("wuxi.coordinator", path="/consultations?show=all")
    page = office.page
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()

    def leads_there(office: Person, language: str, width: int) -> None:
        name = PATIENT if language == "zh-CN" else "Who saw this patient"
        expect(office.page.get_by_role("link", name=name)).to_be_visible()

    expect(page.get_by_role("link", name=PATIENT)).to_be_visible()
    every_way(office, leads_there)
    page.get_by_role("link", name=PATIENT).click()
    expect(page.get_by_role("table")).to_be_visible()
    every_way(office, looks_right("audit"))


def test_an_administrator_sees_changes_and_no_patient(arrive: Arrive) -> None:
    admin = arrive("admin", path="/audit")
    page = admin.page
    expect(page.get_by_role("heading", name="查阅记录")).to_be_visible()
    expect(page.get_by_label("患者")).to_have_count(0)
    settled(page)
    assert findings(page) == []


def test_the_changes_of_a_roster_are_told_shortly(arrive: Arrive) -> None:
    """The demonstration's hospitals keep rosters from their first day on."""

    def shortly(office: Person, language: str, width: int) -> None:
        page = office.page
        unfold = page.get_by_role("button", name="展开其余" if language == "zh-CN" else re.compile("^Show .* more"))
        unfold.first.wait_for()
        looks_right("changes")(office, language, width)
        highest = "() => Math.max(...[...document.querySelectorAll('main tbody tr')].map((row) => row.offsetHeight))"
        assert page.evaluate(highest) < (400 if width == 1366 else 800)
        assert not re.search(r"\d{4}-\d\d-\d\dT\d\d", page.get_by_role("table").inner_text())

    office = arrive("wuxi.coordinator", path="/audit?about=settings")
    expect(office.page.get_by_role("table")).to_be_visible()
    every_way(office, shortly)
