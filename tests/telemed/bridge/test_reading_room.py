"""What is decided about a reading while several look at it in its room: over real sockets, and within five seconds."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from signaling import Event, LocalBus, serve_rooms
from signaling.errors import Close
from telemed.access.tickets import Keys
from telemed.app import kinds
from telemed.bridge.commands import HEARS, RoomCommands
from telemed.bridge.orders import Orders
from telemed.bridge.rooms import RoomReports
from telemed.consultations.words import Urgency
from telemed.history.consumers import Consumer
from telemed.kit.events import deliver
from telemed.reading.together import end_lapsed
from telemed.studies.model import LinkState
from tests.signaling.kit import ORIGIN, Client, closes, dial, hello
from tests.telemed.bridge.leaves import acknowledged, given
from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.consultations.actions import act
from tests.telemed.consultations.conftest import Made, submitted
from tests.telemed.news import decided
from tests.telemed.reading.helpers import STUDY, desk, issued, requested
from tests.telemed.reading.helpers import study as new_study

__all__ = ("submitted",)
SCOPE = f"wuxi/{STUDY}"


@dataclass
class Room:
    port: int
    world: World
    clock: FakeClock
    orders: Orders
    commands: RoomCommands
    joined: asyncio.Queue[str]

    async def told(self) -> None:
        """What the product has decided reaches the room."""
        consumers = {"commands": Consumer("commands", HEARS, self.commands.consume)}
        while await deliver(self.world.db, consumers, self.clock()):
            pass
        await self.given()

    async def given(self) -> None:
        async with given(self.orders, **self.commands.leaves):
            await acknowledged(self.orders)

    async def enter(self, who: str, client: Client) -> Any:
        await client.until("welcome")
        await client.ask_quietly("join")
        snapshot = await client.until("joined")
        assert await self.joined.get() == str(self.world.ids[who])
        return snapshot["d"]


@pytest.fixture
async def room(world: World, clock: FakeClock, tmp_path: Path) -> AsyncIterator[Room]:
    await desk(world)
    joined, reports = asyncio.Queue[str](), RoomReports(world.db, kinds(), clock)

    async def heard(event: Event) -> None:
        await reports(event)
        if event.type == "member.joined":
            joined.put_nowait(event.data["sub"])

    keys, now = Keys.open(tmp_path / "keys").public, lambda: clock.now.timestamp()
    async with serve_rooms(
        tmp_path / "rooms.db", keys, LocalBus(heard), origins=[ORIGIN], drain_s=0, clock=now
    ) as serving:
        orders = Orders(world.db, clock)
        commands = RoomCommands(world.db, orders, serving.commands, kinds(), clock)
        yield Room(serving.port, world, clock, orders, commands, joined)


async def ticket(call: Call, who: str, id: str) -> bytes:
    status, out = await call(who, "POST", f"/rooms/{id}/ticket", json={})
    assert status == 200, out
    return hello(out["ticket"])


async def invited(call: Call, world: World, id: str) -> None:
    staff = {"staff_id": str(world.ids["expert"])}
    assert (await call("reader", "POST", f"/readings/{id}/invitations", json=staff))[0] == 200


async def test_who_is_no_longer_invited_is_out_of_the_room_and_the_others_stay(
    call: Call, world: World, clock: FakeClock, room: Room
) -> None:
    id = (await requested(call, await new_study(world)))["id"]
    for ends in ("by hand", "by itself"):
        await invited(call, world, id)
        first, guest = await ticket(call, "reader", id), await ticket(call, "expert", id)
        async with dial(room.port, first) as reader, dial(room.port, guest) as expert:
            await room.enter("reader", reader)
            seen = await room.enter("expert", expert)
            assert (seen["studies"], seen["grants"]) == ([SCOPE], ["publish", "subscribe"])
            began = time.monotonic()
            if ends == "by hand":
                clock.move(seconds=1)
                await call("reader", "DELETE", f"/readings/{id}/invitations/{world.ids['expert']}")
            else:
                clock.move(hours=4)
                assert await end_lapsed(world.db, clock()) == {}
            await room.told()
            assert (await expert.until("removed"))["d"]["by"] == "product"
            async with asyncio.timeout(5 - (time.monotonic() - began)):
                assert await closes(expert) == Close.forbidden
            assert (await reader.ask("data", topic="chat", payload={"text": "在"}))["t"] == "ack"
        assert (await call("expert", "POST", f"/rooms/{id}/ticket", json={}))[0] == 404
        clock.move(seconds=1)


async def test_when_the_hub_may_read_it_no_longer_its_readers_are_out_and_the_branch_stays(
    call: Call, world: World, clock: FakeClock, room: Room
) -> None:
    out = await issued(call, await requested(call, await new_study(world)))
    clock.move(days=6, hours=23, minutes=59)
    tickets = [await ticket(call, who, out["id"]) for who in ("reader2", "doctor")]
    async with dial(room.port, tickets[0]) as reader, dial(room.port, tickets[1]) as doctor:
        await room.enter("reader2", reader)
        await room.enter("doctor", doctor)
        clock.move(minutes=2)
        for _ in range(2):  # the second time there is nothing left to end
            assert await end_lapsed(world.db, clock()) == {}
        await room.told()
        assert (await reader.until("removed"))["d"]["by"] == "product"
        assert await closes(reader) == Close.forbidden
        assert (await doctor.ask("data", topic="chat", payload={"text": "在"}))["t"] == "ack"
    assert (await call("reader2", "POST", f"/rooms/{out['id']}/ticket", json={}))[0] == 404


async def test_of_a_study_that_is_no_longer_the_patients_nobody_shows_anything_any_more(
    call: Call, world: World, clock: FakeClock, room: Room
) -> None:
    id = (await requested(call, await new_study(world)))["id"]
    first, second = await ticket(call, "reader", id), await ticket(call, "reader2", id)
    async with dial(room.port, first) as reader, dial(room.port, second) as other:
        await room.enter("reader", reader)
        await room.enter("reader2", other)
        assert (await reader.ask("present.take", scope=SCOPE))["t"] == "ack"
        clock.move(seconds=1)
        async with world.db.write() as db:
            await room.commands.consume(db, await decided(db, STUDY, LinkState.rejected))
        await room.given()
        for each in (reader, other):
            assert (await each.until("grants"))["d"]["studies"] == []
        assert (await reader.ask("data", topic="pointer", scope=SCOPE, payload=None))["d"]["code"] == "forbidden"
        assert (await reader.ask("data", topic="chat", payload={"text": "影像没了"}))["t"] == "ack"


async def test_an_issued_report_leaves_everybody_where_they_are_and_now_as_who_signed_it(
    call: Call, world: World, clock: FakeClock, room: Room
) -> None:
    made = await requested(call, await new_study(world))
    async with dial(room.port, await ticket(call, "chief_reader", made["id"])) as chief:
        await room.enter("chief_reader", chief)
        clock.move(seconds=1)
        await issued(call, made)
        await room.told()
        assert (await chief.until("peer"))["d"]["role"] == "reader"
        assert (await chief.ask("present.take", scope=SCOPE))["t"] == "ack"


async def test_who_answers_an_emergency_is_called_out_of_it_too(
    call: Call, submitted: Made, world: World, clock: FakeClock, room: Room
) -> None:
    """Their page of it may be another window: they would go on being heard there."""
    id = (await requested(call, await new_study(world)))["id"]
    stat = await submitted(urgency=Urgency.stat)
    await invited(call, world, id)
    first, guest = await ticket(call, "reader", id), await ticket(call, "expert", id)
    async with dial(room.port, first) as reader, dial(room.port, guest) as expert:
        await room.enter("reader", reader)
        await room.enter("expert", expert)
        clock.move(seconds=1)
        assert (await act(call, "expert", stat, "take", {}))[0] == 200
        await room.told()
        assert (await expert.until("removed"))["d"]["by"] == "called_away"
        assert (await reader.ask("data", topic="chat", payload={"text": "在"}))["t"] == "ack"
    clock.move(seconds=1)
    assert (await call("expert", "POST", f"/rooms/{id}/ticket", json={}))[0] == 200, "they may come back"
