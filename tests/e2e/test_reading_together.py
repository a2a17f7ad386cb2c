"""一起阅片: three people look at one study, show, take over, look alone; a fourth is invited."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Arrive, Person, Product, copy_of
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.shared_view import complete, over, same_image, stage
from tests.e2e.still import option, settled

pytestmark = pytest.mark.usefixtures("calling")

TOO_MANY: Final = {"code": "conflict", "reason": "too_many_marks"}


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Its own: invitations stay."""
    with copy_of(seeded, tmp_path_factory.mktemp("together") / "data") as running:
        yield running


def begun(arrive: Arrive) -> tuple[Person, str]:
    """The first comes in from the worklist, and shows what they see; returns the path of the room."""
    first = arrive("radiologist", path="/reading")
    rows = first.page.get_by_role("list", name="阅片列表").get_by_role("button")
    rows.filter(has_text="赵天枢").click()
    first.page.get_by_role("region", name="所选阅片").get_by_role("button", name="一起阅片").click()
    first.page.wait_for_url(re.compile("/together$"))
    expect(first.page.get_by_text("您正在演示")).to_be_visible()
    complete(first.page)
    return first, first.page.url


def next_image(page: Page) -> None:
    before = stage(page).get_attribute("data-sop") or ""
    over(page)
    page.mouse.wheel(0, 100)
    expect(stage(page)).not_to_have_attribute("data-sop", before)


def to_first(page: Page) -> None:
    """Whoever was in the room before, and is not gone yet, has shown another image."""
    complete(page)
    page.get_by_role("application").focus()
    page.keyboard.press("Home")
    expect(page.get_by_text("层面 1 / 200").first).to_be_visible()
    complete(page)


def measure(page: Page, down: float) -> None:
    """Draws a length, `down` of the image's height from its top."""
    box = stage(page).bounding_box()
    assert box is not None
    page.get_by_role("application").focus()
    page.keyboard.press("l")
    y = box["y"] + box["height"] * down
    page.mouse.click(box["x"] + box["width"] * 0.4, y)
    page.mouse.click(box["x"] + box["width"] * 0.6, y)


def others(page: Page) -> Locator:
    return page.locator(".vw-others")


def own(page: Page) -> Locator:
    return page.locator(".vw-mark:not(.vw-others)")


def marks_are_live(first: Page, second: Page, third: Page) -> None:
    """Everybody sees what the others draw, with their names; only its author takes it away."""
    measure(first, 0.4)
    for each in (second, third):
        expect(others(each)).to_have_count(1)
        expect(others(each)).to_contain_text(re.compile("罗立夏.*mm"))
    measure(second, 0.6)
    for each in (first, third):
        expect(others(each).filter(has_text="江小满")).to_contain_text("mm")
    second.get_by_role("application").focus()
    second.keyboard.press("Delete")
    second.keyboard.press("Delete")  # the first reader's is not theirs to delete
    expect(others(first)).to_have_count(0)
    for each in (second, third):
        expect(others(each)).to_contain_text("罗立夏")
    expect(own(first)).to_have_count(1)
    second.keyboard.press("x")
    expect(others(second)).to_have_count(0)
    expect(second.get_by_text("标注已隐藏", exact=False)).to_be_visible()
    second.keyboard.press("x")
    expect(others(second)).to_have_count(1)
    third.reload()  # who comes later gets what is there
    complete(third)
    same_image(first, third)
    expect(others(third)).to_contain_text("罗立夏")
    second.get_by_text("跟随", exact=True).click()  # who draws looks alone


def say(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="写给一起阅片的所有人").fill(words)
    page.keyboard.press("Enter")


