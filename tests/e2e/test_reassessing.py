"""Weeks after a case was archived its images prove another patient's: the branch takes note, or the hub amends."""

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import PASSWORD, Product, demonstration
from tests.e2e.still import option
from tests.e2e.story_side import Side, sitting_at
from tests.e2e.until import until
from tests.e2e.written import send
from tests.telemed.requests.helpers import TELEPHONE

NAMED = "柳春分"
OPEN = """(path) => fetch(path).then(({ ok }) => ok)"""
ARCHIVED = """(path) => fetch(path).then((answer) => answer.json()).then(({ state }) => state === 'archived')"""


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Forty days later: what was closed is archived, and nobody of the hub sees it."""
    data_dir = shutil.copytree(seeded, tmp_path_factory.mktemp("reassessing") / "data")
    with demonstration(data_dir, "--ahead", "40d") as running:
        yield running


@pytest.fixture
def sides(chromium: Browser, product: Product) -> Iterator[list[Side]]:
    """The requesting doctor, the coordinator, and who leads it in the end."""
    with ExitStack() as stack:
        found = [stack.enter_context(sitting_at(chromium, product.origin)) for _ in range(3)]
        for side, username in zip(found, ("wuxi.doctor", "coordinator", "expert"), strict=True):
            side.sign_in(username)
        yield found
        assert [each for side in found for each in (*side.complaints, *side.findings)] == []


def test_an_archived_opinion_on_wrong_images_is_noted_and_after_a_new_consent_amended(sides: list[Side]) -> None:
    doctor, coordinator, lead = sides
    id = archived(doctor)
    withdrawn(doctor, id)
    rejected(doctor, id)
    noted(doctor, id)
    send(doctor, f"/api/consultations/{id}/consents", **TELEPHONE)
    named(coordinator, id)
    amended(lead, id)
    page = doctor.page
    page.goto(f"/consultations/{id}")
    expect(page.get_by_text(re.compile(f"^v2 · {NAMED}"))).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="不得作为诊疗依据")).to_have_count(0)
    doctor.picture("reassessed")


def archived(doctor: Side) -> str:
    """One whose opinion rests on images."""
    items = doctor.get("/api/consultations?state=closed,archived&limit=200")["items"]
    found = next(str(each["id"]) for each in items if doctor.get(f"/api/consultations/{each['id']}")["studies"])
    until(doctor.page, ARCHIVED, f"/api/consultations/{found}")
    return found


def withdrawn(doctor: Side, id: str) -> None:
    for each in doctor.get(f"/api/requests/{id}")["consents"]:
        send(doctor, f"/api/consents/{each['id']}/withdraw", each["version"], reason="家属要求")


def rejected(doctor: Side, id: str) -> None:
    patient = doctor.get(f"/api/consultations/{id}")["patient"]["id"]
    for link in doctor.get(f"/api/studies?patient_id={patient}")["items"]:
        if link["state"] == "confirmed":
            send(doctor, f"/api/studies/{link['id']}/reject", link["version"], reason="号码录错")


def noted(doctor: Side, id: str) -> None:
    """The requesting doctor is led from home to what they take note of, and from there to another consent."""
    page = doctor.page
    page.goto("/")
    row = page.get_by_role("button", name=re.compile("^知悉"))
    expect(row).to_be_visible()
    doctor.picture("recall_home")
    row.click()
    said = page.get_by_role("alert").filter(has_text="知情同意已撤回，会诊中心不能查看该病例")
    expect(said).to_contain_text("不得作为诊疗依据")
    doctor.picture("recall_note")
    page.set_viewport_size({"width": 360, "height": 780})
    doctor.picture("recall_note_phone")
    page.set_viewport_size({"width": 1366, "height": 768})
    said.get_by_role("button", name="已知悉").click()
    expect(said.get_by_role("button", name="已知悉")).to_have_count(0)
    expect(page.get_by_role("region", name="流转记录")).to_contain_text("已知悉意见不得作为诊疗依据")
    said.get_by_role("link", name="登记知情同意").click()
    expect(page.get_by_role("button", name="新建知情同意")).to_be_enabled()
    doctor.picture("recall_consent")


def named(coordinator: Side, id: str) -> None:
    """Who signed it is away: the coordinator names somebody else."""
    page = coordinator.page
    with coordinator.forgiving(404):  # the hub hears of the consent a moment after it was recorded
        until(page, OPEN, f"/api/consultations/{id}")
    page.goto(f"/consultations/{id}")
    page.get_by_role("button", name="更多").click()
    page.get_by_role("menuitem", name="更换主会诊专家").click()
    dialog = page.get_by_role("dialog", name="更换主会诊专家")
    dialog.get_by_role("combobox").fill(NAMED)
    option(page, NAMED).click()
    dialog.get_by_role("radio", name="休假").check()
    coordinator.picture("reassess_replace")
    dialog.get_by_role("button", name=re.compile(r"更\s*换")).click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("region", name="流转记录")).to_contain_text(f"→ {NAMED}")


def amended(lead: Side, id: str) -> None:
    page = lead.page
    page.goto("/")
    row = page.get_by_role("button", name=re.compile("^评估：意见所据影像有误"))
    expect(row).to_be_visible()
    row.click()
    expect(page.get_by_role("alert").filter(has_text="请主会诊专家重新评估")).to_be_visible()
    lead.picture("reassess_case")
    page.get_by_role("button", name="出更正件").click()
    dialog = page.get_by_role("dialog", name="出更正件")
    dialog.get_by_role("textbox").fill("所据影像非本患者")
    dialog.get_by_role("button", name="开始更正").click()
    page.get_by_role("link", name="出更正件").click()
    page.get_by_label("会诊诊断").fill("右胫骨骨病变，待本人影像")
    page.get_by_role("button", name="完成意见").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("登录密码").fill(PASSWORD)
    lead.picture("reassess_sign")
    dialog.get_by_role("button", name="签署 v2").click()
    expect(page.get_by_role("link", name=re.compile("下载记录单")).first).to_be_visible()
