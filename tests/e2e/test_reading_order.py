"""A reading that is claimed before something more urgent: the desk asks why, or opens that one instead."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Arrive, Product
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.still import settled


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


def test_before_something_more_urgent_one_says_why_or_opens_that(arrive: Arrive) -> None:
    for language, list_of, first, title, release in (
        ("en", "Readings", "Read that first", "Something more urgent waits", "Give up the claim"),
        ("zh-CN", "阅片列表", "先看更急的", "还有更急的阅片", "释放认领"),
    ):
        desk = arrive("radiologist", path="/reading", language=language)
        page = desk.page
        page.get_by_role("list", name=list_of).get_by_role("button").filter(has_text="沈心宿").dblclick()
        dialog = page.get_by_role("dialog", name=title)
        expect(dialog.get_by_role("timer")).to_be_visible()
        expect(dialog).not_to_contain_text("赵天枢")
        settled(page)
        desk.shot("reading_out_of_order", language)
        assert findings(page) == []
        assert small_targets(page) == []
        assert squeezed(page) == []
        dialog.get_by_role("button", name=first).click()
        page.wait_for_url(re.compile("/reading/"))
        expect(page.get_by_role("region", name="Patient" if language == "en" else "患者")).not_to_contain_text("沈心宿")
        page.get_by_role("button", name=release).click()
        expect(page.get_by_role("button", name=release)).to_have_count(0)
        page.context.close()
