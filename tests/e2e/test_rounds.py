"""A ward round from its series to the countersigned note, with the lead and the ward in two browsers."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Arrive, Person, Product, copy_of
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.pictures import keep_picture
from tests.e2e.rounding import leading, locked, planned
from tests.e2e.still import settled

SIGNED: Final = b"%PDF-1.7\n" + b"x" * 2000
GIVEN: Final = "呋塞米改为口服 40 mg，每日一次"


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Its own: what is planned and signed stays so."""
    with copy_of(seeded, tmp_path_factory.mktemp("rounds") / "data") as running:
        yield running


def confirm(page: Page, bed: str, emergency: str = "") -> None:
    """By the consent of this stay; in an emergency, of whom nobody has asked yet, with words."""
    page.get_by_role("button", name=f"确认 {bed} 床上名单").click()
    if emergency:
        page.get_by_role("dialog", name=f"{bed} 床").get_by_role("button", name="紧急确认…").click()
        dialog = page.get_by_role("dialog", name="紧急确认")
        dialog.get_by_label("紧急情况").fill(emergency)
        dialog.get_by_role("button", name="紧急确认").click()
    expect(page.get_by_role("button", name=f"确认 {bed} 床上名单")).to_have_count(0)


def looked_at(person: Person, shot: str) -> None:
    settled(person.page)
    person.shot(shot)
    assert findings(person.page) == []
    assert small_targets(person.page) == []
    assert squeezed(person.page) == []


@pytest.mark.usefixtures("calling")
def test_a_round_from_the_series_to_the_note(arrive: Arrive, product: Product) -> None:
    coordinator = arrive("coordinator", path="/rounds?show=series")
    path = planned(coordinator, product)
    coordinator.page.reload()
    expect(coordinator.page.get_by_text(re.compile("每周.*60 分钟"))).to_be_visible()
    looked_at(coordinator, "rounds_series")

    ward = arrive("wuxi.doctor", path=path)
    expect(ward.page.get_by_role("button", name="确认 07 床上名单")).to_be_visible()
    confirm(ward.page, "07")
    confirm(ward.page, "09", "感染性休克")
    looked_at(ward, "rounds_list")

    locked(coordinator, product, path)
    lead = arrive(leading(coordinator, path), path=path)
    expect(lead.page.get_by_text("王北辰")).to_be_visible()
    expect(lead.page.get_by_text("另有 4 位患者尚未确认，确认或病区提请后向您开放。")).to_be_visible()
    lead.page.get_by_role("link", name="进入查房").click()
    lead.page.wait_for_url(re.compile("/lead$"))
    ward.page.get_by_role("link", name="进入查房").click()
    ward.page.wait_for_url(re.compile("/follow$"))

    lead.page.get_by_role("button", name="开始查房").click()
    lead.page.get_by_role("button", name=re.compile("第一床 07 床")).click()
    for each in (lead, ward):
        expect(each.page.get_by_role("region", name="患者身份")).to_contain_text("王北辰")

    band = ward.page.get_by_label("扫腕带，或输入住院号后按回车")
    band.fill("W2600264")
    band.press("Enter")
    expect(ward.page.get_by_text("腕带不符：不是 07 床的患者")).to_be_visible()
    ward.page.get_by_role("button", name="已知晓，重新核对").click()
    band.fill("W2600237")
    band.press("Enter")
    expect(lead.page.get_by_text(re.compile("身份已核对 扫腕带"))).to_be_visible()
    looked_at(lead, "rounds_lead")

    pad = lead.page.get_by_role("textbox", name="写一条查房指示")
    pad.fill(GIVEN)
    lead.page.get_by_role("button", name=re.compile("下达")).click()
    expect(ward.page.get_by_text(GIVEN)).to_be_visible()
    ward.page.get_by_role("button", name="复述", exact=True).click()
    ward.page.get_by_label("用自己的话复述听到的指示").fill("速尿改口服，一天一次四十毫克")
    ward.page.get_by_role("button", name="确认复述").click()
    expect(lead.page.get_by_text(re.compile("已复述"))).to_be_visible()
    looked_at(ward, "rounds_follow")

    with ward.page.expect_popup() as popup:
        ward.page.get_by_role("button", name="转为会诊").click()
    request = popup.value
    expect(request.get_by_label("目前治疗")).to_have_value(f"1. {GIVEN}")
    expect(request.locator("main")).to_contain_text("王北辰")
    settled(request)
    keep_picture(request, "zh-CN/rounds_continued")
    request.close()

    lead.page.get_by_role("button", name=re.compile("下一床 09 床")).click()
    for each in (lead, ward):
        expect(each.page.get_by_role("region", name="患者身份")).to_contain_text("秦氐宿")
        expect(each.page.get_by_text(GIVEN)).to_have_count(0)
    lead.page.get_by_role("button", name="顺延…").click()
    dialog = lead.page.get_by_role("dialog", name="09 床顺延")
    dialog.get_by_text("外出检查或治疗").click()
    dialog.get_by_role("button", name="顺延", exact=True).click()
    expect(lead.page.get_by_text("现在没有正在查的床")).to_be_visible()  # with the bed its dialogs close
    lead.page.get_by_role("button", name="结束查房…").click()
    lead.page.get_by_role("dialog", name="结束查房").get_by_role("button", name="结束查房").click()
    expect(ward.page.get_by_text("查房已结束").first).to_be_visible()

    ward.page.goto("/rounds/notes")
    expect(ward.page.get_by_role("heading", name=re.compile("07 床 王北辰"))).to_be_visible()
    ward.page.get_by_label("分析").fill("容量负荷过重，利尿后好转。")
    ward.page.get_by_label("病情").fill("夜间能平卧，双下肢水肿减轻。")
    looked_at(ward, "rounds_note")
    ward.page.keyboard.press("Control+Enter")
    expect(ward.page.get_by_text("已提交，等主查审签。")).to_be_visible()

    lead.page.goto("/rounds/notes")
    lead.page.get_by_label("诊疗计划").fill("三天后复查血钾、肌酐。")
    expect(lead.page.get_by_text("您改动的地方")).to_be_visible()
    looked_at(lead, "rounds_countersign")
    lead.page.keyboard.press("Control+Enter")
    expect(lead.page.get_by_text("已审签。", exact=True)).to_be_visible()
    lead.page.goto(path)
    expect(lead.page.get_by_text("已审签").first).to_be_visible()

    ward.page.goto(planned(coordinator, product, timedelta(hours=30)))
    opening = ward.page.locator("[data-item]")
    expect(opening.first).to_contain_text("有未完成指示")
    expect(opening.filter(has_text="王北辰")).to_contain_text("有未完成指示")
    expect(opening.filter(has_text="秦氐宿")).to_contain_text("上次顺延")
    looked_at(ward, "rounds_next")

    ward.page.goto("/rounds/notes?show=signed")
    ward.page.get_by_role("button", name="登记医嘱，第 1 条").click()
    dialog = ward.page.get_by_role("dialog", name="登记医嘱")
    dialog.get_by_label("医嘱号").fill("Y2611-0417")
    dialog.get_by_role("button", name="登记", exact=True).click()
    expect(ward.page.get_by_text(re.compile("已落实"))).to_be_visible()
    looked_at(ward, "rounds_executed")


