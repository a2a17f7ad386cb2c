"""The patient's identity changes in mid-call: the images go, the call goes on, each page says what is to be done."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Arrive, Person, Product
from tests.e2e.in_room import both_in, decodes, english, room
from tests.e2e.looks import findings
from tests.e2e.own_case import meeting
from tests.e2e.shared_view import complete
from tests.e2e.still import settled

pytestmark = pytest.mark.usefixtures("calling")

CHANGED, TODO = "患者身份信息已更改：性别", "由邀请方影像科重新核对"


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


def sex_corrected(person: Person, product: Product, patient_id: str) -> None:
    """By a doctor of the branch, who has found it wrong."""
    requests = person.context.request
    shown: dict[str, Any] = requests.get(f"/api/patients/{patient_id}").json()
    kept = ("name", "birth_date", "estimated_age", "allergy", "allergy_text", "ward", "bed")
    new = {each: shown[each] for each in kept} | {"sex": "male" if shown["sex"] == "female" else "female"}
    headers = {"Origin": product.origin, "If-Match": f'"{shown["version"]}"'}
    answer = requests.put(f"/api/patients/{patient_id}", data=new, headers=headers)
    assert answer.ok, answer.text()


def says_so(page: Page) -> None:
    notice = page.get_by_role("alert").filter(has_text=CHANGED)
    expect(notice).to_contain_text(TODO)


def test_in_mid_call_the_images_go_and_the_call_goes_on(arrive: Arrive, product: Product) -> None:
    id = meeting(product, "路更名", images=7112)
    lead, doctor = both_in(arrive, id)
    for each in (lead, doctor):
        complete(each.page)
    case = doctor.context.request.get(f"/api/consultations/{id}").json()
    sex_corrected(doctor, product, case["patient"]["id"])

    for each in (lead, doctor):
        says_so(each.page)
        expect(each.page.locator("[data-state=painted]")).to_have_count(0)
        expect(each.page.get_by_text("影像已停止显示")).to_be_visible()
        expect(room(each.page)).to_be_visible()
        decodes(each, decodes(each))
    settled(lead.page)
    lead.shot("room_identity_changed")
    english(lead, lambda: lead.shot("room_identity_changed", "en"))

    for name, path in (("case", f"/consultations/{id}"), ("request", f"/requests/{id}")):
        other = doctor.context.new_page()
        other.goto(path)
        says_so(other)
        settled(other)
        seen = Person(doctor.username, doctor.context, other)
        seen.shot(f"{name}_identity_changed")
        assert findings(other) == []
        other.goto(f"{path}?lang=en")
        expect(other.get_by_role("alert").filter(has_text="identity")).to_be_visible()
        settled(other)
        seen.shot(f"{name}_identity_changed", "en")
        other.goto(f"{path}?lang=zh-CN")
        other.close()
