"""Every tool of the viewer once, in a real browser, on an image whose every value is known."""

import re
from collections.abc import Sequence

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pictures import keep_picture
from tests.e2e.viewer.kit import Open, canvas_place, grey_on, scroll_to, show
from tests.e2e.viewer.site import Site
from tests.e2e.viewer.studies import SLICES, SPACING, ct_stack, sample, study_uid

POSITION = 12
INDEX = SLICES - 1 - POSITION

Place = tuple[float, float]


@pytest.fixture
def page(open_page: Open) -> Page:
    page = open_page(width=900, height=700)
    show(page)
    scroll_to(page, POSITION)
    expect(page.locator("#host")).to_have_attribute("data-quality", "full")  # a preview is not measured
    page.focus(".vw-stage")
    return page


def value_at(column: int, row: int) -> int:
    """What the slice holds there, in HU; the bright square is elsewhere."""
    return column + row // 2 + 4 * INDEX


def drag(page: Page, start: Place, end: Place) -> None:
    page.mouse.move(*canvas_place(page, *start))
    page.mouse.down()
    page.mouse.move(*canvas_place(page, *end), steps=3)
    page.mouse.up()


def click(page: Page, places: Sequence[Place]) -> None:
    for place in places:
        page.mouse.click(*canvas_place(page, *place))


def lines_beside(page: Page) -> list[str]:
    return page.locator(".vw-mark-text tspan").all_text_contents()


def number_in(text: str) -> float:
    found = re.search(r"[\d.]+", text)
    assert found, text
    return float(found[0])


def test_a_probe_says_the_value_under_it(page: Page) -> None:
    page.keyboard.press("i")
    click(page, [(70, 50)])
    assert lines_beside(page) == [f"{value_at(70, 50)} HU"]


def test_a_length_is_set_and_moved_by_keys_alone(page: Page) -> None:
    for key in ("l", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".vw-cursor")).to_be_visible()
    for key in ("Enter", "Shift+ArrowRight", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    (text,) = lines_beside(page)
    assert abs(number_in(text) - 20 * SPACING) < 0.06
    keep_picture(page, "zh-CN/viewer_by_keys")
    for key in ("]", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    (text,) = lines_beside(page)
    assert abs(number_in(text) - 21 * SPACING) < 0.06
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".vw-cursor")).to_have_count(0)


def test_a_rectangle_says_what_is_in_it(page: Page) -> None:
    page.keyboard.press("b")
    drag(page, (59.5, 49.5), (69.5, 59.5))
    column, row = np.meshgrid(np.arange(60, 70), np.arange(50, 60))
    inside = column + row // 2 + 4 * INDEX
    mean, extremes, area = lines_beside(page)
    assert mean == f"均值 {inside.mean():.1f} HU 标准差 {inside.std():.2f}"
    assert extremes == f"最小 {inside.min()} 最大 {inside.max()}"
    assert area.endswith("100 像素")
    assert abs(number_in(area) - 100 * SPACING**2) < 1


def test_an_ellipse_follows_zoom_turn_and_mirror_and_keeps_its_figures(page: Page) -> None:
    page.keyboard.press("e")
    drag(page, (60, 40), (80, 60))
    before = lines_beside(page)
    assert abs(number_in(before[2]) - np.pi * 100 * SPACING**2) < 3
    for key in ("t", "h", "+"):
        page.keyboard.press(key)
    page.wait_for_function("() => it.viewer.current()?.view.zoom > 1")  # the last key is painted
    expect(page.locator(".vw-size")).to_contain_text("已旋转")
    box = page.evaluate("document.querySelector('[data-kind=ellipse] .vw-line').getBoundingClientRect().toJSON()")
    middle = canvas_place(page, 70, 50)
    assert abs(box["x"] + box["width"] / 2 - middle[0]) < 2
    assert abs(box["y"] + box["height"] / 2 - middle[1]) < 2
    assert lines_beside(page) == before


def test_an_outline_has_an_area(page: Page) -> None:
    page.keyboard.press("g")
    click(page, [(50, 50), (90, 50), (90, 80), (50, 80)])
    expect(page.locator(".vw-hint")).to_have_text("回起点结束")
    click(page, [(50, 50)])
    expect(page.locator(".vw-hint")).to_be_hidden()
    assert abs(number_in(lines_beside(page)[0]) - 40 * 30 * SPACING**2) < 12  # what the tool is for comes first


