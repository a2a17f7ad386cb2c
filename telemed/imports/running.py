"""Checks and imports the rows of a table: the use case of each row in a savepoint, some rows a transaction.

A check does the same and takes it back, so that it says what importing would say. On SQLite a transaction keeps all
other writers waiting, so they are short; only an import that is all or nothing is one.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.administration.saving import Saved
from telemed.db import Database
from telemed.errors import TelemedError, Unavailable
from telemed.imports import faults
from telemed.imports.columns import Column, Fault
from telemed.imports.kinds import REFUSING, Kind, Moved, Opened, Planning, called, opened
from telemed.imports.table import Row, Table, Wrong, tell_twice
from telemed.people import service as people

BATCH: Final = 50  # rows of a transaction
BATCH_PLANNED: Final = 500  # of a kind that plans: loading what it must know is dearer than a row
HOSPITALS: Final = ("hospital", "branch", "hub")  # columns that name one
REFUSED: Final = (*REFUSING, IntegrityError)


class RowState(StrEnum):
    new = "new"
    changed = "changed"
    same = "same"
    wrong = "wrong"


@dataclass(slots=True)
class Checked:
    """A row, what importing it does or did, and what its changed columns said before (Chinese, English)."""

    row: Row
    state: RowState
    before: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Report:
    """`done`: what is new or changed was written; else nothing was."""

    table: Table
    rows: list[Checked]
    done: bool

    def count(self, state: RowState) -> int:
        return sum(each.state is state for each in self.rows)


class _TakenBack(Exception):
    """Ends a transaction without its changes."""


@dataclass(frozen=True)
class Order:
    """What shall be done, by whom, for which hospital where rows name none."""

    kind: Kind
    by: Actor | None
    hospital_id: str | None
    now: datetime


async def check(database: Database, order: Order, table: Table) -> Report:
    """What importing would do; nothing is written."""
    await _tell_twice(database, order, table)
    async with database.read() as db:
        target = await opened(order.kind, db, order.by, order.hospital_id, order.now, writes=False)
        if isinstance(target, Planning):
            return Report(table, await asyncio.to_thread(_plan, target, order.kind, table.rows), False)
    found: list[Checked] = []
    for some in _parts(table.rows, BATCH):
        found += await _transaction(database, order, some, keep=lambda _: False)
    return Report(table, found, False)


async def write(database: Database, order: Order, table: Table, *, partial: bool) -> Report:
    """Imports the faultless rows, or with `partial` False all of them or none."""
    await _tell_twice(database, order, table)
    if not partial:
        rows = await _transaction(database, order, table.rows, keep=_faultless)
        return Report(table, rows, _faultless(rows))
    found: list[Checked] = []
    for some in _parts(table.rows, BATCH_PLANNED if order.kind.plans else BATCH):
        found += await _transaction(database, order, some, keep=lambda _: True)
    return Report(table, found, True)


async def _tell_twice(database: Database, order: Order, table: Table) -> None:
    """Of two rows about one thing the second is wrong, also where they call its hospital by different names."""
    async with database.read() as db:
        hospitals = await people.hospitals(db)

    def read(column: str, said: str) -> str:
        if column not in HOSPITALS:
            return said
        found = called(hospitals, said or order.hospital_id or "")
        return found.id if found else said

    tell_twice(table.rows, order.kind.columns, order.kind.identity, read)


def _parts(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    for begins in range(0, len(rows), size):
        yield rows[begins : begins + size]


def _faultless(rows: Sequence[Checked]) -> bool:
    return not any(each.state is RowState.wrong for each in rows)


async def _transaction(
    database: Database, order: Order, rows: Sequence[Row], *, keep: Callable[[Sequence[Checked]], bool]
) -> list[Checked]:
    """Does all rows; what they did is taken back unless it is to be kept."""
    checked: list[Checked] = []
    try:
        async with database.write() as db:
            target = await opened(order.kind, db, order.by, order.hospital_id, order.now)
            columns = {each.key: each for each in order.kind.columns}
            if isinstance(target, Planning):
                checked = await _planned(db, target, order.kind, columns, rows)
            else:
                checked = [await _row(db, target, columns, each) for each in rows]
            if not keep(checked):
                raise _TakenBack
    except _TakenBack:
        pass
    return checked


async def _planned(
    db: AsyncSession, target: Planning, kind: Kind, columns: dict[str, Column], rows: Sequence[Row]
) -> list[Checked]:
    """All that was planned is written together; only where that fails row by row, to name the one."""
    found = await asyncio.to_thread(_plan, target, kind, rows)
    try:
        async with db.begin_nested():
            await target.write()
    except (IntegrityError, Moved):  # somebody else has just entered or changed one of them
        for n, each in enumerate(found):
            if each.state in (RowState.new, RowState.changed):
                found[n] = await _row(db, target, columns, each.row)
    return found


def _plan(target: Planning, kind: Kind, rows: Sequence[Row]) -> list[Checked]:
    columns = {each.key: each for each in kind.columns}
    planned = iter(target.plan([row for row in rows if not row.wrong]))
    return [
        _wrong(target, row, columns) if row.wrong else _planned_row(target, row, next(planned), columns) for row in rows
    ]


def _planned_row(target: Planning, row: Row, planned: Saved[Any] | Exception, columns: dict[str, Column]) -> Checked:
    if isinstance(planned, Saved):
        return _done(target, row, planned)
    return _refused(target, planned, row, columns)


async def _row(db: AsyncSession, target: Opened, columns: dict[str, Column], row: Row) -> Checked:
    if row.wrong:
        return _wrong(target, row, columns)
    try:
        async with db.begin_nested():
            saved = await target.save(row.values)
    except REFUSED as refusal:
        return _refused(target, refusal, row, columns)
    return _done(target, row, saved)


def _wrong(target: Opened, row: Row, columns: dict[str, Column]) -> Checked:
    """A row that is wrong is not tried again; all else that is wrong with it is told too, once for each cell."""
    for refusal in target.look_up(row.values):
        told = {each.column for each in row.wrong}
        row.wrong += [Wrong.of(each) for each in _said(refusal, row, columns) if each.column not in told]
    order = ["", *columns]
    row.wrong.sort(key=lambda each: order.index(each.column) if each.column in columns else 0)
    return Checked(row, RowState.wrong)


def _done(target: Opened, row: Row, saved: Saved[Any]) -> Checked:
    return Checked(row, RowState(saved.result), target.before(saved) if saved.before else {})


def _refused(target: Opened, refusal: Exception, row: Row, columns: dict[str, Column]) -> Checked:
    row.wrong = [Wrong.of(each) for each in _said(refusal, row, columns)]
    return _wrong(target, row, columns)


def _said(refusal: Exception, row: Row, columns: dict[str, Column]) -> list[Fault]:
    match refusal:
        case Unavailable():  # nobody's fault: the whole import fails
            raise refusal
        case Fault():
            return [refusal]
        case TelemedError():
            return faults.of_use_case(refusal, columns, row.texts)
        case ValidationError():
            return faults.of_schema(refusal, columns)
        case _:
            return [Fault("与已有记录冲突，没有导入", "it conflicts with what is there already")]
