"""A full disk under the rooms: what is not kept is not acknowledged, and it heals by itself."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from signaling import Event, LocalBus, serve_rooms, shell
from tests.full import full_at
from tests.signaling.kit import ORIGIN, PUBLIC, closes, dial, hello, joined, ticket


async def test_chat_waits_for_room_and_is_acknowledged_once_it_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "FULL_S", 0.02)
    taken = asyncio.Queue[Event]()
    path = tmp_path / "rooms.db"

    async def take(event: Event) -> None:
        taken.put_nowait(event)

    async with serve_rooms(path, lambda: PUBLIC, LocalBus(take), origins=[ORIGIN], drain_s=0) as rooms:
        async with joined(rooms.port, "anna") as anna:
            await anna.ask("data", topic="chat", payload="before")
            with full_at(path, path.with_name("rooms.db-wal"), more=0):
                asked = asyncio.create_task(anna.ask("data", topic="chat", payload="x" * 60_000))
                await until(lambda: rooms.stuck() == "no_space")
                assert not asked.done()
            assert (await asked)["t"] == "ack"
            await until(lambda: rooms.stuck() == "")
            assert (await anna.ask("ping"))["t"] == "pong"
        said: list[Event] = []
        async with asyncio.timeout(20):
            while len(said) < 2:
                if (event := await taken.get()).type == "chat":
                    said.append(event)
    assert [len(str(each.data["payload"])) for each in said] == [6, 60_000]


@pytest.mark.parametrize("welcomed", [True, False], ids=["the log cannot open the room", "the log is stuck"])
async def test_joining_while_the_disk_is_full_is_refused_in_a_sentence_and_works_again_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, welcomed: bool
) -> None:
    monkeypatch.setattr(shell, "FULL_S", 0.02)
    path = tmp_path / "rooms.db"

    async def ignore(_event: Event) -> None: ...

    async with serve_rooms(path, lambda: PUBLIC, LocalBus(ignore), origins=[ORIGIN], drain_s=0) as rooms:
        async with joined(rooms.port, "anna") as anna:
            greeting = hello(ticket("bert", time.time(), room="r2"))
            if welcomed:
                async with dial(rooms.port, greeting) as bert:
                    await bert.until("welcome")
                    with full_at(path, path.with_name("rooms.db-wal"), more=0):
                        refused = await bert.ask("join")
                        assert (refused["t"], refused["d"]["code"], await closes(bert)) == ("error", "no_space", 4503)
            else:
                with full_at(path, path.with_name("rooms.db-wal"), more=0):
                    await anna.ask_quietly("data", topic="chat", payload="x" * 60_000)
                    await until(lambda: rooms.stuck() == "no_space")
                    async with dial(rooms.port, greeting) as bert:
                        refused = await bert.next()
                        assert (refused["t"], refused["d"]["code"], await closes(bert)) == ("error", "no_space", 4503)
                await until(lambda: rooms.stuck() == "")
                async with dial(rooms.port, greeting) as bert:  # the ticket was not used up
                    await bert.until("welcome")
        async with joined(rooms.port, "bert", room="r2"):
            pass


async def until(good: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not good():  # noqa: ASYNC110  what the shell says has no event
            await asyncio.sleep(0.01)
