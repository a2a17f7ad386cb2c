"""Departments, wards with their beds, and venues, as rows of a workbook."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from sqlmodel import col, select

from telemed.administration import departments, venues, wards
from telemed.administration.place_schemas import MOST_BEDS, DepartmentIn, VenueIn, WardIn
from telemed.administration.saving import Saved
from telemed.imports.columns import Column, Fault, code, names, one_of, text, whole
from telemed.imports.kinds import HOSPITAL, Kind, Scope, refusals, said_before
from telemed.imports.table import unknown
from telemed.people.model import Department, Hospital
from telemed.people.specialties import BY_SPECIALTY

SPECIALTIES: Final = {each.specialty: (each.name, each.name_en) for each in BY_SPECIALTY.values()}
BY_NAME: Final = {name: specialty for specialty, pair in SPECIALTIES.items() for name in pair}
SPAN: Final = re.compile(r"(\D*)(\d{1,4})\s*[-~～—至]\s*(\d{1,4})")


def subject_code(cell: str) -> str:
    """A code of the catalogue; Excel takes 03.04 for a number and shows 3.04."""
    value = unicodedata.normalize("NFKC", cell).strip()
    parts = value.split(".")
    if not all(each.isdigit() and len(each) <= 2 for each in parts) or any(len(each) < 2 for each in parts[1:]):
        raise Fault(
            f"「{cell[:20]}」不是诊疗科目代码，请按文本填写，例如 03.04",
            f"“{cell[:20]}” is no code of the catalogue: type it as text, for example 03.04",
        )
    return ".".join(each.zfill(2) for each in parts)


def beds(cell: str) -> list[str]:
    """Names of beds; "01-30" stands for thirty."""
    found: list[str] = []
    for each in names(40)(unicodedata.normalize("NFKC", cell)):
        if span := SPAN.fullmatch(each):
            front, first, last = span[1], span[2], span[3]
            if not int(first) <= int(last) < int(first) + MOST_BEDS:
                raise Fault(f"「{each}」不是有效的床号范围", f"“{each}” is no range of beds")
            found += [f"{front}{n:0{len(first)}}" for n in range(int(first), int(last) + 1)]
        else:
            found.append(each)
    if len(found) > MOST_BEDS:
        raise Fault(f"最多 {MOST_BEDS} 张床", f"{MOST_BEDS} beds at most")
    return list(dict.fromkeys(found))


NAME_EN: Final = Column("name_en", "英文名", "Name in English", text(60), also=("英文名称", "english"), empty="")
DEPARTMENT_COLUMNS: Final = (
    HOSPITAL,
    Column("name", "科室", "Department", text(60), True, ("科室名称", "名称", "name"), "心内科"),
    NAME_EN,
    Column("code", "诊疗科目代码", "Subject code", subject_code, False, ("科目代码", "标准代码", "code"), "03.04", ""),
    Column("specialty", "专业", "Specialty", one_of(SPECIALTIES), False, ("诊疗科目", "学科"), "心血管内科",
           words=SPECIALTIES),
)  # fmt: skip
WARD_COLUMNS: Final = (
    HOSPITAL,
    Column("code", "病区代码", "Ward code", code(32), True, ("代码", "code"), "CCU"),
    Column("name", "病区", "Ward", text(60), True, ("病区名称", "名称", "name"), "心内科监护室"),
    NAME_EN,
    Column("department", "科室", "Department", text(60), False, ("所属科室",), "心内科", None),
    Column("beds", "床位", "Beds", beds, False, ("床号",), "01-12"),
)
VENUE_COLUMNS: Final = (
    HOSPITAL,
    Column("name", "会诊室", "Venue", text(60), True, ("会诊室名称", "名称", "name", "场所"), "无锡分院 CCU 会诊室"),
    NAME_EN,
    Column("place", "位置", "Place", text(60), False, ("地点", "地址"), "3 号楼 5 层", ""),
    Column("place_en", "英文位置", "Place in English", text(60), False, (), "Building 3, 5th floor", ""),
    Column("places", "座位数", "Places", whole(1, 500), False, ("座位", "人数", "容量"), "8"),
)


class _Departments:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    async def save(self, values: Mapping[str, Any]) -> Saved[Any]:
        given, hospital = own(self.scope, values)
        db, by, now = self.scope.db, self.scope.by, self.scope.now
        unsaid = not given.get("code") and "specialty" not in given and given["name"] in BY_NAME
        if unsaid and await departments.called(db, hospital.id, given["name"]) is None:
            given["specialty"] = BY_NAME[given["name"]]
        return await departments.save(db, by, hospital.id, DepartmentIn.model_validate(given), now)

    def look_up(self, values: Mapping[str, Any]) -> list[Exception]:
        return refusals(lambda: own(self.scope, values), lambda: departments.with_specialty(dict(values)))

    def before(self, saved: Saved[Any]) -> dict[str, tuple[str, str]]:
        return said_before(DEPARTMENT_COLUMNS, saved)


class DepartmentNames:
    """The departments of all hospitals by name, for rows that name one."""

    def __init__(self, rows: list[Department]) -> None:
        self._by_name = {(each.hospital_id, name): each for each in rows for name in (each.name_en, each.name)}
        self._names = {each.id: (each.name, each.name_en) for each in rows}

    @staticmethod
    async def load(scope: Scope) -> "DepartmentNames":
        return DepartmentNames(list((await scope.db.exec(select(Department).order_by(col(Department.id)))).all()))

    def put_id(self, given: dict[str, Any], hospital: Hospital) -> None:
        """Replaces `department` by `department_id`. Raises Fault with what was perhaps meant."""
        if "department" not in given:
            return
        name = given.pop("department")
        found = self._by_name.get((hospital.id, name)) if name else None
        if name and found is None:
            known = [each for at, each in self._by_name if at == hospital.id]
            fault = unknown(name, f"{hospital.name}的科室", f"department of {hospital.name_en}", known)
            fault.column = "department"
            raise fault
        given["department_id"] = found.id if found else None

    def said(self, saved: Saved[Any]) -> dict[str, tuple[str, str]]:
        if "department_id" not in saved.before:
            return {}
        known = {str(id): pair for id, pair in self._names.items()}
        return {"department": known.get(str(saved.before["department_id"]), ("–", "–"))}


class _Wards:
    def __init__(self, scope: Scope, departments: DepartmentNames) -> None:
        self.scope, self.departments = scope, departments

    async def save(self, values: Mapping[str, Any]) -> Saved[Any]:
        given, hospital = own(self.scope, values)
        self.departments.put_id(given, hospital)
        return await wards.save(self.scope.db, self.scope.by, hospital.id, WardIn.model_validate(given), self.scope.now)

    def look_up(self, values: Mapping[str, Any]) -> list[Exception]:
        return refusals(lambda: self.departments.put_id(*own(self.scope, values)))

    def before(self, saved: Saved[Any]) -> dict[str, tuple[str, str]]:
        return said_before(WARD_COLUMNS, saved) | self.departments.said(saved)


class _Venues:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    async def save(self, values: Mapping[str, Any]) -> Saved[Any]:
        given, hospital = own(self.scope, values)
        return await venues.save(
            self.scope.db, self.scope.by, hospital.id, VenueIn.model_validate(given), self.scope.now
        )

    def look_up(self, values: Mapping[str, Any]) -> list[Exception]:
        return refusals(lambda: own(self.scope, values))

    def before(self, saved: Saved[Any]) -> dict[str, tuple[str, str]]:
        return said_before(VENUE_COLUMNS, saved)


def own(scope: Scope, values: Mapping[str, Any]) -> tuple[dict[str, Any], Hospital]:
    """The values without the hospital's name, and the hospital. Raises Fault, or what they are told of another's."""
    given = {name: each for name, each in values.items() if name != "hospital"}
    return given, scope.own_hospital(values.get("hospital"))


async def _open_departments(scope: Scope) -> _Departments:
    return _Departments(scope)


async def _open_wards(scope: Scope) -> _Wards:
    return _Wards(scope, await DepartmentNames.load(scope))


async def _open_venues(scope: Scope) -> _Venues:
    return _Venues(scope)


ONE_NAME: Final = ("hospital", "name")
DEPARTMENTS: Final = Kind("departments", "科室", "Departments", DEPARTMENT_COLUMNS, ONE_NAME, _open_departments)
WARDS: Final = Kind("wards", "病区", "Wards", WARD_COLUMNS, ("hospital", "code"), _open_wards)
VENUES: Final = Kind("venues", "会诊室", "Venues", VENUE_COLUMNS, ONE_NAME, _open_venues)
