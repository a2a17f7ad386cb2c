"""A second hub beside Ruijin, as an installation with several has: people, a department, and an agreement with Wuxi."""

from datetime import date, timedelta
from uuid import UUID

from telemed.access import sessions
from telemed.access.model import Account, AccountRole, Role
from telemed.people.model import Agreement, Department, Hospital, HospitalKind, Staff, Title
from tests.telemed.conftest import NOW, World, register

HUB = "minjiang"
R = Role
PEOPLE = {
    "their_coordinator": ("汪寒露", "", (R.coordinator,)),
    "their_duty": ("阮霜降", "", (R.duty_officer,)),
    "their_expert": ("易立冬", "cardiology", (R.expert,)),
}


async def open_second_hub(
    world: World,
    *,
    services: tuple[str, ...] = ("consultation",),
    valid_until: date = date(2030, 1, 1),
    password_hash: str = "!",
) -> UUID:
    """Its people sign in by these names. Returns its department of cardiology."""
    async with world.db.write() as db:
        db.add(Hospital(id=HUB, kind=HospitalKind.hub, name="岷江医院", name_en="Minjiang", licence_name="岷江医院"))
        await db.flush()
        department = Department(hospital_id=HUB, specialty="cardiology", name="心内科", name_en="Cardiology")
        db.add(department)
        db.add(
            Agreement(
                number="A-minjiang",
                branch_id="wuxi",
                hub_id=HUB,
                services=list(services),
                valid_from=date(2025, 1, 1),
                valid_until=valid_until,
            )
        )
        await db.flush()
        for who, (name, specialty, roles) in PEOPLE.items():
            of = department.id if specialty else None
            account = Account(username=who, password_hash=password_hash, hospital_id=HUB, department_id=of, name=name)
            db.add(account)
            db.add(
                Staff(
                    id=account.id,
                    hospital_id=HUB,
                    department_id=of,
                    number=who,
                    name=name,
                    name_en=who,
                    title=Title.chief,
                )
            )
            await db.flush()
            if Role.expert in roles:
                register(db, account.id, "wuxi")
            db.add_all(AccountRole(account_id=account.id, role=each) for each in roles)
            world.ids[who] = account.id
            world.tokens[who] = sessions.issue(db, account.id, NOW, timedelta(days=365))
    return department.id
