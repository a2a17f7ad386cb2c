"""The bed doctor's own time, and the limits of who and what a round takes: seen before it is planned, and passed over
with a reason where one round is given another time or lead; an overlap never."""

from typing import Any
from uuid import UUID

from telemed.audit.model import AuditEvent
from telemed.scheduling.model import Booking
from tests.telemed.conftest import Call, World, rows
from tests.telemed.rounds.helpers import planned, series_of, sessions, shown

# Only in the afternoon, by the clock of their hospitals.
AFTERNOONS = [*["13:00-17:00"] * 5, "", ""]
FIRST = ("2026-03-03T00:30:00Z", "2026-03-03T01:30:00Z")
CLINIC = {"kind": "clinic", "title": ""}


async def keeps(call: Call, who: str, whose: UUID, **more: Any) -> None:
    body = {"week": [], "tele": [], "buffer_minutes": 0} | more
    status, out = await call(who, "PUT", f"/calendar/availability/{whose}", json=body, match=0)
    assert status == 200, out


async def busy(call: Call, who: str, starts_at: str, ends_at: str) -> tuple[int, Any]:
    return await call(who, "POST", "/calendar/busy", json=CLINIC | {"starts_at": starts_at, "ends_at": ends_at})


async def preview(call: Call, world: World) -> Any:
    status, out = await call("coordinator", "POST", "/rounds/series/preview", json=series_of(world))
    assert status == 200, out
    return out["items"]


async def moved(call: Call, session: Any, to: str, **more: str) -> tuple[int, Any]:
    path, body = f"/rounds/sessions/{session['id']}/move", {"starts_at": to, "minutes": 60} | more
    return await call("coordinator", "POST", path, json=body, match=session["version"])


async def test_the_preview_names_what_the_bed_doctor_has_and_which_limits_each_round_meets(
    call: Call, world: World
) -> None:
    assert (await busy(call, "doctor", *FIRST))[0] == 201
    await keeps(call, "expert", world.ids["expert"], week=AFTERNOONS)
    await keeps(call, "coordinator", world.ids["venue"], buffer_minutes=15)
    assert (await busy(call, "expert2", "2026-03-10T00:00:00Z", "2026-03-10T00:30:00Z"))[0] == 201
    first, second, *_ = await preview(call, world)
    assert [each["resource_id"] for each in first["clashes"]] == [str(world.ids["doctor"])]
    # The lead is free all the same: only what they have themselves makes another lead.
    assert first["lead_id"] == str(world.ids["expert"])
    assert [(each["limit"], each["name"]) for each in second["limits"]] == [("hours", "expert")]
    assert second["clashes"] == []


async def test_a_round_whose_bed_doctor_is_busy_is_booked_without_them_and_says_so(call: Call, world: World) -> None:
    assert (await busy(call, "doctor", *FIRST))[0] == 201
    await planned(call, world)
    first, second, *_ = await sessions(call)
    out = await shown(call, first["id"], "coordinator")
    assert (out["lead"]["name"], [each["name"] for each in out["unbooked_by"]]) == ("expert", ["doctor"])
    assert not second["unbooked"]
    # What the round has booked is theirs to keep free.
    status, refused = await busy(call, "doctor", second["starts_at"], second["ends_at"])
    assert (status, refused["reason"]) == (409, "clash")


async def test_a_round_is_moved_over_a_limit_with_a_reason_and_never_over_an_overlap(call: Call, world: World) -> None:
    await planned(call, world)
    await keeps(call, "expert", world.ids["expert"], week=AFTERNOONS)
    session = (await sessions(call))[0]
    status, refused = await moved(call, session, "2026-03-03T02:00:00Z")
    assert (status, refused["reason"]) == (409, "limits")
    assert [(each["limit"], each["name"]) for each in refused["limits"]] == [("hours", "expert")]
    assert (await shown(call, session["id"], "coordinator"))["starts_at"] == FIRST[0]
    status, out = await moved(call, session, "2026-03-03T02:00:00Z", override="主查上午临时停门诊")
    assert (status, out["starts_at"]) == (200, "2026-03-03T02:00:00Z")
    kept = [each for each in await rows(world.db, Booking) if str(each.activity_id) == session["id"]]
    assert [(each.override_reason, len(each.overridden)) for each in kept] == [("主查上午临时停门诊", 1)]
    assert [each.action for each in await rows(world.db, AuditEvent)].count("booking.overridden") == 1
    assert (await busy(call, "doctor", "2026-03-03T06:00:00Z", "2026-03-03T07:00:00Z"))[0] == 201
    status, refused = await moved(call, out, "2026-03-03T06:00:00Z", override="照旧")
    assert (status, refused["reason"]) == (409, "clash")
    assert [each["resource_id"] for each in refused["clashes"]] == [str(world.ids["doctor"])]
    # Within the hours nothing is asked, and the former reason is gone.
    status, out = await moved(call, out, "2026-03-03T07:00:00Z")
    assert status == 200
    kept = [each for each in await rows(world.db, Booking) if str(each.activity_id) == session["id"]]
    assert [each.override_reason for each in kept] == [""]


async def test_a_lead_is_named_outside_their_hours_with_a_reason(call: Call, world: World) -> None:
    await planned(call, world)
    await keeps(call, "expert2", world.ids["expert2"], week=AFTERNOONS)
    session = (await sessions(call))[0]
    path, body = f"/rounds/sessions/{session['id']}/lead", {"lead_id": str(world.ids["expert2"])}
    status, refused = await call("coordinator", "POST", path, json=body, match=session["version"])
    assert (status, refused["reason"]) == (409, "limits")
    status, out = await call(
        "coordinator", "POST", path, json=body | {"override": "本人同意"}, match=session["version"]
    )
    assert (status, out["lead"]["name"]) == (200, "expert2")


async def test_one_round_of_a_series_is_moved_over_a_limit_with_a_reason_too(call: Call, world: World) -> None:
    made = await planned(call, world)
    await keeps(call, "expert", world.ids["expert"], week=AFTERNOONS)
    path = f"/rounds/series/{made['id']}/occurrences/2026-03-03"
    body = {"change": "moved", "starts_at": "2026-03-03T02:00:00Z", "minutes": 60}
    status, refused = await call("coordinator", "PUT", path, json=body, match=made["version"])
    assert (status, refused["reason"]) == (409, "limits")
    status, out = await call("coordinator", "PUT", path, json=body | {"override": "本人同意"}, match=made["version"])
    assert status == 200, out
    assert (await sessions(call))[0]["starts_at"] == "2026-03-03T02:00:00Z"
