"""The page of the room itself: its shape while it loads, its words in either language, and a phone in the hand."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Arrive, Person, Product, copy_of
from tests.e2e.in_room import at_home, both_in, controls, decodes, english, go_in, other_tile, press, room
from tests.e2e.looks import findings
from tests.e2e.pictures import keep_picture
from tests.e2e.shared_view import complete, over, same_image, stage

pytestmark = pytest.mark.usefixtures("calling")

FINGER = 44  # CSS pixels


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Of its own: elsewhere this consultation has been held already."""
    with copy_of(seeded, tmp_path_factory.mktemp("page") / "data") as running:
        yield running


def test_a_doctor_holds_the_consultation_on_a_phone(arrive: Arrive) -> None:
    doctor = at_home(arrive, "jiashan.doctor", width=360, height=740, phone=True)
    page = doctor.page
    go_in(doctor)
    expect(page.get_by_text("随后您自动进入")).to_be_visible()
    expect(page.get_by_text("全部通过，可以加入")).to_be_visible()
    fits(doctor, "phone_waiting")

    lead = at_home(arrive, "expert2")
    go_in(lead)
    expect(room(page)).to_be_visible()
    decodes(doctor, decodes(doctor))
    decodes(lead)
    expect(page.locator("[data-state=painted]")).to_be_visible()
    fits(doctor, "phone_room")
    for button in controls(doctor).get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= FINGER
        assert box["y"] + box["height"] <= 740

    page.get_by_role("button", name=re.compile("^通知")).click()
    told = page.get_by_role("dialog", name="通知")
    expect(told).to_contain_text("链接会在新标签页打开")
    doctor.shot("phone_room_told")
    assert findings(page) == []
    page.keyboard.press("Escape")
    expect(told).to_have_count(0)

    press(doctor, "静音")
    expect(other_tile(lead.page).get_by_text("静音")).to_be_visible()
    press(doctor, "取消静音")
    press(doctor, "关闭摄像头")
    expect(other_tile(lead.page).get_by_text("摄像头已关闭")).to_be_visible()
    press(doctor, "打开摄像头")
    decodes(lead, decodes(lead))

    expect(page.get_by_text("演示：林谷雨")).to_be_visible()  # the lead expert, by themselves
    page.get_by_role("tab", name="资料").click()
    expect(page.get_by_role("tabpanel", name="资料")).to_be_visible()
    expect(page.locator("[data-state=painted]")).to_be_hidden()
    fits(doctor, "phone_room_packet")
    controls(lead).get_by_role("button", name="聊天").click()
    lead.page.get_by_role("textbox", name="写给会诊室里的所有人").fill("请看右上叶。")
    lead.page.keyboard.press("Enter")
    page.get_by_role("tab", name=re.compile(r"^聊天\s*1")).click()
    expect(page.get_by_role("log").get_by_text("请看右上叶。")).to_be_visible()
    page.get_by_role("textbox", name="写给会诊室里的所有人").fill("看到了。")
    page.get_by_role("button", name="发送").click()
    expect(lead.page.get_by_role("log").get_by_text("看到了。")).to_be_visible()
    fits(doctor, "phone_room_chat")

    page.get_by_role("tab", name="影像").click()
    expect(page.locator("[data-state=painted]")).to_be_visible()  # it was there all the time
    page.get_by_role("button", name="收起画面").click()
    expect(page.get_by_role("figure").first).to_be_hidden()
    expect(page.get_by_role("region", name="患者身份")).to_be_visible()
    tall = stage(page).bounding_box()
    assert tall is not None
    assert tall["height"] > 360
    fits(doctor, "phone_room_study")


