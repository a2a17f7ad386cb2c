"""Calendars over HTTP: rows, entries, what a stranger may know, and one's own busy time."""

from datetime import datetime
from typing import Any

from telemed.access import grants
from telemed.audit.model import AuditEvent
from telemed.kit.activity import Activity
from telemed.kit.table import new_id
from telemed.scheduling import holds
from telemed.scheduling.model import BookingKind
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.scheduling.kit import at, book, venues


def period(start: float = -9, end: float = 24 * 5) -> dict[str, str]:
    return {"from": at(start).isoformat(), "to": at(end).isoformat()}


def entry(start: float, end: float, **more: Any) -> dict[str, Any]:
    return {"kind": "clinic", "title": "专家门诊", "starts_at": iso(start), "ends_at": iso(end), **more}


def times(start: float, end: float) -> dict[str, str]:
    return {"starts_at": iso(start), "ends_at": iso(end)}


def iso(hours: float) -> str:
    return at(hours).isoformat()


async def entries(call: Call, who: str, hospitals: str = "ruijin") -> list[dict[str, Any]]:
    status, body = await call(who, "GET", "/calendar", params=period() | {"hospital_id": hospitals})
    assert status == 200
    found: list[dict[str, Any]] = body["entries"]
    return found


async def test_a_stranger_sees_no_calendar(call: Call) -> None:
    for method, path in (("GET", "/calendar"), ("GET", "/calendar/mine"), ("POST", "/calendar/busy")):
        assert (await call(None, method, path, params=period()))[0] == 401


async def test_the_period_must_be_one(call: Call) -> None:
    for wrong in ({"from": iso(1), "to": iso(0)}, {"from": iso(0), "to": iso(24 * 60)}, {"from": "2026-03-02T09:00"}):
        assert (await call("coordinator", "GET", "/calendar/mine", params=wrong))[0] == 422
    more = period() | {"hospital_id": "ruijin", "people": "not-an-id"}
    assert (await call("coordinator", "GET", "/calendar", params=more))[0] == 422


async def test_the_rows_are_who_was_named_then_who_can_be_booked_then_the_venues(world: World, call: Call) -> None:
    await venues(world)
    asked = period() | {
        "hospital_id": "ruijin,wuxi",
        "people": str(world.ids["neurologist"]),
        "specialty": "cardiology",
    }
    _, body = await call("coordinator", "GET", "/calendar", params=asked)
    names = [each["name"] for each in body["resources"]]
    assert names[0] == "neurologist"
    assert set(names[1:3]) == {"expert", "expert2"}
    assert set(names[3:5]) == {"doctor", "doctor2"}
    assert names[5:] == ["会诊室 1", "会诊室 2", "无锡会诊室"]
    expert = next(each for each in body["resources"] if each["name"] == "expert")
    assert (expert["title"], expert["department"], expert["kind"]) == ("chief", "cardiology", "person")
    assert [each["resource_id"] for each in body["openings"]] == [each["id"] for each in body["resources"]]


async def test_a_consultation_is_known_to_its_people_its_hospital_and_who_has_the_case(
    world: World, call: Call
) -> None:
    made = await book(world, ["expert", "doctor"], 1, 2)
    assert made.activity_id
    async with world.db.write() as db:
        await grants.give(
            db,
            case_id=new_id(),
            patient_id=new_id(),
            activity=Activity("consultation", made.activity_id),
            grantee="role:ruijin:coordinator",
            hospital_id="wuxi",
            allows=["read"],
            purpose="consultation",
            by=None,
            now=NOW,
        )
    for who in ("expert", "doctor", "reviewer", "coordinator"):
        (found,) = await entries(call, who)
        assert (found["title"], found["untitled"], found["activity_id"]) == (
            "主动脉夹层 陈远山",
            False,
            str(made.activity_id),
        )
    for who in ("expert2", "jiashan_doctor", "admin"):
        (found,) = await entries(call, who)
        assert (found["title"], found["untitled"], found["activity_id"], found["note"]) == ("", True, None, "")
        assert (found["starts_at"], found["kind"]) == ("2026-03-02T02:00:00Z", "consultation")


async def test_a_hold_is_shown_until_it_expires(world: World, call: Call, clock: FakeClock) -> None:
    await book(world, ["expert"], 1, 2, expires_at=at(0.5))
    assert [each["state"] for each in await entries(call, "expert")] == ["held"]
    clock.move(hours=0.5)
    assert await entries(call, "expert") == []


