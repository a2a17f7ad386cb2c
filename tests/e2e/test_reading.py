"""The reading desk: a branch requests a reading, a radiologist of the hub claims it from the worklist and opens it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.claiming import claimed
from tests.e2e.conftest import Arrive, Product, copy_of
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.measuring import measure
from tests.e2e.still import options, settled, sharp


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Its own: what is claimed is no longer free."""
    with copy_of(seeded, tmp_path_factory.mktemp("reading") / "data") as running:
        yield running


def keep_image(page: Page, note: str) -> None:
    """The keys are with the images: what is shown becomes a key image of the report."""
    page.keyboard.press("k")
    kept = page.get_by_role("region", name="关键影像")
    expect(kept.get_by_role("img", name="图 1")).to_be_visible()
    kept.get_by_role("textbox", name="图 1 说明").fill(note)


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="阅片列表").get_by_role("button").filter(has_text=name)


def test_a_request_is_claimed_from_the_worklist_and_read(arrive: Arrive) -> None:
    desk, branch = arrive("radiologist", path="/reading"), arrive("wuxi.radiographer", path="/reading")
    page, theirs = desk.page, branch.page
    expect(row(page, "赵天枢")).to_contain_text("未认领")
    settled(page)
    desk.shot("worklist")
    assert findings(page) == []
    assert small_targets(page) == []

    theirs.get_by_role("button", name="申请阅片").click()
    box = theirs.get_by_role("combobox", name="患者")
    box.fill("王北辰")
    options(theirs, box).get_by_text(re.compile("王北辰")).first.click()
    expect(theirs.get_by_text(re.compile("经胸超声心动图")).first).to_be_visible()
    theirs.get_by_text("紧急（通常 30 分钟）").click()
    theirs.get_by_label("阅片目的").fill("左室收缩功能？")
    settled(theirs)
    branch.shot("reading_request")
    theirs.get_by_role("button", name="提交申请").click()
    expect(theirs.get_by_text("申请已提交。")).to_be_visible()
    expect(row(theirs, "王北辰")).to_contain_text("剩")
    settled(theirs)
    branch.shot("reading_branch")

    found = row(page, "王北辰")  # nobody has reloaded the page
    expect(found).to_contain_text("紧急")
    found.click()
    expect(page.get_by_role("region", name="所选阅片")).to_contain_text("左室收缩功能？")
    page.keyboard.press("Enter")
    claimed(page)
    expect(page.get_by_text("左室收缩功能？")).to_be_visible()
    expect(page.get_by_role("region", name="患者")).to_contain_text("王北辰")
    expect(page.locator(".viewer canvas, canvas").first).to_be_visible()
    settled(page)
    desk.shot("reading_one")
    assert findings(page) == []
    colleague = arrive("radiologist2", path="/reading").page
    expect(row(colleague, "王北辰")).to_contain_text("罗立夏")
    page.get_by_role("button", name="释放认领").click()
    expect(row(colleague, "王北辰")).to_contain_text("未认领")


def test_a_colleagues_claim_is_taken_over_with_a_reason_and_one_is_returned(arrive: Arrive) -> None:
    desk = arrive("radiologist", path="/reading")
    page = desk.page
    row(page, "钱天璇").click()
    page.get_by_role("button", name="退回分院…").click()
    page.get_by_role("radio", name="影像质量不能诊断").check()
    page.get_by_role("dialog").get_by_role("button", name="退回分院").click()
    expect(page.get_by_text("已退回，申请人会收到待办。")).to_be_visible()
    branch = arrive("wuxi.doctor").page
    branch.goto("/reading?show=returned")
    row(branch, "钱天璇").click()
    expect(branch.get_by_role("region", name="所选阅片")).to_contain_text("影像质量不能诊断")
    branch.get_by_role("button", name="重新提交…").click()
    branch.get_by_role("dialog").get_by_role("button", name="重新提交").click()
    expect(branch.get_by_text("已重新提交，时限重新计算。")).to_be_visible()
    expect(row(page, "钱天璇")).to_be_visible()


