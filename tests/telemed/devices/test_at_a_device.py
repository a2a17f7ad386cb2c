"""Somebody signs in at a device by their telephone, sees what they may, and leaves nothing behind."""

import csv
import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import delete, text

from telemed.access.model import Account, SignIn
from telemed.access.passwords import hash_now
from telemed.audit.model import AuditEvent
from telemed.audit.sealer import seal
from telemed.audit.verifying import Broken, verify
from telemed.devices.model import DeviceEntry, DeviceStay
from telemed.devices.rules import ENTRY_LIFE
from telemed.kit.events import Outbox
from telemed.people.model import Agreement
from telemed.scheduling.model import Resource, ResourceKind
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.conftest import Made, submitted
from tests.telemed.devices.conftest import Screen, ask, registered

__all__ = ("submitted",)
IDLE = timedelta(minutes=5)


async def entry(screen: Screen) -> str:
    status, found = await ask(screen, "POST", "devices/entries")
    assert status == 200, found
    assert found["qr"].startswith("data:image/svg+xml")
    return str(found["code"])


async def signed_in(call: Call, screen: Screen, who: str = "doctor") -> None:
    code = await entry(screen)
    assert (await call(who, "POST", "/device-codes/confirm", json={"code": code}))[0] == 204
    assert await ask(screen, "POST", "devices/enter") == (200, {"entered": True})


async def person(screen: Screen) -> Any:
    found = (await ask(screen, "GET", "devices/here"))[1]["registered"]["person"]
    return found and found["name"]


async def session(screen: Screen) -> Any:
    return (await ask(screen, "GET", "session"))[1]


async def stays(world: World) -> list[tuple[str, str, str | None]]:
    names = {id: name for name, id in world.ids.items()}
    found = sorted(await rows(world.db, DeviceStay), key=lambda each: each.id)
    return [(names[each.staff_id], str(each.by), each.why and str(each.why)) for each in found]


async def test_the_telephone_sees_which_device_it_is_and_confirms(
    call: Call, screen: Screen, world: World, submitted: Made
) -> None:
    await registered(call, screen, who="wuxi_admin")
    code = await entry(screen)
    assert await ask(screen, "POST", "devices/enter") == (200, {"entered": False})
    spoken = {"code": f" {code[:3]} {code[3:]} "}
    status, shown = await call("doctor", "POST", "/device-codes/look", json=spoken)
    assert (status, shown["name"], shown["kind"], shown["hospital"]) == (200, "一号车", "cart", "wuxi")
    assert await person(screen) is None
    assert (await call("doctor", "POST", "/device-codes/confirm", json=spoken))[0] == 204
    assert await ask(screen, "POST", "devices/enter") == (200, {"entered": True})
    found = await session(screen)
    assert (found["actor"]["name"], found["at_device"], await person(screen)) == ("doctor", True, "doctor")
    assert (await ask(screen, "GET", "consultations"))[0] == 200
    assert await ask(screen, "POST", "devices/enter") == (200, {"entered": False}), "a code is good once"
    assert await rows(world.db, DeviceEntry) == []
    assert await stays(world) == [("doctor", "code", None)]
    assert (await call("doctor", "GET", "/session"))[1]["at_device"] is False


async def test_a_code_is_good_for_a_minute_at_the_device_s_own_hospital_and_its_partners(
    call: Call, screen: Screen, world: World, clock: FakeClock
) -> None:
    await registered(call, screen, who="wuxi_admin")
    code = {"code": await entry(screen)}
    assert (await call("jiashan_doctor", "POST", "/device-codes/look", json=code))[1]["reason"] == "no_entry"
    assert (await call("expert", "POST", "/device-codes/look", json=code))[0] == 200
    assert (await call("doctor", "POST", "/device-codes/look", json={"code": "000"}))[1]["reason"] == "no_entry"
    clock.now += ENTRY_LIFE
    assert (await call("doctor", "POST", "/device-codes/confirm", json=code))[1]["reason"] == "no_entry"
    fresh = {"code": await entry(screen)}
    await entry(screen)
    assert (await call("doctor", "POST", "/device-codes/confirm", json=fresh))[0] == 404, "another took its place"


async def test_guessing_codes_is_limited(call: Call, screen: Screen) -> None:
    await registered(call, screen, who="wuxi_admin")
    for _ in range(5):
        assert (await call("doctor", "POST", "/device-codes/look", json={"code": "1"}))[0] == 404
    code = {"code": await entry(screen)}
    assert (await call("doctor", "POST", "/device-codes/confirm", json=code))[0] == 429
    assert (await call("doctor2", "POST", "/device-codes/confirm", json=code))[0] == 204


async def test_a_device_is_no_telephone(call: Call, screen: Screen) -> None:
    await registered(call, screen, who="wuxi_admin")
    await signed_in(call, screen)
    code = await entry(screen)
    assert (await ask(screen, "POST", "device-codes/confirm", json={"code": code}))[1]["reason"] == "confirm_at_device"


async def test_without_an_act_it_ends_after_five_minutes_whatever_the_page_asks_meanwhile(
    call: Call, screen: Screen, world: World, clock: FakeClock
) -> None:
    await registered(call, screen, who="wuxi_admin")
    await signed_in(call, screen)
    clock.move(minutes=4)
    assert (await ask(screen, "POST", "devices/acts"))[0] == 204
    clock.move(minutes=4)
    assert (await ask(screen, "GET", "home"))[0] == 200, "a page that reads by itself is no act"
    clock.move(minutes=1)
    assert (await ask(screen, "GET", "home"))[0] == 401
    assert (await ask(screen, "POST", "devices/acts"))[0] == 401
    assert (await call("doctor", "GET", "/home"))[0] == 200, "the telephone stays signed in"
    assert await person(screen) is None
    assert await stays(world) == [("doctor", "code", "idle")]
    assert all(each.device_id is None for each in await rows(world.db, SignIn))


