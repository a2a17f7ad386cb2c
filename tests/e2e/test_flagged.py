"""An issued report whose images turn out to be another patient's, as both hospitals see it on their screens."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

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
            if (version) headers['If-Match'] = `"${version}"`
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
