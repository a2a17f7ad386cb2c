"""On the case page: what the hospital system says of the patient, and who can see them."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.cases import in_state
from tests.e2e.conftest import Arrive
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.still import settled

WORDS = {
    "zh-CN": ("查看医院系统中的最新值", "生命体征与检验", "谁能看到", "现在谁可以查看这位患者"),
    "en": (
        "Show the latest from the hospital system",
        "Vitals and tests",
        "Who can see this",
        "Who can see this patient now",
    ),
}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("width", [1366, 360])
def test_the_latest_values_and_who_can_see_the_patient(arrive: Arrive, language: str, width: int) -> None:
    show, title, who, now = WORDS[language]
    doctor = arrive("wuxi.doctor", language=language, width=width)
    page = doctor.page
    page.goto(f"/consultations/{in_state(doctor, 'signed')}")
    page.get_by_role("button", name=show).click()
    chart = page.get_by_role("region", name=title)
    expect(chart.get_by_text("36.0–37.3")).to_be_visible()
    chart.get_by_role("button", expanded=False).first.click()
    expect(chart.get_by_role("button", expanded=True)).to_have_count(1)
    page.mouse.move(0, 0)  # the colour of what is pointed at is another
    settled(page)
    chart.scroll_into_view_if_needed()
    doctor.shot(f"chart_{width}", language)
    assert findings(page) == []
    assert small_targets(page) == []
    assert squeezed(page) == []
    page.get_by_role("link", name=who, exact=True).click()
    expect(page).to_have_url(re.compile(r"/patients/.+/can-see"))
    expect(page.get_by_role("heading", name=now).first).to_be_visible()
    expect(page.get_by_role("main").get_by_role("listitem").first).to_be_visible()
    settled(page)
    doctor.shot(f"can_see_{width}", language)
    assert findings(page) == []
    assert small_targets(page) == []
    assert squeezed(page) == []


def test_who_was_asked_reads_the_values_and_not_who_can_see(arrive: Arrive) -> None:
    expert = arrive("expert")
    page = expert.page
    page.goto(f"/consultations/{in_state(expert, 'ready', 'scheduled')}")
    page.get_by_role("button", name="查看医院系统中的最新值").click()
    expect(page.get_by_text("其他医院的医师查看本次住院")).to_be_visible()
    expect(page.get_by_role("link", name="谁能看到")).to_have_count(0)
