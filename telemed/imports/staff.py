"""People, as rows of a workbook: known by their number at their hospital, with roles and registrations (备案)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from sqlmodel import select

from telemed.administration import hospitals, registering, rules, staff_writing, staffing
from telemed.administration.saving import Result, Saved
from telemed.administration.staff_book import StaffBook
from telemed.administration.staff_schemas import RegistrationIn, StaffIn
from telemed.errors import TelemedError
from telemed.imports import faults
from telemed.imports.columns import Column, Fault, code, day, names, one_of, some_of, text
from telemed.imports.kinds import HOSPITAL, REFUSING, Kind, Moved, Planning, Scope, refusals, said_before
from telemed.imports.places import DepartmentNames, own
from telemed.imports.table import Row
from telemed.imports.words import CATEGORIES, ROLES, ROLES_ALSO, TITLES, TITLES_ALSO
from telemed.people.model import Registration, Staff


def _telephone(cell: str) -> str:
    try:
        return rules.telephone(re.sub(r"^(\d+)\.0+$", r"\1", cell))
    except TelemedError as refusal:
        raise faults.of_use_case(refusal, {}, {"phone": cell})[0] from None


def _mail(cell: str) -> str:
    value = unicodedata.normalize("NFKC", cell).strip()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", value) or len(value) > LONGEST_MAIL:
        raise Fault(f"「{cell[:40]}」不是邮箱地址", f"“{cell[:40]}” is no mail address")
    return value


LONGEST_MAIL: Final = 200
REGISTRATION: Final = ("registered_at", "registration", "registered_from", "registered_until")
COLUMNS: Final = (
    HOSPITAL,
    Column("number", "工号", "Staff number", code(32), True, ("职工号", "员工编号", "number"), "W0012"),
    Column("name", "姓名", "Name", text(60), True, (), "叶夏至"),
    Column("name_en", "姓名拼音", "Name in letters", text(60), False, ("英文名", "拼音"), "Ye Xiazhi"),
    Column("department", "科室", "Department", text(60), False, ("所在科室",), "心内科", None),
    Column("title", "职称", "Title", one_of(TITLES, TITLES_ALSO), True, (), "主治医师", words=TITLES),
    Column("roles", "任职", "Roles", some_of(ROLES, ROLES_ALSO), True, ("角色", "岗位"), "申请医师、管床医师",
           words=ROLES),
    Column("phone", "手机", "Telephone", _telephone, False, ("电话", "手机号", "联系电话", "phone", "mobile"),
           "139 0000 0012", ""),
    Column("email", "邮箱", "Mail", _mail, False, ("邮件", "电子邮件", "email"), "ye@wuxi.example", ""),
    Column("username", "用户名", "User name", code(100), False, ("登录名", "sign-in name", "username"), ""),
    Column("specialty", "专长", "Specialty", text(200), False, ("擅长",), "冠心病介入", ""),
    Column("licence", "执业证书编号", "Licence", code(32), False, ("医师执业证书编号", "证书编号", "licence number"),
           "110320000000012", ""),
    Column("licence_category", "执业类别", "Licence category", one_of(CATEGORIES), False, (), "临床", None,
           words=CATEGORIES),
    Column("licence_scope", "执业范围", "Licence scope", text(200), False, (), "内科专业", ""),
    Column("licence_checked_on", "核验日期", "Licence checked on", day, False, ("执业核对日期", "核对日期"),
           "2026-11-02", None),
    Column("practising_since", "独立执业起始", "Practising since", day, False, ("独立执业时间",), "2012-07-01", None),
    Column("registered_at", "备案机构", "Registered at", names(60), False, ("多机构备案",), "wuxi"),
    Column("registration", "备案号", "Registration number", code(32), False, ("备案编号",), "WX-2026-003"),
    Column("registered_from", "备案起始", "Registered from", day, False, ("备案开始",), "2026-01-01"),
    Column("registered_until", "备案截止", "Registered until", day, False, ("备案到期", "备案有效期"), "2028-12-31"),
)  # fmt: skip


Known = dict[tuple[UUID, str, date], Registration]


@dataclass
class _Planned:
    saved: Saved[Staff]
    registrations: list[RegistrationIn]


class _Staff(Planning):
    """`plan` and `write` for thousands, `save` for one."""

    def __init__(self, scope: Scope, departments: DepartmentNames, book: StaffBook, known: Known) -> None:
        self.scope, self.departments, self.book, self.known = scope, departments, book, known
        self.planned: dict[UUID, _Planned] = {}
        self.rows: dict[UUID, Row] = {}  # of the file, by whose they are

    async def save(self, values: Mapping[str, Any]) -> Saved[Any]:
        person, hospital_id, registrations = self._read(values)
        db, by, now = self.scope.db, self.scope.by, self.scope.now
        saved = await staffing.save(db, by, hospital_id, person, now)
        entered = [(await registering.save(db, by, saved.row.id, each, now)) for each in registrations]
        return _with_registrations(saved, [(each.result, each.before.get("valid_until")) for each in entered])

    def plan(self, rows: Sequence[Row]) -> list[Saved[Any] | Exception]:
        found: list[Saved[Any] | Exception] = []
        for row in rows:
            try:
                saved = self._plan(row.values)
                self.rows[saved.row.id] = row
                found.append(saved)
            except REFUSING as refusal:
                found.append(self._of_file(refusal, row.values))
        return found

    def _of_file(self, refusal: Exception, values: Mapping[str, Any]) -> Exception:
        """Where another row of the file has taken a sign-in name or a licence, that row is named."""
        match refusal:
            case TelemedError(extra={"reason": "username_taken", "username": str(username)}):
                column, holder = "username", self.book.usernames.get(username)
            case TelemedError(extra={"reason": "licence_taken"}):
                other = self.book.licences.get(values.get("licence", ""))
                column, holder, username = "licence", other.id if other else None, ""
            case _:
                return refusal
        row = self.rows.get(holder) if holder else None
        if row is None:
            return refusal
        said = {"username": username, "line": row.line, "name": row.texts.get("name") or row.texts.get("number", "")}
        chinese, english = faults.SAYS[f"{column}_in_file"]
        return Fault(chinese.format(**said), english.format(**said), column=column)

    def _plan(self, values: Mapping[str, Any]) -> Saved[Any]:
        person, hospital_id, registrations = self._read(values)
        saved = self.book.plan(hospital_id, person)
        self.planned[saved.row.id] = _Planned(saved, registrations)
        if saved.result is Result.new:
            return saved
        return _with_registrations(saved, [self._compared(saved.row.id, each) for each in registrations])

    async def write(self) -> None:
        db, by, now = self.scope.db, self.scope.by, self.scope.now
        planned = [each for each in self.planned.values() if each.saved.result is not Result.same or each.registrations]
        new = [each.saved for each in planned if each.saved.result is Result.new]
        known = [each.saved.row for each in planned if each.saved.result is not Result.new]
        if not await staff_writing.are_as_loaded(db, known):
            raise Moved
        await staff_writing.write_new(db, new)
        await staff_writing.write_moves(db, by, list(self.book.moves.values()), now)
        staff_writing.audit_all(db, by, [each.saved for each in planned], now)
        for each in planned:
            for given in each.registrations:
                row = self.known.get((each.saved.row.id, given.hospital_id, given.valid_from))
                registering.put(db, by, each.saved.row, row, given, now)
        await db.flush()

    def before(self, saved: Saved[Any]) -> dict[str, tuple[str, str]]:
        return said_before(COLUMNS, saved) | self.departments.said(saved)

    def look_up(self, values: Mapping[str, Any]) -> list[Exception]:
        try:
            given, hospital = own(self.scope, values)
        except REFUSING as refusal:
            return [refusal]
        registration: dict[str, Any] = {name: given.pop(name) for name in REGISTRATION if name in given}
        found = refusals(
            lambda: self.departments.put_id(given, hospital),
            *(
                partial(self.scope.hospital, each, column="registered_at")
                for each in registration.get("registered_at", ())
            ),
            lambda: self._registrations(registration, hospital.id),
        )
        try:
            judged = self.book.judge(hospital.id, StaffIn.model_validate(given))
            return [*found, *(self._of_file(each, values) for each in judged)]
        except REFUSING as refusal:
            return [*found, refusal]

    def _read(self, values: Mapping[str, Any]) -> tuple[StaffIn, str, list[RegistrationIn]]:
        given, hospital = own(self.scope, values)
        registration: dict[str, Any] = {name: given.pop(name) for name in REGISTRATION if name in given}
        self.departments.put_id(given, hospital)
        return StaffIn.model_validate(given), hospital.id, self._registrations(registration, hospital.id)

    def _registrations(self, given: Mapping[str, Any], home: str) -> list[RegistrationIn]:
        """备案 at each hospital that is named. Raises Fault."""
        _registered_from_until(given)
        return [self._registration(given, each, home) for each in given.get("registered_at", ())]

    def _registration(self, given: Mapping[str, Any], at: str, home: str) -> RegistrationIn:
        """`at`: the hospital as it is named. Raises Fault."""
        new = RegistrationIn(
            hospital_id=self.scope.hospital(at, column="registered_at").id,
            number=given.get("registration", ""),
            valid_from=given["registered_from"],
            valid_until=given["registered_until"],
        )
        try:
            registering.check(new, home)
        except TelemedError as refusal:
            (fault,) = faults.of_use_case(refusal, {}, {})
            fault.column = "registered_at"
            raise fault from None
        return new

    def _compared(self, id: UUID, new: RegistrationIn) -> tuple[Result, Any]:
        known = self.known.get((id, new.hospital_id, new.valid_from))
        if known is None:
            return Result.new, None
        same = (known.number, known.valid_until) == (new.number, new.valid_until)
        return (Result.same, None) if same else (Result.changed, known.valid_until.isoformat())


def _registered_from_until(given: Mapping[str, Any]) -> None:
    """Raises Fault if a registration lacks something, or ends before it begins."""
    labels = {each.key: each for each in COLUMNS}
    for name in ("registered_at", "registered_from", "registered_until") if given else ():
        if name not in given:
            raise Fault(
                f"备案须同时填写{labels[name].chinese}",
                f"a registration needs “{labels[name].english}” too",
                column=next(each for each in REGISTRATION if each in given),
            )
    if given and given["registered_until"] < given["registered_from"]:
        raise Fault(*faults.SAYS["ends_before_it_begins"], column="registered_until")


def _with_registrations(saved: Saved[Any], entered: list[tuple[Result, Any]]) -> Saved[Any]:
    """A person whose 备案 is new or changed is changed too."""
    moved = [before for result, before in entered if result is not Result.same]
    if saved.result is Result.new or not moved:
        return saved
    return Saved(saved.row, Result.changed, dict(saved.before) | {"registered_until": moved[0]}, saved.after)


async def _open(scope: Scope) -> _Staff:
    if scope.writes:  # of two who take an administrator's role away at once, one is the second
        for each in [scope.by.hospital_id] if scope.by else sorted(one.id for one in scope.hospitals):
            await hospitals.hold(scope.db, each)
    departments = await DepartmentNames.load(scope)
    book = await StaffBook.load(scope.db, scope.by, [each.id for each in scope.hospitals])
    known = {
        (each.staff_id, each.hospital_id, each.valid_from): each
        for each in (await scope.db.exec(select(Registration))).all()
    }
    return _Staff(scope, departments, book, known)


STAFF: Final = Kind("staff", "人员", "People", COLUMNS, ("hospital", "number"), _open, plans=True)
