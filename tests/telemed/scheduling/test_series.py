"""Times that come again: planned, looked ahead, changed whole or from a day on, one moved or left out."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.audit.model import AuditEvent
from telemed.people.model import Agreement
from telemed.scheduling.model import Resource
from telemed.scheduling.series_making import make_all
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.scheduling.kit import book, venues
from tests.telemed.scheduling.series_kit import (
    PATH,
    agenda,
    live,
    notices,
    planned,
    put,
    series,
    series_of,
    times,
    told,
)


async def test_it_is_booked_eight_weeks_ahead_in_the_calendars_of_all(call: Call, world: World) -> None:
    rooms = await venues(world)
    there = [str(world.ids["expert"]), str(world.ids["doctor"]), str(rooms["会诊室 1"]), str(rooms["无锡会诊室"])]
    made = await planned(call, world, resources=there)
    assert len(await live(world)) == 8
    assert (made["next_at"], made["unbooked"], made["may_change"]) == ("2026-03-03T06:00:00Z", 0, True)
    assert [each["id"] for each in made["resources"]] == there
    for who in ("expert", "doctor"):
        found = await agenda(call, who)
        assert [each["starts_at"] for each in found][:2] == ["2026-03-03T06:00:00Z", "2026-03-10T06:00:00Z"]
        assert {(each["title"], each["kind"], each["series_id"]) for each in found} == {
            ("心内科远程门诊", "teleclinic", made["id"])
        }
    assert (await agenda(call, "doctor"))[0]["venue"] == "无锡会诊室"
    assert await told(world) == [(who, "time_entered", "03-03 06:00") for who in ("doctor", "expert")]


async def test_each_week_one_more_is_booked(call: Call, world: World, clock: FakeClock) -> None:
    await planned(call, world)
    clock.move(days=14)
    assert await make_all(world.db, clock.now) == {}
    assert len(await live(world)) == 10
    assert await make_all(world.db, clock.now) == {}
    assert len(await live(world)) == 10


async def test_the_preview_names_everything_in_the_way(call: Call, world: World) -> None:
    await book(world, ["expert"], 28.5, 29.5, title="主动脉夹层 陈远山")  # Tuesday 13:30
    status, out = await call("coordinator", "POST", f"{PATH}/preview", json=series_of(world))
    assert status == 200, out
    first, second = out["items"][:2]
    assert len(out["items"]) == 8
    assert [(each["name"], each["kind"]) for each in first["clashes"]] == [("expert", "consultation")]
    assert (second["clashes"], second["booked"], second["not_covered"]) == ([], False, False)


async def test_what_is_in_the_way_leaves_a_gap_that_is_filled_once_it_is_gone(
    call: Call, world: World, clock: FakeClock
) -> None:
    busy = {"kind": "clinic", "title": "", "starts_at": "2026-03-03T05:30:00Z", "ends_at": "2026-03-03T06:30:00Z"}
    _, entered = await call("expert", "POST", "/calendar/busy", json=busy)
    made = await planned(call, world)
    assert (made["unbooked"], made["next_at"]) == (1, "2026-03-10T06:00:00Z")
    assert await make_all(world.db, clock.now) == {}
    assert len(await live(world)) == 7
    (entry,) = entered["items"]
    assert (await call("expert", "DELETE", f"/calendar/busy/{entry['id']}", match=entry["version"]))[0] == 204
    assert await make_all(world.db, clock.now) == {}
    assert (await series(call))[0]["unbooked"] == 0
    assert (await times(call))[0] == "2026-03-03T06:00:00Z"


async def test_all_that_is_to_come_is_changed_and_bookings_stay_the_same_ones(call: Call, world: World) -> None:
    made = await planned(call, world)
    before = await live(world)
    status, out = await put(call, made, series_of(world, at="14:30", minutes=45))
    assert status == 200, out
    after = await live(world)
    assert [each.id for each in after] == [each.id for each in before]
    assert all(now.sequence > was.sequence for was, now in zip(before, after, strict=True))
    assert (await agenda(call, "doctor"))[0]["ends_at"] == "2026-03-03T07:15:00Z"


async def test_a_series_that_moves_by_a_day_is_not_in_its_own_way(call: Call, world: World) -> None:
    made = await planned(call, world, rrule="FREQ=WEEKLY;BYDAY=TU,WE", minutes=720, at="08:00")
    assert len(await live(world)) == 16
    status, out = await put(call, made, series_of(world, rrule="FREQ=WEEKLY;BYDAY=TU,WE", minutes=720, at="09:00"))
    assert (status, out["unbooked"]) == (200, 0), out


async def test_in_another_time_zone_it_keeps_its_time_on_the_wall(call: Call, world: World) -> None:
    made = await planned(call, world)
    assert (await times(call))[0] == "2026-03-03T06:00:00Z"
    zone = {"time_zone": "Asia/Urumqi"}
    assert (await call("admin", "PUT", "/admin/hospitals/ruijin", match=1, json=zone))[0] == 200
    assert {each[11:] for each in await times(call)} == {"08:00:00Z"}
    assert len(await times(call)) == 6
    # Saved again, nothing moves.
    assert (await call("admin", "PUT", "/admin/hospitals/ruijin", match=2, json=zone))[0] == 200
    assert [each["version"] for each in await series(call)] == [made["version"] + 1]


async def test_from_a_day_on_it_is_another_series(call: Call, world: World) -> None:
    made = await planned(call, world)
    before = await live(world)
    new = series_of(world, rrule="FREQ=WEEKLY;BYDAY=TU,FR", since="2026-03-16")
    status, out = await put(call, made, new)
    assert status == 200, out
    assert out["id"] != made["id"]
    after = await live(world)
    assert {each.id for each in before} <= {each.id for each in after}
    assert {(each.on.isoformat() < "2026-03-16", str(each.series_id)) for each in after if each.on} == {
        (True, made["id"]),
        (False, out["id"]),
    }
    assert [each["ends_on"] for each in await series(call)] == ["2026-03-15", None]


async def test_it_ends_and_what_is_booked_after_that_day_is_given_up(call: Call, world: World) -> None:
    made = await planned(call, world)
    before = await notices(world)
    path, body = f"{PATH}/{made['id']}/end", {"last": "2026-03-10", "reason": "项目结束"}
    assert (await call("coordinator", "POST", path, json=body | {"reason": " "}, match=made["version"]))[0] == 422
    status, out = await call("coordinator", "POST", path, json=body, match=made["version"])
    assert (status, out["ends_on"]) == (200, "2026-03-10"), out
    assert await times(call) == ["2026-03-03T06:00:00Z", "2026-03-10T06:00:00Z"]
    assert await told(world, before) == [(who, "time_taken_back", "03-17 06:00") for who in ("doctor", "expert")]
    assert {"booking_series.planned", "booking_series.ended"} <= {
        each.action for each in await rows(world.db, AuditEvent)
    }


async def test_limits_are_passed_over_only_with_a_reason(call: Call, world: World) -> None:
    kept = ["", "14:00-16:00", "", "", "", "", ""]  # Tuesday afternoon is for telemedicine
    hours = {"week": [], "tele": kept, "buffer_minutes": 0}
    path = f"/calendar/availability/{world.ids['expert']}"
    assert (await call("expert", "PUT", path, json=hours, match=0))[0] == 200
    assert (await planned(call, world))["unbooked"] == 0  # that is telemedicine
    other = series_of(world, kind="clinic", title="", at="15:00")
    status, out = await call("coordinator", "POST", PATH, json=other)
    assert (status, out["reason"]) == (409, "limits")
    assert {each["limit"] for each in out["limits"]} == {"tele"}
    status, out = await call("coordinator", "POST", PATH, json=other | {"override": "门诊量大"})
    assert (status, out["unbooked"], out["override_reason"]) == (201, 0, "门诊量大")
    assert {each.override_reason for each in await live(world)} == {"", "门诊量大"}


async def test_a_booking_that_stood_stays_where_a_change_is_refused(call: Call, world: World) -> None:
    made = await planned(call, world)
    stale = {**made, "version": made["version"] + 1}
    assert (await put(call, stale, series_of(world)))[0] == 412
    assert (await put(call, made, series_of(world, rrule="FREQ=DAILY")))[1]["reason"] == "bad_rule"
    assert (await put(call, made, series_of(world, since="2026-03-01", starts_on="2026-03-01")))[0] == 200
    assert len(await live(world)) == 8


@pytest.mark.parametrize("who", ["expert", "doctor", "reviewer", "jiashan_doctor"])
async def test_only_its_hospitals_coordinators_change_it(call: Call, world: World, who: str) -> None:
    made = await planned(call, world)
    status, _ = await put(call, made, series_of(world), who)
    assert status == (404 if who == "reviewer" else 403)  # the reviewer arranges, at another hospital
    found = await series(call, who)
    assert [each["may_change"] for each in found] == ([] if who == "jiashan_doctor" else [False])
    titles = {"expert": "心内科远程门诊", "doctor": "心内科远程门诊", "reviewer": ""}
    assert all(each["title"] == titles[who] for each in found)


async def test_only_hospitals_under_an_agreement_are_taken_and_as_long_as_it_holds(
    call: Call, world: World, clock: FakeClock
) -> None:
    async with world.db.write() as db:
        for each in (await db.exec(select(Agreement).where(Agreement.branch_id == "wuxi"))).all():
            each.valid_until = (NOW + timedelta(days=20)).date()
        for each in (await db.exec(select(Agreement).where(Agreement.branch_id == "jiashan"))).all():
            each.valid_until = (NOW - timedelta(days=1)).date()
    made = await planned(call, world)
    assert [each.on.isoformat() for each in await live(world) if each.on] == ["2026-03-03", "2026-03-10", "2026-03-17"]
    assert made["unbooked"] == 5
    _, ahead = await call("coordinator", "POST", f"{PATH}/{made['id']}/preview", json=series_of(world))
    assert [each["not_covered"] for each in ahead["items"]] == [False] * 3 + [True] * 5
    theirs = [str(world.ids["expert"]), str(world.ids["jiashan_doctor"])]
    status, out = await call("coordinator", "POST", PATH, json=series_of(world, resources=theirs))
    assert (status, out["reason"]) == (409, "no_agreement")
    async with world.db.write() as db:
        for each in (await db.exec(select(Agreement).where(Agreement.branch_id == "wuxi"))).all():
            each.valid_until = (NOW + timedelta(days=200)).date()
    assert await make_all(world.db, clock.now) == {}
    assert len(await live(world)) == 8


async def test_what_cannot_be_planned_says_why(call: Call, world: World) -> None:
    nobody = "00000000-0000-7000-8000-000000000000"
    for wrong, status, reason in (
        ({"rrule": "FREQ=HOURLY"}, 422, "bad_rule"),
        ({"at": "25:00"}, 422, "bad_time"),
        ({"resources": [nobody]}, 404, "unknown_resource"),
        ({"resources": [str(world.ids["doctor"])]}, 422, "none_of_yours"),
    ):
        got, out = await call("coordinator", "POST", PATH, json=series_of(world, **wrong))
        assert (got, out["reason"]) == (status, reason), out
    for kind in ("consultation", "round", "duty", "leave"):
        assert (await call("coordinator", "POST", PATH, json=series_of(world, kind=kind)))[0] == 422
    assert (await call("doctor", "POST", PATH, json=series_of(world)))[0] == 403
    assert await live(world) == []


async def test_equipment_that_is_gone_is_left_away(call: Call, world: World, clock: FakeClock) -> None:
    async with world.db.write() as db:
        camera = Resource(kind="equipment", hospital_id="ruijin", name="示教摄像机", name_en="Camera")
        db.add(camera)
    there = [str(world.ids["expert"]), str(camera.id)]
    made = await planned(call, world, resources=there, kind="teaching")
    async with world.db.write() as db:
        (await db.get_one(Resource, camera.id)).ended_at = clock.now
    clock.move(days=7)
    assert await make_all(world.db, clock.now) == {}
    assert len(await live(world)) == 9
    status, out = await put(call, made, series_of(world, resources=there))
    assert (status, out["reason"]) == (404, "unknown_resource")


async def test_choices_are_of_the_hospital_and_its_partners(call: Call, world: World) -> None:
    rooms = await venues(world)
    _, out = await call("coordinator", "GET", f"{PATH}/choices")
    assert out["hospitals"][0]["id"] == "ruijin"
    assert {UUID(each["id"]) for each in out["places"]} == set(rooms.values())
    assert (await call("doctor", "GET", f"{PATH}/choices"))[0] == 403
