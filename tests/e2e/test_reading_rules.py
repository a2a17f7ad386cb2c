"""An upload becomes a reading by a rule; the hub's administrator changes rule and clause; the branch only looks."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Arrive, Product
from tests.e2e.folders import choose_folder, folder_of, images_of
from tests.e2e.looks import findings, squeezed
from tests.e2e.own_case import accepted
from tests.e2e.still import settled

PATH = "/admin/agreements"


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


def test_what_a_branch_uploads_is_on_the_hubs_worklist_unasked(
    arrive: Arrive, product: Product, tmp_path: Path
) -> None:
    desk = arrive("radiologist", path="/reading")
    rows = desk.page.get_by_role("list", name="阅片列表").get_by_role("button")
    expect(rows.first).to_be_visible()
    new = rows.filter(has_text="双乳钼靶")
    expect(new).to_have_count(0)
    sender = arrive("wuxi.radiographer")
    case = sender.context.request.get(f"/api/consultations/{accepted(product, '路规则')}").json()
    images = images_of(case, 7031, Modality="MG", StudyDescription="双乳钼靶")
    sender.page.goto(f"/consultations/{case['id']}/upload")
    choose_folder(sender.page, folder_of(images, tmp_path / "MG"))
    expect(sender.page.get_by_text("上传完成")).to_be_visible()

    expect(new).to_contain_text(case["patient"]["name"])
    expect(new).to_contain_text("双侧")
    new.click()
    expect(desk.page.get_by_text("乳腺钼靶诊断。")).to_be_visible()
    expect(desk.page.get_by_text("知情依据").first).to_be_visible()
    settled(desk.page)
    desk.shot("reading_by_rule")


def test_a_rule_and_a_clause_are_kept(arrive: Arrive) -> None:
    admin = arrive("admin", path=PATH)
    page = admin.page
    rules = page.get_by_role("list", name="阅片规则")
    row = rules.get_by_role("listitem").filter(has_text="乳腺钼靶由上级医院书写")
    expect(row).to_contain_text("MG · 每天 · 全天")
    settled(page)
    admin.shot("reading_rules")
    assert findings(page) == []
    row.get_by_role("button", name="修改").click()
    page.get_by_label("比例（%）").fill("40")
    settled(page)
    admin.shot("reading_rule_edit")
    assert findings(page) == []
    page.get_by_role("button", name="保存").click()
    expect(row).to_contain_text("40%")

    clauses = page.get_by_role("list", name="阅片知情条款")
    clauses.get_by_role("button", name="更新条款").first.click()
    page.get_by_label("条款内容").fill("患者已书面同意由上级医院阅片。")
    page.get_by_label("生效日期").fill("2026-01-02")
    page.get_by_role("button", name="保存").click()
    expect(clauses).to_contain_text("第 2 版，2026-01-02 起")
    expect(clauses).to_contain_text("患者已书面同意由上级医院阅片。")


def test_the_branch_looks_and_changes_nothing(arrive: Arrive) -> None:
    theirs = arrive("wuxi.admin", path=f"{PATH}?lang=en", language="en")
    page = theirs.page
    rules = page.get_by_role("list", name="Reading rules")
    expect(rules).to_contain_text("Sampled over-read of the branch report")
    expect(rules.get_by_role("button")).to_have_count(0)
    settled(page)
    theirs.shot("reading_rules_branch")
    assert findings(page) == []
    assert squeezed(page) == []
