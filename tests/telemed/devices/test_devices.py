"""A screen becomes a device by the code on it, shows no patient, and opens nothing once it is revoked."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete

from telemed.access import sessions
from telemed.devices.model import Device, DeviceCode
from telemed.devices.rules import CODE_LIFE, CODES_AT_ONCE, typed
from telemed.devices.rules import test_due as due
from telemed.people.model import Agreement
from telemed.people.rules import Span
from telemed.scheduling.model import Resource, ResourceKind
from telemed.work.clock import take_due
from telemed.work.duty import on_duty
from telemed.work.model import Notice
from tests.telemed.conftest import NOW, Call, FakeClock, World, add_hub, rows
from tests.telemed.consultations.actions import AT, act, booking_body, make_approved, make_booked
from tests.telemed.consultations.conftest import Made, submitted, venue
from tests.telemed.devices.conftest import Screen, code_of, registered
from tests.telemed.devices.conftest import ask as ask_any

__all__ = ("submitted", "venue")

TEST = {"camera": True, "microphone": True, "network": False}


async def ask(screen: Screen, method: str, path: str, **more: Any) -> tuple[int, Any]:
    return await ask_any(screen, method, f"devices/{path}", **more)


async def test_a_screen_waits_with_a_code_until_an_administrator_has_entered_it(
    call: Call, screen: Screen, world: World
) -> None:
    assert (await ask(screen, "GET", "here"))[1]["reason"] == "no_device"
    code = await code_of(screen)
    assert (await ask(screen, "GET", "here"))[1]["registered"] is None
    spoken = f" {code[:4].lower()}-{code[4:].lower()} "
    new = {"code": spoken, "name": "一号车", "kind": "cart", "venue_id": None}
    assert (await call("wuxi_admin", "POST", "/admin/devices", json=new))[0] == 201
    shown = (await ask(screen, "GET", "here"))[1]["registered"]
    assert (shown["name"], shown["hospital"], shown["meetings"]) == ("一号车", "wuxi", [])
    [kept] = await rows(world.db, Device)
    assert (kept.hospital_id, kept.seen_at) == ("wuxi", NOW)
    assert await rows(world.db, DeviceCode) == []
    secrets = [each.value for each in screen.session.cookie_jar]
    assert kept.secret_sha256 not in secrets
    assert (await call("wuxi_admin", "POST", "/admin/devices", json=new))[1]["reason"] == "no_code"


async def test_a_browser_that_knows_the_secret_is_the_device_and_no_other(
    call: Call, screen: Screen, world: World
) -> None:
    assert (await ask(screen, "POST", "take", json={"secret": "x" * 43}))[1]["reason"] == "no_device"
    await registered(call, screen)
    secret = next(each.value for each in screen.session.cookie_jar)
    screen.session.cookie_jar.clear()
    assert (await ask(screen, "GET", "here"))[0] == 401
    assert (await ask(screen, "POST", "take", json={"secret": secret}))[0] == 204
    assert (await ask(screen, "GET", "here"))[1]["registered"]["hospital"] == "ruijin"
    [kept] = await rows(world.db, Device)
    path = f"/admin/devices/{kept.id}/revoke"
    assert (await call("admin", "POST", path, match=kept.version))[0] == 200
    screen.session.cookie_jar.clear()
    assert (await ask(screen, "POST", "take", json={"secret": secret}))[1]["reason"] == "device_revoked"


async def test_an_old_code_registers_nothing_and_its_screen_asks_for_another(
    call: Call, screen: Screen, clock: FakeClock
) -> None:
    new = {"code": await code_of(screen), "name": "一号车", "kind": "cart", "venue_id": None}
    clock.now += CODE_LIFE
    assert (await call("admin", "POST", "/admin/devices", json=new))[1]["reason"] == "no_code"
    assert (await ask(screen, "GET", "here"))[1]["reason"] == "no_device"
    await registered(call, screen)


async def test_one_address_cannot_fill_the_table_with_codes(screen: Screen, clock: FakeClock) -> None:
    for _ in range(CODES_AT_ONCE):
        await code_of(screen)
    assert (await ask(screen, "POST", "code"))[0] == 429
    clock.now += CODE_LIFE
    await code_of(screen)


async def test_another_site_gets_no_code(screen: Screen) -> None:
    status, found = await ask(screen, "POST", "code", headers={"Origin": "https://elsewhere.example"})
    assert (status, found["reason"]) == (403, "other_site")


async def test_it_shows_when_and_who_leads_and_no_patient(
    call: Call, screen: Screen, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    await registered(call, screen, venue)
    _, found = await ask(screen, "GET", "here")
    [meeting] = found["registered"]["meetings"]
    assert datetime.fromisoformat(meeting["starts_at"]) == AT
    assert (meeting["kind"], meeting["lead"]["name"]) == ("consultation", "expert")
    _, consultation = await call("coordinator", "GET", f"/consultations/{id}")
    patient = consultation["patient"]
    for secret in (patient["name"], patient["id"], str(id)):
        assert secret not in str(found)


async def test_in_the_branchs_room_it_shows_the_meeting_too(
    call: Call, screen: Screen, submitted: Made, world: World, venue: UUID
) -> None:
    async with world.db.write() as db:
        room = Resource(kind=ResourceKind.venue, hospital_id="wuxi", name="CCU 示教室", name_en="CCU room")
        db.add(room)
    id = await make_approved(call, submitted)
    body = booking_body(world, venue) | {"branch_venue_id": str(room.id)}
    assert (await act(call, "coordinator", id, "booking", body))[0] == 200
    await registered(call, screen, room.id, "wuxi_admin")
    [meeting] = (await ask(screen, "GET", "here"))[1]["registered"]["meetings"]
    assert (datetime.fromisoformat(meeting["starts_at"]), meeting["lead"]["name"]) == (AT, "expert")


async def test_its_cookie_opens_nothing_else(call: Call, screen: Screen) -> None:
    await registered(call, screen)
    for path in ("/api/home", "/api/patients?q=1", "/api/consultations", "/api/admin/devices"):
        async with screen.get(path) as answer:
            assert answer.status == 401, path


async def test_each_test_is_kept_and_the_administrator_sees_the_last(
    call: Call, screen: Screen, clock: FakeClock, world: World
) -> None:
    made = await registered(call, screen)
    assert (await ask(screen, "GET", "here"))[1]["registered"]["test_due"] is True
    assert (await ask(screen, "POST", "tests", json=TEST))[0] == 201
    assert (await ask(screen, "GET", "here"))[1]["registered"]["test_due"] is False
    clock.move(days=1)
    assert (await ask(screen, "GET", "here"))[1]["registered"]["test_due"] is True
    await ask(screen, "POST", "tests", json=TEST | {"network": True})
    async with world.db.write() as db:  # an administrator's sign-in does not last a day
        world.tokens["admin"] = sessions.issue(db, world.ids["admin"], clock(), timedelta(hours=1))
    _, found = await call("admin", "GET", "/admin/devices")
    [shown] = found["items"]
    assert shown["id"] == made["id"]
    assert [each["network"] for each in shown["tests"]] == [True, False]


@pytest.mark.parametrize("after", ["change", "revoke"])
async def test_a_stolen_device_is_revoked_and_two_administrators_do_not_overwrite_each_other(
    call: Call, screen: Screen, after: str
) -> None:
    made = await registered(call, screen)
    path = f"/admin/devices/{made['id']}"
    new = {"name": "二号车", "kind": "room", "venue_id": None}
    assert (await call("admin", "PUT", path, match=1, json=new))[1]["name"] == "二号车"
    assert (await call("admin", "PUT", path, match=1, json=new))[0] == 412
    assert (await call("admin", "POST", f"{path}/revoke", match=1))[0] == 412
    assert (await call("admin", "POST", f"{path}/revoke", match=2))[1]["revoked_at"] is not None
    assert (await ask(screen, "GET", "here"))[1]["reason"] == "device_revoked"
    assert (await ask(screen, "POST", "tests", json=TEST))[0] == 401
    assert (await ask(screen, "GET", "ice-servers"))[0] == 401
    again = {"change": ("PUT", path, new), "revoke": ("POST", f"{path}/revoke", None)}[after]
    assert (await call("admin", again[0], again[1], match=3, json=again[2]))[0] == 404


async def test_another_hospital_s_devices_do_not_exist_nor_may_its_rooms_be_named(
    call: Call, screen: Screen, venue: UUID
) -> None:
    made = await registered(call, screen)
    path = f"/admin/devices/{made['id']}"
    new = {"name": "二号车", "kind": "room", "venue_id": None}
    assert (await call("wuxi_admin", "GET", "/admin/devices"))[1]["items"] == []
    assert (await call("wuxi_admin", "PUT", path, match=1, json=new))[0] == 404
    assert (await call("wuxi_admin", "POST", f"{path}/revoke", match=1))[0] == 404
    assert (await call("doctor", "GET", "/admin/devices"))[0] == 403
    other = new | {"code": await code_of(screen), "venue_id": str(venue)}
    assert (await call("wuxi_admin", "POST", "/admin/devices", json=other))[1]["reason"] == "other_venue"


def test_a_device_tests_itself_once_a_day_and_never_into_a_meeting() -> None:
    night, noon = datetime(2026, 3, 1, 17, tzinfo=UTC), datetime(2026, 3, 2, 4, tzinfo=UTC)
    zone, meeting = "Asia/Shanghai", Span(noon, noon + timedelta(hours=1))
    assert due(None, None, [], zone, noon)
    assert not due(night, None, [], zone, noon)  # one in the morning of the same day in Shanghai
    assert due(night - timedelta(hours=2), None, [], zone, noon)
    assert not due(None, None, [meeting], zone, noon - timedelta(minutes=10))
    assert not due(None, None, [meeting], zone, noon + timedelta(minutes=10))
    assert due(None, None, [meeting], zone, noon + timedelta(hours=1))


def test_a_code_is_read_however_it_is_typed() -> None:
    assert typed(" ab2c-d3ef ") == "AB2CD3EF"


async def test_a_call_goes_to_the_coordinators_until_one_has_answered(
    call: Call, screen: Screen, clock: FakeClock, world: World
) -> None:
    made = await registered(call, screen, who="wuxi_admin")
    _, first = await ask(screen, "POST", "call")
    clock.move(seconds=30)
    assert await ask(screen, "POST", "call") == (200, first), "a second press calls nobody again"
    assert (await ask(screen, "GET", "here"))[1]["registered"]["called_at"] == first["called_at"]
    _, home = await call("coordinator", "GET", "/home")
    [item] = [each for each in home["work"]["items"] if each["kind"] == "answer_device"]
    assert (item["note"]["device"], item["note"]["hospital"], item["patient"]) == ("一号车", "wuxi", None)
    assert await told(world) == ["coordinator"]
    clock.move(minutes=3)
    await take_due(world.db, clock(), on_duty)
    assert await told(world) == ["coordinator", "hub_duty"]
    path = f"/devices/{made['id']}/answered"
    assert (await call("doctor", "POST", path))[0] == 403
    assert (await call("coordinator", "POST", path))[0] == 204
    assert (await call("hub_duty", "POST", path))[1]["reason"] == "not_called"
    assert (await ask(screen, "GET", "here"))[1]["registered"]["called_at"] is None
    clock.move(hours=1)
    await take_due(world.db, clock(), on_duty)
    assert await told(world) == ["coordinator", "hub_duty"]


async def told(world: World) -> list[str]:
    names = {id: name for name, id in world.ids.items()}
    return sorted(names[each.staff_id] for each in await rows(world.db, Notice))


async def test_another_hub_s_coordinators_do_not_answer_for_this_one(call: Call, screen: Screen, world: World) -> None:
    await add_hub(world, "huashan")
    made = await registered(call, screen, who="wuxi_admin")
    await ask(screen, "POST", "call")
    assert (await call("huashan", "POST", f"/devices/{made['id']}/answered"))[0] == 404


async def test_a_hospital_without_an_agreement_has_no_centre_to_call(call: Call, screen: Screen, world: World) -> None:
    await registered(call, screen, who="wuxi_admin")
    async with world.db.write() as db:
        await db.exec(delete(Agreement))
    assert (await ask(screen, "POST", "call"))[1]["reason"] == "no_centre"
