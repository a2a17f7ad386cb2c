"""The consultation room in two browsers with made-up cameras: the door, the talk, the shared image, the way out."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.chatting import lines, open_chat, write
from tests.e2e.conftest import Arrive
from tests.e2e.in_room import NO_DEVICES, at_home, both_in, controls, decodes, english, go_in, other_tile, press, room
from tests.e2e.line import Line
from tests.e2e.shared_view import complete, over, same_image, stage

pytestmark = pytest.mark.usefixtures("calling")


def test_both_sides_join_from_home_and_see_each_other(arrive: Arrive) -> None:
    doctor = at_home(arrive, "jiashan.doctor")
    go_in(doctor)
    waiting = doctor.page.get_by_text("随后您自动进入")
    expect(waiting).to_be_visible()
    expect(room(doctor.page)).not_to_be_visible()
    expect(doctor.page.get_by_text("全部通过，可以加入")).to_be_visible()
    doctor.page.get_by_role("button", name="患者本人").click()
    doctor.page.get_by_role("textbox", name="姓名或称谓").fill("长女")
    doctor.page.get_by_role("button", name="添加").click()
    doctor.shot("waiting")
    english(doctor, lambda: doctor.shot("waiting", "en"))

    blind = arrive("expert2")
    blind.context.add_init_script(NO_DEVICES)
    blind.page.reload()
    blind.page.get_by_role("button", name="进入会诊").click()
    expect(blind.page.get_by_text("没有摄像头和麦克风。")).to_be_visible()
    expect(blind.page.get_by_text("请点地址栏左侧的图标").first).to_be_visible()
    expect(blind.page.get_by_text("请主会诊专家做一次设备检查。")).to_be_visible()
    expect(blind.page.get_by_text("有项目未通过，仍可加入")).to_be_visible()
    blind.shot("prejoin_refused")
    english(blind, lambda: blind.shot("prejoin_refused", "en"))

    lead = at_home(arrive, "expert2")
    lead.page.get_by_role("button", name="进入会诊").click()
    expect(lead.page.get_by_text("全部通过，可以加入")).to_be_visible()
    lead.shot("prejoin")
    english(lead, lambda: lead.shot("prejoin", "en"))
    lead.page.get_by_role("button", name="进入会诊").click()

    expect(room(lead.page)).to_be_visible()
    expect(room(doctor.page)).to_be_visible()
    for each in (lead, doctor):
        decodes(each, decodes(each))
        expect(each.page.get_by_text("会诊中", exact=False).first).to_be_visible()
        expect(each.page.locator("[data-state=painted]")).to_be_visible()
    expect(lead.page.get_by_text("患者本人 · 家属 长女")).to_be_visible()
    lead.shot("room")
    doctor.shot("room_branch")
    english(lead, lambda: lead.shot("room", "en"))
    english(doctor, lambda: doctor.shot("room_branch", "en"))


def test_mute_camera_and_chat_reach_the_other_side(arrive: Arrive) -> None:
    lead, doctor = both_in(arrive)
    decodes(lead)

    press(doctor, "静音")
    expect(other_tile(lead.page).get_by_text("静音")).to_be_visible()
    lead.page.keyboard.press("m")  # a key of the room
    expect(other_tile(doctor.page).get_by_text("静音")).to_be_visible()
    press(doctor, "取消静音")
    expect(other_tile(lead.page).get_by_text("静音")).not_to_be_visible()
    press(lead, "取消静音")

    press(doctor, "关闭摄像头")
    expect(other_tile(lead.page).get_by_text("摄像头已关闭")).to_be_visible()
    press(doctor, "打开摄像头")
    expect(other_tile(lead.page).get_by_text("摄像头已关闭")).not_to_be_visible()
    decodes(lead, decodes(lead))

    open_chat(lead)
    write(lead, "血压现在多少？")
    controls(doctor).get_by_role("button", name="聊天 1 条未读").click()
    expect(lines(doctor).get_by_text("血压现在多少？")).to_be_visible()
    write(doctor, "右上肢 132/78。")
    expect(lines(lead).get_by_text("右上肢 132/78。")).to_be_visible()
    expect(lines(doctor).locator("[data-state=kept]").last).to_contain_text("右上肢 132/78。")


def test_the_presenters_image_and_pointer_arrive_on_the_other_side(arrive: Arrive) -> None:
    lead, doctor = both_in(arrive)
    for each in (lead, doctor):
        complete(each.page)
    expect(doctor.page.get_by_text("演示：", exact=False)).to_be_visible()

    for each in (lead, doctor):  # the line on what is still missing is gone: both images are of one size
        expect(each.page.get_by_text(re.compile(r"^会诊中 \d"))).to_be_visible()
    pointer = doctor.page.locator(".vw-pointer")
    box = stage(doctor.page).bounding_box()
    assert box is not None
    for right in (0, 60):
        over(lead.page, right)
        expect(pointer).to_have_text("林谷雨")
        expect(pointer).to_have_attribute("data-x", f"{box['width'] / 2 + right:.2f}")
        expect(pointer).to_have_attribute("data-y", f"{box['height'] / 2:.2f}")
    for _ in range(3):
        before = stage(lead.page).get_attribute("data-sop") or ""
        lead.page.mouse.wheel(0, 100)
        expect(stage(lead.page)).not_to_have_attribute("data-sop", before)
        same_image(lead.page, doctor.page)

    doctor.page.get_by_role("button", name="申请演示").click()
    expect(lead.page.get_by_text("演示：", exact=False)).to_be_visible()
    expect(doctor.page.get_by_text("您正在演示")).to_be_visible()


def test_who_is_not_on_the_booking_knocks_and_the_third_has_no_media(arrive: Arrive) -> None:
    lead, doctor = both_in(arrive)
    here = lead.page.url
    third = arrive("coordinator")
    third.page.goto(here)
    third.page.get_by_role("button", name="请求加入").click()
    expect(third.page.get_by_text("请等候准许")).to_be_visible()
    patient = third.page.get_by_role("region", name="患者身份")
    expect(patient).not_to_be_visible()  # nothing of the patient at the door
    third.shot("knocking")

    knock = lead.page.get_by_role("region", name="请求加入")
    expect(knock).to_be_visible()
    lead.shot("room_knock")
    lead.page.get_by_title("放大影像").click()
    expect(knock).to_be_visible()  # with the pictures away as well
    lead.shot("room_knock_images")
    english(lead, lambda: lead.shot("room_knock_images", "en"))
    lead.page.get_by_title("还原").click()
    knock.get_by_role("button", name="请稍候").click()
    knock.get_by_role("textbox").fill("讨论完再请您进来")
    knock.get_by_role("textbox").press("Enter")
    expect(third.page.get_by_text("讨论完再请您进来")).to_be_visible()
    knock.get_by_role("button", name="准许加入").click()

    expect(room(third.page)).to_be_visible()
    expect(patient).to_be_visible()
    expect(third.page.get_by_text("音视频目前只在两方之间传送")).to_be_visible()
    expect(third.page.get_by_role("button", name="静音", exact=True)).not_to_be_visible()
    expect(third.page.locator("[data-state=painted]")).to_be_visible()
    third.shot("room_third")
    open_chat(third)
    write(third, "协调员在场。")
    open_chat(doctor)
    expect(lines(doctor).get_by_text("协调员在场。")).to_be_visible()

    refused = arrive("jiashan.coordinator")
    refused.page.goto(here)
    refused.page.get_by_role("button", name="请求加入").click()
    knock.get_by_role("button", name="拒绝").click()
    expect(refused.page.get_by_role("heading", name="未获准加入")).to_be_visible()
    press(third, "离开")
    expect(third.page.get_by_role("heading", name="您已离开会诊室")).to_be_visible()


def test_a_cut_line_to_signaling_loses_no_chat_and_no_picture(arrive: Arrive, product: Any) -> None:
    lead, doctor = at_home(arrive, "expert2"), at_home(arrive, "jiashan.doctor")
    line = Line(doctor)
    go_in(doctor)
    go_in(lead)
    decodes(doctor)
    open_chat(doctor)

    line.down()
    expect(doctor.page.get_by_text("与会诊室的连接中断")).to_be_visible()
    write(doctor, "断线时写下的一句。")
    expect(lines(doctor).locator("[data-state=pending]")).to_contain_text("断线时写下的一句。")
    decodes(doctor, decodes(doctor))  # media needs no signaling
    line.cut = False
    expect(doctor.page.get_by_text("与会诊室的连接中断")).not_to_be_visible()
    expect(lines(doctor).locator("[data-state=kept]").last).to_contain_text("断线时写下的一句。")
    open_chat(lead)
    expect(lines(lead).get_by_text("断线时写下的一句。")).to_have_count(1)


def test_ending_asks_one_thing_and_the_opinion_is_next(arrive: Arrive) -> None:
    lead, doctor = both_in(arrive)
    expect(lead.page.get_by_role("button", name="结束会诊")).to_be_visible()
    lead.page.emulate_media(reduced_motion="reduce")
    press(lead, "结束会诊")
    asked = lead.page.get_by_role("dialog", name="结束会诊")
    for choice in ("现在签署", "稍后出具", "转书面"):
        expect(asked.get_by_role("button", name=choice)).to_be_visible()
    lead.shot("room_end")
    id = lead.page.url.rsplit("/", 1)[1]
    asked.get_by_role("button", name="现在签署").click()
    lead.page.wait_for_url(f"**/consultations/{id}/opinion")
    expect(doctor.page.get_by_role("heading", name="会诊已结束")).to_be_visible()
    doctor.shot("room_ended")
    state: str = lead.context.request.get(f"/api/consultations/{id}").json()["state"]
    assert state == "answering"