def test_three_people_read_together(arrive: Arrive) -> None:
    first, path = begun(arrive)
    second, doctor = arrive("radiologist2", path=path), arrive("wuxi.doctor", path=path)
    for each in (second, doctor):
        complete(each.page)
        expect(each.page.get_by_text("演示：罗立夏", exact=False)).to_be_visible()
    expect(first.page.get_by_text("一起阅片 · 3 人")).to_be_visible()
    expect(second.page.get_by_text("您有声音和画面席位", exact=False)).to_be_visible()
    expect(doctor.page.get_by_text("目前只有先到的两人有声音和画面", exact=False)).to_be_visible()
    for _ in range(3):
        next_image(first.page)
        same_image(first.page, second.page, doctor.page)
    over(first.page, 30)
    for each in (second, doctor):
        expect(each.page.locator(".vw-pointer")).to_have_text("罗立夏")

    marks_are_live(first.page, second.page, doctor.page)
    first.shot("reading_together_marks")
    doctor.shot("reading_together_marks_branch")

    next_image(doctor.page)  # whoever touches the image looks alone
    next_image(doctor.page)
    next_image(first.page)
    same_image(first.page, second.page)
    alone = stage(doctor.page).get_attribute("data-sop")
    assert alone != stage(first.page).get_attribute("data-sop")
    doctor.page.get_by_text("跟随", exact=True).click()
    same_image(first.page, doctor.page)

    say(second.page, "请看左锁骨下动脉开口")
    for each in (first, doctor):
        expect(each.page.get_by_role("log")).to_contain_text("江小满")
        expect(each.page.get_by_role("log")).to_contain_text("请看左锁骨下动脉开口")
    second.page.get_by_role("button", name="申请演示").click()
    expect(first.page.get_by_text("演示：江小满", exact=False)).to_be_visible()
    next_image(second.page)
    same_image(second.page, first.page, doctor.page)
    for each in (first, doctor):
        settled(each.page)
    first.shot("reading_together")
    doctor.shot("reading_together_branch")
    assert findings(first.page) == []
    assert small_targets(first.page) == []

    again = doctor.context.new_page()  # the same person in a second tab: the first one says so
    again.goto(path)
    expect(doctor.page.get_by_role("heading", name="您在另一个页面打开了这里")).to_be_visible()
    expect(doctor.page.locator("[data-sop]")).to_have_count(0)
    same_image(second.page, again)
    again.close()
    first.page.get_by_role("button", name="离开", exact=True).click()
    question = first.page.get_by_role("dialog", name="还有未保存的改动")  # their mark
    question.get_by_role("button", name="留在这里").click()
    same_image(second.page, first.page)
    first.page.get_by_role("button", name="离开", exact=True).click()
    question.get_by_role("button", name="不保存并离开").click()
    first.page.wait_for_url(re.compile("/reading/[^/]+$"))
    expect(first.page.get_by_role("button", name=re.compile("一起阅片（[12] 人在内）"))).to_be_visible()
    second.page.get_by_role("button", name="离开", exact=True).click()
    second.page.wait_for_url(re.compile("/reading/[^/]+$"))


def test_saved_marks_are_back_on_reopening_with_their_author(arrive: Arrive) -> None:
    first, path = begun(arrive)
    alone = path.removesuffix("/together")
    page = first.page
    to_first(page)
    measure(page, 0.45)
    page.route("**/api/marks/**", lambda route: route.fulfill(status=409, json=TOO_MANY))
    page.keyboard.press("Control+s")
    expect(page.get_by_text("标注没有保存：您在这份检查上的标注太多，请先删除一些。")).to_be_visible()
    settled(page)
    first.shot("marks_refused")
    page.unroute("**/api/marks/**")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("标注已保存")).to_be_visible()
    page.goto(alone)
    to_first(page)
    expect(own(page)).to_contain_text("mm")
    expect(page.get_by_role("button", name="保存标注", exact=True)).to_be_disabled()
    doctor = arrive("wuxi.doctor", path=alone)
    to_first(doctor.page)
    expect(others(doctor.page)).to_contain_text(re.compile(r"罗立夏 \d{4}-\d\d-\d\d.*mm"))
    settled(doctor.page)
    doctor.shot("marks_saved")
    page.get_by_role("application").focus()
    page.keyboard.press("Delete")
    page.get_by_role("button", name="保存标注（1）").click()
    expect(page.get_by_text("标注已保存")).to_be_visible()
    expect(others(doctor.page)).to_have_count(0)  # told at once


def test_an_invitation_opens_it_until_it_is_ended_and_to_others_it_does_not_exist(arrive: Arrive) -> None:
    first, path = begun(arrive)
    expert, stranger = arrive("expert", path=path), arrive("jiashan.doctor", path=path)
    for each in (expert, stranger):
        expect(each.page.get_by_text(re.compile("找不到|不存在|无权"))).to_be_visible()
        expect(each.page.get_by_text("赵天枢")).to_have_count(0)

    page = first.page
    page.get_by_role("button", name="邀请", exact=True).click()
    box = page.get_by_role("combobox", name="邀请谁")
    box.fill("柳春分")
    option(page, "柳春分").click()
    page.get_by_role("dialog").get_by_role("button", name="发出邀请").click()
    expect(page.get_by_text("已通知对方。")).to_be_visible()
    expect(page.get_by_role("dialog")).to_contain_text(re.compile("柳春分 主任医师.*到 .* 为止，罗立夏邀请"))
    settled(page)
    first.shot("reading_together_invite")
    assert findings(page) == []
    assert small_targets(page) == []

    expert.page.goto("/")
    expert.page.get_by_role("button", name=re.compile("^通知")).click()
    expert.page.get_by_text("邀请您一起阅片，请查看").click()
    expert.page.wait_for_url(re.compile("/together$"))
    complete(expert.page)
    same_image(page, expert.page)
    page.get_by_role("dialog").get_by_role("button", name="结束邀请").click()
    expect(expert.page.locator("[data-sop]")).to_have_count(0)
    expect(expert.page.get_by_text("赵天枢")).to_have_count(0)


def test_the_page_in_english(arrive: Arrive) -> None:
    _, path = begun(arrive)
    second = arrive("radiologist2", path=path, language="en")
    complete(second.page)
    expect(second.page.get_by_text("Presenting: Luo Lixia", exact=False)).to_be_visible()
    second.page.get_by_role("button", name="Invite", exact=True).click()
    settled(second.page)
    second.shot("reading_together_invite", "en")
    second.page.keyboard.press("Escape")
    settled(second.page)
    second.shot("reading_together", "en")
    assert squeezed(second.page) == []
