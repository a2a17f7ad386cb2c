"""What one viewer paints and says, in a real browser, under the product's policy, on a real archive."""

from typing import Any

from playwright.sync_api import expect

from tests.e2e.viewer.kit import Open, canvas_place, grey_on, index_on, scroll_to, show, sop_on, text_of
from tests.e2e.viewer.site import Site
from tests.e2e.viewer.studies import SLICES, SPACING, ct_stack, grey_at, sample, sop_uid


def test_the_pixels_on_the_screen_are_those_of_the_file(open_page: Open) -> None:
    page = open_page()
    show(page)
    index = index_on(page)
    for column, row in ((5, 5), (40, 30), (64, 48), (120, 90)):
        assert abs(grey_on(page, column, row) - grey_at(index, column, row)) <= 2


def test_a_stack_begins_at_the_head_whatever_its_instance_numbers(open_page: Open) -> None:
    page = open_page()
    show(page)
    page.focus(".vw-stage")
    page.keyboard.press("Home")
    expect(page.locator("#host")).to_have_attribute("data-sop", sop_uid(SLICES - 1))
    page.keyboard.press("End")
    expect(page.locator("#host")).to_have_attribute("data-sop", sop_uid(0))


def test_wheel_keys_and_the_bar_at_the_edge_scroll(open_page: Open) -> None:
    page = open_page()
    show(page)
    scroll_to(page, 10)
    page.mouse.move(300, 200)
    page.mouse.wheel(0, 100)
    expect(page.locator(".vw-how")).to_contain_text(f"层面 12 / {SLICES}")
    page.keyboard.press("Escape")
    page.focus(".vw-stage")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("PageUp")
    expect(page.locator(".vw-how")).to_contain_text(f"层面 1 / {SLICES}")
    page.mouse.move(695, 10)
    page.mouse.down()
    page.mouse.move(695, 514)
    page.mouse.up()
    expect(page.locator(".vw-how")).to_contain_text(f"层面 {SLICES} / {SLICES}")


def test_labels_say_whose_image_it_is_and_what_it_shows(open_page: Open) -> None:
    page = open_page()
    show(page)
    assert text_of(page, "who").split("\n") == ["陈远山", "男  57 岁", "0026118842", "无锡分院"]
    what = text_of(page, "what")
    for part in ("2026-03-01  08:20:46", "主动脉 CTA", "轴位", "Se3", "动脉期", "层厚 5 mm", "天前的检查"):
        assert part in what
    how = text_of(page, "how")
    assert "WW 400  WL 50" in how
    assert "床位" in how
    expect(page.locator(".vw-summary")).to_contain_text("0026118842")
    edges = {side: page.inner_text(f".vw-{side}") for side in ("left", "right", "top", "bottom")}
    assert edges == {"left": "R", "right": "L", "top": "A", "bottom": "P"}


def test_letters_follow_a_mirrored_and_a_turned_image_and_a_badge_says_so(open_page: Open) -> None:
    page = open_page()
    show(page)
    page.focus(".vw-stage")
    page.keyboard.press("h")
    expect(page.locator(".vw-left")).to_have_text("L")
    expect(page.locator(".vw-size")).to_contain_text("已镜像")
    page.keyboard.press("h")
    page.keyboard.press("t")
    expect(page.locator(".vw-top")).to_have_text("R")
    expect(page.locator(".vw-right")).to_have_text("A")
    page.keyboard.press("r")
    expect(page.locator(".vw-left")).to_have_text("R")


def test_while_an_image_loads_the_old_one_is_dimmed_and_keeps_its_labels(open_page: Open) -> None:
    page = open_page()
    held: list[Any] = []
    wanted = sop_uid(SLICES - 1)
    page.route(f"**/{wanted}/frames/**", lambda route: held.append(route))
    show(page, imaging="")
    before = sop_on(page)
    page.evaluate("it.viewer.scrollTo(0)")
    expect(page.locator("#host")).to_have_attribute("data-state", "loading")
    expect(page.locator(".vw-notice")).to_contain_text("载入中")
    assert page.evaluate("getComputedStyle(document.querySelector('canvas')).opacity") == "0.35"
    assert sop_on(page) == before
    assert f"层面 1 / {SLICES}" not in text_of(page, "how")
    assert page.evaluate("it.viewer.screen.keyImage()") is None
    for route in held:
        route.continue_()
    expect(page.locator("#host")).to_have_attribute("data-sop", wanted)
    expect(page.locator(".vw-how")).to_contain_text(f"层面 1 / {SLICES}")


