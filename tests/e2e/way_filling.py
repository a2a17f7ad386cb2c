"""How administrators fill an empty site: on its pages, and by importing files there."""

import re
from csv import DictReader
from io import StringIO
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e.still import option, options
from tests.e2e.story_side import Side
from tests.e2e.way_files import Row, xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def steps_done(side: Side) -> dict[str, bool]:
    """上线准备 on the home page: each line, and whether it is green."""
    side.page.goto("/")
    panel = side.page.get_by_role("region", name="上线准备")
    expect(panel.get_by_role("listitem").first).to_be_visible()
    lines = panel.get_by_role("listitem").all()
    return {
        (each.get_by_role("link").or_(each.locator("b")).first.inner_text()): each.get_by_label("已完成").count() == 1
        for each in lines
    }


def import_on_page(side: Side, kind: str, name: str, rows: tuple[Row, ...]) -> None:
    """From the page of what it is about: chosen, checked without a fault, imported."""
    page = side.page
    page.goto(f"/admin/import/{kind}")
    file = FilePayload(name=name, mimeType=XLSX, buffer=xlsx(rows))
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name=f"导入无误的 {len(rows) - 1} 行").click()
    expect(page.get_by_role("status").filter(has_text=f"已导入 {len(rows) - 1} 行")).to_be_visible()


def add_department(side: Side, name: str, subject: str) -> None:
    page = side.page
    page.goto("/admin/departments")
    page.get_by_role("button", name="新增科室").click()
    drawer = page.get_by_role("dialog", name="新增科室")
    drawer.get_by_label("科室名称").fill(name)
    drawer.get_by_role("combobox", name="诊疗科目").fill(subject)
    option(page, subject).click()
    save(drawer)
    expect(page.get_by_role("listitem").filter(has_text=name)).to_be_visible()


def add_venue(side: Side, name: str) -> None:
    page = side.page
    page.goto("/admin/venues")
    page.get_by_role("button", name="新增会诊室").click()
    drawer = page.get_by_role("dialog", name="新增会诊室")
    drawer.get_by_label("名称").first.fill(name)
    save(drawer)
    expect(page.get_by_role("listitem").filter(has_text=name)).to_be_visible()


def add_agreement(side: Side, branch: str, number: str) -> None:
    page = side.page
    page.goto("/admin/agreements")
    page.get_by_role("button", name="新增协议").click()
    drawer = page.get_by_role("dialog", name="新增协议")
    pick(page, drawer.get_by_role("combobox", name="分院"), branch)
    drawer.get_by_label("协议编号").fill(number)
    drawer.get_by_label("起始日期").fill("2026-01-01")
    drawer.get_by_label("截止日期").fill("2036-12-31")
    save(drawer)
    expect(page.get_by_role("listitem").filter(has_text=number)).to_be_visible()


def add_first_administrator(side: Side, branch: str, name: str, username: str) -> None:
    """Of a branch where nobody is yet, by the link beside it."""
    page = side.page
    page.goto("/admin/agreements")
    page.get_by_role("listitem").filter(has_text=branch).get_by_role("link", name="录入首位管理员").click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text(f"{branch}还没有管理员：在这里录入首位管理员")
    drawer.get_by_label("姓名").first.fill(name)
    drawer.get_by_label("工号").fill("W0001")
    drawer.get_by_label("用户名").fill(username)
    save(drawer)


def hand_out(side: Side, folder: Path, *names: str) -> dict[str, str]:
    """One-time passwords for these people, by sign-in name, from the file that is saved once."""
    page = side.page
    page.goto("/admin/staff")
    for name in names:
        page.get_by_role("checkbox", name=f"选择{name}").check()
    page.get_by_role("button", name="发放一次性密码").click()
    page.get_by_role("dialog").get_by_role("button", name="发放一次性密码").click()
    slips = page.get_by_role("dialog", name="一次性密码")
    expect(slips.get_by_role("row")).to_have_count(len(names) + 1)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for name in names:  # each has a slip on the paper, and nothing of the page is on it
        expect(page.locator("body > div > section").filter(has_text=name)).to_be_visible()
    expect(slips).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    with page.expect_download() as file:
        slips.get_by_role("button", name="保存为文件").click()
    path = folder / "slips.csv"
    file.value.save_as(path)
    slips.get_by_role("button", name="已分发，关闭").click()
    found = DictReader(StringIO(path.read_text(encoding="utf-8-sig")))
    return {each["用户名"]: each["一次性密码"] for each in found}


def draw_roster(side: Side, subject: str) -> None:
    """Somebody for each shift that is left of this week, by the keyboard."""
    page = side.page
    page.goto("/admin/rosters")
    page.get_by_role("button", name="新建值班表").first.click()
    asked = page.get_by_role("dialog", name="新建值班表")
    asked.get_by_label("为谁排班").select_option(label=subject)
    asked.get_by_role("button", name="新建值班表").click()
    expect(page.get_by_text("还没有排过班")).to_be_visible()
    page.get_by_role("button", name="下一周").click()
    first = page.get_by_role("combobox", name="第 1 顺位").first
    expect(first).to_be_enabled()
    first.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="保存排班").click()
    expect(page.get_by_text("已保存。")).to_be_visible()


def connect_views(side: Side, address: str, account: str, secret: str, number: str) -> None:
    """Entered, and tried with a patient's number."""
    page = side.page
    page.goto("/admin/systems")
    page.get_by_role("button", name="连接").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称").fill("无锡 HIS")
    dialog.get_by_label("地址").fill(address)
    dialog.get_by_label("账号").fill(account)
    dialog.get_by_label("密码").fill(secret)
    dialog.get_by_role("button", name="保存").click()
    expect(dialog).to_have_count(0)
    page.get_by_label("住院号或门诊号").fill(number)
    page.get_by_role("button", name="试一试").click()
    expect(page.get_by_text("已连接，6 项全部可读")).to_be_visible()
    expect(page.get_by_text(re.compile("这个号码读到 [1-9][0-9]* 项内容"))).to_be_visible()


def register_modality(side: Side, title: str, name: str) -> None:
    page = side.page
    page.get_by_label("AE 标题").fill(title)
    page.get_by_label("说明").fill(name)
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("listitem").filter(has_text=title)).to_be_visible()


def pick(page: Page, combobox: Locator, text: str) -> None:
    options(page, combobox).filter(has_text=text).first.click()


def save(drawer: Locator) -> None:
    drawer.get_by_role("button", name="保存", exact=True).click()
    expect(drawer).to_have_count(0)
