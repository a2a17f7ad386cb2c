"""Its branch lies in another time zone than was entered: what becomes of a series."""

from telemed.work.model import Notice
from tests.telemed.conftest import Call, World, rows
from tests.telemed.rounds.helpers import planned, sessions, shown


async def test_in_another_time_zone_its_rounds_keep_their_time_on_the_wall(call: Call, world: World) -> None:
    made = await planned(call, world)
    moved = {"change": "moved", "starts_at": "2026-03-11T06:00:00Z", "reason": "出差"}
    path = f"/rounds/series/{made['id']}/occurrences/2026-03-10"
    assert (await call("coordinator", "PUT", path, json=moved, match=made["version"]))[0] == 200
    before = [each["id"] for each in await sessions(call)]
    third = await shown(call, before[2], "coordinator")
    path, lead = f"/rounds/sessions/{before[2]}", {"lead_id": str(world.ids["neurologist"])}
    _, third = await call("coordinator", "POST", f"{path}/lead", json=lead, match=third["version"])
    yes = {"accepts": True}
    assert (await call("neurologist", "POST", f"{path}/answer", json=yes, match=third["version"]))[0] == 200
    zone = {"time_zone": "Asia/Urumqi"}
    assert (await call("wuxi_admin", "PUT", "/admin/hospitals/wuxi", match=1, json=zone))[0] == 200
    after = await sessions(call)
    assert [each["id"] for each in after] == before
    assert [each["starts_at"] for each in after[:3]] == [
        "2026-03-03T02:30:00Z",
        "2026-03-11T06:00:00Z",  # what was decided of one round is a moment
        "2026-03-17T02:30:00Z",
    ]
    assert not any(each["unbooked"] for each in after)
    assert [(each["lead"]["name"], each["lead_answered"]) for each in (after[0], after[2])] == [
        ("expert", "accepted"),
        ("neurologist", "invited"),  # whom nobody of its pool replaces, and who agreed to another hour
    ]
    assert {each.ladder for each in await rows(world.db, Notice)} >= {"round_moved"}
