"""The files that are given out: templates to fill in, and the faulty rows with what is wrong with them."""

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from telemed.imports.columns import Column
from telemed.imports.kinds import Kind
from telemed.imports.running import Checked, Report, RowState

if TYPE_CHECKING:  # openpyxl is imported where it is needed: it is slow to import, and few starts need it
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.styles import Font

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA: Final = tuple("=+-@\t\r")  # what a spreadsheet takes for a formula when it opens a CSV file (S21)
AS_TEXT: Final = "@"  # the format of a cell that Excel leaves as it is typed: 0012 stays 0012
WHY: Final = {"zh": "错误原因", "en": "What is wrong"}
ROWS_READY: Final = 500  # of a template, formatted as text
NARROW, WIDE = 14, 60


def template(kind: Kind, language: str) -> bytes:
    """An empty workbook with headings, a comment on each, and a second sheet that explains them with an example."""
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    chinese = language == "zh"
    sheet.title = kind.chinese if chinese else kind.english
    for n, column in enumerate(kind.columns, start=1):
        cell = sheet.cell(1, n, _heading(column, chinese) + (" *" if column.needed else ""))
        cell.font = Font(bold=True)
        cell.comment = Comment(_explained(column, chinese), "telemed")
        sheet.column_dimensions[cell.column_letter].width = NARROW
        sheet.column_dimensions[cell.column_letter].number_format = AS_TEXT
        for row in range(2, ROWS_READY):
            sheet.cell(row, n).number_format = AS_TEXT
    sheet.freeze_panes = "A2"
    notes = book.create_sheet("说明" if chinese else "Notes")
    notes.append(["列", "说明", "例"] if chinese else ["Column", "What it says", "Example"])
    for column in kind.columns:
        notes.append([_heading(column, chinese), _explained(column, chinese), column.example])
    for line in _rules(chinese):
        notes.append([line])
    notes.column_dimensions["B"].width = WIDE
    return _bytes(book)


def _rules(chinese: bool) -> Sequence[str]:
    if chinese:
        return (
            "带 * 的列新增时必须填写。没有的列、空的格子不改变已有内容；填「-」表示清空。",
            "表中没有的记录不受影响。列的先后次序不限。",
        )
    return (
        "Columns with * must be filled in for what is new. Columns that are missing and empty cells change nothing; "
        "“-” empties a field.",
        "What is not in the table stays as it is. The order of the columns does not matter.",
    )


def _heading(column: Column, chinese: bool) -> str:
    return column.chinese if chinese else column.english


def _explained(column: Column, chinese: bool) -> str:
    words = [pair[0 if chinese else 1] for pair in column.words.values()]
    needed = ("新增时必填。" if chinese else "Needed of what is new. ") if column.needed else ""
    one_of = ("可填：" + "、".join(words) if chinese else "One of: " + ", ".join(words)) if words else ""
    example = (f"例：{column.example}" if chinese else f"Example: {column.example}") if column.example else ""
    return "\n".join(each for each in (needed + one_of, example) if each)


def faulty_xlsx(report: Report, language: str) -> bytes:
    """The rows that are wrong as they were, the wrong cells marked, and what is wrong in the last column.

    Filled in again, it can be imported as it is. Every cell is text, so nothing in it is taken for a formula.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill

    chinese = language == "zh"
    book = Workbook(write_only=True)
    sheet = book.create_sheet("错误行" if chinese else "Faulty rows")
    bold, red = Font(bold=True), PatternFill("solid", fgColor="FDE8E8")

    def cell(text: str, *, mark: bool = False, font: "Font | None" = None) -> "Cell":
        made = WriteOnlyCell(sheet, text)
        made.data_type, made.number_format = "s", AS_TEXT
        if mark:
            made.fill = red
        if font is not None:
            made.font = font
        return made

    sheet.append([cell(each, font=bold) for each in _head(report, chinese)])
    for each in _faulty(report):
        marked = {wrong.column for wrong in each.row.wrong}
        cells = [cell(each.row.texts.get(c.key, ""), mark=c.key in marked) for c in report.table.columns]
        sheet.append([*cells, cell(_why(each, chinese))])
    return _bytes(book)


def faulty_csv(report: Report, language: str) -> bytes:
    """The same as CSV in UTF-8 with a mark, as Excel opens it; no cell begins a formula (S21)."""
    chinese = language == "zh"
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_head(report, chinese))
    for each in _faulty(report):
        texts = [each.row.texts.get(column.key, "") for column in report.table.columns]
        writer.writerow([_harmless(text) for text in (*texts, _why(each, chinese))])
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _head(report: Report, chinese: bool) -> list[str]:
    return [*(_heading(each, chinese) for each in report.table.columns), WHY["zh" if chinese else "en"]]


def _faulty(report: Report) -> list[Checked]:
    return [each for each in report.rows if each.state is RowState.wrong]


def _why(checked: Checked, chinese: bool) -> str:
    line = f"第 {checked.row.line} 行：" if chinese else f"line {checked.row.line}: "
    said = (each.chinese if chinese else each.english for each in checked.row.wrong)
    # Of a cell that is merged over columns each says the same.
    return line + ("；" if chinese else "; ").join(dict.fromkeys(said))


def _bytes(book: "Workbook") -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
