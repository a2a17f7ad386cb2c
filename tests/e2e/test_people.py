"""Administrators keep people and places on their pages: found, entered, corrected, looked at in both languages."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.conftest import Arrive, Person
from tests.e2e.every_way import every_way, looks_right
from tests.e2e.looks import findings
from tests.e2e.still import option, options, settled

PAGES = {"staff": "/admin/staff", "departments": "/admin/departments", "venues": "/admin/venues"}
PAGES |= {"agreements": "/admin/agreements"}
IMPORTS = {
    "staff": (),
    "departments": ("导入科室", "导入病区"),
    "venues": ("导入会诊室",),
    "agreements": ("导入合作协议",),
}


def test_an_administrator_enters_a_person_and_corrects_what_is_wrong(arrive: Arrive) -> None:
    admin = arrive("admin", path="/admin/staff")
    page = admin.page
    page.get_by_role("button", name="新增", exact=True).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("姓名").first.fill("欧阳立冬")
    drawer.get_by_role("button", name="保存").click()
    expect(drawer.get_by_text("必填").last).to_be_visible()
    drawer.get_by_label("工号").fill("R0401")
    options(page, drawer.get_by_role("combobox", name="职称")).filter(has_text="副主任医师").click()
    options(page, drawer.get_by_role("combobox", name="科室")).filter(has_text="心内科").click()
    drawer.get_by_role("combobox", name="任职").fill("会诊专家")
    option(page, "会诊专家").click()
    drawer.get_by_label("工号").click()
    drawer.get_by_label("手机").fill("1390000")
    drawer.get_by_role("button", name="保存").click()
    expect(drawer.get_by_text("电话号码不完整；手机号应为 11 位。")).to_be_visible()
    drawer.get_by_label("手机").fill("139 0000 0401")
    settled(page)
    admin.shot("staff_entering")
    drawer.get_by_role("button", name="保存").click()
    expect(drawer).to_have_count(0)
    page.get_by_role("textbox", name="姓名、拼音、工号").fill("oyld")
    row = page.get_by_role("listitem").filter(has_text="欧阳立冬")
    expect(row).to_contain_text("R0401")
    expect(row).to_contain_text("副主任医师")


def test_a_registration_is_renewed_in_the_drawer(arrive: Arrive) -> None:
    admin = arrive("admin", path="/admin/staff?q=易立秋")
    page = admin.page
    page.get_by_role("button", name="易立秋").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("region", name="多机构执业备案")).to_contain_text("无锡分院")
    settled(page)
    admin.shot("staff_drawer")
    drawer.get_by_role("button", name="续期…").first.click()
    drawer.get_by_label("截止日期").fill("2035-01-31")
    drawer.get_by_role("button", name="保存备案").click()
    expect(drawer.get_by_role("region", name="多机构执业备案")).to_contain_text("2035-01-31")


def test_a_registration_has_its_paper_and_a_person_their_signature(arrive: Arrive, tmp_path: Path) -> None:
    paper, name = tmp_path / "备案表.pdf", tmp_path / "签名.png"
    paper.write_bytes(b"%PDF-1.7\n" + b"x" * 4000)
    drawn = Image.new("RGB", (600, 200), "white")
    drawn.paste((0, 0, 0), (80, 90, 500, 110))
    drawn.save(name)
    admin = arrive("admin", path="/admin/staff?q=柳春分")
    page = admin.page
    page.get_by_role("button", name="柳春分").click()
    drawer = page.get_by_role("dialog")
    there = drawer.get_by_role("region", name="备案文件 无锡分院")
    there.locator("input[type=file]").set_input_files(paper)
    expect(there.get_by_role("link", name="备案文件 无锡分院")).to_be_visible()
    signed = drawer.get_by_role("region", name="签名图样").first
    signed.locator("input[type=file]").set_input_files(paper)
    expect(page.get_by_text("签名图样须为 PNG 或 JPEG 图片。")).to_be_visible()
    signed.locator("input[type=file]").set_input_files(name)
    picture = signed.get_by_role("img", name="签名图样")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 600)  # 0 until it is loaded
    settled(page)
    admin.shot("staff_files")
    assert findings(page) == []
    there.get_by_role("button", name="移除文件 无锡分院").click()
    expect(there.get_by_role("link")).to_have_count(0)
    signed.get_by_role("button", name="移除图样").click()
    expect(signed.get_by_text("还没有签名图样")).to_be_visible()


def test_a_drawer_says_when_a_person_is_on_duty_and_what_was_changed_of_them(arrive: Arrive) -> None:
    admin = arrive("admin", path="/admin/staff?q=易立秋")
    page = admin.page
    page.get_by_role("button", name="易立秋").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("region", name="值守")).to_contain_text("心内科")
    drawer.get_by_label("手机").fill("139 0000 0312")
    drawer.get_by_role("button", name="保存", exact=True).click()
    expect(drawer).to_have_count(0)
    page.get_by_role("button", name="易立秋").click()
    drawer.get_by_role("region", name="值守").scroll_into_view_if_needed()
    settled(page)
    admin.shot("staff_duty")
    drawer.get_by_role("button", name="变更记录").click()
    newest = drawer.get_by_role("list", name="变更记录").get_by_role("listitem").first
    expect(newest).to_contain_text("人员：修改")
    expect(newest).to_contain_text("139 0000 0312")
    settled(page)
    admin.shot("staff_history")
    assert findings(page) == []
    drawer.get_by_role("button", name="返回编辑").click()
    expect(drawer.get_by_label("手机")).to_have_value("139 0000 0312")


def test_a_branch_is_read_only_for_the_hub_and_the_hub_is_not_seen_by_a_branch(arrive: Arrive) -> None:
    admin = arrive("admin", path="/admin/staff?q=叶夏至")
    admin.page.get_by_role("button", name="叶夏至").click()
    drawer = admin.page.get_by_role("dialog")
    expect(drawer.get_by_text("仅供查看，只有无锡分院的管理员可以更改")).to_be_visible()
    expect(drawer.get_by_role("button", name="保存")).to_have_count(0)
    wuxi = arrive("wuxi.admin", path="/admin/staff?q=易立秋")
    expect(wuxi.page.get_by_text("没有找到人员")).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_people_and_places_lead_to_their_imports_and_fit_and_are_accessible(
    arrive: Arrive, name: str
) -> None:
    admin = arrive("admin", path=PAGES[name])
    expect(admin.page.get_by_role("listitem").first).to_be_visible()
    for each in IMPORTS[name]:
        expect(admin.page.get_by_role("link", name=each)).to_be_visible()
    every_way(admin, looks_right(name))


def test_the_drawer_of_a_person_fits_and_is_accessible(arrive: Arrive) -> None:
    def drawer(admin: Person, language: str, width: int) -> None:
        page = admin.page
        people = page.get_by_role("list", name="人员列表" if language == "zh-CN" else "List of people")
        people.get_by_role("button").first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        settled(page)
        admin.shot(f"staff_drawer_{width}", language)
        assert findings(page) == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)

    every_way(arrive("admin", path=PAGES["staff"]), drawer)


def test_who_leaves_is_disabled_once_what_waits_is_handed_over(arrive: Arrive) -> None:
    admin = arrive("wuxi.admin", path="/admin/staff?q=秦霜降")
    page = admin.page
    page.get_by_role("button", name="秦霜降").click()
    page.get_by_role("button", name="交接并停用…").click()
    asked = page.get_by_role("dialog", name="停用 秦霜降？")
    expect(asked.get_by_text("没有须交接的事项。")).to_be_visible()
    asked.get_by_role("button", name="停用", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="秦霜降")).to_contain_text("已停用")
    page.get_by_role("button", name="秦霜降").click()
    page.get_by_role("button", name="恢复使用").click()
    expect(page.get_by_role("listitem").filter(has_text="秦霜降")).not_to_contain_text("已停用")


def test_what_waits_for_an_expert_is_named_in_the_hand_over(arrive: Arrive) -> None:
    admin = arrive("admin", path="/admin/staff?q=柳春分")
    page = admin.page
    page.get_by_role("button", name="柳春分").click()
    page.get_by_role("button", name="交接并停用…").click()
    asked = page.get_by_role("dialog", name="停用 柳春分？")
    expect(asked.get_by_text("主会诊专家 · HZ-").first).to_be_visible()
    expect(asked.get_by_role("button", name="交接并停用")).to_be_disabled()
    settled(page)
    admin.shot("staff_hand_over")
    assert findings(page) == []
