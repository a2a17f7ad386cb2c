"""A radiologist's two monitors: the report on one, the images of the same reading in a window of their own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.claiming import claimed
from tests.e2e.conftest import Arrive, Person, Product, copy_of
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.measuring import measure
from tests.e2e.pictures import keep_picture
from tests.e2e.still import settled, sharp


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Its own: what is claimed is no longer free."""
    with copy_of(seeded, tmp_path_factory.mktemp("second") / "data") as running:
        yield running


def read(desk: Person, name: str) -> None:
    """Claims this patient's reading from the worklist."""
    page = desk.page
    page.goto("/reading")
    found = page.get_by_role("list", name=re.compile("阅片列表|Readings")).get_by_role("button").filter(has_text=name)
    found.dblclick()
    claimed(page)
    sharp(page)


def popped_out(page: Page) -> Page:
    """Presses the key that opens the images' window."""
    with page.expect_popup() as opened:
        page.keyboard.press("Alt+w")
    own = opened.value
    own.set_viewport_size({"width": 1366, "height": 768})
    sharp(own)
    return own


def patient(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("患者身份|Patient"))


def kept(page: Page, language: str, name: str) -> None:
    settled(page)
    keep_picture(page, f"{language}/{name}")
    assert findings(page) == []
    assert squeezed(page) == []


def test_a_report_is_written_on_one_screen_from_the_images_on_the_other(arrive: Arrive) -> None:
    desk = arrive("radiologist")
    page = desk.page
    read(desk, "赵天枢")
    page.get_by_label("影像所见").fill("最大径 ，余未见异常。")
    page.get_by_label("影像所见").evaluate("box => box.setSelectionRange(4, 4)")
    page.get_by_label("影像所见").dispatch_event("select")
    own = popped_out(page)
    expect(page.get_by_text("影像在独立窗口")).to_be_visible()
    expect(page.get_by_test_id("viewport")).to_have_count(0)
    for each in (page, own):
        expect(patient(each)).to_contain_text("赵天枢")

    measure(own)
    own.keyboard.press("c")  # where the caret is, in the other window
    expect(page.get_by_label("影像所见")).to_have_value(
        re.compile(r"^最大径 [\d.]+ mm（Se\d+ 层面 \d+），余未见异常。$")
    )
    own.keyboard.press("k")
    expect(own.get_by_role("status").filter(has_text="已加入关键影像")).to_be_visible()
    expect(page.get_by_role("region", name="关键影像").get_by_role("img", name="图 1")).to_be_visible()
    kept(own, "zh-CN", "second_screen_images")
    own.keyboard.press("?")
    expect(own.get_by_role("dialog").get_by_text("影像移到独立窗口，或放回")).to_be_visible()
    own.keyboard.press("Escape")

    page.get_by_label("诊断意见").fill("主动脉夹层（Stanford B 型）。")
    expect(page.get_by_text(re.compile("已保存"))).to_be_visible()
    expect(page.get_by_text("影像已全部清晰")).to_be_visible()
    kept(page, "zh-CN", "second_screen_report")
    assert small_targets(page) == []

    # The other window has no pictures yet: nothing is submitted.
    own.route("**/imaging/**", lambda _: None)
    own.route("**/dicomweb/**", lambda _: None)
    own.reload()
    expect(page.get_by_text("影像正在读取，清晰后可提交")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("影像还不是全部清晰")).to_be_visible()
    expect(page.get_by_role("button", name="提交审核")).to_be_visible()
    own.unroute_all()
    own.reload()
    sharp(own)
    expect(page.get_by_text("影像已全部清晰")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("待上级医师审核")).to_be_visible()

    # The next one: the window follows to its patient.
    page.get_by_label("影像诊断报告").first.focus()
    before = page.url
    page.keyboard.press("n")
    page.wait_for_function("url => location.href !== url", arg=before)
    claimed(page)
    expect(patient(page)).not_to_contain_text("赵天枢")
    name = patient(page).locator("b").first.inner_text()
    expect(patient(own)).to_contain_text(name)
    sharp(own)
    expect(page.get_by_text("影像已全部清晰")).to_be_visible()

    # In step after the page was loaded anew, dark while no reading is open, and back when it is closed.
    page.reload()
    expect(page.get_by_text("影像已全部清晰")).to_be_visible()
    page.get_by_role("link", name="阅片列表").click()
    expect(own.get_by_text("没有打开的阅片")).to_be_visible()
    expect(own.get_by_test_id("viewport")).to_have_count(0)
    kept(own, "zh-CN", "second_screen_none")
    page.go_back()
    expect(patient(own)).to_contain_text(name)
    own.close()
    expect(page.get_by_test_id("viewport").first).to_be_visible()
    expect(page.get_by_text("影像在独立窗口")).to_have_count(0)


def test_both_windows_in_english_and_a_window_that_is_blocked(arrive: Arrive) -> None:
    desk = arrive("radiologist", language="en")
    page = desk.page
    read(desk, "钱天璇")
    own = popped_out(page)
    expect(page.get_by_text("All in full quality")).to_be_visible()
    expect(patient(own)).to_be_visible()
    kept(page, "en", "second_screen_report")
    kept(own, "en", "second_screen_images")
    page.get_by_role("button", name=re.compile("^Bring back here")).click()
    expect(page.get_by_test_id("viewport").first).to_be_visible()
    assert own.is_closed()
    page.evaluate("() => { window.open = () => null }")
    page.get_by_role("button", name="Own window").click()
    expect(page.get_by_role("alert")).to_contain_text("Allow pop-ups of this site")
    kept(page, "en", "second_screen_blocked")

    # By its address alone, without a report beside it, it shows nobody's images.
    page.goto("/reading/images")
    expect(page.get_by_text("Open this window from a reading")).to_be_visible()
