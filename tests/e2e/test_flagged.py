"""An issued report whose images turn out to be another patient's, as both hospitals see it on their screens."""

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pydicom import dcmread
from pydicom.uid import generate_uid

from telemed.demo.images.studies import files
from tests.e2e.conftest import Arrive, Product, copy_of
from tests.e2e.looks import findings, squeezed
from tests.e2e.still import settled

RECALLED = re.compile("影像已不再归属该患者，本报告及其补充不得作为诊疗依据|Do not treat by this report")

GONE = re.compile("影像不再显示|so it is not shown")


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Its own: a study is recalled."""
    with copy_of(seeded, tmp_path_factory.mktemp("flagged") / "data") as running:
        yield running


def asked(page: Page, method: str, path: str, body: object = None, version: int | None = None) -> Any:
    found = page.evaluate(
        """async ([method, path, body, version]) => {
            const headers = {'Content-Type': 'application/json'}
            if (version !== null) headers['If-Match'] = `"${version}"`
            const answer = await fetch(`/api${path}`, {method, headers, body: body && JSON.stringify(body)})
            return [answer.ok, await answer.json()]
        }""",
        [method, path, body, version],
    )
    assert found[0], found[1]
    return found[1]


def test_a_recalled_report_says_so_to_both_hospitals_in_both_languages(arrive: Arrive) -> None:
    imaging = arrive("wuxi.radiographer").page
    desk = arrive("radiologist2").page
    issued = asked(desk, "GET", "/readings?show=issued&branch=wuxi&q=W26")["items"]
    reading = asked(desk, "GET", f"/readings/{issued[0]['id']}")
    held = asked(imaging, "GET", "/studies?state=confirmed")["items"]
    (study,) = [each for each in held if each["study_uid"] == reading["study"]["study_uid"]]
    asked(imaging, "POST", f"/studies/{study['id']}/reject", {"reason": "核对"}, study["version"])
    for who in ("radiologist2", "wuxi.doctor"):
        for language in ("zh-CN", "en"):
            person = arrive(who, path=f"/reading/{reading['id']}", language=language)
            expect(person.page.get_by_text(RECALLED).first).to_be_visible()
            expect(person.page.get_by_text(GONE)).to_be_visible()
            settled(person.page)
            person.shot(f"flagged_{who}", language)
            assert findings(person.page) == []
            assert squeezed(person.page) == []


HOLDS = re.compile("经核对确属该患者，报告恢复有效|the report holds again")
CAME = {
    "writing": re.compile("书写后又到了 1 幅影像|1 image came after writing began"),
    "review": re.compile("提交后又到了 1 幅影像|1 image came after it was submitted"),
    "issued": re.compile("报告发布后又到了 1 幅影像|1 image came after the report was issued"),
}


def claimed(page: Page, question: str) -> Any:
    """The reading of this question, claimed anew: the claim of the demonstration lapses ten minutes after its start."""
    for show in ("mine", "to_read"):
        for row in asked(page, "GET", f"/readings?show={show}&branch=wuxi")["items"]:
            one = asked(page, "GET", f"/readings/{row['id']}")
            if question in one["question"]:
                return asked(page, "POST", f"/readings/{one['id']}/claim", {"reason": "继续书写"})
    raise AssertionError(f"no reading asks {question}")


def one_more_image(page: Page, examination: str) -> None:
    """Of the study of this examination, by STOW."""
    image = dcmread(BytesIO(next(iter(files(examination, datetime.now(UTC))))))
    image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    image.InstanceNumber = 999
    out = BytesIO()
    image.save_as(out, enforce_file_format=True)
    status = page.evaluate(
        """async (file) => {
            const bytes = Uint8Array.from(atob(file), (c) => c.charCodeAt(0))
            const head = '--B\\r\\nContent-Type: application/dicom\\r\\n\\r\\n'
            const headers = {'Content-Type': 'multipart/related; type="application/dicom"; boundary=B'}
            const body = new Blob([head, bytes, '\\r\\n--B--\\r\\n'])
            return (await fetch('/dicomweb/studies', {method: 'POST', headers, body})).status
        }""",
        b64encode(out.getvalue()).decode(),
    )
    assert status == 200


def seen(arrive: Arrive, who: str, reading: str, name: str, *said: re.Pattern[str]) -> None:
    for language in ("zh-CN", "en"):
        person = arrive(who, path=f"/reading/{reading}", language=language)
        for each in said:
            expect(person.page.get_by_text(each).first).to_be_visible()
        settled(person.page)
        person.shot(f"flagged_{name}", language)
        assert findings(person.page) == []
        assert squeezed(person.page) == []


def test_images_that_come_later_and_a_recall_that_ends_are_said_where_they_matter(arrive: Arrive) -> None:
    """After the one above: to who writes, to who reviews, and of an issued report to both hospitals."""
    imaging = arrive("wuxi.radiographer").page
    author, chief = arrive("radiologist").page, arrive("radiologist2").page
    writing = claimed(author, "右下肺炎")
    text = {"findings": "右下肺见斑片影。", "impression": "右下肺炎症。"}
    asked(author, "PUT", f"/readings/{writing['id']}/report", text, 0)
    (review,) = asked(chief, "GET", "/readings?show=to_review&branch=wuxi")["items"]
    (issued,) = asked(chief, "GET", "/readings?show=issued&branch=wuxi&q=W26")["items"]
    (study,) = [
        each
        for each in asked(imaging, "GET", "/studies")["items"]
        if each["study_uid"] == asked(chief, "GET", f"/readings/{issued['id']}")["study"]["study_uid"]
    ]
    again = {"patient_id": asked(imaging, "GET", f"/readings/{issued['id']}")["identity"]["id"], "reason": "核对无误"}
    asked(imaging, "POST", f"/studies/{study['id']}/confirm", again, study["version"])
    seen(arrive, "wuxi.doctor", issued["id"], "reinstated", HOLDS)
    for examination in ("pneumonia", "masses", "tibia"):
        one_more_image(imaging, examination)
    seen(arrive, "radiologist", writing["id"], "came_writing", CAME["writing"])
    seen(arrive, "radiologist2", review["id"], "came_review", CAME["review"])
    seen(arrive, "radiologist2", issued["id"], "came_issued", HOLDS, CAME["issued"])
    seen(arrive, "wuxi.doctor", issued["id"], "came_issued_branch", HOLDS, CAME["issued"])
