"""What two rows of a file say alike, or two cells of a row, is told once and with the line of the other."""

from telemed.access.model import Account
from telemed.imports import every, files
from telemed.imports.running import Checked, Report, RowState
from telemed.imports.sheet import Cell, Line, Sheet
from telemed.imports.table import table
from telemed.people.model import Department, Hospital
from tests.telemed.conftest import World, rows
from tests.telemed.imports.importing import Rows, person, run, wrong


async def test_a_number_twice_is_found_however_the_hospital_is_written(world: World) -> None:
    """Also in another batch of rows: the hospital is named by its code, its name, or not at all."""
    head = ["机构", "工号", "姓名", "职称", "任职", "用户名"]
    more = ["护师", "责任护士"]
    given: Rows = [
        head,
        ["wuxi", "W9100", "甲", *more, ""],
        ["Wuxi Hospital", "W9100", "乙", *more, ""],
        ["", "Ｗ９１００", "丙", *more, ""],
        ["jiashan", "W9100", "丁", *more, ""],
        ["wuxi", "w9100", "戊", *more, ""],
        ["wuxi", "实习 01", "己", *more, ""],
        ["wuxi", "实习02", "庚", *more, "Wuxi.SX02"],
    ]
    async with world.db.write() as db:
        (await db.get_one(Hospital, "wuxi")).name_en = "Wuxi Hospital"
    report = await run(world, "staff", given, by=world.actor("wuxi_admin"))
    twice = "工号 W9100 已属于 甲（第 2 行），不能重复"
    assert wrong(report) == [
        (3, "number", twice),
        (4, "number", twice),
        (5, "", "没有这家机构，或它不归您管理"),
        (6, "username", "用户名「wuxi.w9100」与第 2 行（甲）相同，请在「用户名」列另填一个"),
        (
            7,
            "username",
            "由工号生成的用户名「wuxi.实习01」含有不能用的字符，请在「用户名」列填写一个（小写字母、数字、. _ @ -）",
        ),
    ]
    assert (await person(world, "W9100")).name == "甲"
    assert "wuxi.sx02" in {each.username for each in await rows(world.db, Account)}


async def test_a_department_twice_is_found_however_the_hospital_is_written(world: World) -> None:
    given: Rows = [["机构", "名称", "英文名"], ["wuxi", "信息中心", "IT"], ["", "信息中心", "Computers"]]
    report = await run(world, "departments", given)
    assert [(line, column) for line, column, _ in wrong(report)] == [(3, "name")]
    (made,) = [each for each in await rows(world.db, Department) if each.name == "信息中心"]
    assert made.name_en == "IT"


async def test_what_another_row_of_the_file_has_taken_is_said_with_its_line(world: World) -> None:
    head = ["工号", "姓名", "职称", "任职", "用户名", "执业证书编号"]
    more = ["主任医师", "会诊专家"]
    await run(world, "staff", [head, ["W9300", "甲", *more, "somebody", "110320000000300"]])
    given: Rows = [
        head,
        ["W9301", "乙", *more, "one.name", "110320000000301"],
        ["W9302", "丙", *more, "One.Name", "110320000000301"],
        ["W9303", "丁", *more, "somebody", "110320000000300"],
    ]
    report = await run(world, "staff", given, check=True)
    assert wrong(report) == [
        (3, "username", "用户名「one.name」与第 2 行（乙）相同，请在「用户名」列另填一个"),
        (3, "licence", "执业证书编号与第 2 行（乙）相同，一人只有一个账号"),
        (4, "username", "用户名「somebody」已有人使用，请在「用户名」列另填一个"),
        (4, "licence", "执业证书编号已属于 甲"),
    ]


def test_a_cell_that_is_merged_over_columns_is_said_once() -> None:
    columns = list(every.kind_named("staff").columns)[1:4]
    cells = [Cell("W9005", "merged"), Cell("W9005", "merged"), Cell("云夏耘")]
    sheet = Sheet("", [Line(1, [Cell(each.chinese) for each in columns]), Line(2, cells)], [])
    found = table(sheet, columns, ("number",))
    report = Report(found, [Checked(found.rows[0], RowState.wrong)], False)
    assert files.faulty_csv(report, "zh").decode().count("与旁边的列合并了") == 1
