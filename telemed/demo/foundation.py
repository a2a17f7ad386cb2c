"""Makes what comes before any case: hospitals, departments, agreements, staff, venues and patients."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, Actor, Role
from telemed.db import Database
from telemed.demo.his import patient_data
from telemed.demo.hospitals import bring, settle
from telemed.demo.images.person import ZONE
from telemed.demo.patients import PATIENTS
from telemed.demo.places import HUB, VENUES
from telemed.demo.staff import BUSY, BUSY_TITLE, STAFF
from telemed.errors import Conflict
from telemed.kit.table import new_id
from telemed.people import patients
from telemed.people.model import Department, Patient
from telemed.scheduling import service as scheduling
from telemed.scheduling.model import Resource, ResourceKind

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


async def lay(database: Database, now: datetime) -> Foundation:
    await bring(database, now)
    async with database.write() as db:
        made = await _found(db)
        for patient in PATIENTS.values():
            made.patients[patient.key] = await patients.keep(db, patient_data(patient, now), now)
    await settle(database, (each for each in made.actors.values() if each.has(Role.administrator)), now)
    return made


async def _found(db: AsyncSession) -> Foundation:
    """What has been brought in, by the names that the cases call it."""
    made = Foundation()
    for each in (await db.exec(select(Department))).all():
        made.departments[each.hospital_id, each.specialty] = each.id
    ids = {name: id for name, id in (await db.exec(select(Account.username, Account.id))).all()}
    for person in STAFF:
        department = made.departments[person.hospital, person.specialty]
        made.actors[person.username] = Actor(
            ids[person.username], new_id(), person.hospital, person.name, frozenset(person.roles), department
        )
    venues = (await db.exec(select(Resource).where(Resource.kind == ResourceKind.venue))).all()
    called = {(each.hospital_id, each.name): each.id for each in venues}
    made.venues = [(hospital, called[hospital, name]) for hospital, name, _ in VENUES]
    return made


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
