"""An emergency rings at who is on duty, one after another, and at everybody where the roster says nobody."""

from datetime import timedelta
from typing import Any

from telemed.access import sessions
from telemed.access.model import Account, AccountRole, Role
from telemed.consultations.words import Urgency
from telemed.people.model import Staff, Title
from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.consultations.actions import act
from tests.telemed.consultations.calls import later, rung, seen_by_caller, shown
from tests.telemed.consultations.conftest import Made, submitted
from tests.telemed.rosters.rosters import HOUR, kept, shift

__all__ = ("submitted",)


async def _another(world: World, who: str, role: Role) -> None:
    """Somebody else at the hub with this role."""
    async with world.db.write() as db:
        account = Account(username=who, password_hash="!", hospital_id="ruijin", name=who)
        db.add(account)
        db.add(Staff(id=account.id, hospital_id="ruijin", number=who, name=who, name_en=who, title=Title.chief))
        await db.flush()
        db.add(AccountRole(account_id=account.id, role=role))
        world.ids[who] = account.id
        world.tokens[who] = sessions.issue(db, account.id, NOW, timedelta(days=365))


async def test_it_rings_at_those_on_duty_one_after_another_and_then_at_the_centre(
    world: World, call: Call, clock: FakeClock, submitted: Made
) -> None:
    await kept(call, [shift(world.ids["expert2"], place=1), shift(world.ids["expert"], place=2)])
    id = await submitted(urgency=Urgency.stat)
    assert await rung(call) == {"expert2"}
    assert await shown(call) == {"expert", "expert2", "coordinator", "hub_duty"}  # the others see it and may take it
    seen = await seen_by_caller(call, id)
    assert [each["name"] for each in seen["people"]] == ["expert2"]
    assert (seen["next"]["to"], seen["next"]["people"], seen["gap"]) == ("on_duty", 1, False)
    await later(world, clock, 60)
    assert await rung(call) == {"expert"}
    await later(world, clock, 60)
    assert await rung(call) == {"coordinator"}
    await later(world, clock, 60)
    assert await rung(call) == {"hub_duty"}
    assert (await act(call, "expert2", id, "take", {"lead_id": None}))[0] == 200


async def test_in_a_gap_it_rings_at_everybody_and_the_caller_is_told_of_the_gap(
    world: World, call: Call, submitted: Made
) -> None:
    await kept(call, [shift(world.ids["expert2"], NOW + HOUR, NOW + 2 * HOUR)])
    id = await submitted(urgency=Urgency.stat)
    assert await rung(call) == {"expert", "expert2"}
    assert (await seen_by_caller(call, id))["gap"] is True


async def test_who_is_on_duty_with_a_disabled_account_is_passed_over(world: World, call: Call, submitted: Made) -> None:
    await kept(call, [shift(world.ids["expert2"])])
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["expert2"])).disabled_at = NOW
    id = await submitted(urgency=Urgency.stat)
    seen = await seen_by_caller(call, id)
    assert [each["name"] for each in seen["people"]] == ["expert"]
    assert seen["gap"] is True


async def test_a_roster_that_holds_nothing_yet_changes_nothing(world: World, call: Call, submitted: Made) -> None:
    await kept(call, [])
    id = await submitted(urgency=Urgency.stat)
    assert await rung(call) == {"expert", "expert2"}
    assert (await seen_by_caller(call, id))["gap"] is False


async def test_a_roster_of_one_specialty_says_nothing_of_another_nor_of_any(
    world: World, call: Call, submitted: Made
) -> None:
    await kept(call, [shift(world.ids["expert2"])])
    await submitted(urgency=Urgency.stat, specialty="")
    assert await rung(call) == {"expert", "expert2", "neurologist"}


async def test_a_departments_roster_holds_for_its_specialty_where_that_has_none(
    world: World, call: Call, submitted: Made
) -> None:
    department = str(world.departments["ruijin", "cardiology"])
    await kept(call, [shift(world.ids["expert"])], "dispatcher", kind="department", subject=department)
    await submitted(urgency=Urgency.stat)
    assert await rung(call) == {"expert"}


