"""Who asked for a consultation or was to come hears when it ends otherwise: on the page, by mail, at its address."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.beside import beside
from tests.e2e.conftest import PATIENCE, Product, copy_of
from tests.e2e.story_side import Side, sitting_at
from tests.fakes.outside import PostOffice, texts

WHY = "请改请心外科，或转院手术"


@pytest.fixture(scope="module")
def post_office() -> Iterator[PostOffice]:
    with beside() as thread:
        office = PostOffice()
        thread.do(office.open())
        yield office
        thread.do(office.close())


@pytest.fixture(scope="module")
def product(seeded: Path, post_office: PostOffice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TELEMED_SMTP_URL", post_office.url)
        with copy_of(seeded, tmp_path_factory.mktemp("told_of_end") / "data") as running:
            yield running


@pytest.fixture
def sides(chromium: Browser, product: Product) -> Iterator[list[Side]]:
    """The coordinator, the requesting doctor and the expert, each at a browser of their own."""
    with ExitStack() as stack:
        found = [stack.enter_context(sitting_at(chromium, product.origin)) for _ in range(3)]
        for side, username in zip(found, ("coordinator", "wuxi.doctor", "expert"), strict=True):
            side.sign_in(username)
        yield found
        assert [each for side in found for each in (*side.complaints, *side.findings)] == []


def test_the_doctor_whose_request_is_declined_hears_at_once_by_mail_too_and_asks_again(
    sides: list[Side], post_office: PostOffice
) -> None:
    coordinator, doctor, _ = sides
    asked = one(coordinator, "approved", asked_by=doctor)
    bell = doctor.page.get_by_role("button", name=re.compile("^通知"))
    expect(bell).to_be_visible()
    news = told(doctor)["new"]

    page = coordinator.page
    page.goto(f"/consultations/{asked['id']}")
    with coordinator.forgiving(404):  # what the page reads of the case meanwhile
        page.get_by_role("button", name="更多").click()
        page.get_by_role("menuitem", name="不予受理").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("radio", name="暂无相应专家").check()
        dialog.get_by_role("textbox").fill(WHY)
        dialog.get_by_role("button", name="不予受理").click()
        expect(page.get_by_role("heading", name="待我处理")).to_be_visible()

    more = "|".join(str(news + n) for n in range(1, 10))  # the clock tells of other consultations meanwhile
    expect(bell).to_have_accessible_name(re.compile(f"^通知，({more}) 条新通知$"))
    expect(doctor.page).to_have_title(re.compile(rf"^\(({more})\) "))
    arrived(post_office, "wuxi.doctor", asked, "会诊申请未获受理")  # before it is seen: what is seen is not mailed
    bell.click()
    drawer = doctor.page.get_by_role("dialog", name="通知")
    doctor.picture("declined_notice")
    drawer.get_by_role("link", name="会诊申请未获受理").first.click()
    expect(doctor.page.get_by_text(WHY).first).to_be_visible()
    doctor.picture("declined_case")
    doctor.page.get_by_role("button", name="重新申请").click()
    expect(doctor.page.get_by_role("textbox", name="会诊目的").first).to_have_value(re.compile(r"\S"))


def test_who_was_to_come_reads_that_it_is_cancelled_and_who_cancelled_sees_that_they_have(
    sides: list[Side], post_office: PostOffice
) -> None:
    _, doctor, expert = sides
    booked = one(doctor, "scheduled", asked_by=doctor)
    patient = booked["patient_name"]
    expert.page.goto(f"/consultations/{booked['id']}")
    expect(expert.page.get_by_text(patient).first).to_be_visible()

    page = doctor.page
    page.goto(f"/consultations/{booked['id']}")
    with expert.forgiving(404):
        page.get_by_role("button", name="更多").click()
        page.get_by_role("menuitem", name="取消会诊").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("radio", name="患者已转院").check()
        dialog.get_by_role("button", name="取消会诊").click()
        expect(expert.page.get_by_text("与您有关的一例会诊已取消")).to_be_visible()
        expect(expert.page.get_by_text("原定")).to_be_visible()
        expect(expert.page.get_by_text(patient)).to_have_count(0)
        expert.picture("cancelled_address")

    people = page.get_by_role("list", name="提醒情况").get_by_role("listitem").filter(has_text="会诊取消，")
    expect(people.first).to_contain_text("尚未看到")
    expect(page.get_by_role("region", name="流转记录")).to_contain_text("已通知 1 人")
    doctor.picture("cancelled_case")
    arrived(post_office, "expert", booked, "与您有关的一例会诊已取消")
    expert.page.get_by_role("button", name=re.compile("^通知，")).click()
    expect(people.first).to_contain_text("已看到")  # well before the page asks by itself


def one(reader: Side, state: str, asked_by: Side) -> Any:
    """One of Wuxi's in this state that this doctor asked for, and no emergency."""
    me = asked_by.get("/api/session")["actor"]["id"]
    for each in reader.get(f"/api/consultations?state={state}&limit=200")["items"]:
        if each["urgency"] != "stat" and reader.get(f"/api/consultations/{each['id']}")["requester"]["id"] == me:
            return each
    raise AssertionError(f"the demonstration has none that is {state}")


def told(side: Side) -> Any:
    return side.get("/api/home/notices")


def arrived(office: PostOffice, username: str, of: Any, subject: str) -> None:
    """The mail, which says neither who the patient is nor anybody's name."""
    while True:
        mail = office.arrived.get(timeout=PATIENCE / 1000)
        if username in str(mail["To"]) and subject in str(mail["Subject"]):
            break
    text = texts([mail])
    assert f"/consultations/{of['id']}" in text
    for secret in (of["patient_name"], WHY, of["lead_name"] or WHY):
        assert secret not in text