def test_while_the_room_loads_its_shape_is_there_with_the_patient(arrive: Arrive) -> None:
    lead, _ = both_in(arrive)
    page = lead.page
    holds = re.compile(r"/assets/(StudyPanel|OpinionEditor)-.*\.js$|/api/rooms/.*/ticket$")
    page.route(holds, lambda _: None)
    page.reload()
    study = page.locator("[data-skeleton=study]")
    expect(study).to_be_visible()
    expect(page.locator("[data-skeleton=writing]")).to_be_visible()
    expect(page.get_by_text("正在进入会诊室")).to_be_visible()
    expect(page.get_by_role("region", name="患者身份")).to_contain_text("沈心宿")
    shaped = study.bounding_box()
    lead.shot("room_loading")
    page.unroute(holds)  # lets go of what it held
    expect(page.locator("[data-state=painted]")).to_be_visible()
    expect(page.locator("[data-skeleton]")).to_have_count(0)
    assert page.get_by_role("region", name="影像", exact=True).bounding_box() == shaped  # nothing jumped


def test_the_image_and_its_words_follow_the_language_on_the_spot(arrive: Arrive) -> None:
    lead, doctor = both_in(arrive)
    for each in (lead, doctor):
        complete(each.page)
    expect(lead.page.get_by_text("您正在演示")).to_be_visible()
    box = stage(lead.page).bounding_box()
    assert box is not None
    lead.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    pointer = doctor.page.locator(".vw-pointer")
    expect(pointer).to_have_text("林谷雨")
    lead.page.get_by_role("application").press("k")
    kept = lead.page.get_by_role("status").filter(has_text=re.compile("关键影像|key images"))
    expect(kept).to_contain_text("已加入关键影像：Se")

    def there() -> None:
        expect(pointer).to_have_text("Lin Guyu")
        expect(doctor.page.get_by_text("Pointer: Lin Guyu")).to_be_visible()
        expect(doctor.page.locator(".vw-who")).to_contain_text("Jiashan Branch")

    def here() -> None:
        expect(kept).to_contain_text("Added to the key images: Se")
        tools = lead.page.get_by_role("toolbar", name="Image tools")
        for shown in (tools, controls(lead, "Call controls")):
            assert shown.evaluate("bar => bar.scrollWidth <= bar.clientWidth && bar.clientHeight < 64")
        lead.page.get_by_role("button", name="Shortcuts").click()
        keys = lead.page.get_by_role("dialog", name="Shortcuts")
        expect(keys.get_by_text("Mirror left and right")).to_be_visible()
        expect(keys.get_by_text("Mute, unmute")).to_be_visible()
        lead.page.keyboard.press("Escape")
        expect(keys).to_be_hidden()

    english(doctor, there)
    lead.page.emulate_media(reduced_motion="reduce")
    english(lead, here)
    expect(doctor.page.get_by_text("演示：林谷雨")).to_be_visible()  # the switch did not end anything


def test_the_others_are_heard_on_the_loudspeaker_one_chooses(arrive: Arrive) -> None:
    lead, _ = both_in(arrive)
    page = lead.page
    press(lead, "设备")
    devices = page.get_by_role("dialog", name="设备")
    devices.get_by_role("combobox", name="扬声器").click()
    devices.get_by_title("Fake Audio Output 2").click()
    sink = "name => [...document.querySelectorAll('video')].find(one => one.ariaLabel === name).sinkId"
    chosen = """async () => (await navigator.mediaDevices.enumerateDevices())
      .find(({label}) => label === 'Fake Audio Output 2').deviceId"""
    # The browser switches in its own time, and says so by the element.
    page.wait_for_function(f"([name, id]) => ({sink})(name) === id", arg=["纪立冬的画面", page.evaluate(chosen)])
    assert page.evaluate(sink, "我的画面") == ""  # one does not hear oneself
    devices.get_by_role("button", name="播放试音").click()
    expect(devices.get_by_role("button", name="正在播放")).to_be_disabled()
    expect(devices.get_by_role("button", name="播放试音")).to_be_enabled()
    expect(devices.get_by_role("alert")).to_have_count(0)
    lead.shot("room_devices")