def test_a_consent_is_taken_at_the_list(arrive: Arrive, product: Product) -> None:
    path = planned(arrive("coordinator"), product, timedelta(hours=20))
    ward = arrive("wuxi.doctor", path=path)
    page = ward.page
    page.get_by_role("button", name="确认 09 床上名单").click()
    drawer = page.get_by_role("dialog", name=re.compile("09 床 .* · 知情同意"))
    looked_at(ward, "rounds_consent_none")
    drawer.get_by_role("button", name="新建知情同意").click()
    form = page.get_by_role("dialog", name="新建知情同意", exact=True)
    looked_at(ward, "rounds_consent_form")
    form.get_by_role("button", name="保存", exact=True).click()
    expect(drawer.get_by_text("待上传签字页")).to_be_visible()
    with page.expect_file_chooser() as chooser:
        drawer.get_by_role("button", name="上传签字页").click()
    chooser.value.set_files({"name": "签字页.pdf", "mimeType": "application/pdf", "buffer": SIGNED})
    expect(drawer.get_by_text("已生效")).to_be_visible()
    looked_at(ward, "rounds_consent")
    drawer.get_by_role("button", name="确认 09 床上名单").click()
    expect(page.get_by_text("已确认，主查现在可以查看该患者。")).to_be_visible()
    expect(page.get_by_role("button", name="确认 09 床上名单")).to_have_count(0)


def test_english_pages(arrive: Arrive) -> None:
    for who, path, shot in (
        ("coordinator", "/rounds", "rounds_english"),
        ("coordinator", "/rounds?show=series", "rounds_series_english"),
        ("wuxi.doctor", "/rounds/notes?show=signed", "rounds_notes_english"),
    ):
        person = arrive(who, path=path, language="en")
        expect(person.page.get_by_role("heading", name=re.compile("ounds|ound notes"), level=1)).to_be_visible()
        looked_at(person, shot)