def test_an_angle_and_a_cobb_angle_are_in_degrees(page: Page) -> None:
    page.keyboard.press("a")
    drag(page, (90, 50), (60, 50))
    click(page, [(60, 80)])
    assert abs(number_in(lines_beside(page)[0]) - 90) < 1
    page.keyboard.press("Delete")
    page.keyboard.press("q")
    drag(page, (40, 60), (80, 60))
    expect(page.locator(".vw-hint")).to_have_text("再拖一条线")
    drag(page, (80, 90), (40, 75))  # drawn from the right
    expected = np.degrees(np.arctan2(15, 40))
    assert abs(number_in(lines_beside(page)[0]) - expected) < 1


def test_an_arrow_has_a_text_which_is_typed_without_the_images_keys(page: Page) -> None:
    page.keyboard.press("j")
    drag(page, (60, 50), (90, 70))
    page.get_by_label("箭头说明").fill("aw 破口")
    page.keyboard.press("Enter")
    assert lines_beside(page) == ["aw 破口"]
    assert page.evaluate("it.viewer.tool") == "arrow"
    expect(page.locator(".vw-stage")).to_be_focused()


def test_a_mark_is_chosen_moved_deleted_and_brought_back(page: Page) -> None:
    page.keyboard.press("l")
    drag(page, (60, 50), (80, 50))
    page.keyboard.press("w")
    drag(page, (80, 50), (100, 50))  # its end, with another tool
    assert abs(number_in(lines_beside(page)[0]) - 40 * SPACING) < 0.5
    page.keyboard.press("Delete")
    assert lines_beside(page) == []
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert abs(number_in(lines_beside(page)[0]) - 20 * SPACING) < 0.5
    page.keyboard.press("Control+y")
    assert abs(number_in(lines_beside(page)[0]) - 40 * SPACING) < 0.5
    scroll_to(page, POSITION + 1)
    assert lines_beside(page) == []


def test_a_colour_picture_has_no_values_but_lengths(open_page: Open, site: Site) -> None:
    site.store(sample("examples_rgb_color.dcm", 161))
    page = open_page()
    show(page, 161)
    page.focus(".vw-stage")
    page.keyboard.press("i")
    page.mouse.click(350, 250)
    assert lines_beside(page) == ["无数值"]


def test_the_summary_for_screen_readers_has_the_marks_and_the_quality(page: Page) -> None:
    summary = page.locator(".vw-summary")
    expect(summary).to_have_attribute("aria-live", "polite")
    expect(summary).to_contain_text(re.compile("层面 13 / .*完整画质$"))
    page.keyboard.press("i")
    click(page, [(70, 50)])
    page.keyboard.press("j")
    drag(page, (60, 50), (90, 70))
    page.get_by_label("箭头说明").fill("破口")
    page.keyboard.press("Enter")
    expect(summary).to_contain_text(f"完整画质，标注 2 个，点 {value_at(70, 50)} HU（本人），箭头 破口（本人）")
    page.keyboard.press("x")
    expect(summary).to_contain_text(re.compile("完整画质，标注已隐藏$"))


def test_the_summary_waits_until_the_wheel_rests(page: Page) -> None:
    expect(page.locator(".vw-summary")).to_contain_text("层面 13 / ")
    page.evaluate(
        """() => {
            it.said = []
            const summary = document.querySelector('.vw-summary')
            new MutationObserver(() => summary.textContent && it.said.push(summary.textContent)).observe(summary, {
                childList: true,
            })
            for (let n = 0; n < 5; n++) it.viewer.scrollBy(1)
            requestAnimationFrame(() => it.viewer.scrollBy(1))
        }"""
    )
    expect(page.locator(".vw-summary")).to_contain_text("层面 19 / ")
    assert len(page.evaluate("it.said")) == 1


def greys(page: Page) -> tuple[int, int]:
    return grey_on(page, 70, 50), grey_on(page, 110, 80)