def test_the_desk_in_english_on_a_small_screen_and_when_nothing_is_there(arrive: Arrive) -> None:
    desk = arrive("radiologist", path="/reading", language="en")
    page = desk.page
    expect(page.get_by_role("button", name=re.compile("^Take the next"))).to_be_visible()
    settled(page)
    desk.shot("worklist", "en")
    assert squeezed(page) == []
    # The radiologist may still have what the demonstration claimed in her name.
    page = arrive("trainee", path="/reading?show=mine", language="en").page
    expect(page.get_by_text("You have claimed nothing")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    stranger = arrive("jiashan.doctor", path="/reading").page
    expect(row(stranger, "蒋参宿")).to_be_visible()
    expect(row(stranger, "赵天枢")).to_have_count(0)


def test_a_report_begins_with_a_template_that_a_senior_has_changed(arrive: Arrive) -> None:
    senior = arrive("radiologist2", path="/reading")
    page = senior.page
    page.get_by_role("link", name="报告模板").click()
    page.wait_for_url("**/reading/templates")  # a row of the worklist has the same words
    page.get_by_role("navigation", name="报告模板").get_by_role("button", name=re.compile("胸部 CT 平扫")).click()
    findings_box = page.get_by_label("影像所见")
    findings_box.fill("肺：【未见|可见】结节。\n纵隔：【未见|可见】肿大淋巴结。")
    expect(page.get_by_text("肺：未见结节。")).to_be_visible()
    settled(page)
    senior.shot("report_templates")
    assert findings(page) == []
    page.get_by_role("button", name="保存新版本").click()
    expect(page.get_by_text("第 2 版", exact=False).first).to_be_visible()

    desk = arrive("radiologist", path="/reading")
    page = desk.page
    row(page, "赵天枢").dblclick()
    claimed(page)
    page.get_by_role("button", name="套用").click()
    page.get_by_label("影像所见").focus()
    page.keyboard.press("F2")
    settled(page)
    desk.shot("report_template")
    assert findings(page) == []
    assert small_targets(page) == []
    page.keyboard.press("2")
    expect(page.get_by_label("影像所见")).to_have_value("肺：可见结节。\n纵隔：【未见|可见】肿大淋巴结。")
    page.get_by_label("诊断意见").click()
    page.get_by_role("button", name="常用语").click()
    page.get_by_role("button", name="建议 3 个月后复查。").click()
    expect(page.get_by_label("诊断意见")).to_have_value(re.compile("建议 3 个月后复查。"))
    page.get_by_role("button", name="释放认领").click()


def test_a_report_is_written_given_back_reviewed_and_read_at_the_branch(arrive: Arrive) -> None:
    desk, senior = arrive("radiologist", path="/reading"), arrive("radiologist2", path="/reading?show=to_review")
    page, reviewer = desk.page, senior.page
    row(page, "赵天枢").click()
    page.get_by_role("button", name="认领并打开").click()
    claimed(page)
    page.get_by_label("影像所见").fill("左锁骨下动脉开口以远见内膜破口，长径 【__ mm】。")
    page.get_by_label("诊断意见").fill("")
    sharp(page)
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("影像所见和诊断意见都要填写。")).to_be_visible()
    page.get_by_label("诊断意见").fill("夹层。")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("模板中还有要填的空，请填写或删去。")).to_be_visible()
    page.get_by_label("影像所见").focus()
    page.keyboard.press("F2")
    measure(page)
    page.keyboard.press("c")  # the measurement goes where the blank was, the keys stay with the images
    expect(page.get_by_label("影像所见")).to_have_value(re.compile(r"长径 [\d.]+ mm（Se\d+ 层面 \d+）。"))
    keep_image(page, "最大径")
    page.get_by_label("诊断意见").fill("主动脉夹层（Stanford B 型）。")
    expect(page.get_by_text(re.compile("已保存"))).to_be_visible()
    settled(page)
    desk.shot("report_write")
    assert findings(page) == []
    sharp(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("待上级医师审核")).to_be_visible()

    expect(row(reviewer, "赵天枢")).to_be_visible()  # nobody has reloaded the page
    row(reviewer, "赵天枢").dblclick()
    reviewer.wait_for_url(re.compile("/reading/"))
    reviewer.get_by_role("button", name="退回修改").click()
    dialog = reviewer.get_by_role("dialog")
    dialog.get_by_label("修改意见").fill("请描述分支血管")
    dialog.get_by_role("button", name="退回修改").click()
    expect(page.get_by_text(re.compile("请描述分支血管"))).to_be_visible()
    page.get_by_role("button", name="认领", exact=False).first.click()
    page.get_by_label("影像所见").fill("左锁骨下动脉开口以远见内膜破口，降主动脉最大径 42.6 mm，左肾动脉起自假腔。")
    sharp(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("待上级医师审核")).to_be_visible()

    reviewer.get_by_label("诊断意见").fill("主动脉夹层（Stanford B 型），左肾灌注减低。")
    expect(reviewer.locator("ins")).to_have_text("，左肾灌注减低")
    settled(reviewer)
    senior.shot("report_review")
    assert findings(reviewer) == []
    assert small_targets(reviewer) == []
    sharp(reviewer)
    reviewer.get_by_role("button", name="审核发布").click()
    expect(page.get_by_text(re.compile("江小满"))).to_be_visible()

    doctor = arrive("wuxi.doctor", path="/reading?show=issued")
    theirs = doctor.page
    row(theirs, "赵天枢").click()
    expect(theirs.get_by_role("region", name="所选阅片").get_by_role("link", name="打印报告")).to_be_visible()
    row(theirs, "赵天枢").dblclick()
    theirs.wait_for_url(re.compile("/reading/"))
    expect(theirs.get_by_text("主动脉夹层（Stanford B 型），左肾灌注减低。")).to_be_visible()
    expect(theirs.locator("ins")).to_have_count(0)
    expect(theirs.get_by_role("figure").filter(has_text="最大径").get_by_role("img", name="图 1")).to_be_visible()
    link = theirs.get_by_role("link", name="打印报告")
    answer = doctor.page.request.get(str(link.get_attribute("href")))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    answer = doctor.page.request.get(str(theirs.get_by_role("link", name="DICOM SR").get_attribute("href")))
    assert (answer.status, answer.body()[128:132]) == (200, b"DICM")
    settled(theirs)
    doctor.shot("report_branch")
    assert findings(theirs) == []

    reviewer.get_by_role("button", name="补充或更正…").click()
    dialog = reviewer.get_by_role("dialog")
    dialog.get_by_role("radio", name="更正").check()
    dialog.get_by_label("内容").fill("左肾灌注减低更正为右肾灌注减低。")
    dialog.get_by_role("button", name=re.compile("发 ?布")).click()
    expect(theirs.get_by_text("左肾灌注减低更正为右肾灌注减低。")).to_be_visible()  # nobody has reloaded the page
    answer = doctor.page.request.get(str(theirs.get_by_role("link", name="打印本页").get_attribute("href")))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    settled(theirs)
    doctor.shot("report_addended")
    assert findings(theirs) == []
    assert small_targets(theirs) == []


