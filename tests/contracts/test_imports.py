"""People and shifts are imported alike on both databases, and nothing is lost that somebody changes meanwhile."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from telemed.db import Database
from telemed.demo.foundation import lay
from telemed.demo.places import HUB
from telemed.imports import every, kinds, running
from telemed.imports.running import Order
from telemed.imports.sheet import of_texts
from telemed.imports.table import Row, table
from telemed.people.model import Registration, Staff
from telemed.rosters.model import Shift

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
Rows = Sequence[Sequence[str]]
EXPERT = "D0007"  # 柳春分


async def imported(db: Database, kind: str, rows: Rows) -> list[str]:
    what = every.kind_named(kind)
    found = table(of_texts(rows), what.columns, what.identity)
    report = await running.write(db, Order(what, None, None, NOW), found, partial=False)
    return [each.state.value for each in report.rows]


async def person(db: Database, number: str) -> Staff:
    async with db.read() as session:
        return (await session.exec(select(Staff).where(Staff.hospital_id == HUB, Staff.number == number))).one()


async def test_people_and_shifts_on_either_database(any_db: Database) -> None:
    await lay(any_db, NOW)
    known = (await person(any_db, EXPERT)).version
    head = ("hospital", "number", "name", "title", "roles", "registered_at", "registered_from", "registered_until")
    people: Rows = [
        head,
        (HUB, EXPERT, "柳春分", "chief", "expert、radiologist", "wuxi", "2026-03-01", "2029-03-01"),
        (HUB, "D0099", "易立冬", "chief", "expert", "wuxi", "2026-03-01", "2029-03-01"),
    ]
    assert await imported(any_db, "staff", people) == ["changed", "new"]
    assert await imported(any_db, "staff", people) == ["same", "same"]
    changed = await person(any_db, EXPERT)
    assert changed.version == known + 2, "the roles, and the registration"
    async with any_db.read() as session:
        entered = select(Registration).where(Registration.staff_id == changed.id, Registration.number == "")
        assert len((await session.exec(entered)).all()) == 1
    shifts: Rows = [
        ("hospital", "kind", "roster", "date", "starts", "ends", "people"),
        (HUB, "specialty", "心内科", "2026-03-05", "18:00", "08:00", "柳春分"),
        ("wuxi", "", "总值班", "2026-03-05", "08:00", "24:00", "苗大暑"),
    ]
    assert await imported(any_db, "roster", shifts) == ["new", "new"]
    assert await imported(any_db, "roster", shifts) == ["same", "same"]
    async with any_db.read() as session:
        assert len((await session.exec(select(Shift))).all()) == 2


@pytest.mark.parametrize("prepared", ["postgresql"], indirect=True)
async def test_what_somebody_changes_while_an_import_is_planned_stays(any_db: Database) -> None:
    await lay(any_db, NOW)
    known = (await person(any_db, EXPERT)).version
    kind = every.kind_named("staff")
    rows: list[Row] = table(
        of_texts([("hospital", "number", "specialty"), (HUB, EXPERT, "冠心病介入")]), kind.columns, kind.identity
    ).rows
    async with any_db.write() as session:
        target = await kinds.opened(kind, session, None, None, NOW)
        assert isinstance(target, kinds.Planning)
        async with any_db.write() as other:  # a colleague, after the import has read who is there
            row = (await other.exec(select(Staff).where(Staff.hospital_id == HUB, Staff.number == EXPERT))).one()
            row.phone, row.version = "021-0000-0999", row.version + 1
        columns = {each.key: each for each in kind.columns}
        (checked,) = await running._planned(session, target, kind, columns, rows)
        assert checked.state is running.RowState.changed
    after = await person(any_db, EXPERT)
    assert after.version == known + 2
    assert (after.specialty, after.phone) == ("冠心病介入", "021-0000-0999")
