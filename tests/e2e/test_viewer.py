"""The viewer in a real browser, under the product's policy, on a real archive."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import SCREENS
from tests.e2e.viewer_site import Site, build_page, running_site
from tests.e2e.viewer_studies import SLICES, SPACING, ct_stack, grey_at, sample, sop_uid, study_uid


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    pages = build_page("viewer_page", tmp_path_factory.mktemp("pages"))
    with running_site(tmp_path_factory.mktemp("archive"), pages) as running:
        running.store(*ct_stack(1))
        yield running


expect.set_options(timeout=20_000)

Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, site: Site) -> Iterator[Open]:
    """A page of the given size; what the browser complains about fails the test."""
    opened: list[Page] = []
    complaints: list[str] = []

    def make(path: str = "index.html", width: int = 700, height: int = 516) -> Page:
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        page.goto(f"{site.url}/{path}")
        opened.append(page)
        return page

    yield make
    for page in opened:
        page.close()
    assert complaints == []


def show(page: Page, study: int = 1, *, expected: str = "painted", **more: Any) -> None:
    """Open the study's first series and wait for what becomes of it."""
    page.evaluate(
        """async ([uid, more]) => {
            const study = {hospital: 'wuxi', uid, dicomweb: '/dicomweb', hospitalName: '无锡分院', ...more}
            it.viewer.register([study])
            const [series] = await it.seriesOf(study)
            await it.viewer.show('wuxi', uid, series.uid)
        }""",
        [study_uid(study), more],
    )
    expect(page.locator("#host")).to_have_attribute("data-state", expected)


def sop_on(page: Page) -> str | None:
    return page.get_attribute("#host", "data-sop")


def index_on(page: Page) -> int:
    """Which of the synthetic slices is on the screen, from the feet."""
    return int((sop_on(page) or "").rsplit(".", 1)[1]) - 1


def scroll_to(page: Page, position: int) -> None:
    page.evaluate("n => it.viewer.scrollTo(n)", position)
    expect(page.locator("#host")).to_have_attribute("data-sop", sop_uid(SLICES - 1 - position))
    expect(page.locator("#host")).to_have_attribute("data-state", "painted")


def canvas_place(page: Page, column: float, row: float) -> tuple[float, float]:
    x, y = page.evaluate(
        """([column, row]) => {
            const shown = it.viewer.current()
            return it.viewer.placeOf({instance: shown.frame.instance.uid, frame: shown.frame.number, column, row})
        }""",
        [column, row],
    )
    return x, y


def grey_on(page: Page, column: int, row: int) -> int:
    x, y = canvas_place(page, column, row)
    return int(page.evaluate("([x, y]) => it.grey(x, y)", [x, y]))


def text_of(page: Page, corner: str) -> str:
    return page.inner_text(f".vw-{corner}")


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
    assert "0026118842" in page.inner_text(".vw-summary")
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
    show(page)
    before = sop_on(page)
    page.evaluate("it.viewer.scrollTo(0)")
    expect(page.locator("#host")).to_have_attribute("data-state", "loading")
    expect(page.locator(".vw-notice")).to_contain_text("载入中")
    assert page.evaluate("getComputedStyle(document.querySelector('canvas')).opacity") == "0.35"
    assert sop_on(page) == before
    assert f"层面 1 / {SLICES}" not in text_of(page, "how")
    assert page.evaluate("it.viewer.keyImage()") is None
    for route in held:
        route.continue_()
    expect(page.locator("#host")).to_have_attribute("data-sop", wanted)
    expect(page.locator(".vw-how")).to_contain_text(f"层面 1 / {SLICES}")


def test_a_frame_that_fails_says_so_and_can_be_asked_for_again(open_page: Open) -> None:
    page = open_page()
    wanted = sop_uid(SLICES - 1)
    page.route(f"**/{wanted}/frames/**", lambda route: route.fulfill(status=200, body="not a frame"))
    show(page)
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
    length = page.text_content(".vw-length-text") or ""
    assert abs(float(length.split()[0]) - 50 * SPACING) < 0.5
    assert length.split()[1] == "mm"
    page.keyboard.press("Delete")
    expect(page.locator(".vw-length-text")).to_have_count(0)


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
        said = page.text_content(".vw-length-text") or ""
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


