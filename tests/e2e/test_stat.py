"""A stat consultation in the browser: called, ringing at the hub, taken by the first, live at once."""

import re

from playwright.sync_api import Locator, expect

from telemed.demo.patients import PATIENTS
from tests.e2e.conftest import Arrive, Person
from tests.e2e.in_room import at_home, decodes, room
from tests.e2e.looks import findings
from tests.e2e.still import settled

PATIENT = PATIENTS["dixiu"]
QUESTION = "胸痛伴室速，是否急诊冠脉造影？"


def test_a_stat_call_rings_at_the_hub_and_the_first_to_take_it_is_in(arrive: Arrive) -> None:
    expert, coordinator = at_home(arrive, "expert"), arrive("coordinator")
    stranger = arrive("expert2")  # of another specialty
    doctor = at_home(arrive, "wuxi.doctor")

    call(doctor)
    for each in (expert, coordinator):
        expect(band(each)).to_contain_text(QUESTION)
        expect(band(each)).to_contain_text(PATIENT.name)
    settled(coordinator.page)
    coordinator.shot("stat_band")
    assert findings(coordinator.page) == []
    in_english(coordinator)
    expect(stranger.page.get_by_role("heading", name="待我处理")).to_be_visible()
    expect(band(stranger)).to_have_count(0)

    doctor.page.get_by_role("button", name=re.compile("^进入")).first.click()
    doctor.page.wait_for_url("**/rooms/*")
    expect(doctor.page.get_by_text("有人接入后您自动进入")).to_be_visible()

    coming = doctor.page.get_by_role("region", name="谁到了")
    expect(coming.get_by_role("listitem").filter(has_text="叶夏至")).to_contain_text("等候中")
    settled(doctor.page)
    doctor.shot("stat_waiting")

    band(expert).get_by_role("button", name="接入").click()  # and asks nothing more, the devices never tested
    expert.page.wait_for_url("**/rooms/*")
    expect(band(coordinator)).to_have_count(0)
    for each in (expert, doctor):
        expect(room(each.page)).to_be_visible()
        decodes(each)


def call(doctor: Person) -> None:
    """The question is asked of the doctor and nothing else: consent, papers and images may follow."""
    page = doctor.page
    page.get_by_role("button", name="申请会诊").click()
    page.get_by_role("radio", name=re.compile("^紧急")).click()
    number = page.get_by_role("textbox", name="住院号 / 门诊号")
    number.fill(PATIENT.number)
    number.press("Enter")
    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}$"))
    page.get_by_role("textbox", name="会诊目的").fill(QUESTION)
    button = page.get_by_role("button", name="紧急呼叫", exact=True)
    expect(button).to_be_enabled()
    settled(page)
    doctor.shot("stat_request")
    button.click()
    page.wait_for_url("**/consultations/*")
    settled(page)
    doctor.shot("stat_called")


def band(person: Person) -> Locator:
    return person.page.get_by_role("region", name="紧急会诊呼入")


def in_english(person: Person) -> None:
    person.page.get_by_role("button", name="中 / EN").click()
    expect(person.page.locator("html")).to_have_attribute("lang", "en")
    settled(person.page)
    person.shot("stat_band", "en")
    person.page.get_by_role("button", name="中 / EN").click()
    expect(person.page.locator("html")).to_have_attribute("lang", "zh-CN")