async def test_leaving_ends_it_at_once_and_the_browser_forgets(call: Call, screen: Screen, world: World) -> None:
    await registered(call, screen, who="wuxi_admin")
    await signed_in(call, screen)
    async with screen.post("/api/devices/leave", json={"why": "changed"}) as answer:
        assert (answer.status, answer.headers["Clear-Site-Data"]) == (204, '"cache"')
    assert (await ask(screen, "GET", "home"))[0] == 401
    assert (await session(screen))["actor"] is None
    assert await stays(world) == [("doctor", "code", "changed")]
    assert "session.ended" in {each.type for each in await rows(world.db, Outbox)}
    await signed_in(call, screen, "doctor2")
    assert await person(screen) == "doctor2"


async def test_ended_on_the_own_account_s_page_it_is_over_at_the_device(
    call: Call, screen: Screen, world: World
) -> None:
    await registered(call, screen, who="wuxi_admin")
    await signed_in(call, screen)
    assert (await call("doctor", "DELETE", "/account/sign-ins"))[0] == 204
    assert await person(screen) is None
    assert await stays(world) == [("doctor", "code", "ended")]


async def test_a_stolen_device_signs_out_who_is_signed_in_at_it(call: Call, screen: Screen, world: World) -> None:
    made = await registered(call, screen, who="wuxi_admin")
    await signed_in(call, screen)
    path = f"/admin/devices/{made['id']}/revoke"
    assert (await call("wuxi_admin", "POST", path, match=made["version"]))[0] == 200
    assert (await ask(screen, "GET", "home"))[0] == 401
    assert await stays(world) == [("doctor", "code", "revoked")]


async def test_a_password_at_a_device_signs_in_at_the_device(call: Call, screen: Screen, world: World) -> None:
    await registered(call, screen, who="wuxi_admin")
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["doctor"])).password_hash = hash_now("p" * 12)
    given = {"username": "doctor", "password": "p" * 12}
    status, found = await ask(screen, "POST", "session", json=given)
    assert (status, found["at_device"], await person(screen)) == (200, True, "doctor")
    assert await stays(world) == [("doctor", "password", None)]


async def test_what_is_read_at_a_device_is_kept_with_it_and_no_edit_of_that_is_missed(
    call: Call, screen: Screen, world: World, submitted: Made
) -> None:
    made = await registered(call, screen, who="wuxi_admin")
    await signed_in(call, screen)
    path = f"consultations/{await submitted()}"
    assert (await call("doctor", "GET", f"/{path}"))[0] == 200
    assert (await ask(screen, "GET", path))[0] == 200
    read = [each for each in await rows(world.db, AuditEvent) if each.purpose == "case"]
    assert {each.device_id for each in read if each.actor_id == world.ids["doctor"]} == {None, UUID(made["id"])}
    await seal(world.db)
    assert (await verify(world.db)).why is None
    async with world.db.writer.begin() as connection:
        await connection.execute(text("DROP TRIGGER auditevent_no_update"))
        await connection.execute(text("UPDATE auditevent SET device_id = NULL WHERE purpose = 'case'"))
    assert (await verify(world.db)).why is Broken.changed


async def test_the_medical_office_reads_at_which_device_it_was(
    call: Call, screen: Screen, world: World, submitted: Made
) -> None:
    venue = Resource(kind=ResourceKind.venue, hospital_id="wuxi", name="示教室", name_en="Room 2")
    async with world.db.write() as db:
        db.add(venue)
    made = await registered(call, screen, venue.id, who="wuxi_admin")
    await signed_in(call, screen)
    path = f"consultations/{await submitted()}"
    assert (await call("doctor", "GET", f"/{path}"))[0] == 200
    assert (await ask(screen, "GET", path))[0] == 200
    revoke = f"/admin/devices/{made['id']}/revoke"
    assert (await call("wuxi_admin", "POST", revoke, match=made["version"]))[0] == 200
    asked = {"staff": str(world.ids["doctor"]), "purpose": "case"}
    found = (await call("reviewer", "GET", f"/audit?{urlencode(asked)}"))[1]["items"]
    at = {"id": made["id"], "name": "一号车", "hospital_id": "wuxi", "venue": "示教室", "venue_en": "Room 2"}
    assert sorted((each["device"] for each in found), key=str) == sorted([None, at], key=str)
    for language, written in (("zh-CN", "一号车 (示教室)"), ("en", "一号车 (Room 2)")):
        _, data = await call("reviewer", "POST", "/audit/export", json={**asked, "language": language})
        head, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig")))
        place = head.index("Device" if language == "en" else "设备")
        assert sorted(line[place] for line in lines) == ["", written]
    settings = (await call("wuxi_admin", "GET", "/audit?about=settings"))[1]["items"]
    assert {each["device"] for each in settings} == {None}


async def test_a_hospital_without_a_partner_lets_in_its_own(call: Call, screen: Screen, world: World) -> None:
    await registered(call, screen, who="wuxi_admin")
    async with world.db.write() as db:
        await db.exec(delete(Agreement))
    await signed_in(call, screen)
    code = {"code": await entry(screen)}
    assert (await call("expert", "POST", "/device-codes/look", json=code))[0] == 404
