"""A lead expert falls ill in answering: another is named, goes on with their draft, and signs."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import PASSWORD, Product
from tests.e2e.own_case import in_writing
from tests.e2e.still import option
from tests.e2e.story_side import Side, sitting_at
from tests.e2e.writing import write

SUBSTITUTE = "林谷雨"


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


@pytest.fixture
def sides(chromium: Browser, product: Product) -> Iterator[list[Side]]:
    """The lead expert, the coordinator and who stands in, each at a browser of their own."""
    with ExitStack() as stack:
        found = [stack.enter_context(sitting_at(chromium, product.origin)) for _ in range(3)]
        for side, username in zip(found, ("expert", "coordinator", "expert2"), strict=True):
            side.sign_in(username)
        yield found
        assert [each for side in found for each in (*side.complaints, *side.findings)] == []


def test_a_lead_expert_who_falls_ill_in_answering(sides: list[Side], product: Product) -> None:
    lead, coordinator, substitute = sides
    id = in_writing(product, "路接替")
    lead.page.goto(f"/consultations/{id}/opinion")
    write(lead.page)
    expect(lead.page.get_by_text("已保存")).to_be_visible()
    diagnosis = lead.page.get_by_label("会诊诊断").input_value()

    named(coordinator, id)
    taken_over(substitute, id, diagnosis)

    page = lead.page
    page.goto(f"/consultations/{id}/opinion")
    theirs = page.get_by_role("region", name="您写的草稿")
    expect(theirs).to_contain_text(diagnosis)
    expect(theirs).to_contain_text(f"已由 {SUBSTITUTE} 接着写")
    lead.picture("substitute_former")


def named(coordinator: Side, id: str) -> None:
    page = coordinator.page
    page.goto(f"/consultations/{id}")
    page.get_by_role("button", name="更多").click()
    coordinator.picture("substitute_menu")
    page.get_by_role("menuitem", name="更换主会诊专家").click()
    dialog = page.get_by_role("dialog", name="更换主会诊专家")
    dialog.get_by_role("combobox").fill("lgy")
    option(page, SUBSTITUTE).click()
    dialog.get_by_role("radio", name="身体不适").check()
    coordinator.picture("substitute_dialog")
    dialog.get_by_role("button", name=re.compile(r"更\s*换")).click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("region", name="流转记录")).to_contain_text(f"→ {SUBSTITUTE}（身体不适）")
    coordinator.picture("substitute_case")


def taken_over(substitute: Side, id: str, diagnosis: str) -> None:
    """Told and asked at home; the draft is there to read, and theirs after one press."""
    page = substitute.page
    page.goto("/")
    page.get_by_role("button", name=re.compile("^通知，")).click()
    expect(page.get_by_role("link", name="请您接替一例会诊").first).to_be_visible()
    substitute.picture("substitute_notice")
    page.goto(f"/consultations/{id}/opinion")
    expect(page.get_by_text(diagnosis).first).to_be_visible()
    substitute.picture("substitute_draft")
    page.get_by_role("button", name="接着写").click()
    expect(page.get_by_label("会诊诊断")).to_have_value(diagnosis)
    expect(page.get_by_text("接续 柳春分 的草稿")).to_be_visible()
    page.get_by_role("button", name="完成意见").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("登录密码").fill(PASSWORD)
    dialog.get_by_role("button", name="签署 v1").click()
    expect(page.get_by_role("link", name=re.compile("下载记录单"))).to_be_visible()
