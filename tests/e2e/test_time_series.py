"""A teleclinic that comes again: planned with what is in its way, changed from a day on, taken back once, ended."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Arrive, Person, Product, copy_of
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.still import settled

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = "一二三四五六日"
SATURDAY = 5
EXPERT, DOCTOR = "易立秋", "纪立冬"
WHAT = "心内科远程门诊"
EDIT = f"修改定期安排：{WHAT}"


@pytest.fixture
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Of its own: what it plans takes time of people whom other tests book."""
    with copy_of(seeded, tmp_path_factory.mktemp("time_series") / "data") as running:
        yield running


def evening(week: int) -> datetime:
    """Seven in the evening of a working day, more than a week ahead: nothing of the demonstration is in the way."""
    first = (datetime.now(SHANGHAI) + timedelta(days=9)).replace(hour=19, minute=0, second=0, microsecond=0)
    if first.weekday() >= SATURDAY:
        first += timedelta(days=2)
    return first + timedelta(weeks=week)


def test_a_teleclinic_every_week(arrive: Arrive) -> None:
    doctor = arrive("jiashan.doctor")
    _busy(doctor, evening(1))
    coordinator = arrive("coordinator", path="/calendar?all", height=900)
    page = coordinator.page
    listed = page.get_by_role("list", name="定期安排")
    expect(listed).to_contain_text("骨科远程门诊")
    _looked_at(coordinator, "time_series")
    _planned(coordinator)
    row = listed.get_by_role("listitem").filter(has_text=WHAT)
    expect(row).to_contain_text("1 次未排上")
    expect(row).to_contain_text(f"每周{DAYS[evening(0).weekday()]} 19:00")
    _from_a_day_on(coordinator, row)
    _taken_back_once(doctor)
    row.last.get_by_role("button", name=EDIT).click()
    drawer = page.get_by_role("dialog", name=EDIT)
    drawer.get_by_role("button", name="结束安排").click()
    ending = page.get_by_role("dialog", name="结束安排")
    ending.get_by_label("原因").fill("项目结束")
    ending.get_by_role("button", name="结束安排").click()
    expect(page.get_by_text("定期安排已结束。")).to_be_visible()
    expect(row.last).to_contain_text("没有已排定的场次")


def _busy(doctor: Person, at: datetime) -> None:
    meeting = {
        "kind": "meeting",
        "title": "科室会议",
        "starts_at": (at + timedelta(minutes=30)).isoformat(),
        "ends_at": (at + timedelta(minutes=90)).isoformat(),
    }
    headers = {"Origin": doctor.page.url.rstrip("/")}
    answer = doctor.context.request.post("/api/calendar/busy", data=meeting, headers=headers)
    assert answer.ok, answer.text()


def _planned(coordinator: Person) -> None:
    page = coordinator.page
    page.get_by_role("button", name="新建定期安排").click()
    drawer = page.get_by_role("dialog", name="新建定期安排")
    drawer.get_by_label("名称").fill(WHAT)
    drawer.get_by_role("checkbox", name=f"周{DAYS[evening(0).weekday()]}").check()
    drawer.get_by_label("起始日期").fill(f"{evening(0):%Y-%m-%d}")
    drawer.get_by_label("开始时间").fill("19:00")
    _add(drawer, EXPERT)
    _chosen(drawer, "医院", "嘉善分院")
    _add(drawer, DOCTOR)
    coming = drawer.get_by_role("list", name="此后 8 次").get_by_role("listitem")
    expect(coming).to_have_count(8)
    expect(coming.nth(0)).to_contain_text("没有冲突")
    expect(coming.nth(1)).to_contain_text(DOCTOR)
    expect(coming.nth(1)).to_contain_text("会议")
    _looked_at(coordinator, "time_series_new")
    drawer.get_by_role("button", name="保存安排").click()
    expect(page.get_by_text("定期安排已建立")).to_be_visible()
    expect(drawer).to_have_count(0)


def _add(drawer: Locator, name: str) -> None:
    find = drawer.get_by_role("combobox", name="增加人员")
    find.fill(name)
    _option(drawer, name).click()
    expect(drawer.get_by_role("list", name="人员")).to_contain_text(name)


def _chosen(drawer: Locator, label: str, option: str) -> None:
    drawer.get_by_role("combobox", name=label).click()
    _option(drawer, option).click()


def _option(drawer: Locator, name: str) -> Locator:
    return drawer.page.locator(".ant-select-item-option").filter(has_text=name).filter(visible=True)


def _from_a_day_on(coordinator: Person, row: Locator) -> None:
    """The third and all after it half an hour later: two series, of which the first ends before."""
    page = coordinator.page
    row.get_by_role("button", name=EDIT).click()
    drawer = page.get_by_role("dialog", name=EDIT)
    drawer.get_by_text("从某日起", exact=True).click()
    drawer.get_by_label("从哪天起").fill(f"{evening(2):%Y-%m-%d}")
    drawer.get_by_label("开始时间").fill("19:30")
    coming = drawer.get_by_role("list", name="此后 8 次").get_by_role("listitem")
    expect(coming.first).to_contain_text("19:30")
    _looked_at(coordinator, "time_series_since")
    drawer.get_by_role("button", name="保存安排").click()
    expect(page.get_by_text("安排已保存")).to_be_visible()
    expect(row).to_have_count(2)
    expect(row.first).to_contain_text(f"{evening(2) - timedelta(days=1):%Y-%m-%d} 止")


def _taken_back_once(doctor: Person) -> None:
    """In the week of the first: that one is gone for all, and the series goes on."""
    page = doctor.page
    page.goto("/calendar?mine")
    weeks = (evening(0).date() - _monday()).days // 7
    for _ in range(weeks):
        page.get_by_role("button", name=re.compile("下一?周")).click()
    expect(page.get_by_text(WHAT).first).to_be_visible()
    _looked_at(doctor, "time_series_mine")
    take_back = page.get_by_role("button", name=f"仅取消这一次 {WHAT}")
    take_back.click()
    expect(page.get_by_text("这一次已取消，其余场次不变。")).to_be_visible()
    expect(take_back).to_have_count(0)


def _monday() -> date:
    today = datetime.now(SHANGHAI).date()
    return today - timedelta(days=today.weekday())


def _looked_at(person: Person, shot: str, language: str = "zh-CN") -> None:
    settled(person.page)
    person.shot(shot, language)
    assert findings(person.page) == []
    assert squeezed(person.page) == []


def test_the_page_of_what_comes_again_in_english_and_on_a_phone(arrive: Arrive) -> None:
    coordinator = arrive("coordinator", path="/calendar?all", language="en", height=900)
    page = coordinator.page
    expect(page.get_by_role("list", name="Recurring times")).to_contain_text("Teleclinic")
    _looked_at(coordinator, "time_series", "en")
    page.get_by_role("button", name="New recurring time").click()
    expect(page.get_by_role("dialog")).to_contain_text("Teleclinic")
    _looked_at(coordinator, "time_series_new", "en")
    phone = arrive("coordinator", path="/calendar?mine", width=360, height=740, phone=True)
    expect(phone.page.get_by_role("list", name="定期安排")).to_be_visible()
    _looked_at(phone, "time_series_phone")
    assert small_targets(phone.page) == []
