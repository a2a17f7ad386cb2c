"""Who is invited cannot come: an equal is asked instead, who proposes another time, to which it is moved."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Arrive, Person, Product
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.own_case import accepted
from tests.e2e.still import settled

LEAD, EQUAL = "柳春分", "钟清明"
PATIENT = "路答复"


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


def shown(who: Person, id: str) -> Any:
    return who.context.request.get(f"/api/consultations/{id}").json()


def pleasant(page: Page, *, phone: bool = False) -> None:
    settled(page)
    assert findings(page) == []
    assert squeezed(page) == []
    if phone:
        assert small_targets(page) == []


def booked(coordinator: Person, product: Product) -> str:
    """A consultation of the cardiologists, at the earliest time that was proposed for it."""
    ask, id = coordinator.context.request, accepted(product, PATIENT)
    (first, *_) = ask.get(f"/api/consultations/{id}/proposals").json()["items"]
    wanted = {key: first[key] for key in ("starts_at", "ends_at")} | {"venue_id": first["venue"]["id"]}
    headers = {"Origin": product.origin, "If-Match": f'"{shown(coordinator, id)["version"]}"'}
    answer = ask.post(f"/api/consultations/{id}/booking", data=wanted, headers=headers)
    assert answer.ok, answer.text()
    return id


def test_the_lead_declines_an_equal_is_asked_and_proposes_another_time(arrive: Arrive, product: Product) -> None:
    coordinator = arrive("coordinator")
    id = booked(coordinator, product)
    number = shown(coordinator, id)["number"]

    lead = arrive("expert", width=360, height=740, phone=True)
    declines(lead)
    expect(coordinator.page.get_by_role("button", name=re.compile(f"^预约：.*{PATIENT}"))).to_be_visible()
    coordinator.page.get_by_role("button", name=re.compile(f"^预约：.*{PATIENT}")).click()
    answers = coordinator.page.get_by_role("region", name="邀请的答复")
    expect(answers).to_contain_text(f"{LEAD} 主任医师 不能参加：当天有急诊手术")
    coordinator.shot("answers_declined")
    pleasant(coordinator.page)
    answers.get_by_role("button", name=f"请 {EQUAL} 主任医师 接替").click()
    expect(answers).to_have_count(0)
    assert shown(coordinator, id)["lead"]["name"] == EQUAL

    professor = arrive("professor")
    proposes(professor, id)
    coordinator.page.goto(f"/consultations/{id}")
    answers = coordinator.page.get_by_role("region", name="邀请的答复")
    expect(answers).to_contain_text(f"{EQUAL} 主任医师 提出改到")
    coordinator.shot("answers_proposed")
    pleasant(coordinator.page)
    small = arrive("coordinator", width=360, height=740, phone=True)
    small.page.goto(f"/consultations/{id}")
    expect(small.page.get_by_role("region", name="邀请的答复")).to_be_visible()
    small.shot("answers_360")
    pleasant(small.page)
    before = shown(coordinator, id)
    answers.get_by_role("button", name="改到这个时间").click()
    expect(answers).to_have_count(0)
    after = shown(coordinator, id)
    assert (after["number"], after["starts_at"] != before["starts_at"]) == (number, True)
    assert {each["person"]["name"]: each["answer"] for each in after["participants"]}[EQUAL] == "accepted"
    assert [each["type"] for each in after["history"]].count("consultation.booked") == 2


def declines(lead: Person) -> None:
    """On a telephone, from the home page."""
    page = lead.page
    page.goto("/")
    page.get_by_role("button", name=re.compile(f"会诊邀请.*{PATIENT}")).and_(
        page.get_by_role("button", name=re.compile("^(?!接受)"))
    ).first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("button", name="不能按时参加").click()
    asked = page.get_by_role("dialog", name=re.compile("^不能按时参加："))
    asked.get_by_role("radio", name="不参加").check()
    asked.get_by_label("不能参加的原因").fill("当天有急诊手术")
    lead.shot("answer_declines_360")
    pleasant(page)
    asked.get_by_role("button", name="回复不参加").click()
    expect(page.get_by_text("已答复，由协调员安排")).to_be_visible()


def proposes(professor: Person, id: str) -> None:
    """On the case page, a day later than booked: the picker is filled as it is typed."""
    page = professor.page
    page.goto(f"/consultations/{id}")
    page.get_by_role("button", name="不能按时参加").click()
    asked = page.get_by_role("dialog", name=re.compile("^不能按时参加："))
    when = asked.get_by_label("您可以的时间")
    ask = professor.context.request.get("/api/session").json()["server_time"]
    when.fill(f"{a_wednesday_after(ask)} 16:15")
    page.keyboard.press("Enter")
    asked.get_by_label("给协调员的话").fill("门诊之后")
    professor.shot("answer_proposes")
    pleasant(page)
    asked.get_by_role("button", name="提出", exact=True).click()
    expect(page.get_by_text("已答复，由协调员安排")).to_be_visible()


def a_wednesday_after(moment: str) -> str:
    """Of the next week: a day on which the demonstration's cardiologists make no round."""
    today = datetime.fromisoformat(moment)
    return (today + timedelta(days=9 - today.weekday())).date().isoformat()
