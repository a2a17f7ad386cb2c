"""A stat consultation in the browser: called, ringing at the hub, taken by the first, live at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Arrive, Person
from tests.e2e.emergency import PATIENT, another_call, ask, band, call_off, pass_on
from tests.e2e.in_room import at_home, decodes, past_the_door, room
from tests.e2e.looks import findings
from tests.e2e.still import settled
from tests.e2e.until import until

pytestmark = pytest.mark.usefixtures("calling")

PHONE = {"width": 360, "height": 780}
LOW = {"width": 911, "height": 512}
QUESTION = "胸痛伴室速，是否急诊冠脉造影？"


def test_a_stat_call_climbs_until_it_is_taken_from_inside_another_room(arrive: Arrive) -> None:
    expert, coordinator, duty = at_home(arrive, "expert"), arrive("coordinator"), arrive("duty")
    stranger = arrive("expert2")  # of another specialty
    doctor, jiashan = at_home(arrive, "wuxi.doctor"), at_home(arrive, "jiashan.doctor")
    for each in (expert, coordinator, duty):
        hooked(each)

    call(doctor)
    for each in (expert, coordinator, duty):
        expect(band(each)).to_contain_text(QUESTION)
        expect(band(each)).to_contain_text(PATIENT.name)
    expect(band(expert)).to_have_attribute("data-rings", "true")
    expect(band(coordinator)).to_have_attribute("data-rings", "false")
    expect(band(expert).get_by_text("接入后可看病房画面")).to_be_visible()
    looked_at(expert, "stat_rings")
    question_whole_in_a_low_window(expert)
    heard(expert)
    settled(coordinator.page)
    coordinator.shot("stat_band")
    assert findings(coordinator.page) == []
    in_english(coordinator)
    expect(stranger.page.get_by_role("heading", name="待我处理")).to_be_visible()
    expect(band(stranger)).to_have_count(0)

    rung = doctor.page.get_by_role("region", name="正在呼叫会诊专家")
    expect(rung.get_by_role("listitem").filter(has_text="柳春分")).to_contain_text("已在电脑上看到")
    expect(rung).to_contain_text("总值班")
    expect(rung.get_by_role("link", name="致电总值班")).to_be_visible()
    expect(rung.get_by_role("alert")).to_have_count(0)  # somebody hears it
    expect(doctor.page.get_by_text("有人接入后您自动进入")).to_be_visible()
    coming = doctor.page.get_by_role("region", name="到场情况")
    expect(coming.get_by_role("listitem").filter(has_text="叶夏至")).to_contain_text("等候中")
    looked_at(doctor, "stat_waiting")

    pass_on(expert)
    expect(band(expert)).to_have_attribute("data-rings", "false")
    expect(band(coordinator)).to_have_attribute("data-rings", "true")  # the other cardiologist has no page open
    heard(coordinator)
    pass_on(coordinator)
    expect(band(duty)).to_have_attribute("data-rings", "true")
    heard(duty)
    expect(rung.get_by_role("listitem").filter(has_text="阮大暑")).to_contain_text("已在电脑上看到")
    expect(rung.get_by_role("listitem").filter(has_text="汪雨水")).to_contain_text("已转下一位")
    expect(rung).to_contain_text("再次呼叫总值班")
    expect(band(duty).get_by_role("button", name="停止响铃")).to_be_visible()
    expect(band(duty).get_by_role("button", name="转下一位")).to_have_count(0)

    other = another_call(jiashan)
    expect(band(expert)).to_have_attribute("data-rings", "true")  # of the two it shows the one that rings
    expect(band(expert).get_by_role("link", name=re.compile("胸部 CT"))).to_be_visible()  # nobody has chosen it
    looked_at(expert, "stat_rings_images")
    expert.page.keyboard.press("Alt+a")  # first: it rings for a minute, and a slow machine looks at it for long
    jiashan.page.goto(f"/rooms/{other}")
    past_the_door(jiashan.page)
    for each in (expert, jiashan):
        expect(room(each.page)).to_be_visible()
        decodes(each)
    until(jiashan.page, IN_PROGRESS, other)
    expect(band(expert)).to_contain_text(QUESTION)
    settled(expert.page)
    expert.shot("stat_in_room")
    band(expert).get_by_role("button", name="接入").click()  # whom it no longer rings at may take it all the same
    asked = expert.page.get_by_role("dialog", name="离开当前会诊室并接入？")
    asked.get_by_role("button", name="离开并接入").click()
    for each in (coordinator, duty):
        expect(band(each)).to_have_count(0)
    left = jiashan.page.get_by_role("alert").filter(has_text="去接紧急会诊")
    expect(left).to_contain_text("柳春分")
    settled(jiashan.page)
    jiashan.shot("stat_left_behind")
    for each in (expert, doctor):
        expect(room(each.page)).to_be_visible()
        decodes(each)
        expect(each.page.get_by_text("尚无影像，先看病房画面")).to_be_visible()
    settled(expert.page)
    expert.shot("stat_ward")
    assert findings(expert.page) == []
    coordinator.page.goto("/")
    asked_how = coordinator.page.get_by_role("listitem").filter(has_text="改约或转书面")
    expect(asked_how.filter(has_text="主会诊专家去接紧急会诊")).to_be_visible()
    assert not re.search("紧急会诊呼入", duty.page.title())
    call_off(doctor, doctor.page.url.rpartition("/")[2])  # nobody is in a room any more
    call_off(jiashan, other)


def test_a_caller_is_told_at_once_that_nobody_hears_the_bell(arrive: Arrive) -> None:
    jiashan = arrive("jiashan.doctor")
    other = another_call(jiashan)
    jiashan.page.goto(f"/rooms/{other}")
    rung = jiashan.page.get_by_role("region", name="正在呼叫会诊专家")
    expect(rung.get_by_role("alert")).to_contain_text("没有在线的专家")
    expect(rung.get_by_role("listitem").filter(has_text="柳春分")).to_contain_text("不在线")
    looked_at(jiashan, "stat_nobody")
    expert = arrive("expert")
    expect(band(expert)).to_be_visible()
    expect(rung.get_by_role("listitem").filter(has_text="柳春分")).to_contain_text("已在电脑上看到")
    expect(rung.get_by_role("alert")).to_have_count(0)
    expert.page.keyboard.press("Escape")
    expect(expert.page.get_by_role("heading", name="待我处理")).to_be_visible()  # folded to the band
    expect(band(expert)).to_have_attribute("data-rings", "true")
    call_off(jiashan, other)
    expect(band(expert)).to_have_count(0)


def test_a_lead_whom_a_coordinator_names_is_rung_in_another_room_and_comes(arrive: Arrive) -> None:
    expert, coordinator = at_home(arrive, "expert"), arrive("coordinator")
    doctor, jiashan = at_home(arrive, "wuxi.doctor"), at_home(arrive, "jiashan.doctor")
    hooked(expert)
    other = another_call(jiashan)
    jiashan.page.goto(f"/rooms/{other}")
    past_the_door(jiashan.page)
    expect(band(expert)).to_be_visible()
    expert.page.keyboard.press("Alt+a")
    for each in (expert, jiashan):
        expect(room(each.page)).to_be_visible()
        decodes(each)

    mine = another_call(doctor, PATIENT)
    doctor.page.goto(f"/rooms/{mine}")
    pass_on(expert)
    expect(band(coordinator)).to_have_attribute("data-rings", "true")
    lead = ask(expert, "GET", "/session")["actor"]["id"]
    version = ask(coordinator, "GET", f"/consultations/{mine}")["version"]
    expert.page.evaluate("() => { window.__struck = []; window.__shown = [] }")
    ask(coordinator, "POST", f"/consultations/{mine}/take", {"lead_id": lead}, version)
    expect(band(expert)).to_have_attribute("data-rings", "true")
    expect(band(expert)).to_contain_text("请您主会诊")
    heard(expert)
    waiting = doctor.page.get_by_role("region", name="等候主会诊专家")
    expect(waiting.get_by_role("listitem").filter(has_text="柳春分")).to_contain_text("已在电脑上看到")
    expect(waiting.get_by_role("timer")).to_be_visible()
    expect(waiting.get_by_role("link", name="致电总值班")).to_be_visible()
    looked_at(doctor, "stat_lead_awaited")
    controls_in_sight(expert)
    settled(expert.page)
    expert.shot("stat_named_in_room")
    assert findings(expert.page) == []

    band(expert).get_by_role("button", name="进入会诊").click()
    expert.page.get_by_role("button", name="离开并接入").click()
    expect(jiashan.page.get_by_role("alert").filter(has_text="去接紧急会诊")).to_contain_text("柳春分")
    expect(band(expert)).to_have_count(0)
    for each in (expert, doctor):
        expect(room(each.page)).to_be_visible()
        decodes(each)
    for caller, id in ((jiashan, other), (doctor, mine)):
        call_off(caller, id)


def looked_at(person: Person, name: str) -> None:
    """Wide and on a phone: pictures of both, and nothing that a blind person or a small screen would stumble over."""
    page = person.page
    wide = page.viewport_size
    assert wide is not None
    for suffix, size in (("_phone", PHONE), ("", wide)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        settled(page)
        person.shot(name + suffix)
        assert findings(page) == []


def question_whole_in_a_low_window(person: Person) -> None:
    """A laptop at 150 %: the question and what was measured are not cut off, and the answers are at hand."""
    page = person.page
    page.set_viewport_size(LOW)  # type: ignore[arg-type]
    settled(page)
    person.shot("stat_rings_low")
    asked = band(person).get_by_role("region", name="会诊目的")
    assert asked.evaluate("(card) => card.scrollHeight <= card.clientHeight")
    take = band(person).get_by_role("button", name="接入").bounding_box()
    assert take is not None
    assert take["y"] + take["height"] <= LOW["height"]
    assert findings(page) == []
    page.set_viewport_size({"width": 1366, "height": 768})


def controls_in_sight(person: Person) -> None:
    """At any width, however many lines the band takes."""
    page = person.page
    for width in (1366, 1024, 800):
        page.set_viewport_size({"width": width, "height": 768})
        settled(page)
        controls = page.get_by_role("toolbar", name="通话控制").bounding_box()
        assert controls is not None
        assert controls["y"] + controls["height"] <= 768
    page.set_viewport_size({"width": 1366, "height": 768})


def hooked(person: Person) -> None:
    """Notes what the browser plays and shows outside the page; the first click lets it play."""
    person.page.evaluate(HOOKS)
    person.page.get_by_role("heading", name="待我处理").click()


IN_PROGRESS = "async (id) => (await (await fetch(`/api/consultations/${id}`)).json()).state === 'in_progress'"
HOOKS = """() => {
  window.__struck = []
  window.__shown = []
  const real = AudioContext.prototype.createOscillator
  AudioContext.prototype.createOscillator = function () {
    window.__struck.push(this.state)
    return real.call(this)
  }
  class Shown { constructor(title) { window.__shown.push(title) } close() {} }
  Shown.permission = 'granted'
  window.Notification = Shown
}"""


def heard(person: Person) -> None:
    """The bell, a title that says so, and a notification."""
    person.page.wait_for_function("() => window.__struck.includes('running')")
    person.page.wait_for_function("() => document.title.includes('紧急会诊呼入')")
    person.page.wait_for_function("() => window.__shown.includes('紧急会诊呼入')")


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
    page.wait_for_url("**/rooms/*")


def in_english(person: Person) -> None:
    person.page.get_by_role("button", name="中 / EN").click()
    expect(person.page.locator("html")).to_have_attribute("lang", "en")
    settled(person.page)
    person.shot("stat_band", "en")
    person.page.get_by_role("button", name="中 / EN").click()
    expect(person.page.locator("html")).to_have_attribute("lang", "zh-CN")
