"""Real sockets, a real log, a real kill."""

import asyncio
import json
import signal
import time
from contextlib import closing
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from signaling import LocalBus, Serving, serve_rooms, shell
from signaling.log import RoomLog
from signaling.session import GRACE
from tests.signaling.kit import (
    BRANCH,
    GUEST,
    LEAD,
    ORIGIN,
    PUBLIC,
    closes,
    dial,
    hello,
    joined,
    new_rooms,
    resume,
    say,
    ticket,
)
from tests.signaling.process import launch, line_of, start, stop


async def test_a_strange_origin_is_refused_before_anything_else(serving: Serving) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        await connect(f"ws://127.0.0.1:{serving.port}", origin=Origin("http://evil.example"), proxy=None)


async def test_who_says_nothing_is_shown_out(serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "HELLO_S", 0.05)
    async with dial(serving.port) as client:
        assert await closes(client) == 4408


async def test_an_oversize_message_closes_1009_and_nobody_else_notices(serving: Serving) -> None:
    async with joined(serving.port, "anna") as anna, joined(serving.port, "bert") as bert:
        await bert.ws.send(say("data", topic="x", payload="x" * 70_000), text=True)
        assert await closes(bert) == 1009
        assert (await anna.ask("ping"))["t"] == "pong"


async def test_garbage_closes_4400_and_nobody_else_notices(serving: Serving) -> None:
    async with joined(serving.port, "anna") as anna, joined(serving.port, "bert") as bert:
        await bert.ws.send(b"\x00\xff")
        assert await closes(bert) == 4400
        assert (await anna.ask("ping"))["t"] == "pong"


async def test_a_slow_reader_is_dropped_while_others_go_on(serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "OUTBOX", 200_000)
    slow_hello = hello(ticket("cleo", time.time(), **LEAD))
    async with (
        joined(serving.port, "anna") as anna,
        joined(serving.port, "bert") as bert,
        dial(serving.port, slow_hello, max_queue=1) as slow,
    ):
        await slow.until("welcome")
        await slow.ask("join")
        slow.ws.transport.pause_reading()
        for n in range(300):
            await anna.ws.send(say("data", topic="x", payload="x" * 30_000, n=n), text=True)
            assert (await bert.until("data"))["d"]["from"] == "anna/page"
        await anna.ask("data", topic="chat", payload="still here")
        assert (await bert.until("data"))["d"]["payload"] == "still here"
        slow.ws.transport.resume_reading()
        assert await closes(slow) == 1006


async def test_a_cut_socket_resumes_without_losing_or_repeating(serving: Serving) -> None:
    async with joined(serving.port, "anna") as anna:
        async with dial(serving.port, hello(ticket("bert", time.time(), **BRANCH))) as bert:
            welcome = (await bert.until("welcome"))["d"]
            await bert.ask("join")
            bert.ws.transport.abort()
        for n in range(5):
            await anna.ask("data", topic="chat", payload=n)
        async with dial(serving.port, resume(welcome, bert.seq)) as again:
            assert (await again.until("welcome"))["d"]["resumed"]
            heard = [await again.until("data") for _ in range(5)]
            assert [f["d"]["payload"] for f in heard] == [0, 1, 2, 3, 4]
            assert [f["seq"] for f in heard] == list(range(bert.seq + 1, bert.seq + 6))


async def test_a_sign_out_closes_the_socket_and_ends_the_other_sides_media(serving: Serving) -> None:
    async with joined(serving.port, "anna") as anna, joined(serving.port, "bert", **BRANCH) as bert:
        await serving.commands.revoke("sid-bert")
        assert await closes(bert) == 4401
        while (await anna.until("peer"))["d"] != {"op": "remove", "id": "bert/page"}:
            pass
        assert (await anna.until("mode"))["d"]["publishers"] == ["anna/page"]


async def test_a_drain_says_when_to_come_back(tmp_path: Path) -> None:
    stopped = asyncio.Event()

    async def ignore(_: object) -> None: ...

    async with asyncio.TaskGroup() as tasks:
        ports: asyncio.Queue[int] = asyncio.Queue()

        async def run() -> None:
            path, bus = tmp_path / "room.db", LocalBus(ignore)
            async with serve_rooms(path, lambda: PUBLIC, bus, origins=[ORIGIN], drain_s=0.1) as serving:
                ports.put_nowait(serving.port)
                await stopped.wait()

        tasks.create_task(run())
        async with joined(await ports.get(), "anna") as anna:
            stopped.set()
            assert (await anna.until("goaway"))["d"]["mode"] == "reconnect"
            assert await closes(anna) == 4503


async def test_who_was_there_at_a_kill_9_and_does_not_come_back_has_left(tmp_path: Path) -> None:
    process, port = start(tmp_path)
    async with joined(port, "anna") as anna, dial(port, hello(ticket("gus", time.time(), **GUEST))) as gus:
        await gus.until("welcome")
        await gus.ask("join")
        await anna.ask("ping")
        stop(process, signal.SIGKILL)
    later = time.time() + 26 * 3600
    rooms = new_rooms(later, str(tmp_path / "room.db"))
    with closing(rooms.log):
        rooms.tick(later + GRACE)
        left = [event.data["id"] for _, event in rooms.log.pending() if event.type == "member.left"]
    assert left == ["anna/page", "gus/page"]


async def test_what_was_acknowledged_survives_kill_9_and_a_new_ticket_brings_it_back(tmp_path: Path) -> None:
    process, port = start(tmp_path)
    used = ticket("anna", time.time())
    acked = []
    async with dial(port, hello(used)) as anna:
        await anna.until("welcome")
        await anna.ask("join")
        for n in range(50):
            await anna.ask("data", topic="chat", payload=n)
            acked.append(n)
        for n in range(50, 60):  # on their way when the lights go out: kept or not, but never half
            await anna.ws.send(say("data", topic="chat", payload=n), text=True)
        stop(process, signal.SIGKILL)
    process, port = start(tmp_path)
    try:
        async with dial(port, hello(used)) as thief:
            assert await closes(thief) == 4401  # used tickets are remembered across the crash
        async with dial(port, hello(ticket("anna", time.time()))) as anna:
            await anna.until("welcome")
            await anna.ws.send(say("join"), text=True)
            joined = (await anna.until("joined"))["d"]
            said = [event["payload"] for event in joined["history"]]
            assert (joined["epoch"], said[:50], said) == (2, acked, list(range(len(said))))
    finally:
        stop(process, signal.SIGTERM)
    assert process.returncode == 0
    with closing(RoomLog(str(tmp_path / "room.db"), time.time())) as log:
        assert [json.loads(bytes(line.payload)) for line in log.chat("r1")] == said


async def test_run_for_a_look_around_it_prints_a_ticket_that_opens_a_room(tmp_path: Path) -> None:
    process = launch(tmp_path, ORIGIN, "--dev")
    try:
        printed, port = line_of(process.stderr), int(line_of(process.stdout))
        async with dial(port, hello(printed)) as client:
            await client.until("welcome")
            assert (await client.ask("join"))["t"] == "ack"
    finally:
        stop(process, signal.SIGINT)
