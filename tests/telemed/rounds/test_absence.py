"""Leave and closed rooms over a round that is planned."""

from telemed.work.model import WorkItem
from tests.telemed.conftest import Call, World, rows
from tests.telemed.rounds.helpers import planned, sessions


async def test_leave_over_a_round_asks_the_next_of_the_pool_and_a_closed_room_the_coordinator(
    call: Call, world: World
) -> None:
    await planned(call, world)
    busy = {"kind": "leave", "starts_at": "2026-03-03T00:00:00Z", "ends_at": "2026-03-03T04:00:00Z"}
    for who, whose in (("expert", {}), ("coordinator", {"resource_id": str(world.ids["venue"])})):
        status, refused = await call(who, "POST", "/calendar/busy", json=busy | whose)
        assert (status, refused["reason"]) == (409, "clash"), refused
        said = whose | {"given_up": refused["given_up"], "words": "外出开会"}
        status, out = await call(who, "POST", "/calendar/busy", json=busy | said)
        assert status == 201, out
        found = (await sessions(call))[0]
        assert found["lead"]["name"] == "expert2"
        assert found["unbooked"] is (who == "coordinator")
    assert ("book_round", "coordinator") in [(each.kind, each.role) for each in await rows(world.db, WorkItem)]
