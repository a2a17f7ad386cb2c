"""Importing: checked without writing, all or nothing or the faultless rows, by whoever may; twice changes nothing."""

import json
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from telemed.access.model import Account, AccountRole
from telemed.audit.model import AuditEvent
from telemed.imports import every, files, running
from telemed.imports.running import Order
from telemed.imports.sheet import read
from telemed.imports.table import table
from telemed.people.model import Agreement, Bed, CalendarDay, Department, Registration, Staff, Ward
from telemed.scheduling.model import Resource, ResourceKind
from telemed.work.outgoing import NoticeChoice
from tests.telemed.conftest import NOW, World, rows
from tests.telemed.imports.importing import Rows, person, run, states, wrong

HEAD = ["工号", "姓名", "科室", "职称", "任职", "手机"]
ANNA = ["W9001", "叶夏至", "cardiology", "主治医师", "申请、管床", "139 0000 0012"]
BERTA = ["W9002", "季小暑", "", "主任医师", "上级医师", ""]


async def test_people_are_checked_without_writing_and_then_imported(world: World) -> None:
    before = len(await rows(world.db, Staff))
    report = await run(world, "staff", [HEAD, ANNA, BERTA], check=True)
    assert (states(report), report.done, len(await rows(world.db, Staff))) == (["new", "new"], False, before)
    report = await run(world, "staff", [HEAD, ANNA, BERTA])
    assert (states(report), report.done) == (["new", "new"], True)
    anna = await person(world, "W9001")
    assert (anna.hospital_id, anna.name_en, anna.phone) == ("wuxi", "Ye Xiazhi", "139 0000 0012")
    assert anna.department_id == world.departments["wuxi", "cardiology"]
    (account,) = [each for each in await rows(world.db, Account) if each.id == anna.id]
    assert (account.username, account.password_hash) == ("wuxi.w9001", "")
    assert {each.role for each in await rows(world.db, AccountRole) if each.account_id == anna.id} == {
        "requesting_doctor",
        "bed_doctor",
    }
    audited = [each for each in await rows(world.db, AuditEvent) if each.action == "staff.created"]
    assert len(audited) == 2


async def test_the_same_file_again_changes_nothing(world: World) -> None:
    await run(world, "staff", [HEAD, ANNA, BERTA])
    audited = len(await rows(world.db, AuditEvent))
    assert states(await run(world, "staff", [HEAD, ANNA, BERTA])) == ["same", "same"]
    assert len(await rows(world.db, AuditEvent)) == audited


async def test_what_changed_is_said_and_what_is_missing_stays(world: World) -> None:
    await run(world, "staff", [HEAD, ANNA])
    changed: Rows = [["工号", "职称", "任职"], ["W9001", "副主任医师", "申请、陪同"]]
    report = await run(world, "staff", changed)
    assert states(report) == ["changed"]
    assert report.rows[0].before == {
        "title": ("主治医师", "Attending"),
        "roles": ("管床医师、申请医师", "Bed doctor, Requesting doctor"),
    }
    anna = await person(world, "W9001")
    assert (anna.title, anna.phone, anna.name) == ("associate_chief", "139 0000 0012", "叶夏至")


async def test_a_faulty_row_says_all_that_is_wrong_and_the_others_go_in(world: World) -> None:
    bad = ["W9003", "云夏耘", "cardiologie", "护师", "责任护士", "1390000"]
    report = await run(world, "staff", [HEAD, ANNA, bad])
    assert states(report) == ["new", "wrong"]
    assert wrong(report) == [
        (3, "department", "wuxi的科室「cardiologie」不存在，是否为「cardiology」？"),
        (3, "phone", "手机号应为 11 位，现为 7 位"),
    ]
    assert report.rows[1].row.wrong[0].better == "cardiology"


async def test_all_or_nothing_writes_nothing_if_one_row_is_wrong(world: World) -> None:
    before = len(await rows(world.db, Staff))
    report = await run(world, "staff", [HEAD, ANNA, ["W9004", "甲", "", "主治医师", "", ""]], partial=False)
    assert (report.done, len(await rows(world.db, Staff))) == (False, before)
    assert wrong(report) == [(3, "roles", "新增的这一行没有填写「任职」")]
    report = await run(world, "staff", [HEAD, ANNA, BERTA], partial=False)
    assert (report.done, len(await rows(world.db, Staff))) == (True, before + 2)


async def test_a_row_of_another_hospital_is_not_yours(world: World) -> None:
    mine = world.actor("wuxi_admin")
    given: Rows = [["机构", *HEAD], ["jiashan", *ANNA], ["wuxi", *BERTA], ["nowhere", "X", "乙", "", "", "", ""]]
    report = await run(world, "staff", given, by=mine)
    assert states(report) == ["wrong", "new", "wrong"]
    hub = await run(world, "staff", [["机构", *HEAD], ["wuxi", *ANNA]], by=world.actor("admin"), at="ruijin")
    assert wrong(hub)[0][2] in ("只有该机构自己的管理员可以更改", "没有这家机构，或它不归您管理")
    assert "W9001" not in {each.number for each in await rows(world.db, Staff)}


