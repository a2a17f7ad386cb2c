"""A series in three planes: opened from its images, by keys, in both languages; never with a slice missing."""

import re
from typing import Any

from playwright.sync_api import Page, Response, Route, expect

from tests.e2e.conftest import Arrive, Person
from tests.e2e.still import settled

COLOURS = """(plane) => {
    const canvas = document.querySelector(`[data-plane=${plane}] canvas`)
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    return new Set(new Uint32Array(data.buffer)).size
}"""
SMALL = """(plane) => {
    const canvas = document.querySelector(`[data-plane=${plane}] canvas`)
    const small = Object.assign(document.createElement('canvas'), {width: 16, height: 16})
    const context = small.getContext('2d')
    context.imageSmoothingQuality = 'high'
    context.drawImage(canvas, 0, 0, 16, 16)
    return [...context.getImageData(0, 0, 16, 16).data].filter((_, at) => at % 4 === 0)
}"""
KEEP_CONTEXTS = """(() => {
    window.contexts = []
    for (const {prototype} of [HTMLCanvasElement, OffscreenCanvas]) {
        const get = prototype.getContext
        prototype.getContext = function (kind, ...more) {
            const context = get.call(this, kind, ...more)
            if (context && kind.startsWith('webgl')) window.contexts.push(context)
            return context
        }
    }
})()"""
LOSE = """() => {
    const living = window.contexts.map((each) => each.getExtension('WEBGL_lose_context')).filter(Boolean)
    for (const each of living) each.loseContext()
    return living.length
}"""
LARGE = 1_000_000
"""Bytes of a script; only Cornerstone3D is as large."""


def case_with_a_ct(person: Person) -> dict[str, Any]:
    rows = person.context.request.get("/api/consultations?limit=100").json()["items"]
    cases = (person.context.request.get(f"/api/consultations/{each['id']}").json() for each in rows)
    return next(each for each in cases if any(s["link"] == "confirmed" and s["received"] > 50 for s in each["studies"]))


def large_scripts(page: Page) -> list[str]:
    found: list[str] = []

    def loaded(response: Response) -> None:
        if response.url.endswith(".js") and len(response.body()) > LARGE:
            found.append(response.url)

    page.on("response", loaded)
    return found


def plane(page: Page, name: str) -> Any:
    return page.locator(f"[data-plane={name}]")


def test_a_ct_is_seen_in_three_planes_which_the_images_page_did_not_load(arrive: Arrive) -> None:
    for language, link in (("zh-CN", "多平面重建"), ("en", "MPR")):
        me = arrive("expert", language=language)
        case = case_with_a_ct(me)
        large = large_scripts(me.page)
        me.page.goto(f"/consultations/{case['id']}/images")
        expect(me.page.locator(".vw")).to_have_attribute("data-state", "painted")
        open_planes = me.page.get_by_role("link", name=link)
        expect(open_planes).to_be_visible()
        assert large == []
        open_planes.click()
        expect(me.page.locator("[data-painter=gpu]")).to_be_visible(timeout=120_000)
        for name in ("axial", "coronal", "sagittal"):
            expect(plane(me.page, name)).to_contain_text(case["patient"]["name"])
            me.page.wait_for_function(f"() => ({COLOURS})('{name}') > 20")
        assert [plane(me.page, "coronal").locator(f"[data-edge={side}]").inner_text() for side in ("left", "top")] == [
            "R",
            "H",
        ]
        me.shot("mpr", language)
        for key in ("ArrowDown", "n", "]", "]", "2"):
            me.page.keyboard.press(key)
        for _ in range(18):
            me.page.keyboard.press("]")
        expect(plane(me.page, "coronal")).to_have_attribute("data-active", "true")
        expect(plane(me.page, "coronal")).to_contain_text(re.compile("MIP 20 mm"))
        expect(plane(me.page, "axial")).to_contain_text("WW 1500 WL -600")
        me.shot("mpr_slab", language)
        me.page.keyboard.press("?")
        expect(me.page.get_by_role("dialog")).to_contain_text("MinIP")
        me.shot("mpr_keys", language)
        me.page.keyboard.press("Escape")
        assert me.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_reading_is_seen_in_three_planes_also_when_the_graphics_processor_gives_up(arrive: Arrive) -> None:
    me = arrive("radiologist")
    me.context.add_init_script(KEEP_CONTEXTS)
    rows = me.context.request.get("/api/readings?show=to_read").json()["items"]
    reading = next(each for each in rows if each["modality"] == "CT" and "主动脉" in each["examination"])
    me.page.goto(f"/reading/{reading['id']}")
    with me.page.expect_popup() as beside:  # what is written on the reading's page stays
        me.page.get_by_role("link", name="多平面重建").click()
    page = beside.value
    expect(page.locator("[data-painter=gpu]")).to_be_visible(timeout=120_000)
    assert f"/reading/{reading['id']}/mpr" in page.url
    for name in ("axial", "coronal", "sagittal"):
        page.wait_for_function(f"() => ({COLOURS})('{name}') > 20")
    page.keyboard.press("ArrowDown")
    slice_ = plane(page, "axial").get_attribute("data-slice")
    settled(page)
    before = {name: page.evaluate(SMALL, name) for name in ("axial", "coronal", "sagittal")}

    assert page.evaluate(LOSE) > 0
    expect(page.locator("[data-painter=cpu]")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="显卡中断了绘制，已改由处理器绘制")).to_be_visible()
    for name, was in before.items():
        page.wait_for_function(f"() => ({COLOURS})('{name}') > 20")
        off = [abs(now - then) for now, then in zip(page.evaluate(SMALL, name), was, strict=True)]
        assert sum(off) / len(off) < 4, name
    assert plane(page, "axial").get_attribute("data-slice") == slice_
    me.shot("mpr_lost")
    page.keyboard.press("ArrowDown")
    expect(plane(page, "axial")).not_to_have_attribute("data-slice", slice_ or "")
    page.keyboard.press("Backspace")
    page.wait_for_url(f"**/reading/{reading['id']}")


def test_a_volume_with_a_slice_missing_is_not_shown(arrive: Arrive) -> None:
    me = arrive("expert")
    case = case_with_a_ct(me)
    me.page.goto(f"/consultations/{case['id']}/images")
    address = me.page.get_by_role("link", name="多平面重建").get_attribute("href")
    refused: set[str] = set()

    def one_is_gone(route: Route) -> None:
        """The seventh slice that is asked for, and whenever it is asked for."""
        asked.append(route.request.url)
        if route.request.url in refused or len(asked) == 7:
            refused.add(route.request.url)
            route.fulfill(status=404)
        else:
            route.continue_()

    asked: list[str] = []
    me.page.route("**/frames/1?*", one_is_gone)
    me.page.goto(address or "")
    expect(me.page.get_by_role("alert").filter(has_text=re.compile("第 \\d+ 层没有读到"))).to_be_visible()
    assert len(refused) == 1
    expect(plane(me.page, "axial")).to_have_count(0)
    me.page.unroute_all()
    me.page.get_by_role("button", name="重新读取").click()
    expect(plane(me.page, "axial")).to_be_visible(timeout=120_000)


def test_who_may_not_see_the_images_sees_no_planes(arrive: Arrive) -> None:
    me = arrive("expert")
    case = case_with_a_ct(me)
    me.page.goto(f"/consultations/{case['id']}/mpr?study=1.2.3&series=1.2.4")
    expect(me.page.get_by_text("这个序列不在本页可看的检查中")).to_be_visible()