async def test_my_day_lists_what_i_am_booked_for(world: World, call: Call) -> None:
    rooms = await venues(world)
    await book(world, ["expert", "doctor"], 3, 4, venue=rooms["会诊室 1"])
    await call("expert", "POST", "/calendar/busy", json=entry(0, 2))
    await book(world, ["expert2"], 3, 4)
    _, body = await call("expert", "GET", "/calendar/mine", params=period(0, 12))
    assert [(each["title"], each["venue"], each["hospitals"]) for each in body["items"]] == [
        ("专家门诊", "", []),
        ("主动脉夹层 陈远山", "会诊室 1", ["wuxi"]),
    ]


async def test_one_enters_and_takes_back_ones_own_time(world: World, call: Call) -> None:
    status, out = await call("expert", "POST", "/calendar/busy", json=entry(1, 2))
    (made,) = out["items"]
    assert (status, made["title"], made["mine"], made["booked_by"]) == (201, "专家门诊", True, "expert")
    path = f"/calendar/busy/{made['id']}"
    status, problem = await call("expert", "DELETE", path, match=9)
    assert (status, problem["current"]["version"]) == (412, 1)
    assert (await call("expert2", "DELETE", path, match=1))[0] == 403
    assert (await call("expert", "DELETE", path, match=1))[0] == 204
    assert (await call("expert", "DELETE", path, match=1))[0] == 404
    assert await entries(call, "expert") == []


async def test_what_was_typed_about_a_busy_time_stays_in_its_hospital(world: World, call: Call) -> None:
    surgery = entry(1, 2, kind="surgery", title="胆囊切除 王五", note="三号手术间")
    assert (await call("expert", "POST", "/calendar/busy", json=surgery))[0] == 201
    seen = {who: (await entries(call, who))[0] for who in ("coordinator", "doctor")}
    assert {who: (each["title"], each["note"], each["kind"]) for who, each in seen.items()} == {
        "coordinator": ("胆囊切除 王五", "三号手术间", "surgery"),
        "doctor": ("", "", "surgery"),
    }


async def test_a_coordinator_enters_the_time_of_people_and_venues_of_their_hospital(world: World, call: Call) -> None:
    rooms = await venues(world)
    for resource in (world.ids["expert"], rooms["会诊室 1"]):
        new = entry(1, 2, resource_id=str(resource))
        assert (await call("expert2", "POST", "/calendar/busy", json=new))[0] == 403
        assert (await call("reviewer", "POST", "/calendar/busy", json=new))[0] == 404
        status, out = await call("coordinator", "POST", "/calendar/busy", json=new)
        (made,) = out["items"]
        assert (status, made["resources"]) == (201, [str(resource)])
        assert (await call("reviewer", "DELETE", f"/calendar/busy/{made['id']}", match=1))[0] == 404
        assert (await call("coordinator", "DELETE", f"/calendar/busy/{made['id']}", match=1))[0] == 204


async def test_a_consultation_is_neither_entered_nor_taken_back_here(world: World, call: Call) -> None:
    new = entry(1, 2, kind=str(BookingKind.consultation))
    assert (await call("expert", "POST", "/calendar/busy", json=new))[0] == 422
    made = await book(world, ["expert"], 1, 2)
    assert (await call("expert", "DELETE", f"/calendar/busy/{made.id}", match=1))[0] == 404


async def test_a_busy_time_that_clashes_names_what_blocks(world: World, call: Call) -> None:
    await book(world, ["expert", "doctor"], 1, 2)
    status, problem = await call("expert", "POST", "/calendar/busy", json=entry(1.5, 3))
    assert (status, problem["code"], problem["reason"]) == (409, "conflict", "clash")
    assert datetime.fromisoformat(problem["clashes"][0]["starts_at"]) == at(1)
    assert problem["clashes"][0]["title"] == "主动脉夹层 陈远山"


