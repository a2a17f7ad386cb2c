"""Finds the headings of a sheet, and what its rows say; nothing here knows a database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from telemed.imports.columns import Column, Fault, plain
from telemed.imports.meaning import meant
from telemed.imports.sheet import TROUBLE, Cell, Line, Sheet, refused

OWN: Final = frozenset({"错误原因", "whatiswrong"})  # the column that our own files of faulty rows have besides
NOTES: Final = frozenset({"说明", "Notes"})  # the sheet that our templates have besides
HEADING_WITHIN: Final = 15  # lines: a title and remarks may stand above the headings


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a row, at a column or ("") as a whole; `better`: what would be right, as it is typed."""

    column: str
    chinese: str
    english: str
    better: str = ""

    @staticmethod
    def of(fault: Fault, column: str = "") -> "Wrong":
        return Wrong(fault.column or column, fault.chinese, fault.english, fault.better)


@dataclass(slots=True)
class Row:
    """A row of the file: what its cells say, by column; `values` lacks empty cells, which change nothing."""

    line: int
    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """`unread`: headings that mean nothing here; `sheets`: further sheets, and whether they are hidden."""

    sheet: str
    columns: list[Column]
    rows: list[Row]
    unread: list[str]
    sheets: list[tuple[str, bool]]


Meaning = Callable[[str, str], str]
Fixes = dict[tuple[str, str], str]  # what a person has chosen: (column, what cells say) -> what they shall say


def table(sheet: Sheet, columns: Sequence[Column], identity: Sequence[str], fixes: Fixes | None = None) -> Table:
    """The rows of a sheet. Raises Invalid if the headings are not found, twice, or lack what tells rows apart."""
    at, places, unread = _headings(sheet.lines, columns)
    found = [each for each in columns if each.key in places]
    lacking = [each for each in columns if each.key in identity and each.key not in places and each.needed]
    if lacking:
        raise refused(
            "columns_missing",
            f"缺少这些列：{'、'.join(each.chinese for each in lacking)}。请按模板补上后重新选择。",
            f"These columns are missing: {', '.join(each.english for each in lacking)}. Add them as in the template.",
        )
    headings = [each.text for each in sheet.lines[at].cells]
    rows = []
    for line in sheet.lines[at + 1 :]:
        texts = [each.text for each in line.cells]
        if all(plain(each) == plain(head) for each, head in zip(texts, headings, strict=False) if each):
            continue  # the headings again, as where lists were put together or the headings take two lines
        rows.append(_row(line, found, places, fixes or {}))
    tell_twice(rows, columns, identity)
    return Table(sheet.name, found, rows, unread, [each for each in sheet.unread if each[0] not in NOTES])


def _headings(lines: Sequence[Line], columns: Sequence[Column]) -> tuple[int, dict[str, int], list[str]]:
    """Which line has them, where each column stands, and which headings are none of ours."""
    known = {heading: each for each in columns for heading in each.headings()}
    counts = [sum(plain(cell.text) in known for cell in line.cells) for line in lines[:HEADING_WITHIN]]
    at = max(range(len(counts)), key=lambda n: counts[n])
    if counts[at] < min(2, len(columns)):
        raise refused(
            "no_headings",
            f"前 {HEADING_WITHIN} 行中没有找到列标题。请按模板写上：{'、'.join(each.chinese for each in columns)}。",
            f"There are no known headings in the first {HEADING_WITHIN} lines. Write them as in the template: "
            f"{', '.join(each.english for each in columns)}.",
        )
    places: dict[str, int] = {}
    unread = []
    for n, cell in enumerate(lines[at].cells):
        column = known.get(plain(cell.text))
        if column is None:
            unread += [cell.text] if cell.text and plain(cell.text) not in OWN else []
        elif column.key in places:
            raise refused(
                "column_twice",
                f"「{column.chinese}」有两列，分不清以哪一列为准。请删除一列后重新选择。",
                f"There are two columns “{column.english}”, and nothing says which counts. Delete one.",
            )
        else:
            places[column.key] = n
    return at, places, unread


def _row(line: Line, columns: Sequence[Column], places: dict[str, int], fixes: Fixes) -> Row:
    row = Row(line.number, {})
    for each in columns:
        cell = line.cells[places[each.key]] if places[each.key] < len(line.cells) else Cell("")
        fixed = fixes.get((each.key, cell.text))
        if fixed is not None:
            cell = Cell(fixed.strip())
        row.texts[each.key] = cell.text
        try:
            if cell.trouble:
                chinese, english = (said.format(text=cell.text) for said in TROUBLE[cell.trouble])
                raise Fault(chinese, english)
            if cell.text:
                row.values[each.key] = each.read(cell.text)
        except Fault as fault:
            row.wrong.append(Wrong.of(fault, each.key))
    return row


def tell_twice(
    rows: Sequence[Row], columns: Sequence[Column], identity: Sequence[str], read: Meaning = lambda _, said: said
) -> None:
    """One number, one row: the second of two is wrong, and says where the first is.

    `read`: what a column's text means, where one thing has several names.
    """
    first: dict[tuple[str, ...], Row] = {}
    last = next(each for each in columns if each.key == identity[-1])
    for each in rows:
        if any(wrong.column == last.key for wrong in each.wrong):
            continue
        key = tuple(read(name, str(each.values.get(name, ""))) for name in identity)
        if not key[-1]:
            each.wrong.append(Wrong(last.key, f"没有填写{last.chinese}", f"{last.english} is missing"))
            continue
        known = first.setdefault(key, each)
        if known is not each:
            name = known.texts.get("name", "")
            whose = (f"已属于 {name}", f" is {name}'s") if name and last.key != "name" else ("已出现", " is there")
            each.wrong.append(
                Wrong(
                    last.key,
                    f"{last.chinese} {key[-1]} {whose[0]}（第 {known.line} 行），不能重复",
                    f"{last.english} {key[-1]}{whose[1]} already (line {known.line}); it may be used once",
                )
            )


def unknown(written: str, chinese: str, english: str, known: Sequence[str]) -> Fault:
    """A name that is looked up and not found, with what was perhaps meant."""
    better = meant(written, known)
    return Fault(
        f"{chinese}「{written[:30]}」不存在" + (f"，是否为「{better}」？" if better else "，请先添加"),
        f"there is no {english} “{written[:30]}”" + (f"; is “{better}” meant?" if better else ": add it first"),
        better=better,
    )
