"""Public holidays and make-up days of all hospitals, as rows of a workbook; a pasted list: `people/day_files.py`."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from telemed.administration import years
from telemed.administration.saving import Result, Saved, audit, changes, hub_administrator
from telemed.imports.columns import Column, Fault, day, one_of, text
from telemed.imports.kinds import Kind, Scope, said_before
from telemed.imports.words import DAYS
from telemed.people.calendars import EVERYBODY, DayChange, change_days, days_of
from telemed.people.day_files import FIRST_YEAR, LAST_YEAR, OFF, WORK
from telemed.people.model import CalendarDay, DayKind


def _day(cell: str) -> date:
    found = day(cell)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Fault(f"年份应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间", f"the year must be from {FIRST_YEAR} to {LAST_YEAR}")
    return found


COLUMNS: Final = (
    Column("date", "日期", "Date", _day, True, ("day",), "2026-10-01"),
    Column("kind", "安排", "Kind", one_of(DAYS, dict.fromkeys(OFF, "off") | dict.fromkeys(WORK, "work")), True,
           ("类型", "放假或上班", "班休"), "放假", words=DAYS),
    Column("name", "名称", "Name", text(40), False, ("节日", "节假日"), "国庆节", ""),
)  # fmt: skip


class _Holidays:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    async def save(self, values: Mapping[str, Any]) -> Saved[Any]:
        db, by, when = self.scope.db, self.scope.by, values["date"]
        await hub_administrator(db, by)
        known = await days_of(db, EVERYBODY, when, when)
        old = {"kind": known[0].kind, "name": known[0].name} if known else {}
        if "kind" not in values and not known:
            raise Fault("没有填写放假还是上班", "it does not say off or work", column="kind")
        new = {"kind": DayKind(values["kind"]) if "kind" in values else known[0].kind,
               "name": values.get("name", old.get("name", ""))}  # fmt: skip
        before, after = changes(old, new)
        if after:
            change = DayChange(when, known[0].kind if known else None, new["kind"], new["name"])
            await change_days(db, EVERYBODY, [change])
            await years.review(db, self.scope.now, by=by)
        result = Result.new if not known else Result.changed if after else Result.same
        row = CalendarDay(date=when, kind=new["kind"], name=new["name"])
        saved = Saved(row, result, before if known else {}, after)
        audit(db, by, "calendar", when.isoformat(), saved, self.scope.now, by.hospital_id if by else EVERYBODY)
        return saved

    def look_up(self, values: Mapping[str, Any]) -> list[Exception]:
        return []  # a day names nothing

    def before(self, saved: Saved[Any]) -> dict[str, tuple[str, str]]:
        return said_before(COLUMNS, saved)


async def _open(scope: Scope) -> _Holidays:
    return _Holidays(scope)


HOLIDAYS: Final = Kind("holidays", "节假日", "Holidays", COLUMNS, ("date",), _open, of_hub=True)
