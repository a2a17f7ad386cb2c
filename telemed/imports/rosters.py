"""Shifts of rosters, as rows of a workbook: who has which place (顺位) of a roster from when until when."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from telemed.administration.saving import Result, Saved
from telemed.imports.columns import Column, Fault, day, one_of, text, whole
from telemed.imports.kinds import HOSPITAL, REFUSING, Kind, Planning, Scope, refusals
from telemed.imports.places import SPECIALTIES
from telemed.imports.table import Row, unknown
from telemed.imports.words import ROLES, ROSTER_KINDS, ROSTER_KINDS_ALSO
from telemed.kit import spelled
from telemed.people.model import Hospital
from telemed.rosters.book import Kept, Line, RosterBook
from telemed.rosters.model import RosterKind, Shift
from telemed.rosters.rules import MOST_PLACES, roles_for

_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:点时.]|(?=\d\d$))(\d{2})?分?(?::00)?")
MIDNIGHT: Final = "24:00"


def clock(cell: str) -> str:
    """A time of day as 08:00: also 8:00, 0800, 8点 and 8点30分."""
    value = "".join(unicodedata.normalize("NFKC", cell).split())
    found = _CLOCK.fullmatch(value)
    hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if not (hours < 24 and minutes < 60) and (hours, minutes) != (24, 0):
        raise Fault(f"「{cell[:20]}」不是时间，请写成 08:00", f"“{cell[:20]}” is no time of day: write it as 08:00")
    return f"{hours:02}:{minutes:02}"


def _begin(cell: str) -> str:
    if (found := clock(cell)) == MIDNIGHT:
        raise Fault("24:00 请写成次日的 00:00", "write 24:00 as 00:00 of the next day")
    return found


def _people(cell: str) -> list[str]:
    """Several with commas or 、 between them; a dot is part of a name."""
    inner = text(60)
    return list(dict.fromkeys(inner(each) for each in re.split(r"[、，,;；/\n]+", cell) if each.strip()))


COLUMNS: Final = (
    HOSPITAL,
    Column("kind", "类别", "Kind", one_of(ROSTER_KINDS, ROSTER_KINDS_ALSO), False, ("值班类别",), "专科",
           words=ROSTER_KINDS),
    Column("roster", "值班表", "Roster", text(60), True, ("科室", "专科", "角色", "值班岗位", "值班科室"), "心内科"),
    Column("place", "顺位", "Place", whole(1, MOST_PLACES), False, ("次序", "order"), "1"),
    Column("date", "日期", "Date", day, True, ("值班日期", "开始日期"), "2026-12-01"),
    Column("starts", "开始", "Starts", _begin, True, ("开始时间", "上班时间", "from"), "18:00"),
    Column("ends", "结束", "Ends", clock, True, ("结束时间", "下班时间", "交班时间", "to", "until"), "08:00"),
    Column("end_date", "结束日期", "End date", day, False, ("交班日期",)),
    Column("people", "值班人", "On duty", _people, True,
           ("工号", "姓名", "值班人员", "值班医师", "staff number", "number", "name"), "W0012", []),
    Column("note", "交班备注", "Note", text(200), False, ("备注", "交班说明", "remark"), "", ""),
)  # fmt: skip
SAYS: Final = {
    "ends_first": ("结束须晚于开始", "it must end after it starts"),
    "too_long": ("一班最长 7 天", "a shift lasts 7 days at most"),
    "twice": ("{name} 的这一班与自己的另一班重叠", "this shift of {name} overlaps another of theirs"),
    "shift_over": ("已经结束的班次不能再改", "a shift that is over stays as it was"),
    "again": ("同一值班表、开始时间和顺位在前面已有一行", "an earlier line has this roster, start and place already"),
    "disabled": ("{name} 的账号已停用，不能排班", "{name}'s account is disabled"),
    "role": ("{name} 没有可排入的任职（{roles}）", "{name} has none of the roles that may be on it ({roles})"),
    "department": ("{name} 不在这个科室或专科", "{name} is not in this department or specialty"),
}  # fmt: skip
PLACE: Final = {"ends_first": "ends", "too_long": "ends", "again": "starts", "shift_over": "date"}  # else the people


class _Named(NamedTuple):
    """What a roster can be called."""

    kept: Kept
    names: frozenset[str]


class _Rosters(Planning):
    def __init__(self, scope: Scope, book: RosterBook) -> None:
        self.scope, self.book = scope, book
        self.named = [_Named(each, frozenset(self._names(each))) for each in book.kept.values()]
        self.lines: list[Line] = []

    async def save(self, values: Mapping[str, Any]) -> Saved[Any]:
        alone = await _open(self.scope)
        (saved,) = alone._planned([values])
        if isinstance(saved, Exception):
            raise saved
        await alone.write()
        return saved

    def plan(self, rows: Sequence[Row]) -> list[Saved[Any] | Exception]:
        return self._planned([row.values for row in rows])

    def _planned(self, rows: Sequence[Mapping[str, Any]]) -> list[Saved[Any] | Exception]:
        found: list[Line | Exception] = []
        known = set[tuple[UUID, datetime, int]]()
        for values in rows:
            try:
                line = self._line(values)
                if (slot := (line.kept.roster.id, line.starts, line.place)) in known:
                    raise _fault("again")
                known.add(slot)
                found.append(line)
            except REFUSING as refusal:
                found.append(refusal)
        self.lines = [each for each in found if isinstance(each, Line)]
        self.book.judge(self.lines, self.scope.now)
        return [each if isinstance(each, Exception) else self._saved(each) for each in found]

    async def write(self) -> None:
        await self.book.write(self.scope.db, self.scope.by, self.lines, self.scope.now)

    def look_up(self, values: Mapping[str, Any]) -> list[Exception]:
        def of_hospital(look: Callable[[Hospital], object]) -> Callable[[], object]:
            return lambda: look(self._hospital(values))

        return refusals(
            of_hospital(lambda hospital: self._roster(hospital, values) if "roster" in values else None),
            of_hospital(lambda hospital: self._people(hospital, values.get("people", []))),
        )

    def before(self, saved: Saved[Any]) -> dict[str, tuple[str, str]]:
        said = {each.key: each for each in COLUMNS}
        return {name: said[name].shown(value) for name, value in saved.before.items()}

    def _line(self, values: Mapping[str, Any]) -> Line:
        """Raises Fault, and what the hospital's own administrator is not told."""
        hospital = self._hospital(values)
        for name in ("roster", "date"):
            _needed(values, name)
        kept = self._roster(hospital, values)
        starts, place = _moment(values["date"], values["starts"], hospital), values.get("place", 1)
        had = kept.at(starts, place)
        if not had:
            for name in ("ends", "people"):
                _needed(values, name)
        return Line(
            kept,
            starts,
            place,
            self._ends(values, hospital, starts) if "ends" in values else had[0].ends,
            self._people(hospital, values["people"]) if "people" in values else [each.staff_id for each in had],
            values.get("note", had[0].note if had else ""),
        )

    def _hospital(self, values: Mapping[str, Any]) -> Hospital:
        return self.scope.own_hospital(values.get("hospital"))

    def _ends(self, values: Mapping[str, Any], hospital: Hospital, starts: datetime) -> datetime:
        """On the day on which it starts or, if that would be before, on the next."""
        if "end_date" in values:
            return _moment(values["end_date"], values["ends"], hospital)
        ends = _moment(values["date"], values["ends"], hospital)
        return ends if ends > starts else _moment(values["date"] + timedelta(days=1), values["ends"], hospital)

    def _names(self, kept: Kept) -> list[str]:
        roster, own = kept.roster, [each for each in self.book.departments if each.hospital_id == kept.hospital.id]
        if roster.kind is RosterKind.role:
            return [roster.subject, *ROLES[roster.subject]]
        if roster.kind is RosterKind.department:
            of = [each for each in own if str(each.id) == roster.subject]
            return [name for each in of for name in (each.name, each.name_en)]
        of = [each for each in own if each.specialty == roster.subject]
        called = [name for each in of for name in (each.name, each.name_en)]
        return [roster.subject, *SPECIALTIES.get(roster.subject, ()), *called]

    def _roster(self, hospital: Hospital, values: Mapping[str, Any]) -> Kept:
        """The roster of this name; where a department and a specialty have it, the one that is kept. Raises Fault."""
        name, kind = values["roster"], values.get("kind")
        there = [each for each in self.named if each.kept.hospital.id == hospital.id]
        of = [each.kept for each in there if name in each.names and kind in (None, each.kept.roster.kind)]
        if not of:
            fault = unknown(name, "值班表", "roster", [each for one in there for each in sorted(one.names)])
            fault.column = "roster"
            raise fault
        found = of if len(of) == 1 else [each for each in of if each.is_kept]
        if len(found) != 1:
            raise Fault(
                f"「{name[:30]}」既是专科又是科室，请在「类别」列写明",
                f"“{name[:30]}” is a specialty and a department: say which in the column “Kind”",
                column="kind",
            )
        return found[0]

    def _people(self, hospital: Hospital, named: Sequence[str]) -> list[UUID]:
        """By staff number, or by a name that only one has at the hospital. Raises Fault."""
        own = [each for each in self.book.people.values() if each.hospital_id == hospital.id]
        found = []
        for wanted in named:
            number = spelled.number(wanted)
            of = [each for each in own if each.number == number] or [each for each in own if each.name == wanted]
            if not of:
                fault = unknown(wanted, f"{hospital.name}的工号或姓名", f"person of {hospital.name_en}", [])
                fault.column = "people"
                raise fault
            if len(of) > 1:
                numbers = "、".join(sorted(each.number for each in of))
                raise Fault(
                    f"有 {len(of)} 位「{wanted[:30]}」（{numbers}），请写工号",
                    f"there are {len(of)} named “{wanted[:30]}” ({numbers}): write the staff number",
                    column="people",
                )
            found.append(of[0].id)
        return list(dict.fromkeys(found))

    def _saved(self, line: Line) -> Saved[Any] | Exception:
        if line.fault:
            return self._refusal(line)
        had, has = line.kept.at(line.starts, line.place), line.shifts()
        old, new = self._said(had, line.kept.hospital), self._said(has, line.kept.hospital)
        before = {name: old[name] for name in old if old[name] != new[name]}
        after = {name: new[name] for name in before}
        same = Result.same if not before else Result.changed
        return Saved(line.kept.roster, Result.new if not had and has else same, before if had else {}, after)

    def _said(self, shifts: Sequence[Shift], hospital: Hospital) -> dict[str, Any]:
        who = sorted(f"{of.number} {of.name}" for of in (self.book.people[each.staff_id] for each in shifts))
        ends = shifts[0].ends.astimezone(ZoneInfo(hospital.time_zone)) if shifts else None
        return {
            "people": who,
            "ends": f"{ends:%H:%M}" if ends else "",
            "end_date": ends.date().isoformat() if ends else "",
            "note": shifts[0].note if shifts else "",
        }

    def _refusal(self, line: Line) -> Fault:
        person = self.book.people.get(line.person) if line.person else None
        why = self.book.why_not(line.kept, person) if line.fault == "not_eligible" and person else line.fault
        roster = line.kept.roster
        may = [ROLES[each] for each in roles_for(roster.kind, roster.subject, line.kept.hospital.kind)]
        return _fault(why, name=person.name if person else "", roles=may)


