"""A device waits in the room of its venue's booking, as itself, and knows nothing of the case."""

import json
from base64 import urlsafe_b64decode
from datetime import timedelta
from typing import Any
from uuid import UUID

from telemed.kit.events import Outbox
from telemed.kit.table import new_id
from telemed.rooms import service as rooms_service
from telemed.rooms.model import Room, RoomEvent
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import AT, make_scheduled
from tests.telemed.consultations.conftest import Made, submitted, venue
from tests.telemed.devices.conftest import Screen, ask, registered

__all__ = ("submitted", "venue")


def claims(ticket: str) -> Any:
    body = ticket.split(".")[1]
    return json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))


async def waits_for(screen: Screen) -> Any:
    return (await ask(screen, "GET", "devices/here"))[1]["registered"]["waits_for"]


async def test_it_waits_from_a_quarter_of_an_hour_before_and_its_ticket_tells_nothing(
    call: Call, screen: Screen, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    made = await registered(call, screen, venue)
    assert await waits_for(screen) is None
    assert (await ask(screen, "POST", "devices/ticket"))[1]["reason"] == "no_room_here"
    clock.now = AT - timedelta(minutes=14)
    assert await waits_for(screen) is not None
    status, found = await ask(screen, "POST", "devices/ticket")
    assert (status, found["room"]) == (200, str(id))
    said = claims(found["ticket"])
    assert (said["sub"], said["sid"], said["device"], said["role"]) == (
        f"device-{made['id']}",
        made["id"],
        "cart",
        "cart",
    )
    assert (said["case"], said["studies"], said["booked"], said["grants"]) == (
        None,
        [],
        True,
        ["publish", "subscribe"],
    )
    _, consultation = await call("coordinator", "GET", f"/consultations/{id}")
    assert consultation["patient"]["name"] not in str(said)
    assert [each.id for each in await rows(world.db, Room)] == [id if isinstance(id, UUID) else UUID(str(id))]


async def test_elsewhere_it_waits_for_nothing(
    call: Call, screen: Screen, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    await make_scheduled(call, submitted, world, venue)
    await registered(call, screen)
    clock.now = AT
    assert await waits_for(screen) is None
    assert (await ask(screen, "POST", "devices/ticket"))[0] == 404


async def test_a_revoked_device_is_put_out_of_its_room_and_its_call_answers_itself(
    call: Call, screen: Screen, world: World
) -> None:
    made = await registered(call, screen, who="wuxi_admin")
    await ask(screen, "POST", "devices/call")
    path = f"/admin/devices/{made['id']}/revoke"
    assert (await call("wuxi_admin", "POST", path, match=made["version"]))[0] == 200
    ended = [each.data for each in await rows(world.db, Outbox) if each.type == "session.ended"]
    assert made["id"] in str(ended)
    assert (await ask(screen, "POST", "devices/ticket"))[1]["reason"] == "device_revoked"
    _, home = await call("coordinator", "GET", "/home")
    assert [each for each in home["work"]["items"] if each["kind"] == "answer_device"] == []


async def test_what_a_room_reports_of_a_device_is_kept_and_is_nobody_s_presence(world: World) -> None:
    room, sub = new_id(), f"device-{new_id()}"
    data = {"id": f"{sub}/cart", "sub": sub}
    async with world.db.write() as db:
        assert await rooms_service.take_in(db, room, "member.joined", 1, 1, data, NOW, NOW) is None
    [kept] = await rows(world.db, RoomEvent)
    assert (kept.staff_id, kept.data["sub"]) == (None, sub)


async def test_the_venue_s_own_test_stands_in_for_the_lead_s(
    call: Call, screen: Screen, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    made = await registered(call, screen, venue)

    async def ready() -> dict[str, bool]:
        _, found = await call("coordinator", "GET", f"/consultations/{id}")
        return {each["key"]: each["ok"] for each in found["checks"] if each["key"].startswith("devices")}

    assert await ready() == {"devices_hub": False, "devices_branch": False}
    failed = {"camera": False, "microphone": True, "network": True}
    await ask(screen, "POST", "devices/tests", json=failed)
    assert (await ready())["devices_hub"] is False
    clock.move(minutes=1)
    await ask(screen, "POST", "devices/tests", json=failed | {"camera": True})
    assert await ready() == {"devices_hub": True, "devices_branch": False}
    assert (await call("expert", "POST", "/device-tests", json=failed))[0] == 201
    assert (await ready())["devices_hub"] is True
    path = f"/admin/devices/{made['id']}/revoke"
    assert (await call("admin", "POST", path, match=made["version"]))[0] == 200
    assert (await ready())["devices_hub"] is False
