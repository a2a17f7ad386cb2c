"""The demonstration's hospitals, brought in as any hospital fills its own: made as `telemed init` makes them, the rest
by the import.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from telemed.access.model import Actor, Role
from telemed.administration import hospitals
from telemed.administration.place_schemas import HospitalIn
from telemed.db import Database
from telemed.demo.patients import PATIENTS
from telemed.demo.places import AGREEMENTS, BEDS, DEPARTMENTS, HOSPITALS, HUB, SERVICES, USUAL_BEDS, VENUES
from telemed.demo.staff import STAFF, StaffText
from telemed.imports import running
from telemed.imports.every import kind_named
from telemed.imports.running import Order
from telemed.imports.sheet import of_texts
from telemed.imports.table import table
from telemed.people import service as people
from telemed.people.schemas import HospitalSettings

SINCE, FOR_YEARS, REGISTERED_FOR = timedelta(days=200), timedelta(days=1600), timedelta(days=900)
SEVERAL = "、"
Rows = Sequence[Sequence[str]]


async def bring(database: Database, now: datetime) -> None:
    """Raises RuntimeError, naming the row, if the import refuses one."""
    async with database.write() as db:
        for each in HOSPITALS:
            given = HospitalIn(
                kind=each.kind,
                name=each.name,
                name_en=each.name_en,
                licence_name=each.licence_name,
                coordinator_phone=each.phone,
            )
            await hospitals.save(db, None, each.id, given, now)
    for kind, rows in _files(now.date()):
        await _import(database, kind, rows, now)


async def settle(database: Database, administrators: Iterable[Actor], now: datetime) -> None:
    """What each hospital's own administrator sets."""
    endorses = {each.id: each for each in HOSPITALS}
    async with database.write() as db:
        for each in administrators:
            text, row = endorses[each.hospital_id], await people.hospital(db, each.hospital_id)
            if row.endorsement is not text.endorsement:
                new = HospitalSettings(endorsement=text.endorsement, review=row.review, coordinator_phone=text.phone)
                await people.change_settings(db, each, row.id, row.version, new, now)


async def _import(database: Database, name: str, rows: Rows, now: datetime) -> None:
    kind = kind_named(name)
    found = table(of_texts(rows), kind.columns, kind.identity)
    report = await running.write(database, Order(kind, None, None, now), found, partial=False)
    if not report.done:
        wrong = [f"{name} {each.row.line}: {one.english}" for each in report.rows for one in each.row.wrong]
        raise RuntimeError("; ".join(wrong))


def _files(today: date) -> Iterable[tuple[str, Rows]]:
    """What would be files, in the order of the import."""
    yield "departments", [("hospital", "specialty", "name", "name_en"), *DEPARTMENTS]
    since = (today - SINCE).isoformat()
    yield "staff", [STAFF_HEAD, *(_person(each, n, since) for n, each in enumerate(STAFF, start=1))]
    for number, branch in AGREEMENTS:
        until = (today + REGISTERED_FOR).isoformat()
        yield "staff", [REGISTRATION_HEAD, *_registrations(number, branch, since, until)]
    yield "wards", [("hospital", "code", "name", "name_en", "department", "beds"), *_wards()]
    yield "venues", [("hospital", "name", "name_en", "places"), *((*each, "8") for each in VENUES)]
    until = (today + FOR_YEARS).isoformat()
    head = ("branch", "hub", "number", "services", "valid_from", "valid_until")
    yield "agreements", [head, *((to, HUB, number, SEVERAL.join(SERVICES), since, until) for number, to in AGREEMENTS)]


STAFF_HEAD = (
    "hospital", "number", "name", "name_en", "department", "title", "roles", "phone", "email", "username", "licence",
    "licence_checked_on",
)  # fmt: skip
REGISTRATION_HEAD = (
    "hospital", "number", "registered_at", "registration", "registered_from", "registered_until",
)  # fmt: skip


def number_of(n: int) -> str:
    return f"D{n:04d}"


def _person(person: StaffText, n: int, checked_on: str) -> Sequence[str]:
    department = next(each for each in DEPARTMENTS if each[:2] == (person.hospital, person.specialty))
    return (
        person.hospital,
        number_of(n),
        person.name,
        person.name_en,
        department[2],
        person.title,
        SEVERAL.join(person.roles),
        f"000-0000-{n:04d}",
        f"{person.username}@demo.invalid",
        person.username,
        f"演示-{n:04d}",
        checked_on,
    )


def _registrations(agreement: str, branch: str, since: str, until: str) -> Iterable[Sequence[str]]:
    """Of each expert at this branch."""
    for n, each in enumerate(STAFF, start=1):
        if Role.expert in each.roles:
            yield each.hospital, number_of(n), branch, f"{agreement}-{n:04d}", since, until


def _wards() -> Iterable[Sequence[str]]:
    """Those in which its patients lie."""
    where = {(each.hospital, each.ward): each.department for each in PATIENTS.values()}
    for (hospital, ward), of in where.items():
        number, is_numbered, _ = ward.partition(" 病区")
        yield hospital, ward, ward, f"Ward {number}" if is_numbered else ward, of, BEDS.get(ward, USUAL_BEDS)
