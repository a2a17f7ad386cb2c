"""Leave and closed rooms are entered over bookings: what is given up is arranged anew, what is kept leaves a gap."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from telemed.activities.model import Participant
from telemed.consultations.model import Consultation
from telemed.history.model import EventRow
from telemed.scheduling.model import Booking, BookingState, Occupancy, Resource, ResourceKind
from telemed.work.model import WorkItem
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.actions import (
    AT,
    act,
    booking_body,
    home_kinds,
    make_booked,
    make_scheduled,
    state_of,
)
from tests.telemed.consultations.conftest import Made

LENGTH = timedelta(minutes=40)


def leave(start: datetime = AT - timedelta(hours=1), end: datetime = AT + timedelta(hours=3), **more: Any) -> Any:
    return {"kind": "leave", "starts_at": start.isoformat(), "ends_at": end.isoformat(), **more}


async def enter(call: Call, who: str, body: Any) -> tuple[int, Any]:
    return await call(who, "POST", "/calendar/busy", json=body)


async def given_up(call: Call, who: str, **more: Any) -> tuple[int, Any]:
    """Enters leave, giving up whatever can be given up."""
    status, refused = await enter(call, who, leave(**more))
    assert (status, refused["reason"]) == (409, "clash"), refused
    return await enter(call, who, leave(**more, given_up=refused["given_up"], words="外出开会"))


async def times_of(world: World, who: str) -> list[tuple[str, datetime, datetime]]:
    """What takes their time, in order."""
    bookings = {each.id: each for each in await rows(world.db, Booking)}
    taken = [each for each in await rows(world.db, Occupancy) if each.resource_id == world.ids[who] and each.active]
    return sorted((bookings[each.booking_id].kind, each.starts_at, each.ends_at) for each in taken)


async def test_leave_over_a_consultation_names_it_first_and_changes_nothing(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    status, refused = await enter(call, "expert", leave())
    assert (status, refused["reason"]) == (409, "clash")
    (clash,) = refused["clashes"]
    assert (clash["kind"], clash["name"]) == ("consultation", "expert")
    assert refused["given_up"] == refused["arranged"] == [clash["booking_id"]]
    assert await state_of(call, id) == "scheduled"
    status, refused = await enter(call, "expert", leave(given_up=[clash["booking_id"]]))
    assert (status, refused["reason"]) == (422, "reason_needed")
    assert await state_of(call, id) == "scheduled"


async def test_a_lead_on_leave_has_declined_and_a_coordinator_is_asked_for_a_substitute(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    status, out = await given_up(call, "expert")
    assert (status, [each["kind"] for each in out["items"]]) == (201, ["leave"]), out
    assert await state_of(call, id) == "scheduling"
    (mine,) = [each for each in await rows(world.db, Participant) if each.staff_id == world.ids["expert"]]
    assert (mine.answer, mine.words) == ("declined", "外出开会")
    assert "book" in await home_kinds(call, "coordinator")
    assert [kind for kind, *_ in await times_of(world, "expert")] == ["leave"]
    status, told = await call("coordinator", "GET", f"/consultations/{id}/answers")
    assert (status, [each["words"] for each in told["declined"]]) == (200, ["外出开会"])


async def test_a_coordinator_enters_it_for_an_expert_whose_consultation_then_asks_for_another(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    status, out = await given_up(call, "coordinator", resource_id=str(world.ids["expert"]))
    assert status == 201, out
    assert await state_of(call, id) == "scheduling"
    (said,) = [each for each in await rows(world.db, EventRow) if each.type == "invitation.declined"]
    assert said.actor_id == world.ids["coordinator"]
    assert said.data["staff_id"] == str(world.ids["expert"])


async def test_the_branch_enters_it_for_the_physician_at_the_bedside(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    status, out = await given_up(call, "reviewer", resource_id=str(world.ids["doctor"]))
    assert status == 201, out
    assert await state_of(call, id) == "scheduling"
    assert "name_accompanying" in await home_kinds(call, "doctor")


async def test_what_is_kept_leaves_a_gap_in_the_leave(call: Call, submitted: Made, world: World, venue: UUID) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    _, refused = await enter(call, "expert", leave())
    kept = [each["booking_id"] for each in refused["clashes"]]
    status, out = await enter(call, "expert", leave(kept=kept))
    assert (status, len(out["items"])) == (201, 2), out
    assert await state_of(call, id) == "scheduled"
    assert await times_of(world, "expert") == [
        ("consultation", AT, AT + LENGTH),
        ("leave", AT - timedelta(hours=1), AT),
        ("leave", AT + LENGTH, AT + timedelta(hours=3)),
    ]
    status, refused = await enter(call, "expert", leave(AT, AT + LENGTH, kept=kept))
    assert (status, refused["reason"]) == (409, "nothing_left")


async def test_what_was_booked_meanwhile_is_asked_about_before_anything_is_given_up(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    _, refused = await enter(call, "expert", leave())
    clinic = {"kind": "clinic", "starts_at": (AT + 2 * LENGTH).isoformat(), "ends_at": (AT + 3 * LENGTH).isoformat()}
    assert (await enter(call, "expert", clinic))[0] == 201
    said = leave(given_up=refused["given_up"], words="外出开会")
    status, again = await enter(call, "expert", said)
    assert (status, len(again["clashes"])) == (409, 2)
    assert await state_of(call, id) == "scheduled"
    status, out = await enter(call, "expert", said | {"given_up": again["given_up"]})
    assert status == 201, out
    assert [kind for kind, *_ in await times_of(world, "expert")] == ["leave"]


async def test_what_nobody_arranges_is_given_up_without_a_word(call: Call, world: World) -> None:
    clinic = {"kind": "clinic", "starts_at": AT.isoformat(), "ends_at": (AT + LENGTH).isoformat()}
    assert (await enter(call, "expert", clinic))[0] == 201
    _, refused = await enter(call, "expert", leave())
    assert refused["arranged"] == []
    assert (await enter(call, "expert", leave(given_up=refused["given_up"])))[0] == 201
    assert [kind for kind, *_ in await times_of(world, "expert")] == ["leave"]


async def test_one_that_has_begun_can_only_be_kept(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    await make_scheduled(call, submitted, world, venue)
    clock.now = AT + timedelta(minutes=5)
    _, refused = await enter(call, "expert", leave())
    assert refused["given_up"] == []
    ids = [each["booking_id"] for each in refused["clashes"]]
    status, told = await enter(call, "expert", leave(given_up=ids, words="急事"))
    assert (status, told["reason"]) == (409, "begun")


async def test_a_room_closed_over_a_consultation_is_booked_anew_and_nobody_is_asked_again(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    status, out = await given_up(call, "coordinator", resource_id=str(venue))
    assert status == 201, out
    (row,) = await rows(world.db, Consultation)
    assert (row.state, row.venue) == ("scheduled", "")
    assert "book" in await home_kinds(call, "coordinator")
    (said,) = [each for each in await rows(world.db, EventRow) if each.type == "consultation.place_closed"]
    assert (said.data["venue"], said.data["words"]) == ("会诊室 1", "外出开会")
    body = booking_body(world, await another(world))
    status, changed = await act(call, "coordinator", id, "booking", body)
    assert (status, changed["state"]) == (200, "scheduled"), changed
    assert "book" not in await home_kinds(call, "coordinator")
    assert "invite" not in await home_kinds(call, "expert")


async def another(world: World) -> UUID:
    async with world.db.write() as db:
        room = Resource(kind=ResourceKind.venue, hospital_id="ruijin", name="会诊室 2", name_en="Room 2")
        db.add(room)
    return room.id


async def test_at_another_time_everybody_is_asked_again(call: Call, submitted: Made, world: World, venue: UUID) -> None:
    id = await make_booked(call, submitted, world, venue)
    assert (await act(call, "expert", id, "answer", {"answer": "accepted"}))[0] == 200
    body = booking_body(world, venue, AT + timedelta(hours=2))
    assert (await act(call, "coordinator", id, "booking", body))[0] == 200
    assert "invite" in await home_kinds(call, "expert")


async def test_a_stranger_gives_nothing_up(call: Call, submitted: Made, world: World, venue: UUID) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    (booking,) = [each for each in await rows(world.db, Booking) if each.state is not BookingState.cancelled]
    said = leave(resource_id=str(world.ids["expert"]), given_up=[str(booking.id)], words="x")
    assert (await enter(call, "expert2", said))[0] == 403
    assert (await enter(call, "reviewer", said))[0] == 404
    status, out = await enter(call, "expert2", leave(given_up=[str(booking.id)], words="x"))
    assert status == 201, out
    assert await state_of(call, id) == "scheduled"


async def test_leave_that_is_moved_over_a_consultation_names_it_first_and_then_gives_it_up(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    _, out = await enter(call, "expert", leave(AT + timedelta(hours=5), AT + timedelta(hours=6)))
    (made,) = out["items"]
    path, times = f"/calendar/busy/{made['id']}/move", leave()
    del times["kind"]
    status, refused = await call("expert", "POST", path, json=times, match=1)
    assert (status, refused["reason"], [each["kind"] for each in refused["clashes"]]) == (
        409,
        "clash",
        ["consultation"],
    )
    assert refused["given_up"] == refused["arranged"] == [refused["clashes"][0]["booking_id"]]
    said = times | {"given_up": refused["given_up"], "words": "外出开会"}
    status, out = await call("expert", "POST", path, json=said, match=1)
    assert (status, [(each["id"], each["version"]) for each in out["items"]]) == (200, [(made["id"], 2)]), out
    assert await state_of(call, id) == "scheduling"
    assert [kind for kind, *_ in await times_of(world, "expert")] == ["leave"]


async def test_leave_that_is_moved_around_what_is_kept_is_in_two_parts(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    _, out = await enter(call, "expert", leave(AT + timedelta(hours=5), AT + timedelta(hours=6), note="年假"))
    (made,) = out["items"]
    path, times = f"/calendar/busy/{made['id']}/move", leave()
    del times["kind"]
    _, refused = await call("expert", "POST", path, json=times, match=1)
    kept = times | {"kept": [each["booking_id"] for each in refused["clashes"]]}
    status, out = await call("expert", "POST", path, json=kept, match=1)
    assert (status, [each["note"] for each in out["items"]]) == (200, ["年假", "年假"]), out
    assert await state_of(call, id) == "scheduled"
    assert await times_of(world, "expert") == [
        ("consultation", AT, AT + LENGTH),
        ("leave", AT - timedelta(hours=1), AT),
        ("leave", AT + LENGTH, AT + timedelta(hours=3)),
    ]
    again = {"starts_at": AT.isoformat(), "ends_at": (AT + LENGTH).isoformat(), "kept": kept["kept"]}
    status, refused = await call("expert", "POST", path, json=again, match=2)
    assert (status, refused["reason"]) == (409, "nothing_left")


async def told(call: Call, who: str) -> list[str]:
    """By which ladders, of what still stands, the latest first."""
    _, found = await call(who, "GET", "/home/notices")
    return [each["ladder"] for each in found["items"] if each["ended_at"] is None]


async def test_whoever_has_leave_entered_moved_or_taken_back_by_a_coordinator_is_told(call: Call, world: World) -> None:
    status, out = await enter(call, "coordinator", leave(resource_id=str(world.ids["expert"])))
    assert status == 201
    (made,) = out["items"]
    path = f"/calendar/busy/{made['id']}"
    later = {"starts_at": AT.isoformat(), "ends_at": (AT + timedelta(hours=2)).isoformat()}
    assert (await call("coordinator", "POST", f"{path}/move", json=later, match=1))[0] == 200
    assert await told(call, "expert") == ["time_moved", "time_entered"]
    assert (await call("coordinator", "DELETE", path, match=2))[0] == 204
    assert await told(call, "expert") == ["time_taken_back", "time_moved", "time_entered"]
    assert await told(call, "coordinator") == []


async def test_who_changes_their_own_leave_is_told_nothing(call: Call) -> None:
    _, out = await enter(call, "expert", leave())
    assert (await call("expert", "DELETE", f"/calendar/busy/{out['items'][0]['id']}", match=1))[0] == 204
    assert await told(call, "expert") == []


async def test_who_was_to_come_to_a_closed_room_is_told_and_its_coordinator_asked_once_for_both_rooms(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    async with world.db.write() as db:
        stand = Resource(kind=ResourceKind.venue, hospital_id="wuxi", name="床旁 1", name_en="Bedside 1")
        db.add(stand)
    body = booking_body(world, venue) | {"branch_venue_id": str(stand.id)}
    assert (await act(call, "coordinator", id, "booking", body))[0] == 200
    for who in ("expert", "doctor"):
        assert (await act(call, who, id, "answer", {"answer": "accepted"}))[0] == 200
    for who, room in (("coordinator", venue), ("reviewer", stand.id)):
        status, out = await given_up(call, who, resource_id=str(room))
        assert status == 201, out
    assert await state_of(call, id) == "scheduled"
    assert "place_closed" in await told(call, "expert")
    assert "place_closed" in await told(call, "doctor")
    (asked,) = [each for each in await rows(world.db, WorkItem) if each.kind == "book" and each.done_at is None]
    assert (asked.note["closed"], asked.note["asked"]) == ("会诊室 1、床旁 1", "外出开会")
    assert (await act(call, "coordinator", id, "booking", booking_body(world, await another(world))))[0] == 200
    assert "place_closed" not in await told(call, "expert")
