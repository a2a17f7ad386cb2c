"""A study is taken away in mid-call: who looks at it sees why and chooses another; who looks at another goes on."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Arrive, Person, Product, copy_of
from tests.e2e.folders import choose_folder, folder_of, images_of
from tests.e2e.in_room import both_in, english, room
from tests.e2e.looks import findings
from tests.e2e.shared_view import complete
from tests.e2e.still import settled

pytestmark = pytest.mark.usefixtures("calling")

SECOND, WHY = "复查 CT", "号码录错"


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Of its own: its patient has a study less afterwards."""
    with copy_of(seeded, tmp_path_factory.mktemp("taken") / "data") as running:
        yield running


def second_study(doctor: Person, id: str, folder: Path) -> None:
    """Uploaded in mid-call beside the one that is there."""
    case = doctor.context.request.get(f"/api/consultations/{id}").json()
    page = doctor.context.new_page()
    page.goto(f"/consultations/{id}/upload")
    choose_folder(page, folder_of(images_of(case, 7101, StudyDescription=SECOND), folder))
    expect(page.get_by_text("已登记到会诊申请")).to_be_visible()
    page.close()


def rejected(doctor: Person, product: Product, patient_id: str, described: bool) -> None:
    """The one that is called so, or the other."""
    requests = doctor.context.request
    links: list[dict[str, Any]] = requests.get(f"/api/studies?patient_id={patient_id}").json()["items"]
    links.sort(key=lambda each: str(each["taken_at"]))  # the last: the patient may have earlier studies
    link = [each for each in links if (each["description"] == SECOND) is described and each["state"] == "confirmed"][-1]
    headers = {"Origin": product.origin, "If-Match": f'"{link["version"]}"'}
    answer = requests.post(f"/api/studies/{link['id']}/reject", data={"reason": WHY}, headers=headers)
    assert answer.ok, answer.text()


def series(page: Page) -> Locator:
    return page.get_by_role("list", name="序列").get_by_role("button")


def second(page: Page) -> Locator:
    return series(page).and_(page.get_by_title(re.compile(SECOND)))


def test_who_looks_at_it_sees_why_and_chooses_another(arrive: Arrive, product: Product, tmp_path: Path) -> None:
    lead, doctor = both_in(arrive)
    for each in (lead, doctor):
        complete(each.page)
    id = doctor.page.url.rsplit("/", 1)[1]
    second_study(doctor, id, tmp_path / "CT")
    lead.page.get_by_role("button", name="结束演示").click()
    second(lead.page).click()  # the doctor looks at the first still
    expect(second(lead.page)).to_have_attribute("aria-current", "true")
    complete(lead.page)
    expect(second(doctor.page)).to_be_visible()
    kept = doctor.page.locator("[data-sop]").get_attribute("data-sop") or ""
    patient = doctor.context.request.get(f"/api/consultations/{id}").json()["patient"]["id"]

    rejected(doctor, product, patient, described=True)
    for each in (lead, doctor):
        expect(second(each.page)).to_have_count(0)
        expect(room(each.page)).to_be_visible()
    expect(doctor.page.locator("[data-sop]")).to_have_attribute("data-sop", kept)
    expect(doctor.page.get_by_text("影像已停止显示")).to_have_count(0)
    said = lead.page.get_by_role("alert").filter(has_text="影像已停止显示")
    expect(said).to_contain_text(f"{SECOND} 经核对不是该患者的影像")
    expect(said).to_contain_text("纪立冬")
    expect(said).not_to_contain_text(WHY)  # what a hospital writes of its patients is its own
    expect(lead.page.locator("[data-state=painted]")).to_have_count(0)
    settled(lead.page)
    assert findings(lead.page) == []
    lead.shot("room_study_taken_away")
    english(lead, lambda: lead.shot("room_study_taken_away", "en"))
    series(lead.page).first.click()
    complete(lead.page)
    expect(said).to_have_count(0)

    rejected(doctor, product, patient, described=False)
    for each in (lead, doctor):
        said = each.page.get_by_role("alert").filter(has_text="影像已停止显示")
        expect(said).to_contain_text("经核对不是该患者的影像")
        expect(each.page.locator("[data-state=painted]")).to_have_count(0)
    expect(said).to_contain_text(WHY)  # the doctor's own
    settled(doctor.page)
    doctor.shot("room_all_studies_taken_away")
    english(doctor, lambda: doctor.shot("room_all_studies_taken_away", "en"))