def _fault(why: str, *, name: str = "", roles: Sequence[tuple[str, str]] = ()) -> Fault:
    chinese, english = SAYS[why]
    return Fault(
        chinese.format(name=name, roles="、".join(each for each, _ in roles)),
        english.format(name=name, roles=", ".join(each for _, each in roles)),
        column=PLACE.get(why, "people"),
    )


def _needed(values: Mapping[str, Any], key: str) -> None:
    if key not in values:
        column = next(each for each in COLUMNS if each.key == key)
        raise Fault(f"没有填写「{column.chinese}」", f"“{column.english}” is missing", column=key)


def _moment(on: date, at: str, hospital: Hospital) -> datetime:
    """By the hospital's clock."""
    following = at == MIDNIGHT
    clock_time = time() if following else time.fromisoformat(at)
    local = datetime.combine(on + timedelta(days=following), clock_time, ZoneInfo(hospital.time_zone))
    return local.astimezone(UTC)


async def _open(scope: Scope) -> _Rosters:
    mine = [each for each in scope.hospitals if each.id not in scope.refused]
    return _Rosters(scope, await RosterBook.load(scope.db, mine, scope.now, lock=scope.writes))


ROSTER: Final = Kind(
    "roster", "值班表", "Roster", COLUMNS, ("hospital", "kind", "roster", "place", "date", "starts"), _open, plans=True
)
