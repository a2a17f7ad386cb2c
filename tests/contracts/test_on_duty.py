"""Whatever rosters say: each eligible person once, in order, and somebody wherever somebody is; on both databases."""

from datetime import timedelta
from random import Random
from uuid import UUID

from telemed.access.model import Account, AccountRole, Role
from telemed.people.duty import holders, holders_of_any
from telemed.people.model import Staff, Title
from telemed.rosters.duty import of_role, on_duty
from telemed.rosters.model import Covers, Roster, RosterKind, Shift
from tests.telemed.conftest import NOW, World

HOUR = timedelta(hours=1)
PEOPLE, SHIFTS, ROUNDS = 6, 40, 60


async def _experts(world: World) -> list[UUID]:
    """Experts of cardiology, one with a closed account, and one who is no expert any more."""
    found = []
    async with world.db.write() as db:
        for n in range(PEOPLE):
            department = world.departments["ruijin", "cardiology"]
            closed = NOW if n == 0 else None
            account = Account(
                username=f"e{n}", password_hash="!", hospital_id="ruijin", name=f"e{n}", disabled_at=closed
            )
            db.add(account)
            db.add(
                Staff(
                    id=account.id,
                    hospital_id="ruijin",
                    department_id=department,
                    number=f"e{n}",
                    name=f"e{n}",
                    name_en=f"e{n}",
                    title=Title.chief,
                )
            )
            await db.flush()
            if n != 1:
                db.add(AccountRole(account_id=account.id, role=Role.expert))
            found.append(account.id)
    return found


async def test_each_is_called_once_in_order_and_never_nobody(world: World) -> None:
    experts, draw = await _experts(world), Random(1)
    department = world.departments["ruijin", "cardiology"]
    subjects = [
        (RosterKind.specialty, "cardiology"),
        (RosterKind.department, str(department)),
        (RosterKind.role, "duty_officer"),
    ]
    rosters = [Roster(hospital_id="ruijin", kind=kind, subject=of, covers=Covers.always) for kind, of in subjects]
    everybody = [*experts, world.ids["hub_duty"], world.ids["neurologist"]]
    async with world.db.write() as db:
        db.add_all(rosters)
        await db.flush()
        for _ in range(SHIFTS):
            starts = NOW + draw.randint(-40, 40) * HOUR
            shift = Shift(
                roster_id=draw.choice(rosters).id,
                staff_id=draw.choice(everybody),
                starts=starts,
                ends=starts + draw.randint(1, 10) * HOUR,
                place=draw.randint(1, 3),
            )
            db.add(shift)
    gaps = 0
    async with world.db.read() as db:
        for specialty, of in (("cardiology", None), ("cardiology", department)):
            for _ in range(ROUNDS):
                at = NOW + draw.randint(-50 * 60, 60 * 60) * timedelta(minutes=1)
                groups = await on_duty(db, "ruijin", specialty, of, at)
                called = [each for group in groups for each in group]
                eligible = set(await holders(db, "ruijin", Role.expert, department))
                assert called
                assert len(called) == len(set(called))
                assert set(called) <= eligible
                gaps += set(called) == eligible
                assert set(await of_role(db, "ruijin", "duty_officer", at)) == {world.ids["hub_duty"]}
    assert 0 < gaps < 2 * ROUNDS  # both happened: who is on duty, and all at once


async def test_a_shift_that_began_up_to_a_week_ago_holds(world: World) -> None:
    row = Roster(hospital_id="ruijin", kind=RosterKind.specialty, subject="cardiology", covers=Covers.always)
    async with world.db.write() as db:
        db.add(row)
        await db.flush()
        db.add(Shift(roster_id=row.id, staff_id=world.ids["expert"], starts=NOW - timedelta(days=7), ends=NOW))
    async with world.db.read() as db:
        last = await on_duty(db, "ruijin", "cardiology", None, NOW - timedelta(microseconds=1))
        over = await on_duty(db, "ruijin", "cardiology", None, NOW)
    assert last == [[world.ids["expert"]]]
    assert {each for group in over for each in group} == {world.ids["expert"], world.ids["expert2"]}


async def test_who_has_several_of_the_roles_is_named_once(world: World) -> None:
    roles = [Role.requesting_doctor, Role.accompanying_physician, Role.bed_doctor]
    async with world.db.read() as db:
        found = await holders_of_any(db, "wuxi", roles)
        nobody = await holders_of_any(db, "wuxi", [])
    assert list(found) == sorted(world.ids[each] for each in ("doctor", "doctor2"))
    assert list(nobody) == []