async def test_of_a_role_who_is_on_duty_is_rung_first_and_then_everybody_who_has_it(
    world: World, call: Call, clock: FakeClock, submitted: Made
) -> None:
    await _another(world, "night_duty", Role.duty_officer)
    async with world.db.write() as db:
        (await db.get_one(Staff, world.ids["hub_duty"])).phone = "021-1"
        (await db.get_one(Staff, world.ids["night_duty"])).phone = "021-2"
    officers = [shift(world.ids["night_duty"]), shift(world.ids["hub_duty"], NOW + HOUR, NOW + 2 * HOUR)]
    await kept(call, officers, kind="role", subject="duty_officer")
    id = await submitted(urgency=Urgency.stat)
    assert (await seen_by_caller(call, id))["phone"] == "021-2"
    await later(world, clock, 60)
    await later(world, clock, 60)

    async def officers_rung() -> set[str]:
        return {who for who in ("night_duty", "hub_duty") if await _rings(call, who)}

    assert await officers_rung() == {"night_duty"}
    await later(world, clock, 60)
    assert await officers_rung() == {"night_duty", "hub_duty"}


async def _rings(call: Call, who: str) -> bool:
    items: list[dict[str, Any]] = (await call(who, "GET", "/home/ringing"))[1]["items"]
    return any(each["rings"] for each in items)


async def test_everybody_reads_who_is_on_duty_with_telephone_numbers(world: World, call: Call) -> None:
    async with world.db.write() as db:
        (await db.get_one(Staff, world.ids["expert2"])).phone = "13800000000"
    some = [shift(world.ids["expert2"]), shift(world.ids["expert"], NOW + HOUR, NOW + 9 * HOUR, 2)]
    await kept(call, some)
    await kept(call, [shift(world.ids["duty"])], "wuxi_admin", kind="role", subject="duty_officer")
    for who in ("doctor", "expert", "nurse", "hub_duty"):
        status, found = await call(who, "GET", "/on-duty")
        assert status == 200
        listed = {each["id"]: each["rosters"] for each in found["hospitals"]}
        (experts,) = listed["ruijin"]
        assert [(each["name"], each["phone"], each["place"]) for each in experts["people"]] == [
            ("expert2", "13800000000", 1)
        ]
        assert (experts["gap"], experts["next"]["people"]) == (False, ["expert"])
        (officers,) = listed["wuxi"]
        assert [each["name"] for each in officers["people"]] == ["duty"]
    assert [each["place"] for each in (await call("expert", "GET", "/on-duty"))[1]["mine"]] == [2]
    at_jiashan = (await call("jiashan_doctor", "GET", "/on-duty"))[1]["hospitals"]
    assert [each["id"] for each in at_jiashan] == ["jiashan", "ruijin"]  # no agreement with Wuxi
    assert (await call(None, "GET", "/on-duty"))[0] == 401


async def test_a_gap_is_said_to_whoever_reads(world: World, call: Call, clock: FakeClock) -> None:
    await kept(call, [shift(world.ids["expert2"])])
    clock.move(hours=2)
    (experts,) = (await call("expert", "GET", "/on-duty"))[1]["hospitals"][0]["rosters"]
    assert (experts["gap"], experts["people"], experts["next"]) == (True, [], None)


async def test_a_roster_of_working_hours_has_no_gap_at_night(world: World, call: Call, clock: FakeClock) -> None:
    plan = await kept(call, [shift(world.ids["coordinator"])], kind="role", subject="coordinator")
    settings = {"covers": "working", "day_starts": "08:00", "night_starts": "17:30"}
    address = f"/admin/rosters/{plan['roster']['id']}"
    status, _ = await call("coordinator", "PUT", address, match=plan["version"], json=settings)
    assert status == 200
    clock.move(hours=2)
    assert (await call("expert", "GET", "/on-duty"))[1]["hospitals"][0]["rosters"][0]["gap"] is True
    clock.move(hours=10)  # nine in the evening
    assert (await call("expert", "GET", "/on-duty"))[1]["hospitals"][0]["rosters"][0]["gap"] is False


async def test_an_administrator_reads_when_one_person_is_on_duty_next(
    world: World, call: Call, clock: FakeClock
) -> None:
    soon = NOW + timedelta(minutes=10)
    some = [shift(world.ids["expert"], NOW, soon), shift(world.ids["expert"], NOW + 4 * HOUR, NOW + 9 * HOUR, 2)]
    await kept(call, some)
    path = f"/admin/staff/{world.ids['expert']}/shifts"
    _, found = await call("admin", "GET", path)
    assert [(each["kind"], each["subject"], each["place"]) for each in found["items"]] == [
        ("specialty", "cardiology", 1),
        ("specialty", "cardiology", 2),
    ]
    clock.move(minutes=11)
    assert [each["place"] for each in (await call("admin", "GET", path))[1]["items"]] == [2]
    assert (await call("admin", "GET", f"/admin/staff/{world.ids['expert2']}/shifts"))[1]["items"] == []
    assert [(await call(who, "GET", path))[0] for who in ("wuxi_admin", "expert")] == [404, 403]
