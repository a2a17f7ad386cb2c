"""Hours of one's own, room between bookings and time kept for telemedicine: found around, passed over with a reason."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.audit.model import AuditEvent
from telemed.errors import Conflict
from telemed.scheduling import service
from telemed.scheduling.model import Booking, BookingKind, Resource
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.scheduling.kit import at, book, venues

MONDAY = ["13:00-17:00", *["08:00-17:00"] * 4, "", ""]
NOTHING = {"week": [], "tele": [], "buffer_minutes": 0}


async def keeps(call: Call, who: str, whose: UUID, version: int = 0, **more: Any) -> tuple[int, Any]:
    return await call(who, "PUT", f"/calendar/availability/{whose}", json=NOTHING | more, match=version)


async def find(call: Call, world: World, **more: Any) -> Any:
    line = {"key": "who", "people": [str(world.ids["expert"])]}
    window = {"starts_at": at(0).isoformat(), "ends_at": at(9).isoformat()}
    asked = {"lines": [line], "minutes": 60, "windows": [window], "urgency": "routine"} | more
    status, out = await call("coordinator", "POST", "/scheduling/find", json=asked)
    assert status == 200, out
    return out


def busy(start: float, end: float, **more: Any) -> dict[str, Any]:
    return {"kind": "meeting", "starts_at": at(start).isoformat(), "ends_at": at(end).isoformat(), **more}


async def test_one_keeps_ones_own_hours_and_a_coordinator_those_of_the_hospital(world: World, call: Call) -> None:
    rooms = await venues(world)
    expert = world.ids["expert"]
    assert (await call("expert", "GET", f"/calendar/availability/{expert}"))[1] == NOTHING | {"version": 0}
    status, out = await keeps(call, "expert", expert, week=MONDAY, buffer_minutes=10)
    assert (status, out["version"], out["week"], out["buffer_minutes"]) == (200, 1, MONDAY, 10)
    status, stale = await keeps(call, "coordinator", expert)
    assert (status, stale["current"]["version"]) == (412, 1)
    assert (await keeps(call, "coordinator", rooms["会诊室 1"], buffer_minutes=15))[0] == 200
    assert (await keeps(call, "expert2", expert, 1))[0] == 403
    assert (await keeps(call, "reviewer", expert, 1))[0] == 404
    assert (await keeps(call, "coordinator", rooms["无锡会诊室"]))[0] == 404
    for wrong in ({"week": ["08:00-12:00"]}, {"tele": [*["12:00-08:00"] * 7]}, {"buffer_minutes": 500}):
        assert (await keeps(call, "expert", expert, 1, **wrong))[0] == 422
    changed = [each for each in await rows(world.db, AuditEvent) if each.action == "availability.changed"]
    assert {each.target for each in changed} == {str(expert), str(rooms["会诊室 1"])}


async def test_a_time_is_found_within_hours_of_ones_own(world: World, call: Call) -> None:
    assert (await find(call, world))["found"][0]["starts_at"] == at(1).isoformat().replace("+00:00", "Z")
    assert (await keeps(call, "expert", world.ids["expert"], week=MONDAY))[0] == 200
    assert (await find(call, world))["found"][0]["starts_at"] == at(4).isoformat().replace("+00:00", "Z")


async def test_a_time_is_found_with_room_between_bookings_and_what_is_too_near_is_named(
    world: World, call: Call
) -> None:
    await book(world, ["expert"], 2, 3)
    await book(world, ["expert"], 4, 9)
    assert (await find(call, world))["found"][0]["starts_at"] == at(1).isoformat().replace("+00:00", "Z")
    assert (await keeps(call, "expert", world.ids["expert"], buffer_minutes=15))[0] == 200
    both = [{"key": who, "people": [str(world.ids[who])]} for who in ("expert", "expert2")]
    out = await find(call, world, lines=both)
    assert out["found"] == []
    (block,) = out["misses"][0]["blocks"]
    assert [clash["starts_at"] for clash in block["clashes"]] == [at(2).isoformat().replace("+00:00", "Z")]


async def test_evenings_kept_for_telemedicine_are_found_too(world: World, call: Call) -> None:
    await book(world, ["expert"], 0, 9)
    evening = {"starts_at": at(9).isoformat(), "ends_at": at(14).isoformat()}
    assert (await find(call, world, windows=[evening]))["found"] == []
    tele = ["19:00-21:00", *[""] * 6]
    assert (await keeps(call, "expert", world.ids["expert"], tele=tele))[0] == 200
    found = (await find(call, world, windows=[evening]))["found"]
    assert found[0]["starts_at"] == at(10).isoformat().replace("+00:00", "Z")


async def test_other_things_go_into_kept_time_only_with_a_reason(world: World, call: Call) -> None:
    tele = ["14:00-16:00", *[""] * 6]
    assert (await keeps(call, "expert", world.ids["expert"], tele=tele, week=MONDAY))[0] == 200
    status, refused = await call("expert", "POST", "/calendar/busy", json=busy(6, 7))
    assert (status, refused["reason"]) == (409, "limits")
    assert [(each["limit"], each["name"]) for each in refused["limits"]] == [("tele", "expert")]
    status, out = await call("expert", "POST", "/calendar/busy", json=busy(6, 7, override="院务会，无法改期"))
    assert (status, out["items"][0]["override_reason"]) == (201, "院务会，无法改期")
    (said,) = [each for each in await rows(world.db, AuditEvent) if each.action == "booking.overridden"]
    assert (said.reason or "").startswith("院务会，无法改期 (tele ")
    (kept,) = [each for each in await rows(world.db, Booking) if each.overridden]
    assert [each["limit"] for each in kept.overridden] == ["tele"]


async def test_leave_over_days_and_a_night_on_duty_need_no_reason(world: World, call: Call) -> None:
    tele = ["14:00-16:00", *[""] * 6]
    assert (await keeps(call, "expert", world.ids["expert"], week=MONDAY, tele=tele, buffer_minutes=15))[0] == 200
    for kind, start, end in (("leave", 4, 30), ("duty", 30, 47), ("maintenance", 47, 48)):
        status, out = await call("expert", "POST", "/calendar/busy", json=busy(start, end, kind=kind))
        assert (status, out["items"][0]["override_reason"]) == (201, ""), out


async def test_a_round_is_not_asked_and_an_overlap_is_never_passed_over(world: World, call: Call) -> None:
    assert (await keeps(call, "expert", world.ids["expert"], week=MONDAY, buffer_minutes=30))[0] == 200
    made = await book(world, ["expert"], 1, 2, kind=BookingKind.round)
    assert made.overridden == []
    status, refused = await call("expert", "POST", "/calendar/busy", json=busy(1.5, 3, override="急"))
    assert (status, refused["reason"]) == (409, "clash")
    status, refused = await call("expert", "POST", "/calendar/busy", json=busy(2.25, 3))
    assert (status, [each["limit"] for each in refused["limits"]]) == (409, ["hours", "buffer"])


async def test_first_proposals_keep_to_them_too(world: World, call: Call) -> None:
    rooms = await venues(world)

    async def first() -> Any:
        async with world.db.read() as db:
            found = await service.propose(
                db,
                people=[world.ids["expert"]],
                hospital_id="ruijin",
                wishes=[(NOW, NOW + timedelta(hours=8))],
                now=NOW,
            )
        return found[0].starts_at, found[0].venue.id

    assert (await first())[0] == NOW
    await book(world, [], 3, 4, venue=rooms["会诊室 1"])
    assert (await keeps(call, "expert", world.ids["expert"], week=MONDAY))[0] == 200
    assert await first() == (at(4), rooms["会诊室 1"])
    assert (await keeps(call, "coordinator", rooms["会诊室 1"], buffer_minutes=15))[0] == 200
    assert await first() == (at(4), rooms["会诊室 2"])


async def test_a_calendar_says_when_each_can_be_had_and_what_is_kept(world: World, call: Call) -> None:
    week = ["13:00-17:00", "", *["08:00-17:00"] * 3, "", ""]
    tele = ["16:00-18:00", *[""] * 6]
    assert (await keeps(call, "expert", world.ids["expert"], week=week, tele=tele))[0] == 200
    period = {"from": at(-9).isoformat(), "to": at(39).isoformat(), "hospital_id": "ruijin"}
    _, body = await call("coordinator", "GET", "/calendar", params=period)
    said = {each["resource_id"]: each for each in body["openings"]}
    own, usual = said[str(world.ids["expert"])], said[str(world.ids["expert2"])]

    def times(of: Any) -> list[tuple[datetime, datetime]]:
        return [(datetime.fromisoformat(e["starts_at"]), datetime.fromisoformat(e["ends_at"])) for e in of]

    assert times(own["open"]) == [(at(4), at(9))]
    assert times(own["tele"]) == [(at(7), at(9))]
    assert times(usual["open"]) == [(at(-1), at(8.5)), (at(23), at(32.5))]
    assert usual["tele"] == []


async def test_a_room_with_too_few_places_is_not_found_and_booked_only_with_a_reason(world: World, call: Call) -> None:
    rooms = await venues(world)
    async with world.db.write() as db:
        small = await db.get_one(Resource, rooms["会诊室 1"])
        small.places = 2
    three = ["expert", "expert2", "neurologist"]
    with pytest.raises(Conflict) as refused:
        await book(world, three, 2, 3, venue=small.id, override="")
    said: Any = refused.value.extra
    assert said["reason"] == "limits"
    assert [(each["limit"], each["places"], each["people"]) for each in said["limits"]] == [("places", 2, 3)]
    made = await book(world, three, 2, 3, venue=small.id, override="加座")
    assert [each["limit"] for each in made.overridden] == ["places"]
    assert (await book(world, three[:2], 4, 5, venue=small.id, override="")).overridden == []
    lines = [{"key": "who", "people": [str(world.ids[each]) for each in three], "count": 3}]
    lines.append({"key": "room", "venues_of": "ruijin"})
    found = (await find(call, world, lines=lines))["found"]
    offered = {id for each in found for who in each["who"] if who["line"] == "room" for id in who["resources"]}
    assert offered
    assert str(small.id) not in offered
