"""Reads a workbook or CSV file in a process of its own, and says in a sentence what is wrong with it as a whole."""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from telemed.errors import Invalid, Unavailable
from telemed.imports.limits import LONGEST_CELL, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, SECONDS

# Chinese and English, by the worker's word.
WHY: Final = {
    "empty": ("文件是空的。请按模板填写后重新选择。", "The file is empty. Fill in the template and choose it again."),
    "old_excel": (
        "这是旧格式（.xls）或加了密码的工作簿，不能读取。请在 Excel 中取消密码，另存为 .xlsx 后重新选择。",
        "This is a workbook of the old format (.xls) or with a password, which cannot be read. Remove the password, "
        "save it as .xlsx and choose it again.",
    ),
    "no_sheet": (
        "工作簿里所有工作表都是隐藏的。请在 Excel 中取消隐藏，保存后重新选择。",
        "All sheets of the workbook are hidden. Unhide one in Excel, save and choose it again.",
    ),
    "not_a_workbook": (
        "文件已损坏，或者不是 .xlsx 工作簿或 CSV 文件。请用 Excel 打开，另存为 .xlsx 后重新选择。",
        "The file is damaged, or neither an .xlsx workbook nor CSV. Open it in Excel, save it as .xlsx and choose it "
        "again.",
    ),
    "encoding": (
        "CSV 文件的编码不是 UTF-8 或 GB18030。请在 Excel 中另存为「CSV UTF-8」后重新选择。",
        "The CSV file is neither UTF-8 nor GB18030. Save it as “CSV UTF-8” in Excel and choose it again.",
    ),
    "quotes": (
        "CSV 文件从第 {about} 行起引号不成对，后面的内容分不清。请在 Excel 中另存为 .xlsx 后重新选择。",
        "From line {about} on the quotation marks of the CSV file do not match, so that cells cannot be told apart. "
        "Save it as .xlsx and choose it again.",
    ),
    "rows": (
        f"超过 {MOST_ROWS} 行。请分成几个文件，分别导入。",
        f"There are more than {MOST_ROWS} rows. Divide them into several files and import each.",
    ),
    "columns": (
        f"第 {{about}} 行超过 {MOST_COLUMNS} 列。请删除多余的列后重新选择。",
        f"Line {{about}} has more than {MOST_COLUMNS} columns. Delete those that are not needed and choose it again.",
    ),
    "large": (
        "展开后太大，不能读取。请删除数据下方和右侧多余的行、列和图片，另存后重新选择。",
        "It is too large once unpacked. Delete rows, columns and pictures below and beside the data, save and choose "
        "it again.",
    ),
    "bytes": (
        f"文件超过 {MOST_BYTES >> 20} MB。请删除图片和多余的工作表，或分成几个文件。",
        f"The file is larger than {MOST_BYTES >> 20} MB. Delete pictures and further sheets, or divide it.",
    ),
}
# A cell that says nothing certain.
TROUBLE: Final = {
    "formula": (
        "公式还没有计算结果：请用 Excel 打开并保存一次",
        "the formula has no result yet: open the file in Excel and save it",
    ),
    "error": ("公式出错：{text}", "the formula fails: {text}"),
    "inexact": (
        "Excel 只保留 15 位数字，末几位已丢失：请把这一列设为文本后重新填写",
        "Excel keeps 15 digits, the last ones are lost: format the column as text and type them again",
    ),
    "merged": (
        "与旁边的列合并了：请取消合并，每列各填各的",
        "merged with the column beside it: unmerge, and fill in each column",
    ),
    "long": (f"超过 {LONGEST_CELL} 个字", f"longer than {LONGEST_CELL} characters"),
}
_few = asyncio.Semaphore(2)  # processes at a time, of two cores


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    trouble: str = ""  # a word of TROUBLE


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank; `number` counts from 1 as spreadsheets do."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True)
class Sheet:
    name: str  # empty for CSV
    lines: list[Line]
    unread: list[tuple[str, bool]]  # further sheets that hold something: their names, and whether they are hidden


def of_texts(rows: Sequence[Sequence[str]]) -> Sheet:
    """Rows that are no file, the headings first."""
    return Sheet("", [Line(n, [Cell(text) for text in each]) for n, each in enumerate(rows, start=1)], [])


def unreadable(why: str, about: str = "") -> Invalid:
    chinese, english = (each.format(about=about) for each in WHY[why])
    return refused(why, chinese, english)


def refused(why: str, chinese: str, english: str) -> Invalid:
    """The file as a whole is not imported: `why` for programs, the sentence for people in both languages."""
    return Invalid(english, reason="unimportable", why=why, sentence=chinese)


async def read(data: bytes) -> Sheet:
    """The first visible sheet of a workbook, or a CSV file. Raises Invalid with a sentence in both languages."""
    if len(data) > MOST_BYTES:
        raise unreadable("bytes")
    async with _few:
        answer = await _asked(data)
    if answer is None:
        raise unreadable("large")
    found = await asyncio.to_thread(json.loads, answer)
    if "why" in found:
        raise unreadable(found["why"], found["about"])
    lines = [Line(number, [_cell(each) for each in cells]) for number, cells in found["rows"]]
    return Sheet(found["sheet"], lines, [(name, hidden) for name, hidden in found["unread"]])


def _cell(found: str | list[str]) -> Cell:
    return Cell(found) if isinstance(found, str) else Cell(*found)


async def _asked(data: bytes) -> bytes | None:
    """What the process answers; None if it went beyond its limits."""
    root = str(Path(__file__).parent.parent.parent)
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "telemed.imports.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # tracebacks of what a file provokes, which may quote it
            env={"PYTHONPATH": path, "PATH": os.environ.get("PATH", "")},
            start_new_session=True,
        )
    except OSError as failure:  # no memory or descriptor for a process: not the file's fault
        raise Unavailable("The service is busy. Try again in a moment.") from failure
    try:
        async with asyncio.timeout(2 * SECONDS):
            answer, _ = await process.communicate(data)
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
    return answer if process.returncode == 0 else None
