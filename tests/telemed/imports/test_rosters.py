"""Shifts from a workbook: entered, changed and left alone, and every reason why one is not."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from telemed.access.model import Account
from telemed.audit.model import AuditEvent
from telemed.history.model import EventRow
from telemed.imports.columns import Fault
from telemed.imports.rosters import clock
from telemed.rosters import duty
from telemed.rosters.model import Roster, RosterKind, Shift
from tests.telemed.conftest import NOW, World, rows
from tests.telemed.imports.importing import Rows, run, states, wrong

HEAD = ["类别", "值班表", "日期", "开始", "结束", "工号", "顺位", "备注"]
DAY = ["专科", "cardiology", "2026-03-03", "08:00", "18:00", "expert", "1", ""]
NIGHT = ["专科", "cardiology", "2026-03-03", "18:00", "08:00", "expert2", "1", "夜班请看 3 床"]


def at(day: int, hour: int) -> datetime:
    """By Shanghai's clock, in March 2026."""
    return datetime(2026, 3, day, tzinfo=UTC) + timedelta(hours=hour - 8)


async def shifts(world: World) -> list[tuple[str, datetime, datetime, int, str]]:
    names: dict[UUID, str] = {id: who for who, id in world.ids.items()}
    found = [
        (names[each.staff_id], each.starts, each.ends, each.place, each.note) for each in await rows(world.db, Shift)
    ]
    return sorted(found, key=lambda each: (each[1], each[3], each[0]))


async def test_a_roster_is_made_and_a_shift_goes_over_midnight(world: World) -> None:
    assert states(await run(world, "roster", [HEAD, DAY, NIGHT], at="ruijin", check=True)) == ["new", "new"]
    assert await shifts(world) == []
    assert await rows(world.db, Roster) == []
    report = await run(world, "roster", [HEAD, DAY, NIGHT], at="ruijin", partial=False)
    assert (states(report), report.done) == (["new", "new"], True)
    assert await shifts(world) == [
        ("expert", at(3, 8), at(3, 18), 1, ""),
        ("expert2", at(3, 18), at(4, 8), 1, "夜班请看 3 床"),
    ]
    (roster,) = await rows(world.db, Roster)
    assert (roster.hospital_id, roster.kind, roster.subject) == ("ruijin", RosterKind.specialty, "cardiology")
    assert [each.action for each in await rows(world.db, AuditEvent)] == ["roster.made", "roster.shifts"]
    assert [each.type for each in await rows(world.db, EventRow)] == ["roster.changed"] * 2
    async with world.db.read() as db:
        groups = await duty.on_duty(db, "ruijin", "cardiology", None, at(3, 20))
    assert groups == [[world.ids["expert2"]]]


async def test_the_same_file_again_changes_nothing(world: World) -> None:
    await run(world, "roster", [HEAD, DAY, NIGHT], at="ruijin")
    audited, version = len(await rows(world.db, AuditEvent)), (await rows(world.db, Roster))[0].version
    assert states(await run(world, "roster", [HEAD, DAY, NIGHT], at="ruijin")) == ["same", "same"]
    assert (len(await rows(world.db, AuditEvent)), (await rows(world.db, Roster))[0].version) == (audited, version)


async def test_another_person_takes_the_place_and_other_shifts_stay(world: World) -> None:
    await run(world, "roster", [HEAD, DAY, NIGHT], at="ruijin")
    swapped: Rows = [HEAD, [*DAY[:5], "expert2", "1", ""]]
    report = await run(world, "roster", swapped, at="ruijin")
    assert (states(report), report.rows[0].before) == (["changed"], {"people": ("expert expert", "expert expert")})
    assert [each[0] for each in await shifts(world)] == ["expert2", "expert2"]
    both: Rows = [HEAD, [*DAY[:5], "expert、expert2", "1", ""]]
    assert states(await run(world, "roster", both, at="ruijin")) == ["changed"]
    assert [each[0] for each in await shifts(world)] == ["expert", "expert2", "expert2"]
    nobody: Rows = [HEAD, [*DAY[:5], "-", "1", ""]]
    assert states(await run(world, "roster", nobody, at="ruijin")) == ["changed"]
    assert [each[0] for each in await shifts(world)] == ["expert2"]


async def test_two_may_change_places_in_one_file(world: World) -> None:
    second = [*DAY[:5], "expert2", "2", ""]
    await run(world, "roster", [HEAD, DAY, second], at="ruijin")
    crossed: Rows = [HEAD, [*DAY[:5], "expert2", "1", ""], [*DAY[:5], "expert", "2", ""]]
    assert states(await run(world, "roster", crossed, at="ruijin")) == ["changed", "changed"]
    assert [(who, place) for who, _, _, place, _ in await shifts(world)] == [("expert2", 1), ("expert", 2)]