SAMPLES = (
    "MR_small_RLE.dcm",
    "MR_small_jp2klossless.dcm",
    "MR_small_jpeg_ls_lossless.dcm",
    "693_J2KR.dcm",
    "JPEG-LL.dcm",
    "JPGExtended.dcm",
    "emri_small_jpeg_2k_lossless.dcm",
    "examples_ybr_color.dcm",
    "examples_palette.dcm",
    "examples_jpeg2k.dcm",
    "SC_rgb_rle_16bit.dcm",
    "SC_ybr_full_422_uncompressed.dcm",
    "MR_small_bigendian.dcm",
    "image_dfl.dcm",
)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_real_file_of_each_transfer_syntax_is_painted(open_page: Open, site: Site, name: str) -> None:
    study = 100 + SAMPLES.index(name)
    site.store(sample(name, study))
    page = open_page()
    show(page, study)
    assert sop_on(page) == sop_uid(0, study)
    assert page.evaluate("it.colours()") > 20


def test_a_multiframe_cine_scrolls_through_its_frames(open_page: Open, site: Site) -> None:
    site.store(sample("examples_ybr_color.dcm", 51))
    page = open_page()
    show(page, 51)
    page.focus(".vw-stage")
    page.keyboard.press("End")
    expect(page.locator("#host")).to_have_attribute("data-frame", "30")
    expect(page.locator("#host")).to_have_attribute("data-state", "painted")


def test_a_follower_with_another_window_size_sees_the_same_image_and_place(open_page: Open) -> None:
    presenter, follower = open_page(width=900, height=500), open_page(width=420, height=640)
    show(presenter)
    show(follower)
    presenter.focus(".vw-stage")
    presenter.keyboard.press("Home")
    presenter.keyboard.press("4")
    for _ in range(4):
        presenter.keyboard.press("+")
    presenter.keyboard.press("p")
    presenter.mouse.move(400, 250)
    presenter.mouse.down()
    presenter.mouse.move(460, 230, steps=3)
    presenter.mouse.up()
    expect(presenter.locator(".vw-how")).to_contain_text("WW 2000")
    state = presenter.evaluate("it.viewer.viewState()")
    assert follower.evaluate("state => it.viewer.follow(state)", state)
    expect(follower.locator("#host")).to_have_attribute("data-sop", state["instance"])
    expect(follower.locator("#host")).to_have_attribute("data-frame", str(state["frame"]))
    expect(follower.locator(".vw-how")).to_contain_text("WW 2000")
    assert follower.evaluate("it.views.length") == 1  # its own opening; following tells nobody
    camera = follower.evaluate("it.viewer.viewState().camera")
    for axis in ("column", "row"):
        assert abs(camera[axis] - state["camera"][axis]) < 0.01
    # All the presenter sees is in sight.
    for corner in ((1, 1), (899, 1), (1, 499), (899, 499)):
        place = presenter.evaluate("([x, y]) => it.viewer.pointerAt(x, y)", corner)
        if place:
            x, y = follower.evaluate("place => it.viewer.placeOf(place)", place)
            assert -2 <= x <= 422
            assert -2 <= y <= 642


def test_a_pointer_stands_within_three_pixels_of_its_place(open_page: Open) -> None:
    presenter, follower = open_page(width=900, height=500), open_page(width=420, height=640)
    show(presenter)
    show(follower)
    follower.evaluate("state => it.viewer.follow(state)", presenter.evaluate("it.viewer.viewState()"))
    x, y = canvas_place(presenter, 40, 30)
    presenter.mouse.move(x, y)
    presenter.wait_for_function("it.pointers.at(-1)?.column > 0")
    place = presenter.evaluate("it.pointers.at(-1)")
    assert place["patient"] is not None
    follower.evaluate("place => it.viewer.pointer({id: 'x', name: '许知遥', place})", place)
    drawn = follower.locator(".vw-pointer")
    expect(drawn).to_contain_text("许知遥")
    seen = float(drawn.get_attribute("data-x") or 0), float(drawn.get_attribute("data-y") or 0)
    right = canvas_place(follower, 40, 30)
    assert abs(seen[0] - right[0]) <= 3
    assert abs(seen[1] - right[1]) <= 3
    # The bright square of the image itself is under it.
    assert abs(int(follower.evaluate("([x, y]) => it.grey(x, y)", seen)) - grey_at(0, 40, 30)) <= 3
    # On another slice it points at nothing.
    follower.evaluate("it.viewer.scrollBy(3)")
    expect(drawn).to_have_count(0)