def test_the_lead_expert_writes_on_a_phone(arrive: Arrive) -> None:
    lead = at_home(arrive, "expert2", width=360, height=740, phone=True)
    go_in(lead)
    page = lead.page
    expect(room(page)).to_be_visible()
    fits(lead, "phone_room_alone")
    page.get_by_role("tab", name="意见").click()
    page.get_by_role("textbox", name="病情分析").fill("右上叶磨玻璃结节，边界清楚。")
    expect(page.get_by_text("已保存")).to_be_visible()
    fits(lead, "phone_room_opinion")


def test_the_images_in_their_own_window_stay_in_step(arrive: Arrive) -> None:
    lead, doctor = both_in(arrive)
    with lead.page.expect_popup() as opened:
        lead.page.get_by_role("button", name="独立窗口").click()
    own = opened.value
    own.set_viewport_size({"width": 1000, "height": 760})
    for page in (own, lead.page, doctor.page):
        complete(page)
    expect(own.get_by_role("region", name="患者身份")).to_contain_text("沈心宿")
    expect(own.get_by_text("与会诊室同步")).to_be_visible()

    # The doctor shows: both windows of the lead expert follow, in the same place.
    doctor.page.get_by_role("button", name="申请演示").click()
    expect(own.get_by_text("演示：纪立冬")).to_be_visible()
    over(doctor.page)
    expect(own.locator(".vw-pointer")).to_contain_text("纪立冬")
    doctor.page.mouse.wheel(0, 100)
    same_image(doctor.page, lead.page, own)
    expect(own.locator(".vw-pointer")).to_contain_text("纪立冬")  # at rest over another image now
    keep_picture(own, "zh-CN/own_window")

    # The lead expert shows from the own window: the doctor follows, and so does the lead's page.
    own.get_by_role("button", name="申请演示").click()
    expect(doctor.page.get_by_text("演示：林谷雨")).to_be_visible()
    expect(lead.page.get_by_text("您正在演示")).to_be_visible()
    over(own)
    expect(doctor.page.locator(".vw-pointer")).to_contain_text("林谷雨")
    for _ in range(3):
        own.mouse.wheel(0, -100)
    same_image(own, doctor.page, lead.page)
    own.keyboard.press("2")  # the lung window
    expect(doctor.page.locator(".vw-how")).to_contain_text("WW 1500")
    expect(lead.page.locator(".vw-how")).to_contain_text("WW 1500")
    over(lead.page)
    lead.page.mouse.wheel(0, 100)
    same_image(lead.page, doctor.page, own)
    own.get_by_role("application").press("k")
    expect(own.get_by_role("status").filter(has_text="已加入关键影像")).to_be_visible()
    expect(lead.page.get_by_role("textbox", name="图 1 说明")).to_be_visible()

    english(lead, lambda: expect(own.get_by_text("In step with the room")).to_be_visible())
    lead.page.reload()  # the window outlives it
    complete(lead.page)
    expect(own.get_by_text("与会诊室同步")).to_be_visible()
    with own.expect_event("close"):
        press(lead, "离开")
        lead.page.get_by_role("dialog").get_by_role("button", name="离开").click()
        # Of the two this says which has failed: leaving, or closing the window.
        expect(lead.page.get_by_role("heading", name="您已离开会诊室")).to_be_visible()


def fits(person: Person, name: str) -> None:
    """Nothing serious for axe, nothing wider than the screen, in both languages; kept as pictures."""
    page = person.page
    page.mouse.move(0, 0)

    def look(language: str) -> None:
        page.evaluate("() => document.fonts.ready.then(() => true)")
        page.evaluate("() => document.activeElement?.blur?.()")
        person.shot(name, language)
        assert findings(page) == []
        assert sideways(page.locator("main")) == []

    look("zh-CN")
    english(person, lambda: look("en"))


def sideways(within: Locator) -> list[str]:
    """What reaches over the right edge of the screen."""
    found: list[str] = within.evaluate(
        """main => [...main.querySelectorAll('button, p, b, span, h2, input, video')]
          .filter(one => one.checkVisibility() && !one.closest('.unseen, [aria-hidden=true], svg'))
          .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
          .map(one => one.outerHTML.slice(0, 120))"""
    )
    return found
