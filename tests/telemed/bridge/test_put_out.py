"""Who loses their role or their account while they are in a call is out of its room, and stays out."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from signaling import Event, LocalBus, serve_rooms
from signaling.errors import Close
from telemed.access.model import Role
from telemed.access.tickets import Keys
from telemed.app import kinds
from telemed.bridge.commands import HEARS, RoomCommands
from telemed.bridge.orders import Orders
from telemed.bridge.rooms import RoomReports
from telemed.consultations.words import Urgency
from telemed.history.consumers import Consumer
from telemed.kit.events import deliver
from tests.signaling.kit import ORIGIN, Client, closes, dial, hello
from tests.telemed.bridge.leaves import acknowledged, given
from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.consultations.actions import act
from tests.telemed.consultations.conftest import Made, submitted

__all__ = ("submitted",)
WITHIN = 5.0  # seconds in which a revocation takes effect


@dataclass
class Rooms:
    """The real rooms, and what the product orders of them; `joined` has a name for each who came in."""

    port: int
    world: World
    clock: FakeClock
    orders: Orders
    commands: RoomCommands
    joined: asyncio.Queue[str]

    async def told(self) -> None:
        """What the product has decided reaches the rooms."""
        consumers = {"commands": Consumer("commands", HEARS, self.commands.consume)}
        while await deliver(self.world.db, consumers, self.clock()):
            pass
        async with given(self.orders, **self.commands.leaves):
            await acknowledged(self.orders)


@pytest.fixture
async def rooms(world: World, clock: FakeClock, tmp_path: Path) -> AsyncIterator[Rooms]:
    joined, reports = asyncio.Queue[str](), RoomReports(world.db, kinds(), clock)

    async def heard(event: Event) -> None:
        await reports(event)
        if event.type == "member.joined":
            joined.put_nowait(event.data["sub"])

    async with serve_rooms(
        tmp_path / "rooms.db",
        Keys.open(tmp_path / "keys").public,
        LocalBus(heard),
        origins=[ORIGIN],
        drain_s=0,
        clock=lambda: clock.now.timestamp(),
    ) as serving:
        orders = Orders(world.db, clock)
        commands = RoomCommands(world.db, orders, serving.commands, kinds(), clock)
        yield Rooms(serving.port, world, clock, orders, commands, joined)


async def ticket_of(call: Call, who: str, id: UUID) -> tuple[int, Any]:
    return await call(who, "POST", f"/rooms/{id}/ticket", json={"device": "page"})


async def enter(rooms: Rooms, who: str, client: Client) -> None:
    await client.until("welcome")
    await client.ask("join")
    assert await rooms.joined.get() == str(rooms.world.ids[who])


async def closed_within(client: Client, began: float) -> int | None:
    async with asyncio.timeout(WITHIN - (time.monotonic() - began)):
        return await closes(client)


async def takes_roles(call: Call, rooms: Rooms, who: str, by: str, *left: Role) -> None:
    path = f"/admin/staff/{rooms.world.ids[who]}"
    version = (await call(by, "GET", path))[1]["version"]
    status, answer = await call(by, "PUT", path, match=version, json={"roles": [str(each) for each in left]})
    assert status == 200, answer


async def test_a_lead_whose_role_is_taken_is_out_of_the_call_and_the_other_stays(
    call: Call, submitted: Made, world: World, clock: FakeClock, rooms: Rooms
) -> None:
    id = await submitted(urgency=Urgency.stat)
    await act(call, "expert", id, "take", {})
    tickets = {who: (await ticket_of(call, who, id))[1]["ticket"] for who in ("expert", "doctor")}
    async with dial(rooms.port, hello(tickets["expert"])) as lead, dial(rooms.port, hello(tickets["doctor"])) as doctor:
        await enter(rooms, "expert", lead)
        await enter(rooms, "doctor", doctor)
        clock.move(seconds=1)
        began = time.monotonic()
        await takes_roles(call, rooms, "expert", "admin", Role.dispatcher)
        await rooms.told()
        assert (await lead.until("removed"))["d"]["by"] == "product"
        assert await closed_within(lead, began) == Close.forbidden
        await takes_roles(call, rooms, "doctor", "wuxi_admin", Role.requesting_doctor, Role.accompanying_physician)
        await rooms.told()
        heard = await doctor.ask("data", topic="chat", payload={"text": "在"})
        assert heard["t"] == "ack", "a role is gone on which nothing rested"
    status, problem = await ticket_of(call, "expert", id)
    assert (status, problem["reason"]) == (403, "role_taken")
    assert (await ticket_of(call, "doctor", id))[0] == 200


async def test_who_is_disabled_is_out_of_the_call(
    call: Call, submitted: Made, world: World, clock: FakeClock, rooms: Rooms
) -> None:
    id = await submitted(urgency=Urgency.stat)
    await act(call, "expert", id, "take", {})
    tickets = {who: (await ticket_of(call, who, id))[1]["ticket"] for who in ("expert", "doctor")}
    async with dial(rooms.port, hello(tickets["expert"])) as lead, dial(rooms.port, hello(tickets["doctor"])) as doctor:
        await enter(rooms, "expert", lead)
        await enter(rooms, "doctor", doctor)
        clock.move(seconds=1)
        began = time.monotonic()
        path = f"/admin/staff/{world.ids['doctor']}"
        version = (await call("wuxi_admin", "GET", path))[1]["version"]
        over = {"to_all": str(world.ids["doctor2"])}
        status, answer = await call("wuxi_admin", "POST", f"{path}/disable", match=version, json=over)
        assert status == 200, answer
        await rooms.told()
        assert await closed_within(doctor, began) == Close.auth
    assert (await ticket_of(call, "doctor", id))[0] == 401
    async with dial(rooms.port, hello(tickets["doctor"])) as again:
        assert await closes(again) == Close.auth
