"""An over-read: asked for with the branch's own report, read beside it, reviewed, issued, and its discrepancy kept."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.claiming import claimed
from tests.e2e.conftest import Arrive, Product, copy_of
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.still import options, settled, sharp

THEIRS = "左室舒张功能减低"
OURS = "左室心尖部室壁瘤形成，收缩功能减低"


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Its own: what is issued stays so."""
    with copy_of(seeded, tmp_path_factory.mktemp("over_read") / "data") as running:
        yield running


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="阅片列表").get_by_role("button").filter(has_text=name)


def compare(page: Page) -> Locator:
    return page.get_by_role("region", name="与分院报告比较")


def test_a_major_discrepancy_from_the_request_to_the_record(arrive: Arrive) -> None:
    branch = arrive("wuxi.radiologist", path="/reading")
    theirs = branch.page
    theirs.get_by_role("button", name="申请阅片").click()
    box = theirs.get_by_role("combobox", name="患者")
    box.fill("王北辰")
    options(theirs, box).get_by_text(re.compile("王北辰")).first.click()
    expect(theirs.get_by_text(re.compile("经胸超声心动图")).first).to_be_visible()
    theirs.get_by_text("复核本院报告").click()
    theirs.get_by_label("阅片目的").fill("请复核左室功能。")
    theirs.get_by_label("影像所见").fill("左室射血分数 52%，二尖瓣 E/A < 1。")
    theirs.get_by_label("诊断意见").fill(f"{THEIRS}\n少量心包积液")
    expect(theirs.get_by_text("请填写书写医师和时间", exact=False)).to_be_visible()
    written = datetime.now(ZoneInfo("Asia/Shanghai")) - timedelta(hours=1)
    time = theirs.get_by_label("书写时间")
    time.fill(f"{written:%Y-%m-%d %H:%M}")
    time.press("Enter")
    settled(theirs)
    branch.shot("over_read_request")
    assert findings(theirs) == []
    theirs.get_by_role("button", name="提交申请").click()
    expect(theirs.get_by_text("申请已提交。")).to_be_visible()
    expect(row(theirs, "王北辰")).to_contain_text("复核")

    desk = arrive("radiologist", path="/reading")
    page = desk.page
    page.get_by_role("button", name="复核", exact=True).click()
    expect(row(page, "赵天枢")).to_have_count(0)
    row(page, "王北辰").click()
    expect(page.get_by_role("region", name="分院报告")).to_contain_text("顾秋分")
    settled(page)
    desk.shot("over_read_worklist")
    assert findings(page) == []
    page.keyboard.press("Enter")
    claimed(page)
    expect(compare(page)).to_contain_text(THEIRS)
    page.get_by_label("影像所见").fill("左室心尖部向外膨出，运动消失，射血分数 38%。")
    page.get_by_label("诊断意见").fill(f"{OURS}\n少量心包积液")
    expect(page.get_by_text(re.compile("已保存"))).to_be_visible()
    sharp(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("请先选择与分院报告比较的结果", exact=False)).to_be_visible()
    page.keyboard.press("Alt+4")
    expect(compare(page).get_by_role("radio", name="重大差异")).to_be_checked()
    compare(page).get_by_role("checkbox", name=THEIRS).check()
    compare(page).get_by_role("checkbox", name=OURS).check()
    settled(page)
    desk.shot("over_read_write")
    assert findings(page) == []
    assert small_targets(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("待上级医师审核")).to_be_visible()

    senior = arrive("radiologist2", path="/reading?show=to_review", width=1920, height=1080)
    reviewer = senior.page
    row(reviewer, "王北辰").dblclick()
    reviewer.wait_for_url(re.compile("/reading/"))
    expect(compare(reviewer).get_by_role("checkbox", name=OURS)).to_be_checked()
    settled(reviewer)
    senior.shot("over_read_review_1920")
    assert findings(reviewer) == []
    sharp(reviewer)
    reviewer.get_by_role("button", name="审核发布").click()
    expect(page.get_by_role("region", name="复核结论")).to_contain_text("重大差异")

    row(theirs, "王北辰").wait_for(state="detached")  # nobody has reloaded the page
    theirs.goto("/reading?show=issued")
    row(theirs, "王北辰").dblclick()
    theirs.wait_for_url(re.compile("/reading/"))
    result = theirs.get_by_role("region", name="复核结论")
    for words in ("重大差异", THEIRS, OURS):
        expect(result).to_contain_text(words)
    settled(theirs)
    branch.shot("over_read_branch")
    assert findings(theirs) == []
    answer = theirs.request.get(str(theirs.get_by_role("link", name="打印报告").get_attribute("href")))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")


def test_the_record_is_found_by_both_hospitals_and_by_no_other(arrive: Arrive) -> None:
    office = arrive("wuxi.coordinator", path="/")
    page = office.page
    page.goto("/reading/discrepancies")
    table = page.get_by_role("table")
    expect(table).to_contain_text("右胫骨近端骨髓炎可能。")
    settled(page)
    office.shot("discrepancies")
    assert findings(page) == []
    assert small_targets(page) == []
    table.get_by_role("link", name="重大差异").last.click()
    page.wait_for_url(re.compile(r"/reading/[0-9a-f-]{36}"))
    expect(page.get_by_role("region", name="复核结论")).to_contain_text("骨肉瘤可能大")

    hub = arrive("radiologist2", path="/reading/discrepancies", language="en", width=1920, height=1080)
    expect(hub.page.get_by_role("table")).to_contain_text("Major")
    settled(hub.page)
    hub.shot("discrepancies_1920", "en")
    assert squeezed(hub.page) == []
    stranger = arrive("jiashan.doctor", path="/reading/discrepancies").page
    expect(stranger.get_by_text("这些日期没有复核差异")).to_be_visible()


def test_an_over_read_in_english(arrive: Arrive) -> None:
    desk = arrive("radiologist", path="/reading?purpose=over_read", language="en")
    page = desk.page
    waiting = page.get_by_role("list", name="Readings").get_by_role("button").filter(has_text="Over-read").first
    waiting.dblclick()
    claimed(page)
    region = page.get_by_role("region", name="Against the branch report")
    region.get_by_text("Minor").click()
    settled(page)
    desk.shot("over_read_write", "en")
    assert squeezed(page) == []
    page.get_by_role("button", name="Give up the claim").click()