async def test_nobody_imports_their_own_roles_nor_the_last_administrator_away(world: World) -> None:
    me = await staff_row(world, "wuxi_admin")
    given: Rows = [["工号", "任职"], [me.number, "系统管理员、会诊专家"]]
    assert wrong(await run(world, "staff", given, by=world.actor("wuxi_admin"), check=True)) == [
        (2, "", "不能更改自己的任职")
    ]
    assert wrong(await run(world, "staff", [["工号", "任职"], [me.number, "责任护士"]])) == [
        (2, "", "这是该机构最后一位系统管理员，任职中须保留「系统管理员」")
    ]


async def staff_row(world: World, who: str) -> Staff:
    async with world.db.read() as db:
        return await db.get_one(Staff, world.ids[who])


async def test_registrations_come_with_people(world: World) -> None:
    head = [*HEAD, "备案机构", "备案号", "备案起始", "备案截止"]
    expert = ["R1", "柳春分", "", "主任医师", "专家", ""]
    until = date(2028, 12, 31)
    given: Rows = [
        head,
        [*expert, "wuxi、jiashan", "B-1", date(2026, 1, 1), until],
        ["R2", *expert[1:], "wuxi", "", "", until],
    ]
    report = await run(world, "staff", given, at="ruijin")
    assert states(report) == ["new", "wrong"]
    assert wrong(report) == [(3, "registered_at", "备案须同时填写备案起始")]
    id = (await person(world, "R1")).id
    mine = [each for each in await rows(world.db, Registration) if each.staff_id == id]
    assert sorted((each.hospital_id, each.number, each.valid_until) for each in mine) == [
        ("jiashan", "B-1", until),
        ("wuxi", "B-1", until),
    ]
    later: Rows = [head, [*expert, "wuxi、jiashan", "B-1", date(2026, 1, 1), date(2029, 12, 31)]]
    assert (await run(world, "staff", later, at="ruijin")).rows[0].before == {"registered_until": ("2028-12-31",) * 2}
    assert states(await run(world, "staff", later, at="ruijin")) == ["same"]


async def test_all_faulty_cells_of_a_row_are_told_at_once(world: World) -> None:
    head = [*HEAD, "执业证书编号", "备案机构", "备案起始", "备案截止"]
    await run(world, "staff", [head, [*ANNA, "1104", "", "", ""]])
    bad = ["W9003", "云夏耘", "放射科", "", "责任护士", "", "1104", "嘉兴", "2028-01-01", "2026-01-01"]
    report = await run(world, "staff", [head, bad], check=True)
    told = [
        "wuxi的科室「放射科」不存在，请先添加",
        "新增的这一行没有填写「职称」",
        "执业证书编号已属于 叶夏至",
        "机构「嘉兴」不存在，请先添加",
        "截止早于开始",
    ]
    assert [said for _, _, said in wrong(report)] == told
    columns = ["department", "title", "licence", "registered_at", "registered_until"]
    assert [column for _, column, _ in wrong(report)] == columns


async def test_nobody_is_told_what_another_hospital_has(world: World) -> None:
    given: Rows = [["机构", "病区代码", "病区", "科室", "床位"], ["jiashan", "A", "甲", "cardiologie", "09-01"]]
    report = await run(world, "wards", given, by=world.actor("wuxi_admin"), check=True)
    assert [said for _, _, said in wrong(report)] == ["没有这家机构，或它不归您管理", "「09-01」不是有效的床号范围"]
    given = [["机构", *HEAD], ["jiashan", "W1", "甲", "cardiologie", "", "", "1390000"]]
    report = await run(world, "staff", given, by=world.actor("wuxi_admin"), check=True)
    assert [said for _, _, said in wrong(report)] == ["没有这家机构，或它不归您管理", "手机号应为 11 位，现为 7 位"]


async def test_a_code_and_a_specialty_that_contradict_each_other_are_a_faulty_row(world: World) -> None:
    head = ["科室", "诊疗科目代码", "专业"]
    given: Rows = [head, ["神内科", "03.05", "心血管内科"], ["医务科", "03", "医务科"], ["呼吸科", "03.01", "呼吸内科"]]
    report = await run(world, "departments", given)
    assert states(report) == ["wrong", "wrong", "new"]
    assert wrong(report) == [
        (2, "specialty", "代码 03.05 是「血液内科」，专业却是「心血管内科」：请改为一致，或只填其中一项"),
        (3, "specialty", "代码 03 是「内科」，专业却是「医务科」：请改为一致，或只填其中一项"),
    ]
    assert "code 03.05 is Haematology, but the specialty Cardiology" in report.rows[0].row.wrong[0].english


