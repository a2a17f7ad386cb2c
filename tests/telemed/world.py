"""Three hospitals with their people, as most tests find them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import sessions
from telemed.access.model import Account, AccountRole, Actor, Role
from telemed.db import Database
from telemed.kit.table import new_id
from telemed.people.model import Agreement, Department, Hospital, HospitalKind, Registration, Staff, Title

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)  # a Monday, nine in the morning in Shanghai
R = Role
PEOPLE: dict[str, tuple[str, str, tuple[Role, ...]]] = {
    "doctor": ("wuxi", "cardiology", (R.requesting_doctor, R.accompanying_physician, R.bed_doctor)),
    "doctor2": ("wuxi", "cardiology", (R.requesting_doctor, R.accompanying_physician)),
    "chief": ("wuxi", "cardiology", (R.senior_doctor,)),
    "reviewer": ("wuxi", "", (R.reviewer,)),
    "duty": ("wuxi", "", (R.duty_officer, R.duty_doctor)),
    "radiographer": ("wuxi", "", (R.radiographer,)),
    "nurse": ("wuxi", "cardiology", (R.primary_nurse, R.charge_nurse)),
    "coordinator": ("ruijin", "", (R.coordinator,)),
    "hub_duty": ("ruijin", "", (R.duty_officer,)),
    "dispatcher": ("ruijin", "cardiology", (R.dispatcher,)),
    "expert": ("ruijin", "cardiology", (R.expert,)),
    "expert2": ("ruijin", "cardiology", (R.expert,)),
    "neurologist": ("ruijin", "neurology", (R.expert,)),
    "admin": ("ruijin", "", (R.administrator,)),
    "wuxi_admin": ("wuxi", "", (R.administrator,)),
    "jiashan_admin": ("jiashan", "", (R.administrator,)),
    "jiashan_doctor": ("jiashan", "cardiology", (R.requesting_doctor, R.accompanying_physician)),
    "jiashan_reviewer": ("jiashan", "", (R.reviewer,)),
}


@dataclass
class World:
    """Three hospitals with their people; `tokens` are bearer tokens by short name."""

    db: Database
    ids: dict[str, UUID] = field(default_factory=dict)
    departments: dict[tuple[str, str], UUID] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def actor(self, who: str) -> Actor:
        hospital, specialty, roles = PEOPLE[who]
        department = self.departments.get((hospital, specialty))
        return Actor(self.ids[who], new_id(), hospital, who, frozenset(roles), department)


async def fill(made: World, session: AsyncSession) -> None:
    """Enters the hospitals and their people, signed in."""
    for code in ("ruijin", "wuxi", "jiashan"):
        kind = HospitalKind.hub if code == "ruijin" else HospitalKind.branch
        session.add(
            Hospital(
                id=code,
                kind=kind,
                name=code,
                name_en=code,
                licence_name=f"{code} hospital",
                endorsement=code != "jiashan",
            )
        )
    await session.flush()
    for branch in ("wuxi", "jiashan"):
        session.add(
            Agreement(
                number=f"A-{branch}",
                branch_id=branch,
                hub_id="ruijin",
                services=["consultation"],
                valid_from=date(2025, 1, 1),
                valid_until=date(2030, 1, 1),
            )
        )
    for hospital, specialty in {(h, s) for h, s, _ in PEOPLE.values() if s}:
        department = Department(hospital_id=hospital, specialty=specialty, name=specialty, name_en=specialty)
        session.add(department)
        made.departments[hospital, specialty] = department.id
    await session.flush()
    for who, (hospital, specialty, roles) in PEOPLE.items():
        department_id = made.departments.get((hospital, specialty))
        account = Account(username=who, password_hash="!", hospital_id=hospital, department_id=department_id, name=who)
        session.add(account)
        session.add(
            Staff(
                id=account.id,
                hospital_id=hospital,
                department_id=department_id,
                number=who,
                name=who,
                name_en=who,
                title=Title.chief,
            )
        )
        await session.flush()
        if Role.expert in roles:
            register(session, account.id, "wuxi", "jiashan")
        for role in roles:
            session.add(AccountRole(account_id=account.id, role=role))
        made.ids[who] = account.id
        made.tokens[who] = sessions.issue(session, account.id, NOW, timedelta(days=365))


def register(session: AsyncSession, staff_id: UUID, *branches: str) -> None:
    """They may practise there (多机构执业备案) for years."""
    for branch in branches:
        session.add(
            Registration(
                staff_id=staff_id,
                hospital_id=branch,
                number=f"B-{branch}",
                valid_from=date(2025, 1, 1),
                valid_until=date(2030, 1, 1),
            )
        )