async def test_a_busy_time_is_moved_and_lengthened_by_whom_it_is_of(world: World, call: Call) -> None:
    _, out = await call("expert", "POST", "/calendar/busy", json=entry(1, 2))
    (made,) = out["items"]
    path = f"/calendar/busy/{made['id']}/move"
    status, out = await call("expert", "POST", path, json=times(3, 5), match=1)
    assert (status, [(each["title"], each["version"]) for each in out["items"]]) == (200, [("专家门诊", 2)])
    (found,) = await entries(call, "expert")
    assert (datetime.fromisoformat(found["starts_at"]), datetime.fromisoformat(found["ends_at"])) == (at(3), at(5))
    done = {each.action: each.reason for each in await rows(world.db, AuditEvent) if each.target == made["id"]}
    one, two, three, five = (at(each).isoformat(timespec="minutes") for each in (1, 2, 3, 5))
    assert done == {"booking.made": None, "booking.moved": f"{one} to {two} became {three} to {five}"}


async def test_whoever_moves_a_busy_time_second_is_told_and_changes_nothing(world: World, call: Call) -> None:
    _, out = await call("expert", "POST", "/calendar/busy", json=entry(1, 2))
    (made,) = out["items"]
    path = f"/calendar/busy/{made['id']}/move"
    assert (await call("coordinator", "POST", path, json=times(3, 4), match=1))[0] == 200
    status, problem = await call("expert", "POST", path, json=times(6, 7), match=1)
    assert (status, problem["current"]["version"]) == (412, 2)
    (found,) = await entries(call, "expert")
    assert datetime.fromisoformat(found["starts_at"]) == at(3)


async def test_a_busy_time_is_not_moved_onto_another_and_stays_where_it_was(world: World, call: Call) -> None:
    await book(world, ["expert", "doctor"], 3, 4)
    _, out = await call("expert", "POST", "/calendar/busy", json=entry(1, 2))
    (made,) = out["items"]
    status, problem = await call("expert", "POST", f"/calendar/busy/{made['id']}/move", json=times(2, 3.5), match=1)
    assert (status, problem["reason"], problem["clashes"][0]["title"]) == (409, "clash", "主动脉夹层 陈远山")
    found = next(each for each in await entries(call, "expert") if each["id"] == made["id"])
    assert (datetime.fromisoformat(found["starts_at"]), found["version"]) == (at(1), 1)


async def test_nobody_else_moves_a_busy_time_nor_anybody_one_that_is_over(
    world: World, call: Call, clock: FakeClock
) -> None:
    _, out = await call("expert", "POST", "/calendar/busy", json=entry(1, 2))
    (made,) = out["items"]
    path = f"/calendar/busy/{made['id']}/move"
    assert (await call("expert2", "POST", path, json=times(3, 4), match=1))[0] == 403
    assert (await call("doctor", "POST", path, json=times(3, 4), match=1))[0] == 404
    assert (await call("expert", "POST", path, json=times(-2, -1), match=1))[0] == 422
    clock.move(hours=2)
    status, problem = await call("expert", "POST", path, json=times(3, 4), match=1)
    assert (status, problem["reason"]) == (409, "in_the_past")


async def test_a_calendar_says_what_its_reader_may_move(world: World, call: Call, clock: FakeClock) -> None:
    _, out = await call("expert", "POST", "/calendar/busy", json=entry(1, 2))
    (made,) = out["items"]
    await book(world, ["expert"], 3, 4, activity=Activity("consultation", new_id()))
    seen = {who: [each["movable"] for each in await entries(call, who)] for who in ("expert", "coordinator", "doctor")}
    assert seen == {"expert": [True, False], "coordinator": [True, False], "doctor": [False, False]}
    clock.move(hours=2)
    assert not any(each["movable"] for each in await entries(call, "expert") if each["id"] == made["id"])


async def test_what_is_kept_says_for_which_activity_to_whom_may_know_and_is_not_moved(world: World, call: Call) -> None:
    of = new_id()
    async with world.db.write() as db:
        kept = await holds.keep(
            db,
            held_for=of,
            kind=BookingKind.consultation,
            people=[world.ids["expert"]],
            venues=[],
            start=at(1),
            end=at(2),
            by=world.actor("coordinator"),
            now=NOW,
        )
    seen = {who: (await entries(call, who))[0] for who in ("coordinator", "doctor")}
    assert {who: (each["held_for"], each["movable"]) for who, each in seen.items()} == {
        "coordinator": (str(of), False),
        "doctor": (None, False),
    }
    path = f"/calendar/busy/{kept.id}/move"
    assert (await call("coordinator", "POST", path, json=times(3, 4), match=kept.version))[0] == 404