async def test_places_agreements_and_holidays(world: World) -> None:
    made = await run(world, "departments", [["科室", "诊疗科目代码"], ["消化内科", 3.02], ["医务科", ""], ["x", "99"]])
    assert (states(made), wrong(made)[0][1:]) == (["new", "new", "wrong"], ("code", "诊疗科目名录中没有代码「99」"))
    assert {(each.name, each.specialty) for each in await rows(world.db, Department)} >= {
        ("消化内科", "gastroenterology"),
        ("医务科", "medical_office"),
    }
    await run(world, "wards", [["病区代码", "病区", "科室", "床位"], ["CCU", "监护室", "消化内科", "01-03"]])
    assert [each.code for each in await rows(world.db, Ward)] == ["CCU"]
    assert sorted(each.name for each in await rows(world.db, Bed)) == ["01", "02", "03"]
    assert states(await run(world, "venues", [["会诊室", "座位数"], ["三楼", "8"], ["四楼", "八"]])) == ["new", "wrong"]
    venues = [each for each in await rows(world.db, Resource) if each.kind == ResourceKind.venue]
    assert [(each.name, each.places) for each in venues] == [("三楼", 8)]
    head = ["分院", "协议编号", "服务", "开始日期", "截止日期"]
    new: Rows = [head, ["jiashan", "N-1", "会诊、阅片", "2026年1月1日", date(2028, 12, 31)]]
    assert states(await run(world, "agreements", new, at=None)) == ["new"]
    assert ["consultation", "reading"] in [each.services for each in await rows(world.db, Agreement)]
    days: Rows = [["日期", "安排", "名称"], [date(2031, 10, 1), "休", "国庆节"], ["2031-10-11", "补班", ""]]
    assert states(await run(world, "holidays", days, at=None)) == ["new", "new"]
    assert states(await run(world, "holidays", days, at=None)) == ["same", "same"]
    assert {each.date for each in await rows(world.db, CalendarDay)} >= {date(2031, 10, 1), date(2031, 10, 11)}


@pytest.mark.parametrize("write", [files.faulty_xlsx, files.faulty_csv])
async def test_the_faulty_rows_come_back_and_can_be_imported_when_mended(world: World, write: Any) -> None:
    kind = every.kind_named("staff")
    bad = "工号,姓名,职称,任职,手机\nW9005,=1+1,护师,责任护士,1390000\nW9006,云夏耘,护师,责任护士,139 0000 0026\n"
    order = Order(kind, None, "wuxi", NOW)
    report = await running.check(world.db, order, table(await read(bad.encode()), kind.columns, kind.identity))
    assert states(report) == ["wrong", "new"]
    found = await read(write(report, "zh"))
    lines = [[each.text for each in line.cells] for line in found.lines]
    assert lines[0] == ["工号", "姓名", "职称", "任职", "手机", "错误原因"]
    assert lines[1:] == [["W9005", "=1+1", "护师", "责任护士", "1390000", "第 2 行：手机号应为 11 位，现为 7 位"]]
    mended = table(found, kind.columns, kind.identity, {("phone", "1390000"): "139 0000 0025"})
    assert mended.unread == []
    assert states(await running.write(world.db, order, mended, partial=False)) == ["new"]


def test_no_cell_of_a_csv_file_is_taken_for_a_formula() -> None:
    assert [files._harmless(each) for each in ("=1+1", "+1", "-1", "@x", "1", "")] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@x",
        "1",
        "",
    ]


@pytest.mark.parametrize("kind", sorted(every.KINDS))
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_template_is_read_as_its_own_kind(kind: str, language: str) -> None:
    what = every.kind_named(kind)
    found = table(await read(files.template(what, language)), what.columns, what.identity)
    assert [each.key for each in found.columns] == [each.key for each in what.columns]
    assert (found.rows, found.unread, found.sheets) == ([], [], [])


def test_json_of_fixes_is_short_enough_for_an_address() -> None:
    from telemed.imports.schemas import LONGEST_FIXES, ImportQuery

    query = ImportQuery(fixes=json.dumps([["department", "心内二科", "内科"]]))
    assert query.by_cell() == {("department", "心内二科"): "内科"}
    for bad in ("{", "[1]", "x" * (LONGEST_FIXES + 1)):
        with pytest.raises(ValueError, match="fixes"):
            ImportQuery(fixes=bad)


async def test_email_is_kept(world: World) -> None:
    await run(world, "staff", [[*HEAD, "邮箱"], [*ANNA, "ye@wuxi.example"]])
    id = (await person(world, "W9001")).id
    async with world.db.read() as db:
        kept = (await db.exec(select(NoticeChoice.email).where(NoticeChoice.staff_id == id))).one()
    assert kept == "ye@wuxi.example"
