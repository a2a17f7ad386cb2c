"""Makes what comes before any case: hospitals, departments, agreements, staff, venues and patients."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, AccountRole, Actor, Role
from telemed.db import Database
from telemed.demo.accounts import NO_PASSWORD
from telemed.demo.his import patient_data
from telemed.demo.images.person import ZONE
from telemed.demo.patients import PATIENTS
from telemed.demo.places import AGREEMENTS, DEPARTMENTS, HOSPITALS, HUB, SERVICES, VENUES
from telemed.demo.staff import BUSY, BUSY_TITLE, STAFF, StaffText
from telemed.errors import Conflict
from telemed.kit.table import new_id
from telemed.people import patients
from telemed.people.model import Agreement, Department, Hospital, Patient, Registration, Staff
from telemed.people.names import spelling
from telemed.scheduling import service as scheduling
from telemed.scheduling.model import Resource, ResourceKind
from telemed.work.outgoing import NoticeChoice

DAYS_BACK, DAYS_AHEAD = 1, 4
SATURDAY = 5


@dataclass
class Foundation:
    """The people and venues for the cases."""

    actors: dict[str, Actor] = field(default_factory=dict)
    departments: dict[tuple[str, str], UUID] = field(default_factory=dict)
    venues: list[tuple[str, UUID]] = field(default_factory=list)  # (hospital, id)
    patients: dict[str, Patient] = field(default_factory=dict)

    def venue(self, hospital: str = HUB, place: int = 0) -> UUID:
        return [id for at, id in self.venues if at == hospital][place]


async def lay(db: AsyncSession, now: datetime) -> Foundation:
    made = Foundation()
    for each in HOSPITALS:
        db.add(
            Hospital(
                id=each.id,
                kind=each.kind,
                name=each.name,
                name_en=each.name_en,
                licence_name=each.licence_name,
                coordinator_phone=each.phone,
                endorsement=each.endorsement,
            )
        )
    await db.flush()
    for contract, branch in AGREEMENTS:
        db.add(
            Agreement(
                number=contract,
                branch_id=branch,
                hub_id=HUB,
                services=list(SERVICES),
                valid_from=now.date() - timedelta(days=200),
                valid_until=now.date() + timedelta(days=1600),
            )
        )
    for hospital, specialty, name, name_en in DEPARTMENTS:
        department = Department(hospital_id=hospital, specialty=specialty, name=name, name_en=name_en)
        db.add(department)
        made.departments[hospital, specialty] = department.id
    for hospital, name, name_en in VENUES:
        venue = Resource(kind=ResourceKind.venue, hospital_id=hospital, name=name, name_en=name_en, places=8)
        db.add(venue)
        made.venues.append((hospital, venue.id))
    await db.flush()
    for number, person in enumerate(STAFF, start=1):
        made.actors[person.username] = await _employ(db, made, person, number, now)
    for patient in PATIENTS.values():
        made.patients[patient.key] = await patients.keep(db, patient_data(patient, now), now)
    return made


async def _employ(db: AsyncSession, made: Foundation, person: StaffText, number: int, now: datetime) -> Actor:
    department = made.departments[person.hospital, person.specialty]
    account = Account(
        username=person.username,
        password_hash=NO_PASSWORD,
        hospital_id=person.hospital,
        department_id=department,
        name=person.name,
    )
    db.add(account)
    db.add(
        Staff(
            id=account.id,
            hospital_id=person.hospital,
            department_id=department,
            number=f"D{number:04d}",
            name=person.name,
            name_en=person.name_en,
            pinyin=spelling(person.name),
            title=person.title,
            phone=f"000-0000-{number:04d}",
            licence=f"演示-{number:04d}",
        )
    )
    await db.flush()
    for number_of_agreement, branch in AGREEMENTS if Role.expert in person.roles else ():
        db.add(
            Registration(
                staff_id=account.id,
                hospital_id=branch,
                number=f"{number_of_agreement}-{number:04d}",
                valid_from=now.date() - timedelta(days=200),
                valid_until=now.date() + timedelta(days=900),
            )
        )
    db.add(NoticeChoice(staff_id=account.id, email=f"{person.username}@demo.invalid"))
    for role in person.roles:
        db.add(AccountRole(account_id=account.id, role=role))
    return Actor(account.id, new_id(), person.hospital, person.name, frozenset(person.roles), department)


async def fill_calendars(database: Database, made: Foundation, now: datetime) -> None:
    """Fills the calendars with clinics, rounds and operations around the consultations, which are booked already."""
    today = now.astimezone(ZONE).date()
    for offset in range(-DAYS_BACK, DAYS_AHEAD + 1):
        day = today + timedelta(days=offset)
        if day.weekday() < SATURDAY:
            async with database.write() as db:  # a transaction per day, so that nobody waits long for the write lock
                await _fill(db, made, day, now)


async def _fill(db: AsyncSession, made: Foundation, day: date, now: datetime) -> None:
    for username, begins, ends, kind in BUSY:
        start, end = (datetime.combine(day, time.fromisoformat(each), ZONE).astimezone(UTC) for each in (begins, ends))
        title, title_en = BUSY_TITLE[kind]
        actor = made.actors[username]
        try:
            async with db.begin_nested():
                await scheduling.book(
                    db,
                    kind=kind,
                    title=title,
                    title_en=title_en,
                    people=[actor.id],
                    venue=None,
                    start=start,
                    end=end,
                    hospital_id=actor.hospital_id,
                    by=actor,
                    now=min(now, start - timedelta(days=1)),
                )
        except Conflict:
            continue
