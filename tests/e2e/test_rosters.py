"""Who is on duty: drawn week by week, read by everybody with telephone numbers, and called in that order."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Arrive, Person
from tests.e2e.emergency import PATIENT, another_call, ask, band, call_off
from tests.e2e.every_way import every_way
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.still import settled

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONTH = "/admin/rosters?show=month"
RINGS_NEXT = 90_000  # milliseconds: a minute until the next is rung


def test_a_week_is_filled_by_keyboard_gaps_are_said_and_the_next_week_is_copied(arrive: Arrive) -> None:
    admin = arrive("wuxi.admin", path="/on-duty")
    page = admin.page
    page.get_by_role("link", name="排班").click()
    page.get_by_role("button", name="新建值班表").click()
    asked = page.get_by_role("dialog", name="新建值班表")
    asked.get_by_label("为谁排班").select_option(label="角色 · 病区值班医师")
    asked.get_by_role("button", name="新建值班表").click()
    expect(page.get_by_text("还没有排过班")).to_be_visible()
    page.get_by_role("button", name="下一周").click()
    first = page.get_by_role("combobox", name="第 1 顺位").first
    expect(first).to_be_enabled()
    slot = page.get_by_role("listitem").filter(has=first).first
    expect(slot.get_by_text("空班").first).to_be_visible()
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(slot.get_by_text("空班")).to_have_count(0)
    page.get_by_role("button", name="加其他班次").click()
    dialog = page.get_by_role("dialog", name="加其他班次")
    dialog.get_by_label("值班人").select_option(label="苗大暑")
    day = page.url.partition("week=")[2][:10]
    later = (datetime.fromisoformat(day) + timedelta(days=2)).date()
    dialog.get_by_label("开始").fill(f"{later}T12:00")
    dialog.get_by_label("结束").fill(f"{later}T14:00")
    dialog.get_by_label("交班备注（可不填）").fill("抢救室钥匙在护士站")
    dialog.get_by_role("button", name="填入").click()
    expect(page.get_by_text("抢救室钥匙在护士站")).to_be_visible()
    settled(page)
    admin.shot("roster_filled")
    page.get_by_role("button", name="保存排班").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    page.get_by_role("button", name="下一周").click()
    page.get_by_role("button", name="复制上周").click()
    expect(page.get_by_text("已填入上周的班次 3 个")).to_be_visible()
    page.get_by_role("button", name="本周").click()
    stay = page.get_by_role("dialog")
    expect(stay).to_be_visible()  # it is not saved yet
    stay.get_by_role("button").last.click()


def test_an_emergency_rings_in_the_order_of_the_roster(arrive: Arrive) -> None:
    coordinator, expert = arrive("coordinator", path="/on-duty"), arrive("expert")
    plan = _plan(coordinator)
    people = {each["name"]: each["id"] for each in plan["people"]}
    before = [each for each in plan["shifts"] if datetime.fromisoformat(each["starts"]) >= _first()]
    now = datetime.now(SHANGHAI)
    running = [each for each in before if _covers(each, now)]
    first, second = ({**running[0], "staff_id": people[who], "place": n} for n, who in ((1, "易立秋"), (2, "柳春分")))
    others = [each for each in before if each not in running]
    saved = _save(coordinator, plan, [*others, first, second])
    doctor = arrive("wuxi.doctor", path="/on-duty")
    hub = doctor.page.get_by_role("region", name="瑞金医院今日值班")
    expect(hub.get_by_role("listitem").filter(has_text="心内科专家").first).to_contain_text("易立秋")
    id = another_call(doctor, PATIENT)
    doctor.page.goto(f"/rooms/{id}")
    try:
        expect(band(expert)).to_have_attribute("data-rings", "false")  # seen in silence: another is first
        rung = doctor.page.get_by_role("region", name="正在呼叫会诊专家")
        expect(rung.get_by_role("listitem").filter(has_text="易立秋")).to_contain_text("不在线")
        expect(rung.get_by_role("listitem").filter(has_text="柳春分")).to_have_count(0)
        settled(doctor.page)
        doctor.shot("roster_first_rung")
        expect(band(expert)).to_have_attribute("data-rings", "true", timeout=RINGS_NEXT)
        expect(rung.get_by_role("listitem").filter(has_text="柳春分")).to_contain_text("已在电脑上看到")
    finally:
        call_off(doctor, id)
        _save(coordinator, saved, before)


def _first() -> datetime:
    """When the roster's yesterday began."""
    yesterday = datetime.now(SHANGHAI) - timedelta(days=1)
    return yesterday.replace(hour=8, minute=0, second=0, microsecond=0)


def _plan(keeper: Person) -> dict[str, Any]:
    rosters = ask(keeper, "GET", "/admin/rosters")["items"]
    id = next(each["id"] for each in rosters if each["subject"] == "cardiology" and each["kind"] == "specialty")
    found: dict[str, Any] = ask(keeper, "GET", f"/admin/rosters/{id}?first={_first().date()}&days=7")
    return found


def _save(keeper: Person, plan: dict[str, Any], shifts: list[dict[str, Any]]) -> dict[str, Any]:
    body = {"first": plan["first"], "days": plan["days"], "shifts": shifts}
    saved: dict[str, Any] = ask(keeper, "PUT", f"/admin/rosters/{plan['roster']['id']}/shifts", body, plan["version"])
    return saved


def _covers(shift: dict[str, Any], at: datetime) -> bool:
    return datetime.fromisoformat(shift["starts"]) <= at < datetime.fromisoformat(shift["ends"])


PAGES = [("expert", "/on-duty"), *(("coordinator", path) for path in ("/on-duty", "/admin/rosters", MONTH))]


@pytest.mark.parametrize(("username", "path"), PAGES)
def test_the_pages_fit_and_are_accessible(arrive: Arrive, username: str, path: str) -> None:
    name = f"{path.strip('/').replace('/', '_').replace('?show=', '_')}_{username}"

    def look(person: Person, language: str, width: int) -> None:
        person.shot(f"{name}_{width}", language)
        assert findings(person.page) == []
        assert squeezed(person.page) == []
        if width < 400:
            assert small_targets(person.page) == []

    every_way(arrive(username, path=path), look)


def test_a_month_is_planned_in_the_table_fixed_by_hand_and_adopted(arrive: Arrive) -> None:
    admin = arrive("wuxi.admin", path="/on-duty")
    page = admin.page
    page.get_by_role("link", name="排班").click()
    page.get_by_role("combobox", name="选择值班表").select_option(label="心内科")
    page.get_by_text("自动排班", exact=True).click()
    month = page.get_by_role("combobox", name="排班月份")
    month.select_option(index=4)  # beyond what the demonstration and other tests have filled
    page.get_by_text("想休", exact=True).click()
    first = page.locator('[data-cell="0 0"]')
    first.click()
    expect(first).to_have_accessible_name(re.compile("想休$"))
    page.get_by_text("夜班", exact=True).first.click()
    page.keyboard.press("Tab")
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    by_hand = page.locator('[data-cell="0 1"]')
    expect(by_hand).to_have_accessible_name(re.compile("夜班 第 1 顺位、固定$"))
    page.get_by_role("button", name="重新计算").click()
    expect(page.get_by_text("已全部排满")).to_be_visible()
    expect(by_hand).to_have_accessible_name(re.compile("夜班 第 1 顺位、固定$"))
    settled(page)
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    admin.shot("roster_planned")
    page.get_by_role("button", name="采用并保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    expect(page.get_by_role("button", name="采用并保存")).to_be_disabled()
