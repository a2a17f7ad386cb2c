"""Who hears of a time that comes again, whichever hospital they are of, when it changes or is given up."""

from telemed.scheduling.model import Booking, BookingState, Occupancy
from tests.telemed.conftest import Call, World, rows
from tests.telemed.scheduling.kit import venues
from tests.telemed.scheduling.series_kit import agenda, notices, planned, put, series_of, times, told

BOTH = ("doctor", "expert")  # of the branch, and of the hub that plans it


async def enters(call: Call, who: str, start: str, end: str, **more: object) -> None:
    body = {"kind": "clinic", "title": "", "starts_at": start, "ends_at": end} | more
    status, out = await call(who, "POST", "/calendar/busy", json=body)
    assert status == 201, out


async def test_who_comes_to_it_and_who_is_taken_off_are_told(call: Call, world: World) -> None:
    made = await planned(call, world)
    before, new = await notices(world), [str(world.ids["expert2"]), str(world.ids["doctor"])]
    status, out = await put(call, made, series_of(world, resources=new, at="16:00"))
    assert status == 200
    assert await told(world, before) == [
        ("doctor", "time_moved", "03-03 08:00"),
        ("expert", "time_taken_back", "03-03 06:00"),  # as it was for them
        ("expert2", "time_entered", "03-03 08:00"),
    ]
    before = await notices(world)
    assert (await put(call, out, series_of(world, resources=new, at="15:00")))[0] == 200
    assert await told(world, before) == [(who, "time_moved", "03-03 07:00") for who in ("doctor", "expert2")]
    assert await times(call, "expert") == []
    assert len(await times(call, "expert2")) == len(await times(call, "doctor")) == 6


async def test_one_whose_new_time_is_taken_is_given_up_as_it_was_and_they_hear_of_it(call: Call, world: World) -> None:
    made = await planned(call, world)
    await enters(call, "expert", "2026-03-10T07:30:00Z", "2026-03-10T08:30:00Z")
    before = await notices(world)
    status, out = await put(call, made, series_of(world, title="另一个", at="15:00"))
    assert status == 200, out
    assert out["unbooked"] == 1
    (lost,) = [each for each in await rows(world.db, Booking) if each.state is BookingState.cancelled]
    assert (f"{lost.starts_at:%m-%d %H:%M}", lost.title) == ("03-10 06:00", "心内科远程门诊")
    taken = [each for each in await rows(world.db, Occupancy) if each.booking_id == lost.id]
    assert [each.active for each in taken] == [False, False]  # calendars outside hear of it from these
    assert await told(world, before) == [
        (who, *what) for who in BOTH for what in (("time_moved", "03-03 07:00"), ("time_taken_back", "03-10 06:00"))
    ]


async def test_a_weekday_that_falls_away_is_told_and_one_that_is_another_now_is_moved(call: Call, world: World) -> None:
    made = await planned(call, world, rrule="FREQ=WEEKLY;BYDAY=TU,FR")
    before = await notices(world)
    status, out = await put(call, made, series_of(world))
    assert status == 200
    assert await told(world, before) == [(who, "time_taken_back", "03-06 06:00") for who in BOTH]
    before = await notices(world)
    assert (await put(call, out, series_of(world, rrule="FREQ=WEEKLY;BYDAY=WE")))[0] == 200
    assert await told(world, before) == [(who, "time_moved", "03-04 06:00") for who in BOTH]


async def test_leave_over_one_tells_who_was_to_come_to_it_with_them(call: Call, world: World) -> None:
    await planned(call, world)
    (first, *_), before = await agenda(call, "expert"), await notices(world)
    over = {"kind": "leave", "given_up": [first["id"]], "words": "休假"}
    await enters(call, "expert", "2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z", **over)
    assert await told(world, before) == [("doctor", "time_taken_back", "03-03 06:00")]


async def test_a_branch_closes_its_own_room_over_one_and_those_who_were_to_come_hear(call: Call, world: World) -> None:
    room = str((await venues(world))["无锡会诊室"])
    await planned(call, world, resources=[str(world.ids["expert"]), str(world.ids["doctor"]), room])
    (first, *_), before = await agenda(call, "doctor"), await notices(world)
    over = {"kind": "maintenance", "given_up": [first["id"]], "words": "设备检修", "resource_id": room}
    await enters(call, "reviewer", "2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z", **over)
    assert await told(world, before) == [(who, "time_taken_back", "03-03 06:00") for who in BOTH]
    assert (await times(call))[0] == "2026-03-10T06:00:00Z"
