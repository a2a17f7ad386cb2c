"""A role that needs a second person is asked of everybody who may confirm it."""

from datetime import timedelta
from typing import Any

from telemed.administration.proposals import CONFIRM, CONFIRMATION, review_all
from telemed.work.clock import take_due
from telemed.work.duty import on_duty
from telemed.work.model import Notice
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows

WANTED = {"roles": ["accompanying_physician", "administrator", "requesting_doctor"]}


async def asked(call: Call, who: str) -> list[dict[str, Any]]:
    items = (await call(who, "GET", "/home"))[1]["work"]["items"]
    return [each for each in items if each["kind"] == CONFIRM]


async def propose(world: World, call: Call) -> str:
    _, changed = await call("wuxi_admin", "PUT", f"/admin/staff/{world.ids['doctor2']}", match=1, json=WANTED)
    (waits,) = changed["proposals"]
    id: str = waits["id"]
    return id


async def test_the_medical_office_is_asked_and_not_who_proposed_it_or_whose_it_is(world: World, call: Call) -> None:
    id = await propose(world, call)
    (item,) = await asked(call, "reviewer")
    assert (item["about_id"], item["due_at"]) == (id, "2026-03-03T01:00:00Z")
    assert (item["note"]["name"], item["note"]["role"]) == ("doctor2", "administrator")
    for who in ("wuxi_admin", "doctor2", "admin", "jiashan_reviewer"):
        assert await asked(call, who) == []
    assert (await call("reviewer", "POST", f"/admin/role-proposals/{id}", json={"confirm": True}))[0] == 204
    assert await asked(call, "reviewer") == []
    # They administer by now, and are asked of the next one as well.
    duty = {"roles": ["administrator", "duty_doctor", "duty_officer"]}
    await call("wuxi_admin", "PUT", f"/admin/staff/{world.ids['duty']}", match=1, json=duty)
    assert [len(await asked(call, who)) for who in ("doctor2", "reviewer", "duty")] == [1, 1, 0]


async def test_they_are_told_the_next_day(world: World, call: Call, clock: FakeClock) -> None:
    await propose(world, call)
    clock.move(days=1)
    assert await take_due(world.db, clock(), on_duty) == {}
    told = {each.staff_id for each in await rows(world.db, Notice) if each.ladder == CONFIRMATION}
    assert told == {world.ids["reviewer"]}


async def test_what_is_taken_back_is_asked_of_nobody(world: World, call: Call) -> None:
    await propose(world, call)
    before = {"roles": ["accompanying_physician", "requesting_doctor"]}
    await call("wuxi_admin", "PUT", f"/admin/staff/{world.ids['doctor2']}", match=2, json=before)
    assert await asked(call, "reviewer") == []


async def test_what_was_proposed_before_is_asked_for_at_the_next_look(
    world: World, call: Call, clock: FakeClock
) -> None:
    await propose(world, call)
    assert await review_all(world.db, clock() + timedelta(minutes=1)) == {}
    assert len(await asked(call, "reviewer")) == 1


async def test_the_list_says_whose_role_it_is_and_who_may_decide(world: World, call: Call) -> None:
    id = await propose(world, call)
    for who, expected in ((None, 401), ("doctor", 403)):
        assert (await call(who, "GET", "/admin/role-proposals"))[0] == expected
    assert (await call("jiashan_reviewer", "GET", "/admin/role-proposals"))[1]["items"] == []
    (row,) = (await call("reviewer", "GET", "/admin/role-proposals"))[1]["items"]
    assert (row["id"], row["name"], row["role"], row["proposed_by"]) == (id, "doctor2", "administrator", "wuxi_admin")
    assert row["roles"] == ["accompanying_physician", "requesting_doctor"]
    assert (row["may_decide"], row["proposed_at"]) == (True, NOW.isoformat().replace("+00:00", "Z"))
    (row,) = (await call("wuxi_admin", "GET", "/admin/role-proposals"))[1]["items"]
    assert row["may_decide"] is False
