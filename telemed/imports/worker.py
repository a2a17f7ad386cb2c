"""The process that opens one workbook or CSV file: bytes in, the cells of its first visible sheet out as JSON.

A file from outside may be made to fill the memory (a small zip of a huge sheet, one cell at the last row and column),
so it is opened here, under limits of the operating system, and never in the service. Every cell becomes text, as a
person reads it; one that says nothing certain is `[text, why]`.
"""

import csv
import io
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from telemed.imports.limits import LONGEST_CELL, MEMORY, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, SECONDS

Cell = str | list[str]
Rows = list[tuple[int, list[Cell]]]
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
FORMULA = tuple("=+-@")
EXACT = 10**15  # Excel keeps 15 digits of a number; of longer ones the last are lost
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Unreadable(Exception):
    """The file as a whole cannot be read: why, as a word for which there is a sentence, and what it speaks of."""

    def __init__(self, why: str, about: str = "") -> None:
        super().__init__(why)
        self.why, self.about = why, about


def read(data: bytes) -> dict[str, Any]:
    """The cells with their line numbers, blank lines left out; `unread` are the other sheets, and whether hidden."""
    if not data.strip():
        raise Unreadable("empty")
    if data.startswith(OLE):
        raise Unreadable("old_excel")
    return _workbook(data) if data.startswith(ZIP) else {"sheet": "", "unread": [], "rows": _lines(data)}


def _workbook(data: bytes) -> dict[str, Any]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [each for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
        if not visible:
            raise Unreadable("no_sheet")
        name = visible[0].name
        sheet = book.get_sheet_by_name(name)
        lines = sheet.to_python(skip_empty_area=False)
        empty = _without_result(data, name)
        merged = sheet.merged_cell_ranges or []
        others = [each for each in book.sheets_metadata if each.name != name]
        filled = [each for each in others if book.get_sheet_by_name(each.name).end is not None]
    except (CalamineError, BadZipFile, ElementTree.ParseError, KeyError, ValueError, OSError) as broken:
        raise Unreadable("not_a_workbook") from broken
    cells = [[_cell(value) for value in line] for line in lines]
    for row, column in empty:
        _put(cells, row, column, ["", "formula"])
    _spread(cells, merged)
    unread = [[each.name, each.visible != SheetVisibleEnum.Visible] for each in filled]
    return {"sheet": name, "unread": unread, "rows": _kept(enumerate(cells, start=1))}


def _put(cells: list[list[Cell]], row: int, column: int, cell: Cell) -> None:
    """Into the place of a cell that the table may end before."""
    if 0 <= row <= MOST_ROWS and 0 <= column < MOST_COLUMNS:
        cells.extend([] for _ in range(row + 1 - len(cells)))
        cells[row].extend("" for _ in range(column + 1 - len(cells[row])))
        cells[row][column] = cell


def _cell(value: object) -> Cell:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() | int():
            if abs(value) >= EXACT:
                return [f"{value:.0f}", "inexact"]
            return str(int(value)) if value == int(value) else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case timedelta():
            minutes = round(value.total_seconds()) // 60
            return f"{minutes // 60:02}:{minutes % 60:02}"
    text = str(value).strip()
    return [text, "error"] if text in ERRORS else text


def _without_result(data: bytes, name: str) -> set[tuple[int, int]]:
    """Where a formula has no computed value: a program wrote it, and no spreadsheet has opened the file since."""
    found = set()
    with ZipFile(io.BytesIO(data)) as parts:
        rels = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
        targets = {each.get("Id"): each.get("Target", "") for each in rels}
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
        ids = {each.get("name"): each.get(REL) for each in book.iter(f"{MAIN}sheet")}
        target = targets.get(ids.get(name), "").removeprefix("/").removeprefix("xl/")
        with parts.open(f"xl/{target}") as sheet:
            for _, each in ElementTree.iterparse(sheet):
                if each.tag == f"{MAIN}c" and each.find(f"{MAIN}f") is not None and not each.findtext(f"{MAIN}v"):
                    found.add(_position(each.get("r", "")))
                if each.tag == f"{MAIN}row":
                    each.clear()
    return found


def _position(reference: str) -> tuple[int, int]:
    """(row, column) from 0 of a reference as "B3"."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :] or 0) - 1, column - 1


def _spread(cells: list[list[Cell]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A cell merged downwards counts for each of its lines; one merged across columns says nothing certain."""
    for (top, left), (bottom, right) in merged:
        if top >= len(cells) or left >= len(cells[top]):
            continue
        value = cells[top][left]
        for line in cells[top : bottom + 1]:
            for column in range(left, min(right + 1, len(line))):
                text = value if isinstance(value, str) else value[0]
                line[column] = value if left == right else [text, "merged"] if text else ""


def _lines(data: bytes) -> Rows:
    text = _decoded(data)
    if "\0" in text:
        raise Unreadable("not_a_workbook")
    first = next((each for each in text.splitlines() if each.strip()), "")
    delimiter = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return _kept(_numbered(reader))


def _numbered(reader: Any) -> Iterator[tuple[int, list[Cell]]]:
    """Each row with the line where it begins: a cell may hold several lines."""
    begins = 1
    try:
        for row in reader:
            yield begins, [_unmarked(each.strip()) for each in row]
            begins = reader.line_num + 1
    except csv.Error as broken:
        raise Unreadable("quotes", str(begins)) from broken


def _unmarked(text: str) -> str:
    """Without the mark that our own files put before what a spreadsheet would take for a formula (`files.py`)."""
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA else text


def _decoded(data: bytes) -> str:
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for each in encodings:
        try:
            text = data.decode(each)
        except UnicodeDecodeError:
            continue
        if not text.strip("\ufeff \r\n\t"):
            raise Unreadable("empty")
        return text
    raise Unreadable("encoding")


def _kept(lines: "Iterator[tuple[int, list[Cell]]] | enumerate[list[Cell]]") -> Rows:
    kept: Rows = []
    left = MOST_CHARACTERS
    for number, cells in lines:
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(kept) == MOST_ROWS:
            raise Unreadable("rows")
        if len(cells) > MOST_COLUMNS:
            raise Unreadable("columns", str(number))
        kept.append((number, [_short(each) for each in cells]))
        left -= sum(len(_text(each)) for each in kept[-1][1])
        if left < 0:
            raise Unreadable("large")
    if not kept:
        raise Unreadable("empty")
    return kept


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]


def _short(cell: Cell) -> Cell:
    text = _text(cell)
    return cell if len(text) <= LONGEST_CELL else [text[:LONGEST_CELL], "long"]


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = read(sys.stdin.buffer.read())
    except Unreadable as refused:
        found = {"why": refused.why, "about": refused.about}
    except (MemoryError, RecursionError):
        found = {"why": "large", "about": ""}
    except BaseException as failure:
        if type(failure).__name__ != "PanicException":  # of the library below: it has met what it does not expect
            raise
        found = {"why": "not_a_workbook", "about": ""}
    # As they are: escaped, each Chinese character would take six bytes.
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main()
