"""A branch with agreements with two hubs: the request form offers both, and what hangs on the choice follows it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Product
from tests.e2e.hubs import with_second_hub
from tests.e2e.story_side import Side, sitting_at
from tests.e2e.written import send
from tests.telemed.consultations.second_hub import HUB
from tests.telemed.requests.helpers import TELEPHONE

HERE, THERE = "岷江医院", "瑞金医院"
ONLY_THERE = "呼吸与危重症医学科"
NUMBER = "W2600196"  # a patient of cardiology


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with with_second_hub(seeded, tmp_path_factory.mktemp("hubs") / "data") as running:
        yield running


@pytest.fixture
def doctor(chromium: Browser, product: Product) -> Iterator[Side]:
    with sitting_at(chromium, product.origin) as side:
        side.sign_in("wuxi.doctor")
        yield side
        assert [*side.complaints, *side.findings] == []


def test_the_doctor_chooses_the_hub_and_its_departments_and_consents_follow(doctor: Side) -> None:
    asked = begun(doctor)
    page = doctor.page
    page.goto(f"/requests/{asked['id']}")
    hub, specialty = (page.get_by_role("combobox", name=name, exact=True) for name in ("受邀医院", "专科"))
    specialty.click()
    expect(page.get_by_title("心内科").first).to_be_visible()
    expect(page.get_by_title(ONLY_THERE)).to_have_count(0)
    specialty.press("Escape")
    doctor.picture("hub_choice")

    hub.click()
    page.get_by_title(THERE).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"知情同意书写明由{HERE}会诊，更换后失效")
    doctor.picture("hub_choice_consent")
    dialog.get_by_role("button", name="更换受邀医院").click()
    expect(page.get_by_text(f"受邀医院已改为{THERE}")).to_be_visible()
    expect(page.get_by_text("已失效（受邀医院已更换）")).to_be_visible()
    specialty.click()
    page.get_by_title(ONLY_THERE).click()
    page.set_viewport_size({"width": 360, "height": 780})
    doctor.picture("hub_choice_phone")
    kept = doctor.get(f"/api/requests/{asked['id']}")
    assert (kept["hub_id"], kept["consents"][0]["state"]) == ("ruijin", "outdated")


def begun(doctor: Side) -> Any:
    """A draft for a patient of the ward that asks the second hub, with a consent by telephone."""
    patient = send(doctor, "/api/patients/admitted", number=NUMBER)["patient"]
    row = send(doctor, "/api/requests", patient_id=patient["id"])
    assert row["hub_id"] == "ruijin"  # whom this doctor asked last
    headers = {"Origin": doctor.origin, "If-Match": f'"{row["version"]}"'}
    path = f"/api/requests/{row['id']}"
    assert doctor.context.request.patch(path, headers=headers, data={"hub_id": HUB}).ok
    send(doctor, f"/api/consultations/{row['id']}/consents", **TELEPHONE)
    return row
