"""A booking of three: nobody has a time, what blocks is named, a substitute, the answers, and a move to another day."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Arrive, Person, Product, copy_of
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.still import option, options, settled

SHANGHAI = ZoneInfo("Asia/Shanghai")
AWAY = timedelta(days=30)  # longer than the search looks
LEAD, ABSENT, SUBSTITUTE = "柳春分", "易立秋", "钟清明"


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Its own: other tests book the same consultation."""
    with copy_of(seeded, tmp_path_factory.mktemp("three_party") / "data") as running:
        yield running


def bookable(coordinator: Person) -> str:
    """The consultation that is accepted, and led by one of the demonstration's cardiologists."""
    found = coordinator.context.request.get("/api/consultations?open=true&limit=50").json()["items"]
    return next(str(each["id"]) for each in found if each["state"] == "accepted" and each["lead_name"] == LEAD)


def on_leave(coordinator: Person, name: str, origin: str) -> None:
    """Leave in all the time of the next weeks that nothing else takes from this expert."""
    ask = coordinator.context.request
    experts = ask.get("/api/staff?hospital_id=ruijin&role=expert&limit=200").json()["items"]
    id = next(each["id"] for each in experts if each["name"] == name)
    at = datetime.fromisoformat(ask.get("/api/session").json()["server_time"])
    end = at + AWAY
    asked = {"from": at.isoformat(), "to": end.isoformat(), "hospital_id": "ruijin", "people": id}
    known = ask.get("/api/calendar", params=asked).json()["entries"]
    own = sorted((each["starts_at"], each["ends_at"]) for each in known if id in each["resources"])
    for begins, ends in [*own, (end.isoformat(), end.isoformat())]:
        until = datetime.fromisoformat(begins)
        if at < until:
            leave: dict[str, Any] = {"resource_id": id, "kind": "leave"}
            leave |= {"starts_at": at.isoformat(), "ends_at": until.isoformat()}
            answer = ask.post("/api/calendar/busy", data=leave, headers={"Origin": origin})
            assert answer.status == 201, answer.text()
        at = max(at, datetime.fromisoformat(ends))


def pleasant(page: Page) -> None:
    settled(page)
    assert findings(page) == []
    assert squeezed(page) == []


def shown(who: Person, id: str) -> Any:
    return who.context.request.get(f"/api/consultations/{id}").json()


def accepts(person: Person, id: str) -> None:
    """At home, by the button of the row."""
    person.page.goto("/")
    person.page.get_by_role("button", name=re.compile("^接受：会诊邀请")).first.click()
    expect(person.page.get_by_text("已接受邀请")).to_be_visible()


def found_at(page: Page) -> None:
    expect(page.get_by_text(re.compile(r"找到 \d 个时间"))).to_be_visible()


def test_three_are_booked_with_a_substitute_and_moved(arrive: Arrive) -> None:
    coordinator = arrive("coordinator")
    page, id = coordinator.page, bookable(coordinator)
    on_leave(coordinator, ABSENT, page.url.rstrip("/"))
    page.goto(f"/consultations/{id}/booking")
    page.get_by_role("button", name="找时间").click()
    options(page, page.get_by_role("combobox", name="查找范围")).filter(has_text="14 天内").click()
    found_at(page)
    pleasant(page)

    page.get_by_role("button", name="添加人员、科室、会诊室或设备").click()
    page.get_by_role("combobox", name="专家").fill(ABSENT)
    option(page, ABSENT).click()
    expect(page.get_by_text("没有 40 分钟的共同空闲")).to_be_visible()
    blocked = page.get_by_role("list", name="挡住的预约").filter(has_text=ABSENT)
    expect(blocked.first).to_contain_text(re.compile("休假|专家门诊"))
    coordinator.shot("three_blocked")
    pleasant(page)

    card = page.get_by_role("region").filter(has_text=f"{ABSENT} 换为 {SUBSTITUTE}").last
    card.get_by_role("button", name="按此重算").click()
    found_at(page)
    page.get_by_role("button", name="先保留 10 分钟").click()
    expect(page.get_by_text(re.compile("已保留至 .*，其他人暂不能约"))).to_be_visible()
    coordinator.shot("three_found")
    pleasant(page)
    page.get_by_role("button", name="采用并发出邀请").click()
    expect(page).to_have_url(re.compile(f"/consultations/{id}$"))
    booked = shown(coordinator, id)
    assert booked["state"] == "scheduling"
    assert {each["person"]["name"] for each in booked["participants"]} >= {LEAD, SUBSTITUTE}
    assert ABSENT not in {each["person"]["name"] for each in booked["participants"]}
    expect(page.get_by_role("region", name="参加人员")).to_contain_text(SUBSTITUTE)
    pleasant(page)

    everybody = [arrive(name) for name in ("expert", "professor", "wuxi.doctor")]
    names = {"expert": LEAD, "professor": SUBSTITUTE}
    for person in everybody:
        answers = {each["person"]["name"]: each["answer"] for each in shown(coordinator, id)["participants"]}
        if person.username in names or "invited" in answers.values():
            accepts(person, id)
    assert shown(coordinator, id)["state"] in ("scheduled", "ready")

    moved(coordinator, id, booked)
    for person in everybody[:2]:
        assert shown(person, id)["my_answer"] == "invited"


