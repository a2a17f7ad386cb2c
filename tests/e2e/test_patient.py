"""The number of another patient: nothing of the first stays as if it were the second's, and nothing typed is lost."""

import re
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Arrive, Person
from tests.e2e.in_room import english
from tests.e2e.looks import findings
from tests.e2e.still import settled
from tests.e2e.story_samples import SAMPLES

FIRST, SECOND = ("W2600264", "秦氐宿"), ("W2600263", "朱亢宿")
PURPOSE = "能否排除冠脉病变？"


def test_another_patients_number_takes_the_first_ones_record_along(arrive: Arrive) -> None:
    doctor = arrive("wuxi.doctor")
    page = doctor.page
    page.get_by_role("button", name="申请会诊").click()
    read(page, *FIRST)
    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}$"))
    diagnosis, past = page.get_by_label("初步诊断"), page.get_by_label("既往史")
    expect(diagnosis).to_have_value("急性心肌炎可能")
    expect(past).not_to_be_empty()
    page.get_by_role("textbox", name="会诊目的").fill(PURPOSE)
    expect(page.get_by_text("已保存")).to_be_visible()

    page.route("**/api/patients/admitted", without_past_history)
    read(page, *SECOND)
    expect(diagnosis).not_to_have_value("急性心肌炎可能")
    expect(past).to_be_empty()  # the hospital system knows none of the second
    left = page.get_by_text("患者已更换。以下内容是在更换前填写的")
    expect(left).to_be_visible()
    looked_at(doctor, "request_patient_changed")
    page.get_by_role("button", name="已核对").click()
    expect(left).to_have_count(0)

    page.reload()
    expect(page.get_by_role("region", name="患者身份")).to_contain_text(SECOND[1])
    expect(past).to_be_empty()
    expect(page.get_by_role("textbox", name="会诊目的")).to_have_value(PURPOSE)
    expect(left).to_have_count(0)


def test_with_papers_filed_it_stays_about_one_patient(arrive: Arrive, tmp_path: Path) -> None:
    doctor = arrive("wuxi.doctor")
    page = doctor.page
    page.get_by_role("button", name="申请会诊").click()
    read(page, *FIRST)
    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}$"))
    lacking = page.get_by_role("button", name=re.compile("^选择文件："))
    with page.expect_file_chooser() as chooser:
        lacking.first.click()
    chooser.value.set_files(SAMPLES.report(SAMPLES.checklist[0], tmp_path))
    expect(page.get_by_text("已收有该患者的资料，不能更换患者")).to_be_visible()
    expect(page.get_by_role("textbox", name="住院号 / 门诊号")).to_be_disabled()
    looked_at(doctor, "request_patient_fixed")


def read(page: Page, number: str, name: str) -> None:
    field = page.get_by_role("textbox", name="住院号 / 门诊号")
    field.fill(number)
    field.press("Enter")
    expect(page.get_by_role("region", name="患者身份")).to_contain_text(name)


def without_past_history(route: Route) -> None:
    answer = route.fetch()
    found = answer.json()
    del found["record"]["past_history"]
    route.fulfill(response=answer, json=found)


def looked_at(person: Person, name: str) -> None:
    settled(person.page)
    person.shot(name)
    assert findings(person.page) == []
    english(person, lambda: person.shot(name, "en"))