def test_a_picture_is_inverted_mirrored_and_turned_which_it_says_and_reset(page: Page) -> None:
    before = greys(page)
    page.keyboard.press("v")
    expect(page.locator(".vw-size")).to_contain_text("已反相")
    assert all(abs(255 - one - other) <= 2 for one, other in zip(greys(page), before, strict=True))
    page.keyboard.press("y")
    expect(page.locator(".vw-size")).to_contain_text("已上下镜像")
    expect(page.locator(".vw-top")).to_have_text("P")
    expect(page.locator(".vw-left")).to_have_text("R")
    page.keyboard.press("t")
    page.keyboard.press("h")
    # Upside down, a quarter turn to the right, then left for right as the screen shows it.
    for edge, letter in {"top": "R", "right": "A", "bottom": "L", "left": "P"}.items():
        expect(page.locator(f".vw-{edge}")).to_have_text(letter)
    page.keyboard.press("r")
    expect(page.locator(".vw-size")).not_to_contain_text("已")
    assert greys(page) == before


def test_a_glass_magnifies_where_it_is_held(page: Page) -> None:
    page.keyboard.press("m")
    lens = page.locator(".vw-lens")
    expect(lens).to_be_hidden()
    x, y = canvas_place(page, 40, 30)
    page.mouse.move(x, y)
    page.mouse.down()
    expect(lens).to_be_visible()
    # The bright square is 5 pixels of 5.5 CSS pixels each: 2.5 times larger it fills the middle.
    bright = page.evaluate(
        """() => {
            const {canvas} = it.viewer.screen.lens
            const at = (x, y) => canvas.getContext('2d').getImageData(x, y, 1, 1).data[0]
            const middle = canvas.width / 2
            return [at(middle, middle), at(middle + 25, middle), at(middle + 80, middle)]
        }"""
    )
    assert bright[0] == bright[1] > bright[2]
    page.mouse.up()
    expect(lens).to_be_hidden()


def test_the_files_second_window_is_shown_with_its_name(open_page: Open, site: Site) -> None:
    (one,) = ct_stack(162, slices=1)
    one.WindowCenter, one.WindowWidth = [50, -600], [400, 1500]
    one.WindowCenterWidthExplanation = ["SOFT", "LUNG"]
    site.store(one)
    page = open_page()
    show(page, 162)
    page.focus(".vw-stage")
    how = page.locator(".vw-how")
    expect(how).to_contain_text("WW 400  WL 50  SOFT")
    page.keyboard.press("f")
    expect(how).to_contain_text("WW 1500  WL −600  LUNG")
    page.keyboard.press("f")
    expect(how).to_contain_text("WW 400  WL 50  SOFT")
    page.keyboard.press("8")
    expect(how).to_contain_text("WW 350  WL 40")


def test_a_film_runs_until_somebody_scrolls(page: Page) -> None:
    page.keyboard.press(" ")
    expect(page.locator(".vw-hint")).to_have_text("播放 10 默认")
    expect(page.locator(".vw-how")).to_contain_text(f"层面 {POSITION + 4} / {SLICES}")
    page.keyboard.press("Home")
    expect(page.locator(".vw-how")).to_contain_text(f"层面 1 / {SLICES}")
    expect(page.locator(".vw-hint")).to_be_hidden()
    page.keyboard.press(" ")
    page.keyboard.press(" ")
    expect(page.locator(".vw-hint")).to_be_hidden()


def test_the_toolbar_has_every_tool_with_its_key_and_the_help_lists_all_keys(open_page: Open) -> None:
    page = open_page(f"panel.html?me=presenter&studies={study_uid()}", width=900, height=700)
    expect(page.locator("[data-testid=viewport]")).to_have_attribute("data-state", "painted")
    for menu, entry, key in (("测量", "椭圆区", "E"), ("更多", "反相", "V"), ("窗位预设 默认窗", "腹窗", "8")):
        page.get_by_role("button", name=menu, exact=True).click()
        item = page.get_by_role("menuitem", name=entry)
        expect(item).to_contain_text(key)
        item.click()
    expect(page.get_by_role("button", name="测量 椭圆区")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".vw-how")).to_contain_text("WW 350  WL 40")
    expect(page.locator(".vw-size")).to_contain_text("已反相")
    keep_picture(page, "zh-CN/viewer_tools")
    page.focus(".vw-stage")
    page.keyboard.press("?")
    help_window = page.get_by_role("dialog", name="快捷键")
    for key in ("Ctrl Z", "Esc", "F", "Q", "Space", "?"):
        expect(help_window.locator("kbd", has_text=re.compile(f"^{re.escape(key)}$"))).to_be_visible()
    keep_picture(page, "zh-CN/viewer_keys")