def moved(coordinator: Person, id: str, before: Any) -> None:
    """To another of the times that are found: the same booking and number, and its history says so."""
    page = coordinator.page
    page.goto(f"/consultations/{id}/booking?find")
    options(page, page.get_by_role("combobox", name="查找范围")).filter(has_text="14 天内").click()
    found_at(page)
    page.get_by_role("button", name="改用此方案").first.click()
    page.get_by_role("button", name="改约并重新邀请").click()
    expect(page).to_have_url(re.compile(f"/consultations/{id}$"))
    after = shown(coordinator, id)
    assert after["starts_at"] != before["starts_at"]
    assert (after["number"], after["state"]) == (before["number"], "scheduling")
    assert [each["type"] for each in after["history"]].count("consultation.booked") == 2
    coordinator.shot("three_moved")
    pleasant(page)


def test_finding_a_time_is_read_in_english_and_on_a_telephone(arrive: Arrive) -> None:
    who = arrive("coordinator", language="en")
    found = who.context.request.get("/api/consultations?open=true&limit=50").json()["items"]
    id = next(each["id"] for each in found if each["state"] in ("accepted", "scheduling", "scheduled"))
    who.page.goto(f"/consultations/{id}/booking?find")
    expect(who.page.get_by_role("table")).to_be_visible()
    who.shot("three_find", "en")
    pleasant(who.page)
    phone = arrive("coordinator", width=360, height=740, phone=True, path=f"/consultations/{id}/booking?find")
    phone.page.goto(f"/consultations/{id}/booking?find")
    expect(phone.page.get_by_role("table")).to_be_visible()
    phone.shot("three_find_360")
    pleasant(phone.page)
    assert small_targets(phone.page) == []


def enter(coordinator: Person, title: str, hour: int, origin: str) -> str:
    """A meeting of the coordinator's own, tomorrow at this hour by Shanghai's clock."""
    at = datetime.fromisoformat(coordinator.context.request.get("/api/session").json()["server_time"])
    day = (at.astimezone(SHANGHAI) + timedelta(days=1)).replace(hour=hour, minute=0, second=0, microsecond=0)
    times = {"starts_at": day.isoformat(), "ends_at": (day + timedelta(hours=1)).isoformat()}
    sent = {"kind": "meeting", "title": title} | times
    answer = coordinator.context.request.post("/api/calendar/busy", data=sent, headers={"Origin": origin})
    assert answer.status == 201, answer.text()
    return str(answer.json()["items"][0]["id"])


def begins(coordinator: Person, id: str) -> str:
    """When that entry begins by now, by Shanghai's clock."""
    at = datetime.fromisoformat(coordinator.context.request.get("/api/session").json()["server_time"])
    period: dict[str, str | float | bool] = {"from": at.isoformat(), "to": (at + timedelta(days=7)).isoformat()}
    mine = coordinator.context.request.get("/api/calendar/mine", params=period).json()["items"]
    starts = next(each["starts_at"] for each in mine if each["id"] == id)
    return f"{datetime.fromisoformat(starts).astimezone(SHANGHAI):%H:%M}"