async def test_columns_that_are_missing_change_nothing(world: World) -> None:
    await run(world, "roster", [HEAD, NIGHT], at="ruijin")
    later: Rows = [["值班表", "日期", "开始", "结束"], ["cardiology", "2026-03-03", "18:00", "07:30"]]
    assert states(await run(world, "roster", later, at="ruijin")) == ["changed"]
    assert await shifts(world) == [("expert2", at(3, 18), at(4, 7) + timedelta(minutes=30), 1, "夜班请看 3 床")]


async def test_digits_dates_and_names_are_read_as_people_write_them(world: World) -> None:
    given: Rows = [
        ["值班岗位", "值班日期", "开始时间", "结束时间", "值班人"],
        ["总值班", "２０２６年３月３日", "８：００", "18点", "duty"],
        ["总值班", "2026/3/4", "0800", "24:00", "duty"],
    ]
    assert states(await run(world, "roster", given, at="wuxi")) == ["new", "new"]
    assert await shifts(world) == [("duty", at(3, 8), at(3, 18), 1, ""), ("duty", at(4, 8), at(5, 0), 1, "")]


async def test_each_faulty_row_has_a_sentence(world: World) -> None:
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["expert2"])).disabled_at = NOW

    def row(**other: str) -> list[str]:
        names = ("kind", "roster", "date", "starts", "ends", "people", "place", "note")
        return [other.get(name, usual) for name, usual in zip(names, DAY, strict=True)]

    given: Rows = [
        HEAD,
        row(people="nobody"),
        row(people="expert2", date="2026-03-04"),
        row(people="coordinator", date="2026-03-05"),
        row(people="neurologist", date="2026-03-06"),
        row(people="doctor", date="2026-03-07"),
        row(date="2026-03-01"),
        row(date="2026-03-08"),
        row(date="2026-03-08", starts="17:00"),
        row(date="31.02.2026", starts="25:00"),
        row(date="2026-03-10", roster="cardiologie"),
        row(date="2026-03-11", people=""),
        row(date="2026-03-12", place="0"),
        row(date="2026-03-08"),
    ]
    report = await run(world, "roster", given, at="ruijin")
    assert wrong(report) == [
        (2, "people", "ruijin的工号或姓名「nobody」不存在，请先添加"),
        (3, "people", "expert2 的账号已停用，不能排班"),
        (4, "people", "coordinator 没有可排入的任职（会诊专家）"),
        (5, "people", "neurologist 不在这个科室或专科"),
        (6, "people", "ruijin的工号或姓名「doctor」不存在，请先添加"),
        (7, "date", "已经结束的班次不能再改"),
        (9, "people", "expert 的这一班与自己的另一班重叠"),
        (10, "date", "「31.02.2026」不是有效日期，请写成 2026-12-31"),
        (10, "starts", "「25:00」不是时间，请写成 08:00"),
        (11, "roster", "值班表「cardiologie」不存在，是否为「Cardiology」？"),
        (12, "people", "没有填写「值班人」"),
        (13, "place", "「0」应为 1 到 9 的整数"),
        (14, "starts", "开始 08:00 已出现（第 8 行），不能重复"),
    ]
    assert await shifts(world) == [("expert", at(8, 8), at(8, 18), 1, "")]


async def test_a_shift_beside_what_is_there_must_not_overlap_it(world: World) -> None:
    await run(world, "roster", [HEAD, DAY], at="ruijin")
    report = await run(world, "roster", [HEAD, [*DAY[:3], "12:00", "20:00", "expert", "2", ""]], at="ruijin")
    assert wrong(report) == [(2, "people", "expert 的这一班与自己的另一班重叠")]


async def test_a_name_of_a_specialty_and_of_a_department_is_asked_about_until_one_is_kept(world: World) -> None:
    unsaid: Rows = [HEAD[1:], DAY[1:]]
    assert wrong(await run(world, "roster", unsaid, at="ruijin"))[0][1:] == (
        "kind",
        "「cardiology」既是专科又是科室，请在「类别」列写明",
    )
    await run(world, "roster", [HEAD, DAY], at="ruijin")
    assert states(await run(world, "roster", unsaid, at="ruijin")) == ["same"]


async def test_only_the_hospitals_own_administrator_enters_its_shifts(world: World) -> None:
    given: Rows = [["机构", *HEAD], ["ruijin", *DAY], ["wuxi", "角色", "总值班", *DAY[2:5], "duty", "1", ""]]
    report = await run(world, "roster", given, by=world.actor("wuxi_admin"))
    assert states(report) == ["wrong", "new"]
    assert [who for who, *_ in await shifts(world)] == ["duty"]


@pytest.mark.parametrize(
    ("cell", "read"),
    [("8:00", "08:00"), ("08：30", "08:30"), ("0800", "08:00"), ("8点", "08:00"), ("8点30分", "08:30"),
     ("24:00", "24:00"), ("18:00:00", "18:00")],
)  # fmt: skip
def test_times_of_day(cell: str, read: str) -> None:
    assert clock(cell) == read


@pytest.mark.parametrize("cell", ["25:00", "8:60", "08:00-18:00", "白班", "24:30", "8"])
def test_what_is_no_time_of_day(cell: str) -> None:
    with pytest.raises(Fault):
        clock(cell)
