"""What is read of a workbook or CSV file from outside, whoever made it; whatever it is, nothing else happens."""

import asyncio
import csv
import io
import random
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemed.errors import Invalid
from telemed.imports import sheet, worker
from telemed.imports.limits import LONGEST_CELL, MOST_BYTES, MOST_ROWS
from telemed.imports.sheet import Sheet, read
from tests.telemed.imports.books import with_sheet, workbook

HEAD = ["工号", "姓名", "备案截止"]


def texts(found: Sheet) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in found.lines]


async def refused(data: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        await read(data)
    assert caught.value.detail.endswith(".")
    assert str(caught.value.extra["sentence"]).endswith("。")
    return str(caught.value.extra["why"])


async def test_cells_are_read_as_a_person_reads_them() -> None:
    found = await read(
        workbook([HEAD, [10021.0, " 纪立冬 ", date(2026, 12, 31)], [], ["J0008", True, datetime(2026, 1, 2, 8, 30)]])
    )
    assert texts(found) == [HEAD, ["10021", "纪立冬", "2026-12-31"], ["J0008", "TRUE", "2026-01-02 08:30"]]
    assert [each.number for each in found.lines] == [1, 2, 4], "a blank row is left out and still counted"


async def test_a_number_too_long_for_excel_is_not_believed() -> None:
    found = await read(workbook([HEAD, [110101196201021234, "章秋收"]]))
    assert found.lines[1].cells[0].trouble == "inexact"


async def test_formulas_count_by_their_result_and_are_named_without_one() -> None:
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    row = b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>2+2</f></c></row></sheetData></worksheet>'
    found = await read(with_sheet(workbook([[1]]), head + row))
    assert [(each.text, each.trouble) for each in found.lines[0].cells] == [("2", ""), ("", "formula")]


async def test_a_cell_merged_downwards_counts_for_each_line_and_one_across_for_none() -> None:
    def merge(page: object, _: object) -> None:
        page.merge_cells("C2:C4")  # type: ignore[attr-defined]
        page.merge_cells("A5:B5")  # type: ignore[attr-defined]

    rows = [["工号", "姓名", "科室"], ["1", "甲", "内科"], ["2", "乙"], ["3", "丙"], ["4", "丁", "外科"]]
    found = await read(workbook(rows, merge))
    assert [each.cells[2].text for each in found.lines] == ["科室", "内科", "内科", "内科", "外科"]
    assert [each.trouble for each in found.lines[4].cells] == ["merged", "merged", ""]


async def test_other_sheets_are_named_and_a_hidden_one_is_not_read() -> None:
    def more(page: object, book: object) -> None:
        for title, state in (("说明", "visible"), ("旧名单", "hidden"), ("空", "visible")):
            other = book.create_sheet(title)  # type: ignore[attr-defined]
            other.sheet_state = state
            if title != "空":
                other.append(["secret"])
        page.title = "人员"  # type: ignore[attr-defined]

    found = await read(workbook([HEAD], more))
    assert (found.name, found.unread) == ("人员", [("说明", False), ("旧名单", True)])
    assert texts(found) == [HEAD]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
async def test_csv_is_read_in_what_excel_writes(encoding: str, delimiter: str) -> None:
    text = f"工号{delimiter}姓名\r\n0012{delimiter}龚㼆\r\n\r\n13{delimiter}'\"'\n".replace("'\"'", '"两\n行"')
    found = await read(text.encode(encoding))
    assert texts(found) == [["工号", "姓名"], ["0012", "龚㼆"], ["13", "两\n行"]]
    assert [each.number for each in found.lines] == [1, 2, 4]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \r\n,,\r\n", "empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old_excel"),
        (b"PK\x03\x04" + bytes(600), "not_a_workbook"),
        (b"%PDF-1.7\0\0", "not_a_workbook"),
        (b"\xff\xfe\x00", "encoding"),
        ('工号,姓名\n1,"甲\n2,乙\n'.encode(), "quotes"),
        (b"x" * (MOST_BYTES + 1), "bytes"),
        (b",".join([b"x"] * 300), "columns"),
        (b"1,2\n" * (MOST_ROWS + 1), "rows"),
    ],
)
async def test_what_is_no_table_is_said_in_a_sentence(data: bytes, why: str) -> None:
    assert await refused(data) == why


async def test_a_workbook_with_hidden_sheets_only_is_said() -> None:
    hidden = with_hidden(workbook([HEAD]))
    assert await refused(hidden) == "no_sheet"


def with_hidden(data: bytes) -> bytes:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for each in before.namelist():
            text = before.read(each)
            after.writestr(each, text.replace(b'state="visible"', b'state="hidden"'))
    return out.getvalue()


def far_cell() -> bytes:
    def far(page: object, _: object) -> None:
        page["XFD1048576"] = 1  # type: ignore[index]

    return workbook([[1]], far)


def zip_bomb() -> bytes:
    row = b"<row>" + b"<c><v>1</v></c>" * 200 + b"</row>"
    xml = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_sheet(workbook([[1]]), xml + row * 300_000 + b"</sheetData></worksheet>")


def many_words() -> bytes:
    """Within all other limits, and 24 million characters."""
    row = "<row>" + f'<c t="inlineStr"><is><t>{"字" * LONGEST_CELL}</t></is></c>' * 200 + "</row>"
    xml = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{row * 60}'
    return with_sheet(workbook([[1]]), f"{xml}</sheetData></worksheet>".encode())


@pytest.mark.parametrize("make", [far_cell, zip_bomb, many_words])
async def test_a_bomb_dies_in_its_own_process(make: object) -> None:
    data = make()  # type: ignore[operator]
    assert len(data) < MOST_BYTES
    assert await refused(data) == "large"


def rows_or_why(data: bytes) -> object:
    """What was read, or the sentence that says why nothing was."""
    try:
        return worker.read(data)["rows"]
    except worker.Unreadable as refusal:
        return sheet.WHY[refusal.why]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused_by_a_known_word(data: bytes) -> None:
    for each in (data, b"PK\x03\x04" + data):
        assert rows_or_why(each)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_a_workbook_damaged_anywhere_is_read_or_refused(seed: int, hits: int) -> None:
    dice, data = random.Random(seed), bytearray(workbook([HEAD, ["1", "甲", "=1+1"]]))
    for _ in range(hits):
        data[dice.randrange(4, len(data))] = dice.randrange(256)
    assert rows_or_why(bytes(data))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9), min_size=2,
                         max_size=4), min_size=1, max_size=6))  # fmt: skip
def test_every_cell_of_a_csv_file_arrives(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["工号", "姓名"], *rows])
    found = worker.read(out.getvalue().encode())["rows"]
    arrived = [cells for _, cells in found[1:]]
    wanted = []
    for row in rows:
        cells = [each.strip() for each in row]
        while cells and not cells[-1]:
            cells.pop()
        wanted += [cells] if cells else []
    assert arrived == wanted


def test_ten_thousand_rows_are_read_at_once(tmp_path: Path) -> None:
    data = workbook([HEAD, *([f"J{n:05}", "甲", date(2026, 12, 31)] for n in range(10_000))])
    assert len(asyncio.run(read(data)).lines) == 10_001
