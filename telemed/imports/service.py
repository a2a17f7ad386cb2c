"""Imports from the page: check a file, import its faultless rows, give the faulty ones back."""

import asyncio
import json
from collections import Counter
from datetime import datetime

from telemed.access.model import Actor
from telemed.administration.saving import hub_administrator
from telemed.audit.service import record
from telemed.db import Database
from telemed.imports import files, running
from telemed.imports.columns import Column
from telemed.imports.every import kind_named
from telemed.imports.kinds import Kind
from telemed.imports.running import Checked, Order, Report, RowState
from telemed.imports.schemas import (
    ImportColumn,
    ImportCounts,
    ImportFault,
    ImportOut,
    ImportQuery,
    ImportRow,
    ImportSheet,
    ImportText,
)
from telemed.imports.sheet import read
from telemed.imports.table import Table, table

SHOWN = 500  # rows of each state


async def check(database: Database, by: Actor, name: str, query: ImportQuery, data: bytes, now: datetime) -> ImportOut:
    """What importing the file would do; nothing is written. Raises NotFound, NotAllowed, Invalid."""
    kind, found = await _read(database, by, name, query, data)
    return _out(kind, await running.check(database, Order(kind, by, by.hospital_id, now), found))


async def write(database: Database, by: Actor, name: str, query: ImportQuery, data: bytes, now: datetime) -> ImportOut:
    """Imports the rows that are right; what is wrong with the others is in the answer."""
    kind, found = await _read(database, by, name, query, data)
    report = await running.write(database, Order(kind, by, by.hospital_id, now), found, partial=True)
    counts = _counts(report)
    async with database.write() as db:
        record(db, by, f"import.{kind.name}", by.hospital_id, now, reason=json.dumps(counts.model_dump()))
    return _out(kind, report)


async def faulty(database: Database, by: Actor, name: str, query: ImportQuery, data: bytes, now: datetime) -> bytes:
    """A workbook of the rows that are wrong, with the reasons."""
    kind, found = await _read(database, by, name, query, data)
    report = await running.check(database, Order(kind, by, by.hospital_id, now), found)
    return await asyncio.to_thread(files.faulty_xlsx, report, query.language)


async def _read(database: Database, by: Actor, name: str, query: ImportQuery, data: bytes) -> tuple[Kind, Table]:
    kind = kind_named(name)
    if kind.of_hub:
        async with database.read() as db:
            await hub_administrator(db, by)
    sheet = await read(data)
    return kind, await asyncio.to_thread(table, sheet, kind.columns, kind.identity, query.by_cell())


def _out(kind: Kind, report: Report) -> ImportOut:
    listed: Counter[RowState] = Counter()
    rows = []
    for each in report.rows:
        listed[each.state] += 1
        if listed[each.state] <= SHOWN:
            rows.append(_row(each, report.table.columns))
    return ImportOut(
        kind=kind.name,
        sheet=report.table.sheet,
        done=report.done,
        counts=_counts(report),
        columns=[
            ImportColumn(key=each.key, said=ImportText(zh=each.chinese, en=each.english))
            for each in report.table.columns
        ],
        rows=rows,
        unread=report.table.unread,
        sheets=[ImportSheet(name=name, hidden=hidden) for name, hidden in report.table.sheets],
    )


def _row(checked: Checked, columns: list[Column]) -> ImportRow:
    return ImportRow(
        line=checked.row.line,
        state=checked.state,
        cells=[checked.row.texts.get(each.key, "") for each in columns],
        before={key: ImportText(zh=zh, en=en) for key, (zh, en) in checked.before.items()},
        wrong=[
            ImportFault(column=each.column, said=ImportText(zh=each.chinese, en=each.english), better=each.better)
            for each in checked.row.wrong
        ],
    )


def _counts(report: Report) -> ImportCounts:
    return ImportCounts(**{each.value: report.count(each) for each in RowState})