def test_views_go_out_at_most_twenty_times_a_second_and_end_with_the_last(open_page: Open) -> None:
    page = open_page(f"panel.html?me=expert&studies={study_uid()}&name=陈远山&number=0026118842")
    viewer = page.locator(".vw")
    expect(viewer).to_have_attribute("data-state", "painted")
    page.get_by_role("button", name="开始演示").click()
    page.wait_for_function("panel.views.length === 1")
    page.focus(".vw-stage")
    began = page.evaluate("performance.now()")
    page.keyboard.press("Home")
    for _ in range(15):
        page.keyboard.press("ArrowDown")
    expect(viewer).to_have_attribute("data-sop", sop_uid(SLICES - 16))
    page.wait_for_function("uid => panel.views.at(-1).instance === uid", arg=sop_uid(SLICES - 16))
    took = page.evaluate("performance.now()") - began
    assert page.evaluate("panel.views.length") <= 2 + took / 50
    sent = page.evaluate("panel.views.map(view => view.seq)")
    assert sent == sorted(sent)


def test_the_panel_follows_browses_freely_and_comes_back(open_page: Open) -> None:
    presenter, page = open_page(), open_page(f"panel.html?studies={study_uid()}", width=1000, height=640)
    show(presenter)
    viewer = page.locator(".vw")
    expect(viewer).to_have_attribute("data-state", "painted")
    page.evaluate("panel.present({id: 'expert', name: '顾明川', me: false})")
    expect(page.get_by_text("演示：顾明川")).to_be_visible()

    def send(position: int) -> str:
        scroll_to(presenter, position)
        state = presenter.evaluate("it.viewer.viewState()")
        page.evaluate("state => panel.remote.view(state)", state)
        return str(state["instance"])

    expect(viewer).to_have_attribute("data-sop", send(2))
    page.focus(".vw-stage")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="自由浏览")).to_be_checked()
    expect(viewer).to_have_attribute("data-sop", sop_uid(SLICES - 4))
    moved = send(20)
    expect(viewer).to_have_attribute("data-sop", sop_uid(SLICES - 4))
    page.get_by_text("跟随", exact=True).click()
    expect(viewer).to_have_attribute("data-sop", moved)
    assert page.evaluate("panel.views.length") == 0


def test_a_view_of_a_study_that_is_not_on_the_page_is_refused(open_page: Open) -> None:
    page = open_page(f"panel.html?studies={study_uid()}")
    expect(page.locator(".vw")).to_have_attribute("data-state", "painted")
    before = page.get_attribute(".vw", "data-sop")
    page.evaluate("panel.present({id: 'expert', name: '顾明川', me: false})")
    expect(page.get_by_text("演示：顾明川")).to_be_visible()
    page.evaluate("panel.remote.view({hospital: 'jiashan', study: '1.2.3', series: '1', instance: '1', frame: 1})")
    expect(page.get_by_text("演示者正在看的影像不在本页")).to_be_visible()
    assert page.get_attribute(".vw", "data-sop") == before


def test_a_key_image_is_a_jpeg_of_the_view_with_its_facts(open_page: Open) -> None:
    page = open_page(f"panel.html?studies={study_uid()}")
    expect(page.locator(".vw")).to_have_attribute("data-state", "painted")
    page.get_by_role("button", name="关键影像").click()
    expect(page.get_by_text("已加入关键影像")).to_be_visible()
    image = page.evaluate(
        """async () => {
            const [image] = panel.images
            const bitmap = await createImageBitmap(image.jpeg)
            return {...image, type: image.jpeg.type, width: bitmap.width, height: bitmap.height}
        }"""
    )
    assert image["sopUid"] == page.get_attribute(".vw", "data-sop")
    assert (image["type"], max(image["width"], image["height"])) == ("image/jpeg", 1600)
    assert (image["studyUid"], image["frame"], image["seriesNumber"]) == (study_uid(), 1, 3)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(("width", "height"), [(600, 560), (735, 660)])
def test_the_panel_fits_from_600_pixels_in_both_languages(
    open_page: Open, site: Site, width: int, height: int, language: str
) -> None:
    site.store(*ct_stack(61, slices=2))
    page = open_page(f"panel.html?lang={language}&studies={study_uid()},{study_uid(61)}", width, height)
    expect(page.locator(".vw")).to_have_attribute("data-state", "painted")
    page.evaluate("panel.present({id: 'e', name: '顾明川', me: false})")
    expect(page.get_by_role("listitem")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".vw-stage").evaluate("e => e.clientHeight") > height * 0.5
    shots = SCREENS / language
    shots.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=shots / f"viewer_{width}.png")