def test_a_prior_hangs_beside_the_study_and_scrolls_in_step(arrive: Arrive) -> None:
    desk = arrive("radiologist", path="/reading")
    page = desk.page
    row(page, "沈心宿").dblclick()
    claimed(page)
    now, prior = page.get_by_test_id("viewport").nth(0), page.get_by_test_id("viewport").nth(1)
    for each in (now, prior):
        expect(each).to_have_attribute("data-quality", "full")
    expect(now).not_to_contain_text("既往")
    expect(prior).to_contain_text("既往")
    expect(now).to_contain_text("层面 31 / 60")
    expect(prior).to_contain_text("层面 25 / 48")
    settled(page)
    desk.shot("reading_prior")
    assert findings(page) == []
    assert small_targets(page) == []

    # Slices of 4 mm here and of 5 mm there: five of the one are four of the other.
    now.click()
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    expect(now).to_contain_text("层面 36 / 60")
    expect(prior).to_contain_text("层面 29 / 48")
    prior.click()
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    expect(now).to_contain_text("层面 31 / 60")
    page.keyboard.press("u")  # each by itself
    page.keyboard.press("ArrowUp")
    expect(prior).to_contain_text("层面 24 / 48")
    expect(now).to_contain_text("层面 31 / 60")
    page.keyboard.press("d")
    expect(page.get_by_test_id("viewport")).to_have_count(4)
    page.get_by_role("button", name="布局").click()
    page.get_by_role("menuitem", name="1×1").click()
    expect(page.get_by_test_id("viewport")).to_have_count(1)
    expect(now).to_contain_text("层面 31 / 60")
