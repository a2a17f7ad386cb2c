"""Steps 7 and 8: the opinion beside the video, the signature, the answers, the order, and who closes it."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD
from tests.e2e.story_side import Side

ANALYSIS = "病毒前驱感染后心肌损伤标志物升高，室壁运动普遍减弱，增强 CT 未见冠脉主干及主动脉病变，支持急性心肌炎。"
DIAGNOSIS = "急性病毒性心肌炎，心功能 Killip II 级"
ADVICE = "72 小时内持续心电监护，每 12 小时复查心肌损伤标志物"
MEDICINE = "加用美托洛尔缓释片 23.75 mg 每日一次"
WHY_NOT = "目前血压偏低，暂不加用，稳定后再议"
ORDER = "YZ-20260042"


def write_beside_the_video(ruijin: Side) -> None:
    """By the keyboard wherever text is wanted; the picture on the screen goes into the opinion with one key."""
    page = ruijin.page
    page.get_by_role("tab", name="意见").click()
    page.get_by_label("病情分析").fill(ANALYSIS)
    page.get_by_label("会诊诊断").fill(DIAGNOSIS)
    page.get_by_role("button", name="会诊意见：添加一条").click()
    page.get_by_label("第 1 条内容").fill(ADVICE)
    ruijin.choose("第 1 条时限", "今日内")
    page.get_by_role("button", name="用药建议：添加一条").click()
    page.get_by_label("第 2 条内容").fill(MEDICINE)
    ruijin.choose("第 2 条时限", "24 小时内")
    page.locator(".vw-stage").focus()
    page.keyboard.press("k")
    expect(page.get_by_text(re.compile("已加入关键影像"))).to_be_visible()
    ruijin.choose("图 1 侧别", "不分侧")
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    ruijin.picture("story_room_opinion")


def end_and_sign(ruijin: Side, wuxi: Side, id: str) -> None:
    """Ending asks one thing; from the finished text it is two presses to the signature."""
    page = ruijin.page
    page.get_by_role("toolbar", name="通话控制").get_by_role("button", name="结束会诊", exact=True).click()
    asked = page.get_by_role("dialog", name="结束会诊")
    expect(asked).to_be_visible()
    ruijin.picture("story_room_end")
    asked.get_by_role("button", name="现在签署").click()
    page.wait_for_url(f"**/consultations/{id}/opinion")
    expect(wuxi.page.get_by_role("heading", name="会诊已结束")).to_be_visible()
    wuxi.picture("story_room_left")
    expect(page.get_by_label("会诊诊断")).to_have_value(DIAGNOSIS)
    ruijin.picture("story_opinion")
    with ruijin.counted("clicks_expert_sign"):
        page.get_by_role("button", name="完成意见").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text(ruijin.papers.name)
        expect(dialog).to_contain_text(ruijin.papers.number)
        dialog.get_by_label("登录密码").fill(PASSWORD)
        ruijin.picture("story_sign")
        dialog.get_by_role("button", name="签署 v1").click()
        expect(page.get_by_role("link", name=re.compile("下载记录单"))).to_be_visible()
    ruijin.picture("story_opinion_signed")


def answer_the_advice(wuxi: Side, id: str) -> None:
    """The first is adopted, the second is not, with the reason."""
    page = wuxi.page
    page.goto("/")
    wuxi.picture("story_home_doctor_signed")
    page.get_by_role("button", name=re.compile(f"^反馈：反馈会诊意见.*{wuxi.papers.name}")).click()
    page.wait_for_url(f"**/consultations/{id}*")
    expect(page.get_by_text("会诊建议非医嘱", exact=False).first).to_be_visible()
    page.get_by_role("radiogroup", name="第 2 条反馈").get_by_text("不采纳").click()
    send = page.get_by_role("button", name="确认反馈")
    expect(send).to_be_disabled()
    page.get_by_label("第 2 条理由").fill(WHY_NOT)
    wuxi.picture("story_answer")
    send.click()
    expect(page.get_by_text("待开医嘱", exact=True)).to_be_visible()
    assert wuxi.get(f"/api/consultations/{id}")["state"] == "executing"


def record_the_order(wuxi: Side, id: str) -> None:
    """The adopted one is work of the branch's doctors; done, the consultation still waits for the requester."""
    page = wuxi.page
    page.goto("/")
    page.get_by_role("button", name=re.compile(f"^落实：落实建议.*{wuxi.papers.name}")).click()
    page.wait_for_url(f"**/consultations/{id}*")
    page.get_by_role("button", name="登记医嘱，第 1 条").click()
    order = page.get_by_role("dialog")
    order.get_by_label("医嘱号").fill(ORDER)
    wuxi.picture("story_order")
    order.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("已开医嘱", exact=True)).to_be_visible()
    expect(page.get_by_text(ORDER)).to_be_visible()
    assert wuxi.get(f"/api/consultations/{id}")["state"] == "executing", "one advice was not adopted: it must wait"


def close_it(wuxi: Side, id: str) -> None:
    page = wuxi.page
    wuxi.picture("story_case_executing")
    page.get_by_role("button", name="办结", exact=True).last.click()
    expect(page.get_by_role("button", name="办结", exact=True)).to_have_count(0)
    assert wuxi.get(f"/api/consultations/{id}")["state"] == "closed"
    page.evaluate("() => scrollTo(0, 0)")
    wuxi.picture("story_case_closed")
