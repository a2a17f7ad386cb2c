"""A hub and a branch that have too few people and rooms for all who want them, for the race of bookings."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import sessions
from telemed.access.model import Account, AccountRole, Actor, Role
from telemed.devices import bookable
from telemed.devices.model import Device, DeviceKind
from telemed.kit.table import new_id
from telemed.people.model import Agreement, Hospital, Staff, Title, Ward
from telemed.scheduling.model import Availability, Resource, ResourceKind
from tests.telemed.conftest import NOW, World, rows
from tests.telemed.consultations.conftest import submit
from tests.telemed.world import register

EXPERTS, DOCTORS, ROOMS, BRANCH_ROOMS, CARTS = 12, 8, 6, 4, 3
LONG: Final = timedelta(days=365)
NOBODY: Final = UUID(int=0)
EVENINGS: Final = ["18:30-19:30"] * 7
DOING: Final = (Role.requesting_doctor, Role.accompanying_physician)


@dataclass
class Field:
    """Those who are wanted; people by the short names under which they sign in."""

    experts: list[str] = field(default_factory=list)
    doctors: list[str] = field(default_factory=list)
    rooms: list[UUID] = field(default_factory=list)
    branch_rooms: list[UUID] = field(default_factory=list)
    carts: list[UUID] = field(default_factory=list)
    limited_expert: str = ""  # they and this room have hours of their own, in which nobody in the race books
    limited_room: UUID = NOBODY
    wards: list[UUID] = field(default_factory=list)
    consultations: dict[UUID, str] = field(default_factory=dict)  # approved, and their doctor


async def prepared(world: World, consultations: int) -> Field:
    """With so many consultations that the hub may book."""
    made = Field()
    agreements = [each.id for each in await rows(world.db, Agreement)]
    async with world.db.write() as db:
        for id in agreements:
            (await db.get_one(Agreement, id)).services = ["consultation", "round"]
        wuxi = await db.get_one(Hospital, "wuxi")
        wuxi.endorsement = wuxi.review = False  # what is submitted is approved
        for n in range(EXPERTS):
            made.experts.append(name := f"e{n}")
            await _person(world, db, name, "ruijin", Role.expert)
            register(db, world.ids[name], "wuxi")
        for n in range(DOCTORS):
            made.doctors.append(name := f"d{n}")
            await _person(world, db, name, "wuxi", *DOING)
        made.rooms = [_venue(db, "ruijin", f"会诊室 {n}") for n in range(ROOMS)]
        made.limited_expert, made.limited_room = made.experts[0], made.rooms[0]
        for id in (world.ids[made.limited_expert], made.limited_room):
            db.add(Availability(id=id, week=EVENINGS, tele=[], changed_at=NOW))
        made.branch_rooms = [_venue(db, "wuxi", f"无锡会诊室 {n}") for n in range(BRANCH_ROOMS)]
        for n in range(CARTS):
            ward = Ward(hospital_id="wuxi", code=f"{n}", name=f"{n} 病区")
            await db.flush()
            cart = Device(
                hospital_id="wuxi",
                kind=DeviceKind.cart,
                name=f"查房车 {n}",
                secret_sha256=f"{n}" * 64,
                registered_at=NOW,
                registered_by=world.ids["wuxi_admin"],
            )
            db.add_all([ward, cart])
            await db.flush()
            made.wards.append(ward.id)
            await bookable.follow(db, cart, NOW)
            made.carts.append(cart.id)
    for n in range(consultations):
        doctor = made.doctors[n % DOCTORS]
        actor = Actor(world.ids[doctor], new_id(), "wuxi", doctor, frozenset(DOING))
        made.consultations[await submit(world, actor=actor)] = doctor
    return made


async def _person(world: World, db: AsyncSession, name: str, hospital: str, *roles: Role) -> None:
    account = Account(username=name, password_hash="!", hospital_id=hospital, name=name)
    staff = Staff(id=account.id, hospital_id=hospital, number=name, name=name, name_en=name, title=Title.chief)
    staff.department_id = world.departments[hospital, "cardiology"]
    db.add_all([account, staff])
    await db.flush()
    db.add_all(AccountRole(account_id=account.id, role=each) for each in roles)
    world.ids[name] = account.id
    world.tokens[name] = sessions.issue(db, account.id, NOW, LONG)


def _venue(db: AsyncSession, hospital: str, name: str) -> UUID:
    row = Resource(kind=ResourceKind.venue, hospital_id=hospital, name=name, name_en=name)
    db.add(row)
    return row.id
