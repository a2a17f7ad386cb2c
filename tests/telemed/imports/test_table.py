"""What rows of a sheet say: headings in either language, cells as people type them, and what is wrong with them."""

import asyncio
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemed.errors import Invalid
from telemed.imports import columns
from telemed.imports.columns import Column, Fault
from telemed.imports.places import beds, subject_code
from telemed.imports.sheet import Cell, Line, Sheet, read
from telemed.imports.staff import COLUMNS, STAFF
from telemed.imports.table import Row, Table, table
from tests.telemed.imports.books import workbook


def sheet(*rows: list[str], name: str = "人员") -> Sheet:
    return Sheet(name, [Line(n, [Cell(each) for each in row]) for n, row in enumerate(rows, start=1)], [])


def staff(*rows: list[str], **more: Any) -> Table:
    return table(sheet(*rows), STAFF.columns, STAFF.identity, **more)


def one(heading: str, cell: str) -> Row:
    return staff(["工号", "姓名", heading], ["J0008", "纪立冬", cell]).rows[0]


def wrong(row: Row) -> list[tuple[str, str]]:
    return [(each.column, each.chinese) for each in row.wrong]


@pytest.mark.parametrize(
    "heads",
    [
        ["工号", "姓名", "职称"],
        ["Staff number", "NAME", "title"],
        [" 工 号*", "姓　名", "职称（必填）"],
        ["number", "name", "Title"],
    ],
)
def test_headings_are_known_in_both_languages(heads: list[str]) -> None:
    (row,) = staff(heads, ["J0008", "纪立冬", "主治医师"]).rows
    assert row.values == {"number": "J0008", "name": "纪立冬", "title": "attending"}


def test_a_title_above_and_the_headings_again_below_are_no_people() -> None:
    found = staff(["嘉善分院人员表"], ["2026 年 11 月"], ["工号", "姓名"], ["J1", "甲"], ["工号", "姓名"], ["J2", "乙"])
    assert [(each.line, each.values["name"]) for each in found.rows] == [(4, "甲"), (6, "乙")]


def test_columns_that_mean_nothing_here_are_named() -> None:
    found = staff(["工号", "姓名", "工资", "错误原因"], ["J1", "甲", "1", "x"])
    assert found.unread == ["工资"]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([["甲", "乙"], ["丙", "丁"]], "no_headings"),
        ([["姓名", "职称"], ["甲", "主治医师"]], "columns_missing"),
        ([["工号", "姓名", "工号"], ["J1", "甲", "J2"]], "column_twice"),
    ],
)
def test_a_sheet_that_is_another_one_is_refused_with_what_to_do(rows: list[list[str]], why: str) -> None:
    with pytest.raises(Invalid) as caught:
        staff(*rows)
    assert caught.value.extra["why"] == why
    assert "。" in str(caught.value.extra["sentence"])


def test_the_second_of_two_with_one_number_says_where_the_first_is() -> None:
    found = staff(["工号", "姓名"], ["J0008", "纪立冬"], ["Ｊ０００８", "喻三伏"], ["", "无名"])
    assert wrong(found.rows[0]) == []
    assert wrong(found.rows[1]) == [("number", "工号 J0008 已属于 纪立冬（第 2 行），不能重复")]
    assert wrong(found.rows[2]) == [("number", "没有填写工号")]


def test_one_number_at_two_hospitals_is_two_people() -> None:
    found = staff(["机构", "工号", "姓名"], ["wuxi", "1", "甲"], ["jiashan", "1", "乙"])
    assert [each.wrong for each in found.rows] == [[], []]


def test_an_empty_cell_says_nothing_and_a_dash_empties() -> None:
    found = staff(["工号", "姓名", "邮箱", "科室", "职称"], ["J1", "", "-", "不适用", "-"])
    assert found.rows[0].values == {"number": "J1", "email": "", "department": None}
    assert wrong(found.rows[0]) == [("title", "「职称」不能清空")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("2026/1/2", date(2026, 1, 2)),
        ("2026年1月2日", date(2026, 1, 2)),
        ("２０２６．１．２", date(2026, 1, 2)),
        ("20260102", date(2026, 1, 2)),
        ("2026-01-02 00:00:00", date(2026, 1, 2)),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, day: date) -> None:
    assert one("备案截止", text).values["registered_until"] == day