def test_a_frame_that_fails_says_so_and_can_be_asked_for_again(open_page: Open) -> None:
    page = open_page()
    wanted = sop_uid(SLICES - 1)
    page.route(f"**/{wanted}/frames/**", lambda route: route.fulfill(status=200, body="not a frame"))
    show(page, imaging="")
    page.evaluate("it.viewer.scrollTo(0)")
    expect(page.locator("#host")).to_have_attribute("data-state", "failed")
    page.unroute_all()
    page.get_by_role("button", name="重试").click()
    expect(page.locator("#host")).to_have_attribute("data-sop", wanted)


def test_presets_and_dragging_change_the_window(open_page: Open) -> None:
    page = open_page()
    show(page)
    page.focus(".vw-stage")
    page.keyboard.press("3")
    expect(page.locator(".vw-how")).to_contain_text("WW 350  WL 50")
    index = index_on(page)
    assert abs(grey_on(page, 64, 48) - grey_at(index, 64, 48, 50, 350)) <= 2
    page.mouse.move(300, 200)
    page.mouse.down()
    page.mouse.move(360, 200, steps=4)
    page.mouse.up()
    expect(page.locator(".vw-how")).not_to_contain_text("WW 350 ")
    assert page.evaluate("it.viewer.viewState().voi.width") > 400
    page.keyboard.press("0")
    expect(page.locator(".vw-how")).to_contain_text("WW 400  WL 50")


def test_a_length_is_in_millimetres_and_says_what_it_rests_on(open_page: Open) -> None:
    page = open_page()
    show(page)
    page.keyboard.press("Tab")
    page.focus(".vw-stage")
    page.keyboard.press("l")
    start, end = canvas_place(page, 20, 40), canvas_place(page, 70, 40)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=5)
    page.mouse.up()
    length = page.text_content(".vw-mark-text") or ""
    assert abs(float(length.split()[0]) - 50 * SPACING) < 0.5
    assert length.split()[1] == "mm"
    page.keyboard.press("Delete")
    expect(page.locator(".vw-mark-text")).to_have_count(0)


def test_lengths_on_a_radiograph_name_the_detector_and_without_spacing_count_pixels(
    open_page: Open, site: Site
) -> None:
    radiograph, bare = sample("RG1_UNCR.dcm", 31), sample("RG1_UNCR.dcm", 32)
    radiograph.ImagerPixelSpacing = [0.2, 0.2]
    if "PixelSpacing" in radiograph:
        del radiograph.PixelSpacing
    for keyword in ("PixelSpacing", "ImagerPixelSpacing", "PatientOrientation"):
        if keyword in bare:
            delattr(bare, keyword)
    site.store(radiograph)
    site.store(bare)
    page = open_page()
    for study, unit, basis in ((31, "mm", "探测器平面, 未校正"), (32, "px", "像素, 无标定")):
        show(page, study)
        page.focus(".vw-stage")
        page.keyboard.press("l")
        page.mouse.move(300, 200)
        page.mouse.down()
        page.mouse.move(350, 250, steps=3)
        page.mouse.up()
        said = page.text_content(".vw-mark-text") or ""
        assert f" {unit} {basis}" in said
    expect(page.locator(".vw-unknown")).to_have_text("方位未知")
    expect(page.locator(".vw-scale")).to_have_count(0)


def test_another_patients_image_gets_a_red_bar(open_page: Open, site: Site) -> None:
    site.store(*ct_stack(41, patient="吴松年", number="0099", slices=1))
    page = open_page()
    page.evaluate("it.viewer.expect({name: '陈远山', identifiers: ['0026118842']})")
    show(page)
    expect(page.locator(".vw-bar")).to_be_hidden()
    show(page, 41)
    expect(page.locator(".vw-bar")).to_have_text("影像患者与本页患者不一致：姓名，编号")


def test_an_incomplete_study_and_a_prior_say_so(open_page: Open) -> None:
    page = open_page()
    show(page, prior=True, incomplete={"received": 118, "expected": 612})
    assert "既往 2026-03-01" in text_of(page, "what")
    assert "影像不全 118 / 612" in text_of(page, "how")
