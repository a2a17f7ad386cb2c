"""Imports of rows in a test's world, as the page and the command run them."""

from collections.abc import Sequence

from telemed.access.model import Actor
from telemed.imports import every, running
from telemed.imports.running import Order, Report
from telemed.imports.sheet import read
from telemed.imports.table import table
from telemed.people.model import Staff
from tests.telemed.conftest import NOW, World, rows
from tests.telemed.imports.books import workbook

Rows = Sequence[Sequence[object]]


async def run(
    world: World,
    kind: str,
    given: Rows,
    *,
    by: Actor | None = None,
    at: str | None = "wuxi",
    check: bool = False,
    partial: bool = True,
) -> Report:
    what = every.kind_named(kind)
    found = table(await read(workbook(given)), what.columns, what.identity)
    order = Order(what, by, at, NOW)
    if check:
        return await running.check(world.db, order, found)
    return await running.write(world.db, order, found, partial=partial)


def states(report: Report) -> list[str]:
    return [each.state.value for each in report.rows]


def wrong(report: Report) -> list[tuple[int, str, str]]:
    return [(each.row.line, w.column, w.chinese) for each in report.rows for w in each.row.wrong]


async def person(world: World, number: str) -> Staff:
    return next(each for each in await rows(world.db, Staff) if each.number == number)