@pytest.mark.parametrize("text", ["2026-13-31", "2026-02-30", "46022", "31.12.2026", "明年", "0001-01-01", "9" * 60])
def test_what_is_no_date_is_said(text: str) -> None:
    assert wrong(one("备案截止", text)) == [("registered_until", f"「{text[:20]}」不是有效日期，请写成 2026-12-31")]


def test_roles_are_read_with_any_mark_between_them_and_by_their_short_names() -> None:
    assert one("任职", "申请 · 陪同、管床医师，申请医师").values["roles"] == [
        "requesting_doctor",
        "accompanying_physician",
        "bed_doctor",
    ]
    assert one("任职", "Requesting doctor; expert").values["roles"] == ["requesting_doctor", "expert"]


def test_a_word_that_is_not_known_comes_with_the_one_that_was_meant() -> None:
    (fault,) = one("职称", "主治医帅").wrong
    assert (fault.column, fault.better) == ("title", "主治医师")
    assert "是否为「主治医师」" in fault.chinese
    assert "主治医师" in fault.english


def test_what_was_chosen_replaces_what_cells_say() -> None:
    found = staff(["工号", "姓名", "职称"], ["1", "甲", "主冶医师"], fixes={("title", "主冶医师"): "主治医师"})
    assert (found.rows[0].values["title"], found.rows[0].wrong) == ("attending", [])


def test_full_width_digits_and_control_characters() -> None:
    assert one("执业证书编号", "１１０４　２０００").values["licence"] == "11042000"
    assert wrong(one("专长", "心\x0b内"))[0][1].startswith("含有不可见的控制字符")


@pytest.mark.parametrize(
    ("text", "code"), [("03.04", "03.04"), ("3.04", "03.04"), ("3", "03"), ("０４．０１．０１", "04.01.01")]
)
def test_codes_of_the_catalogue_survive_excel(text: str, code: str) -> None:
    assert subject_code(text) == code


@pytest.mark.parametrize("text", ["3.1", "内科", "03.", "1.2.3"])
def test_a_code_that_excel_may_have_shortened_is_asked_again(text: str) -> None:
    with pytest.raises(Fault):
        subject_code(text)


def test_beds_may_be_a_range() -> None:
    assert beds("01-03、加1，08至09") == ["01", "02", "03", "加1", "08", "09"]
    assert beds("09-11") == ["09", "10", "11"]
    for bad in ("9-1", "1-900"):
        with pytest.raises(Fault):
            beds(bad)


def test_every_heading_means_one_column() -> None:
    from telemed.imports.every import KINDS

    for kind in KINDS.values():
        known: dict[str, Column] = {}
        for column in kind.columns:
            for each in column.headings():
                assert known.setdefault(each, column) is column, (kind.name, each)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=len(COLUMNS)), max_size=8))
def test_whatever_cells_say_a_row_is_read_or_says_why_not(rows: list[list[str]]) -> None:
    found = staff([each.chinese for each in COLUMNS], *rows)
    for each in found.rows:
        assert {wrong.column for wrong in each.wrong} <= {column.key for column in COLUMNS}
        for wrong in each.wrong:
            assert wrong.chinese
            assert wrong.english


async def test_ten_thousand_rows_take_no_time() -> None:
    rows: list[list[object]] = [
        ["工号", "姓名", "职称", "任职"],
        *([n, "甲", "主治医师", "申请、管床"] for n in range(10_000)),
    ]
    read_one = await read(workbook(rows))
    found = await asyncio.to_thread(table, read_one, STAFF.columns, STAFF.identity)
    assert len(found.rows) == 10_000
    assert not any(each.wrong for each in found.rows)


def test_yes_and_no() -> None:
    assert [columns.yes_no(each) for each in ("是", "No", "1", "否")] == [True, False, True, False]
