"""What somebody finds on arrival: a drawing that is whole, a field that can be typed into."""

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.e2e.conftest import Arrive, Product
from tests.e2e.pictures import keep_picture

WIDE: ViewportSize = {"width": 1920, "height": 1080}
USUAL: ViewportSize = {"width": 1366, "height": 768}
LOW: ViewportSize = {"width": 1366, "height": 600}


@pytest.mark.parametrize("size", [WIDE, USUAL, LOW], ids=["1920", "1366", "low"])
def test_the_drawing_of_the_sign_in_page_is_whole_below_its_words(
    chromium: Browser, product: Product, size: ViewportSize
) -> None:
    with chromium.new_context(base_url=product.origin, viewport=size, locale="zh-CN") as context:
        page = context.new_page()
        page.goto("/")
        scene = page.get_by_role("region", name="远程会诊协同")
        expect(scene).to_be_visible()
        keep_picture(page, f"sign_in_{size['width']}x{size['height']}")
        whole, words = scene.bounding_box(), scene.get_by_text("远程会诊 ·").bounding_box()
        assert whole is not None
        assert words is not None
        for mark in scene.locator("svg circle, svg text, svg path[stroke-dasharray]").all():
            box = mark.bounding_box()
            assert box is not None
            assert box["y"] >= words["y"] + words["height"]
            assert box["x"] >= whole["x"]
            assert box["x"] + box["width"] <= whole["x"] + whole["width"]
            assert box["y"] + box["height"] <= whole["y"] + whole["height"]


def test_the_number_of_a_patient_can_be_typed_on_arrival(arrive: Arrive) -> None:
    page = arrive("wuxi.doctor").page
    page.get_by_role("button", name="申请会诊").click()
    number = page.get_by_role("textbox", name="住院号 / 门诊号")
    expect(number).to_be_focused()
    page.keyboard.type("W2600264")
    expect(number).to_have_value("W2600264")


def test_a_page_whose_style_is_lost_on_the_way_says_so_and_loads_again(arrive: Arrive) -> None:
    me = arrive("radiologist")
    reading = me.context.request.get("/api/readings?show=to_read").json()["items"][0]
    me.context.route("**/StudyPanel*.css", lambda route: route.abort("connectionreset"))
    me.page.goto(f"/reading/{reading['id']}")
    reload = me.page.get_by_role("alert").get_by_role("button", name="重新载入")
    expect(reload).to_be_visible()
    me.shot("page_broken")
    me.context.unroute("**/StudyPanel*.css")
    reload.click()
    expect(me.page.get_by_role("region", name="患者身份").or_(me.page.get_by_role("main")).first).to_be_visible()
    expect(reload).to_have_count(0)
