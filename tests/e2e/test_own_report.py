"""A branch's radiologist writes the own report of a study at the desk; the over-read that was asked for has it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Arrive, Product, copy_of
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.still import options, settled, sharp

OURS = "左室舒张功能减低"


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Its own: what is signed stays so."""
    with copy_of(seeded, tmp_path_factory.mktemp("own_report") / "data") as running:
        yield running


def test_it_is_written_as_the_hub_writes_and_the_over_read_has_it(arrive: Arrive) -> None:
    branch = arrive("wuxi.radiologist", path="/reading/own")
    page = branch.page
    row = page.get_by_role("row").filter(has_text="王北辰").filter(has_text="经胸超声心动图")
    expect(row).to_contain_text("未写")
    settled(page)
    branch.shot("own_reports")
    assert findings(page) == []
    assert small_targets(page) == []
    row.get_by_role("link").click()
    page.get_by_role("button", name="撰写本院报告").click()
    page.get_by_label("影像所见").fill("左室射血分数 52%，二尖瓣 E/A < 1。")
    page.get_by_label("诊断意见").fill(OURS)
    expect(page.get_by_text(re.compile("已保存"))).to_be_visible()
    page.reload()
    expect(page.get_by_label("诊断意见")).to_have_value(OURS)
    settled(page)
    branch.shot("own_report_write")
    assert findings(page) == []
    assert small_targets(page) == []
    sharp(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(re.compile("顾秋分.* 签发"))).to_be_visible()

    page.goto("/reading")
    page.get_by_role("button", name="申请阅片").click()
    box = page.get_by_role("combobox", name="患者")
    box.fill("王北辰")
    options(page, box).get_by_text(re.compile("王北辰")).first.click()
    expect(page.get_by_text(re.compile("经胸超声心动图")).first).to_be_visible()
    page.get_by_text("复核本院报告").click()
    page.get_by_label("阅片目的").fill("请复核左室功能。")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("申请已提交。")).to_be_visible()

    hub = arrive("radiologist", path="/reading?purpose=over_read").page
    hub.get_by_role("list", name="阅片列表").get_by_role("button").filter(has_text="王北辰").click()
    theirs = hub.get_by_role("region", name="分院报告")
    expect(theirs).to_contain_text(OURS)
    expect(theirs).to_contain_text("在本系统书写")

    stranger = arrive("jiashan.doctor", path="/").page
    uid = page.request.get("/api/own-reports?show=signed").json()["items"][0]["study"]["study_uid"]
    assert stranger.request.get(f"/api/own-reports/{uid}").status in (403, 404)


def test_it_in_english(arrive: Arrive) -> None:
    desk = arrive("wuxi.radiologist", path="/reading/own?show=to_write", language="en")
    page = desk.page
    expect(page.get_by_role("table")).to_contain_text("Not written")
    settled(page)
    desk.shot("own_reports", "en")
    assert squeezed(page) == []
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("button", name="Write our report").click()
    expect(page.get_by_role("button", name=re.compile("Sign"))).to_be_visible()
    settled(page)
    desk.shot("own_report_write", "en")
    assert squeezed(page) == []
    page.get_by_role("button", name="Leave to a colleague").click()
    expect(page.get_by_role("button", name="Go on writing")).to_be_visible()
