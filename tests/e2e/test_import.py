"""An administrator imports people: checks a workbook, takes what was meant, imports, and gets the faulty rows back."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.conftest import Arrive
from tests.e2e.looks import findings, small_targets
from tests.e2e.still import settled
from tests.telemed.imports.books import workbook

HEAD = ["工号", "姓名", "科室", "职称", "任职", "执业证书编号", "备案机构", "备案起始", "备案截止", "手机"]
LICENCE = "1104 2000 0000 021"
ROWS = [
    HEAD,
    ["J0021", "窦初伏", "内科", "住院医师", "进修医师", LICENCE, "", "", "", "139 0000 0021"],
    ["J0021", "喻三伏", "内科", "主治医师", "申请、管床医师", "", "", "", "", "139 0000 0022"],
    ["J0024", "窦春耕", "心内科二", "副主任医师", "申请医师、上级医师", "", "", "", "2026-13-31", "139 0000 0024"],
    ["J0023", "云夏耘", "内科二", "护师", "责任护士", "不适用", "", "", "", "139 0000 0023"],
    ["J0025", "苏麦秋", "内科", "护师", "责任护士", "", "", "", "", "1390000"],
]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def choose(page: Page, name: str, content: bytes, kind: str = XLSX) -> None:
    file = FilePayload(name=name, mimeType=kind, buffer=content)
    page.locator("input[type=file]").set_input_files(file)


def test_an_administrator_imports_people(arrive: Arrive) -> None:
    admin = arrive("jiashan.admin", path="/admin/import/staff")
    page = admin.page
    expect(page.get_by_role("heading", name="导入人员")).to_be_visible()
    with page.expect_download() as template:
        page.get_by_role("link", name="下载模板").click()
    assert template.value.suggested_filename == "staff.xlsx"
    settled(page)
    admin.shot("import_choose")
    assert not findings(page)
    choose(page, "人员.csv", b"\xd0\xcf\x11\xe0 old", "text/csv")
    expect(page.get_by_role("alert")).to_contain_text("旧格式（.xls）")
    choose(page, "嘉善人员.xlsx", workbook(ROWS))
    rows = page.get_by_role("table")
    expect(rows).to_contain_text("工号 J0021 已属于 窦初伏（第 2 行），不能重复")
    expect(rows).to_contain_text("「2026-13-31」不是有效日期")
    expect(rows).to_contain_text("手机号应为 11 位，现为 7 位")
    expect(page.get_by_text("4 行有错误")).to_be_visible()
    settled(page)
    admin.shot("import_check")
    assert not findings(page)
    assert not small_targets(page)
    page.get_by_role("row").filter(has_text="「内科二」不存在").get_by_role("button", name="改为内科").click()
    expect(page.get_by_text("3 行有错误")).to_be_visible()
    page.get_by_role("button", name="错误 3").click()
    expect(rows).not_to_contain_text("窦初伏住院医师")
    with page.expect_download() as faulty:
        page.get_by_role("button", name="下载错误行").click()
    assert faulty.value.suggested_filename == "错误行-嘉善人员.xlsx"
    page.get_by_role("button", name="导入无误的 2 行").click()
    expect(page.get_by_role("status").filter(has_text="已导入 2 行")).to_be_visible()
    settled(page)
    admin.shot("import_done")
    assert not findings(page)
    page.get_by_role("button", name="再导入一个文件").click()
    choose(page, "嘉善人员.xlsx", workbook(ROWS[:2]))
    expect(page.get_by_role("button", name="没有可导入的行")).to_be_disabled()
    page.set_viewport_size({"width": 360, "height": 740})
    settled(page)
    admin.shot("import_narrow")
    assert not findings(page)


def test_an_administrator_imports_shifts(arrive: Arrive) -> None:
    admin = arrive("jiashan.admin", path="/admin/rosters")
    page = admin.page
    settled(page)
    admin.shot("rosters_with_import")
    page.get_by_role("link", name="导入值班表").click()
    expect(page.get_by_role("heading", name="导入值班表")).to_be_visible()
    expect(page.get_by_text("新机构从左到右依次导入")).to_be_visible()
    day = (datetime.now(tz=UTC) + timedelta(days=40)).date().isoformat()
    head = ["值班表", "日期", "开始", "结束", "值班人"]
    given = [head, ["内科", day, "18:00", "08:00", "纪立冬"], ["内科", day, "8点", "18:00", "宋小雪"]]
    settled(page)
    admin.shot("import_roster")
    assert not findings(page)
    choose(page, "值班.xlsx", workbook(given))
    expect(page.get_by_role("table")).to_contain_text("宋小雪 没有可排入的任职")
    page.get_by_role("button", name="导入无误的 1 行").click()
    expect(page.get_by_role("status").filter(has_text="已导入 1 行")).to_be_visible()
    page.goto(f"{page.url.split('/admin')[0]}/admin/rosters?week={day}")
    expect(page.locator("option:checked").filter(has_text="纪立冬")).to_have_count(1)
