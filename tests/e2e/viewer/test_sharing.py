"""Several people at one image: the same view in windows of different sizes, pointers, and the study panel."""

import pytest
from playwright.sync_api import expect

from tests.e2e.pictures import keep_picture
from tests.e2e.viewer.kit import Open, canvas_place, scroll_to, show
from tests.e2e.viewer.site import Site
from tests.e2e.viewer.studies import SLICES, ct_stack, grey_at, sop_uid, study_uid


def test_a_follower_with_another_window_size_sees_the_same_image_and_place(open_page: Open) -> None:
    presenter, follower = open_page(width=900, height=500), open_page(width=420, height=640)
    show(presenter)
    show(follower)
    presenter.focus(".vw-stage")
    presenter.keyboard.press("Home")
    expect(follower.locator("#host")).to_have_attribute("data-quality", "full")
    own = follower.evaluate("it.views.length")  # its own opening: a preview, and then the picture
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
    assert follower.evaluate("it.views.length") == own, "following tells nobody"
    camera = follower.evaluate("it.viewer.viewState().camera")
    for axis in ("column", "row"):
        assert abs(camera[axis] - state["camera"][axis]) < 0.01
    # All the presenter sees is in sight.
    for corner in ((1, 1), (899, 1), (1, 499), (899, 499)):
        place = presenter.evaluate("([x, y]) => it.viewer.screen.placeAt([x, y])", corner)
        if place:
            x, y = follower.evaluate("place => it.viewer.screen.pointOf(place)", place)
            assert -2 <= x <= 422
            assert -2 <= y <= 642


def test_a_pointer_stands_within_three_pixels_of_its_place(open_page: Open) -> None:
    presenter, follower = open_page(width=900, height=500), open_page(width=420, height=640)
    show(presenter)
    show(follower)
    follower.evaluate("state => it.viewer.follow(state)", presenter.evaluate("it.viewer.viewState()"))
    x, y = canvas_place(presenter, 40, 30)
    presenter.mouse.move(x, y)
    presenter.wait_for_function("() => it.pointers.at(-1)?.column > 0")
    place = presenter.evaluate("it.pointers.at(-1)")
    assert place["patient"] is not None
    follower.evaluate("it.viewer.screen.name(id => ({x: '许知遥'})[id])")
    follower.evaluate("place => it.viewer.screen.point({id: 'x', place})", place)
    drawn = follower.locator(".vw-pointer")
    expect(drawn).to_contain_text("许知遥")
    follower.evaluate("it.viewer.screen.name(id => ({x: 'Xu Zhiyao'})[id])")
    expect(drawn).to_contain_text("Xu Zhiyao")
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
    page.wait_for_function("() => panel.views.length >= 1")  # a preview may have come before the picture
    page.focus(".vw-stage")
    began = page.evaluate("performance.now()")
    page.keyboard.press("Home")
    for _ in range(15):
        page.keyboard.press("ArrowDown")
    expect(viewer).to_have_attribute("data-sop", sop_uid(SLICES - 16))
    page.wait_for_function("uid => panel.views.at(-1).instance === uid", arg=sop_uid(SLICES - 16))
    took = page.evaluate("performance.now()") - began
    assert page.evaluate("panel.views.length") <= 3 + took / 50
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
    keep_picture(page, f"{language}/viewer_{width}")
