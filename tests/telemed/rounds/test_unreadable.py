"""A series of rounds of which something cannot be read holds up no other, and is whole again once it is said anew."""

from datetime import date
from uuid import UUID

from telemed.rounds.making import make_all
from telemed.rounds.model import RoundSeries
from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.rounds.helpers import planned, series_of, sessions, shown


async def test_a_row_that_cannot_be_worked_on_holds_up_no_other(call: Call, world: World, clock: FakeClock) -> None:
    broken = await planned(call, world)
    whole = await planned(call, world, leads=[str(world.ids["neurologist"])], venue_id=None, cart_id=None)
    async with world.db.write() as db:
        (await db.get_one(RoundSeries, UUID(broken["id"]))).rrule = "FREQ=NEVER"
    clock.move(days=28)
    assert list(await make_all(world.db, clock())) == [UUID(broken["id"])]
    _, out = await call("doctor", "GET", "/rounds/series")
    assert {each["id"]: each["unreadable"] for each in out["items"]} == {broken["id"]: True, whole["id"]: False}
    end = {"last": "2026-12-31", "reason": "病区合并"}
    path = f"/rounds/series/{broken['id']}"
    status, out = await call("coordinator", "POST", f"{path}/end", json=end, match=broken["version"])
    assert (status, out["reason"]) == (409, "rule_unreadable")
    status, out = await call("coordinator", "PUT", path, json=series_of(world), match=broken["version"])
    assert (status, out["unreadable"]) == (200, False), out
    async with world.db.read() as db:
        made = (await db.get_one(RoundSeries, UUID(whole["id"]))).made_until
    assert made == date(2026, 5, 25)


async def test_a_series_of_which_nobody_can_read_who_leads_stands_in_the_list_and_is_said_anew(
    call: Call, world: World
) -> None:
    broken = await planned(call, world)
    async with world.db.write() as db:
        (await db.get_one(RoundSeries, UUID(broken["id"]))).leads = [str(world.ids["expert2"]), "expert"]
    _, out = await call("doctor", "GET", "/rounds/series")
    (row,) = out["items"]
    assert (row["unreadable"], [each["name"] for each in row["leads"]]) == (True, ["expert2"])
    assert (await shown(call, (await sessions(call))[0]["id"], "coordinator"))["lead"]["name"] == "expert"
    path = f"/rounds/series/{broken['id']}"
    status, out = await call("coordinator", "PUT", path, json=series_of(world), match=broken["version"])
    assert (status, out["unreadable"]) == (200, False), out
