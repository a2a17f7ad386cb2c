"""An expert has a study read because of the consultation; the reader sees what it asks, and its page tells how far."""

import pytest
from playwright.sync_api import expect

from tests.e2e.cases import of_patient
from tests.e2e.claiming import claimed
from tests.e2e.conftest import Arrive, Person, Product
from tests.e2e.every_way import every_way
from tests.e2e.looks import findings, squeezed
from tests.e2e.still import settled


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


SAID = {"zh-CN": ("影像诊断", "待审核"), "en": ("Reports on images", "Waits for review")}


def test_a_case_page_tells_how_far_its_reading_is(arrive: Arrive) -> None:
    def look(person: Person, language: str, width: int) -> None:
        title, waits = SAID[language]
        expect(person.page.get_by_role("region", name=title)).to_contain_text(waits)
        settled(person.page)
        person.shot(f"case_reading_{language}")
        assert findings(person.page) == []
        assert squeezed(person.page) == []

    doctor = arrive("wuxi.doctor")
    doctor.page.goto(f"/consultations/{of_patient(doctor, '褚启明')}")
    every_way(doctor, look, widths=(1366,))


def test_an_expert_asks_and_the_reader_sees_what_the_consultation_asks(arrive: Arrive) -> None:
    expert = arrive("expert")
    page = expert.page
    page.goto(f"/consultations/{of_patient(expert, '王北辰')}")
    page.get_by_role("button", name="请影像科阅片…").click()
    dialog = page.get_by_role("dialog", name="请影像科阅片")
    expect(dialog.get_by_label("阅片目的")).not_to_be_empty()
    settled(page)
    expert.shot("ask_in_consultation")
    assert findings(page) == []
    dialog.get_by_role("button", name="提交申请").click()
    here = page.get_by_role("region", name="影像诊断")
    expect(here).to_contain_text("已申请，待书写")

    desk = arrive("radiologist", path="/reading")
    row = desk.page.get_by_role("list", name="阅片列表").get_by_role("button").filter(has_text="王北辰")
    row.click()
    asked = desk.page.get_by_role("region", name="会诊申请")
    expect(asked).to_contain_text("会诊目的")
    expect(asked.get_by_role("link")).to_have_count(0)
    desk.page.keyboard.press("Enter")
    claimed(desk.page)
    expect(desk.page.get_by_role("region", name="会诊申请")).to_be_visible()
    settled(desk.page)
    desk.shot("reading_of_consultation")
    assert findings(desk.page) == []
    expect(here).to_contain_text("书写中")  # nobody has reloaded the page
