"""A consent was withdrawn: home leads to where another is taken or the case cancelled, and colleagues can do it too."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Product
from tests.e2e.own_case import approved
from tests.e2e.story_side import Side, sitting_at
from tests.e2e.written import send
from tests.telemed.requests.helpers import TELEPHONE

PATIENT = "路补签"
GONE, PAPER = "知情同意已撤回，受邀方暂不能查看本例", "知情同意书尚未补签归档"


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


@pytest.fixture
def sides(chromium: Browser, product: Product) -> Iterator[list[Side]]:
    """The requesting doctor and the duty officer of a branch."""
    with ExitStack() as stack:
        found = [stack.enter_context(sitting_at(chromium, product.origin)) for _ in range(2)]
        for side, username in zip(found, ("wuxi.doctor", "wuxi.duty"), strict=True):
            side.sign_in(username)
        yield found
        assert [each for side in found for each in (*side.complaints, *side.findings)] == []


def test_whoever_is_told_that_a_consent_was_withdrawn_finds_both_ways_on(sides: list[Side], product: Product) -> None:
    doctor, duty = sides
    id = approved(product, PATIENT)
    for each in doctor.get(f"/api/requests/{id}")["consents"]:
        send(doctor, f"/api/consents/{each['id']}/withdraw", reason="家属改变主意")

    page = doctor.page
    page.goto("/")
    page.get_by_role("button", name=re.compile(f"^处理：知情同意已撤回，须重签或取消.*{PATIENT}")).click()
    said = page.get_by_role("alert").filter(has_text=GONE)
    expect(said.get_by_role("link", name="登记知情同意")).to_be_visible()
    doctor.picture("owed_renew")
    page.set_viewport_size({"width": 360, "height": 780})
    doctor.picture("owed_renew_phone")
    page.set_viewport_size({"width": 1366, "height": 768})
    said.get_by_role("button", name="取消会诊").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name="患者已转院")).to_be_visible()
    dialog.get_by_role("button", name="暂不取消").click()

    page = duty.page
    page.goto(f"/consultations/{id}")
    page.get_by_role("alert").filter(has_text=GONE).get_by_role("link", name="登记知情同意").click()
    expect(page.get_by_role("button", name="新建知情同意")).to_be_enabled()
    send(duty, f"/api/consultations/{id}/consents", **TELEPHONE)
    page.goto(f"/consultations/{id}")
    expect(page.get_by_role("status").filter(has_text=PAPER)).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text=GONE)).to_have_count(0)
    duty.picture("owed_paper")
    no_paper(duty, id)


def no_paper(duty: Side, id: str) -> None:
    """The duty officer says that the signed page cannot be had; both pages show it, and nobody is asked any more."""
    page = duty.page
    asked = page.get_by_role("status").filter(has_text=PAPER)
    asked.get_by_role("link", name=re.compile(r"补\s?签")).click()
    page.get_by_role("button", name="无法补签").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="联系不上患者或家属").check()
    dialog.get_by_label("具体说明").fill("三次致电，无人接听")
    duty.picture("no_paper")
    dialog.get_by_role("button", name=re.compile(r"登\s?记")).click()
    expect(page.get_by_text("签字页无法取得：联系不上患者或家属（三次致电，无人接听）")).to_be_visible()
    page.goto(f"/consultations/{id}")
    expect(page.get_by_role("status").filter(has_text="签字页无法取得")).to_be_visible()
    expect(asked).to_have_count(0)
    duty.picture("no_paper_said")
