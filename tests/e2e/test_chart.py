"""On the case page: what the hospital system says of the patient, and who can see them."""

import re

from playwright.sync_api import expect

from tests.e2e.cases import in_state
from tests.e2e.conftest import Arrive, Person
from tests.e2e.every_way import every_way, looks_right

WORDS = {
    "zh-CN": ("查看医院系统中的最新值", "生命体征与检验", "谁能看到", "现在谁可以查看这位患者"),
    "en": (
        "Show the latest from the hospital system",
        "Vitals and tests",
        "Who can see this",
        "Who can see this patient now",
    ),
}

CAN_SEE = re.compile(r"/patients/.+/can-see")


def unfold(doctor: Person, language: str) -> None:
    """The latest values, and the row of one of them."""
    show, title, *_ = WORDS[language]
    doctor.page.get_by_role("button", name=show).click()
    chart = doctor.page.get_by_role("region", name=title)
    expect(chart.get_by_text("36.0–37.3")).to_be_visible()
    chart.get_by_role("button", expanded=False).first.click()
    doctor.page.mouse.move(0, 0)  # the colour of what is pointed at is another


def test_the_latest_values_and_who_can_see_the_patient(arrive: Arrive) -> None:
    doctor = arrive("wuxi.doctor")
    page = doctor.page

    def chart(doctor: Person, language: str, width: int) -> None:
        _, title, who, _ = WORDS[language]
        chart = doctor.page.get_by_role("region", name=title)
        expect(chart.get_by_text("36.0–37.3")).to_be_visible()
        expect(chart.get_by_role("button", expanded=True)).to_have_count(1)
        expect(doctor.page.get_by_role("link", name=who, exact=True)).to_have_attribute("href", CAN_SEE)
        chart.scroll_into_view_if_needed()
        looks_right("chart")(doctor, language, width)

    def can_see(doctor: Person, language: str, width: int) -> None:
        expect(doctor.page.get_by_role("heading", name=WORDS[language][3]).first).to_be_visible()
        expect(doctor.page.get_by_role("main").get_by_role("listitem").first).to_be_visible()
        looks_right("can_see")(doctor, language, width)

    page.goto(f"/consultations/{in_state(doctor, 'signed')}")
    every_way(doctor, chart, reach=unfold)
    page.get_by_role("link", name=re.compile("^(谁能看到|Who can see this)$")).click()
    expect(page).to_have_url(CAN_SEE)
    every_way(doctor, can_see)


def test_who_was_asked_reads_the_values_and_not_who_can_see(arrive: Arrive) -> None:
    expert = arrive("expert")
    page = expert.page
    page.goto(f"/consultations/{in_state(expert, 'ready', 'scheduled')}")
    page.get_by_role("button", name="查看医院系统中的最新值").click()
    expect(page.get_by_text("其他医院的医师查看本次住院")).to_be_visible()
    expect(page.get_by_role("link", name="谁能看到")).to_have_count(0)
