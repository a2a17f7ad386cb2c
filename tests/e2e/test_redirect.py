"""A hub redirects what it cannot take on: another hub sees it once a consent names it, and accepts it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Product
from tests.e2e.hubs import with_second_hub
from tests.e2e.story_side import Side, sitting_at
from tests.e2e.until import until
from tests.e2e.written import send
from tests.telemed.requests.helpers import TELEPHONE

WAITS = "async () => (await (await fetch('/api/home')).json()).work.items.length > 0"
HERE, THERE = "瑞金医院", "岷江医院"


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with with_second_hub(seeded, tmp_path_factory.mktemp("redirect") / "data") as running:
        yield running


@pytest.fixture
def sides(chromium: Browser, product: Product) -> Iterator[list[Side]]:
    """The coordinators of both hubs and the requesting doctor."""
    with ExitStack() as stack:
        found = [stack.enter_context(sitting_at(chromium, product.origin)) for _ in range(3)]
        for side, username in zip(found, ("coordinator", "their_coordinator", "wuxi.doctor"), strict=True):
            side.sign_in(username)
        yield found
        assert [each for side in found for each in (*side.complaints, *side.findings)] == []


def test_what_a_hub_redirects_another_accepts_once_a_consent_names_it(sides: list[Side]) -> None:
    coordinator, theirs, doctor = sides
    asked = waiting(coordinator)

    page = coordinator.page
    page.goto(f"/consultations/{asked['id']}")
    page.get_by_role("button", name="更多").click()
    page.get_by_role("menuitem", name="转邀其他医院").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name=THERE)).to_be_checked()  # there is no other
    dialog.get_by_role("radio", name="暂无相应专家").check()
    expect(dialog).to_contain_text(f"知情同意书写明由{HERE}会诊")
    coordinator.picture("redirect_dialog")
    with coordinator.forgiving(404):  # what the page reads of the case meanwhile, too
        dialog.get_by_role("button", name="转邀其他医院").click()
        expect(page.get_by_role("heading", name="待我处理")).to_be_visible()
        page.goto(f"/consultations/{asked['id']}")
        expect(page.get_by_text("找不到这份记录")).to_be_visible()
        page.goto("/")
        expect(page.get_by_role("heading", name="待我处理")).to_be_visible()

    named(doctor, asked)
    page = theirs.page
    until(page, WAITS)  # what a consent causes comes a moment after it
    page.goto("/")
    expect(page.get_by_text("会诊受理").first).to_be_visible()
    page.goto(f"/consultations/{asked['id']}")
    expect(page.get_by_role("button", name="受理", exact=True)).to_be_visible()
    expect(page.get_by_text(f"已由{HERE}转邀至{THERE}")).to_be_visible()
    theirs.picture("redirect_arrived")


def waiting(coordinator: Side) -> Any:
    """One of Wuxi's that is to be accepted."""
    items = coordinator.get("/api/consultations?state=approved&limit=200")["items"]
    return next(each for each in items if each["branch_id"] == "wuxi" and each["urgency"] != "stat")


def named(doctor: Side, asked: Any) -> None:
    """Its case page says what it waits for; a consent by telephone names the other hub."""
    page = doctor.page
    page.goto(f"/consultations/{asked['id']}")
    expect(page.get_by_role("alert").filter(has_text=f"取得患者对{THERE}的知情同意后")).to_be_visible()
    expect(page.get_by_role("region", name="流转记录")).to_contain_text(f"{THERE}（暂无相应专家）")
    doctor.picture("redirect_waits")
    page.set_viewport_size({"width": 360, "height": 780})
    doctor.picture("redirect_waits_phone")
    page.set_viewport_size({"width": 1366, "height": 768})
    page.get_by_role("link", name="登记知情同意").click()
    expect(page.get_by_text("已失效（受邀医院已更换）")).to_be_visible()
    doctor.picture("redirect_consent")
    send(doctor, f"/api/consultations/{asked['id']}/consents", **TELEPHONE)