def tomorrow(person: Person) -> Page:
    """The calendar's view of tomorrow."""
    person.page.goto("/calendar")
    person.page.get_by_text("日", exact=True).click()
    person.page.get_by_role("button", name="后一天").click()
    return person.page


def block(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name="人员与会诊场所的日程").get_by_role("button").filter(has_text=title).first


def drag(page: Page, what: Locator, hours: float, *, by_the_end: bool = False) -> None:
    """As far as so many hours are, without letting it go. A block of an hour says how wide an hour is."""
    what.hover()  # which waits until it is drawn and stands still
    box = what.bounding_box()
    assert box is not None
    x, y = box["x"] + (box["width"] - 3 if by_the_end else box["width"] / 2), box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + hours * box["width"] / 2, y, steps=4)
    page.mouse.move(x + hours * box["width"], y, steps=4)


def test_a_booking_is_dragged_and_lengthened_and_says_what_it_would_meet(arrive: Arrive) -> None:
    coordinator = arrive("coordinator")
    origin = coordinator.page.url.rstrip("/")
    first, second = (enter(coordinator, title, hour, origin) for title, hour in (("晨会甲", 9), ("例会乙", 12)))
    page = tomorrow(coordinator)
    moving = block(page, "晨会甲")

    drag(page, moving, 3.25)
    said = page.get_by_role("status").filter(has_text="例会乙")
    expect(said).to_contain_text(re.compile("12:15–13:15.*12:00–13:00 例会乙"))
    coordinator.shot("calendar_dragging")
    page.mouse.up()
    dialog = page.get_by_role("dialog", name="晨会甲")
    expect(dialog.get_by_role("alert")).to_contain_text("例会乙")
    expect(dialog.get_by_role("alert")).to_contain_text("逐一选择让出或照常")
    pleasant(page)
    dialog.get_by_role("button", name="放回原处").click()
    assert begins(coordinator, first) == "09:00"

    drag(page, moving, 1)
    expect(page.get_by_role("status").filter(has_text="10:00–11:00")).to_contain_text("都空")
    page.mouse.up()
    dialog.get_by_role("button", name="改到此时间").click()
    expect(page.get_by_text("已改时间")).to_be_visible()
    assert begins(coordinator, first) == "10:00"
    expect(moving).to_contain_text("10:00–11:00")  # the day is drawn anew

    drag(page, block(page, "例会乙"), 0.5, by_the_end=True)
    page.mouse.up()
    longer = page.get_by_role("dialog", name="例会乙")
    expect(longer.get_by_label("时长（分钟）")).to_have_value("90")
    longer.get_by_role("button", name="改到此时间").click()
    expect(longer).to_be_hidden()
    expect(block(page, "例会乙")).to_contain_text("12:00–13:30")
    assert begins(coordinator, second) == "12:00"
    pleasant(page)


def test_a_booking_is_moved_without_a_mouse_and_the_second_of_two_is_told(arrive: Arrive) -> None:
    one, other = arrive("coordinator"), arrive("coordinator")
    id = enter(one, "碰头会", 15, one.page.url.rstrip("/"))
    dialogs = []
    for person in (one, other):
        page = tomorrow(person)
        block(page, "碰头会").focus()
        page.keyboard.press("m")
        dialog = page.get_by_role("dialog", name="碰头会")
        expect(dialog.get_by_label("开始")).to_be_focused()
        dialogs.append(dialog)
    one.page.keyboard.press("ArrowRight")
    one.page.keyboard.press("ArrowUp")
    expect(dialogs[0].get_by_label("开始")).to_have_value("15:05")
    dialogs[1].get_by_label("开始").fill("16:30")
    confirm = dialogs[0].get_by_role("button", name="改到此时间")
    expect(confirm).to_be_enabled()
    confirm.press("Enter")
    expect(one.page.get_by_text("已改时间")).to_be_visible()
    dialogs[1].get_by_role("button", name="改到此时间").press("Enter")
    expect(dialogs[1]).to_contain_text("刚被他人改动")
    pleasant(other.page)
    assert begins(one, id) == "15:05"
    other.page.keyboard.press("Escape")
    expect(block(other.page, "碰头会")).to_contain_text("15:05–16:05")
