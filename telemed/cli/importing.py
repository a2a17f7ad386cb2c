"""import: fills the product from workbooks and CSV files, and gives out templates for them."""

import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from telemed.cli.base import Json, app, clock_of, loading, named, with_database
from telemed.errors import StartRefused, TelemedError

if TYPE_CHECKING:
    from telemed.db import Database
    from telemed.imports.running import Report

KINDS = "departments, staff, wards, venues, agreements, roster, holidays"
importing = App(name="import", help=f"Import people and places from a workbook or CSV file: {KINDS}.")
app.command(importing)
Flag = Annotated[bool, Parameter(negative="")]


@importing.default
def run(
    kind: str,
    file: Path,
    *,
    hospital: str | None = None,
    dry_run: Flag = False,
    partial: Flag = False,
    faulty: Path | None = None,
    as_json: Json = False,
    data_dir: Path | None = None,
) -> None:
    """Import a file: all of its rows or, if one is wrong, none. What is not in the file stays as it is.

    Parameters
    ----------
    kind
        departments, staff, wards, venues, agreements, roster or holidays: in this order for a new installation.
    file
        .xlsx or .csv; `telemed import template KIND` gives an empty one.
    hospital
        The code of the hospital, for rows that name none.
    dry_run
        Check only; nothing is written.
    partial
        Import the faultless rows although others are wrong.
    faulty
        Write the faulty rows with the reasons to this file (.xlsx or .csv), to be mended and imported again.
    as_json
        Print one JSON object; the line with the counts goes to standard error.
    data_dir
        Where the data are; else TELEMED_DATA_DIR.
    """
    with loading():
        from telemed.app import FEATURES  # declares what the use cases write
        from telemed.imports import every, files
        from telemed.imports.running import RowState

    assert FEATURES
    settings = named(data_dir)
    every.kind_named(kind)
    now = clock_of(settings.data_dir)()
    try:
        data = file.read_bytes()
    except OSError as failure:
        why = failure.strerror or "?"
        raise StartRefused(f"不能读取 {file}（{why}）。", f"{file} cannot be read ({why}).") from failure
    try:
        report = asyncio.run(
            with_database(settings, lambda db: _report(db, kind, hospital, data, now, dry_run, partial))
        )
    except TelemedError as refused:
        raise StartRefused(str(refused.extra.get("sentence", refused.detail)), refused.detail) from refused
    if faulty is not None:
        write = files.faulty_csv if faulty.suffix.lower() == ".csv" else files.faulty_xlsx
        faulty.write_bytes(write(report, "zh"))
    wrong = report.count(RowState.wrong)
    counts = _counts(report, written=report.done or dry_run)
    if as_json:
        json.dump(_as_json(report, counts), sys.stdout, ensure_ascii=False)
        print()
    else:
        _print(report, dry_run=dry_run)
    line = ", ".join(f"{name} {number}" for name, number in counts.items())
    print(line, file=sys.stderr if as_json else sys.stdout)
    if wrong:
        sys.exit(1)


@importing.command
def template(kind: str, *, english: Flag = False) -> None:
    """Print an empty workbook to be filled in: `telemed import template staff > staff.xlsx`."""
    from telemed.imports import every, files

    if sys.stdout.isatty():
        raise StartRefused(
            f"模板是 .xlsx 文件，请写入文件：telemed import template {kind} > {kind}.xlsx",
            f"A template is an .xlsx file: telemed import template {kind} > {kind}.xlsx",
        )
    sys.stdout.buffer.write(files.template(every.kind_named(kind), "en" if english else "zh"))


async def _report(
    db: "Database", name: str, hospital: str | None, data: bytes, now: datetime, dry_run: bool, partial: bool
) -> "Report":
    from telemed.imports import every, running
    from telemed.imports.sheet import read
    from telemed.imports.table import table

    kind = every.kind_named(name)
    found = table(await read(data), kind.columns, kind.identity)
    order = running.Order(kind, None, hospital, now)
    if dry_run:
        return await running.check(db, order, found)
    return await running.write(db, order, found, partial=partial)


def _counts(report: "Report", *, written: bool) -> dict[str, int]:
    from telemed.imports.running import RowState

    new, changed = (report.count(each) if written else 0 for each in (RowState.new, RowState.changed))
    return {
        "imported": new,
        "changed": changed,
        "same": report.count(RowState.same),
        "wrong": report.count(RowState.wrong),
    }


def _print(report: "Report", *, dry_run: bool) -> None:
    from telemed.imports.running import RowState

    for name, hidden in report.table.sheets:
        mark = ("（隐藏）", " (hidden)") if hidden else ("", "")
        print(f"没有读取工作表「{name}」{mark[0]}　sheet “{name}”{mark[1]} was not read")
    if report.table.unread:
        heads = "、".join(report.table.unread)
        print(f"没有读取这些列：{heads}　these columns were not read")
    labels = {each.key: each for each in report.table.columns}
    for each in report.rows:
        for wrong in each.row.wrong:
            column = labels.get(wrong.column)
            head = f" {column.chinese}" if column else ""
            print(f"第 {each.row.line} 行{head}：{wrong.chinese}　line {each.row.line}: {wrong.english}")
    if dry_run:
        print("只是核对，什么都没有写入。　Checked only; nothing was written.")
    elif not report.done and (right := len(report.rows) - report.count(RowState.wrong)):
        print(
            f"有错误，整个文件都没有导入；加 --partial 只导入无误的 {right} 行。　"
            f"Rows are wrong, so nothing was imported; --partial imports the {right} that are right."
        )


def _as_json(report: "Report", counts: dict[str, int]) -> dict[str, object]:
    rows = [
        {
            "line": each.row.line,
            "result": each.state,
            "before": {key: pair[0] for key, pair in each.before.items()},
            "wrong": [
                {"column": wrong.column, "zh": wrong.chinese, "en": wrong.english, "better": wrong.better}
                for wrong in each.row.wrong
            ],
        }
        for each in report.rows
    ]
    return {"counts": counts, "written": report.done, "unread": report.table.unread, "rows": rows}
