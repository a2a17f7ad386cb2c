"""What is no request at all gets an answer that names no program, on both ports."""

import asyncio
from pathlib import Path

import pytest

from signaling import Event, LocalBus, serve_rooms
from tests.signaling.kit import ORIGIN, PUBLIC
from tests.telemed.kit.site import NEVER, site

PRIVATE = "aiohttp no longer calls Response._prepare_headers: telemed.kit.timed._Refusal must drop `Server` otherwise"
BROKEN = {
    "request line": b"\x16\x03\x01 nonsense\r\n\r\n",
    "method": b"G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
    "version": b"GET / HTTP/7\r\nHost: a\r\n\r\n",
    "header": b"GET / HTTP/1.1\r\nHost: a\r\nbad header\x00: 1\r\n\r\n",
    "long header": b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
    "length": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
    "chunk": b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
}


@pytest.mark.parametrize("broken", BROKEN)
async def test_what_cannot_be_parsed_is_refused_without_naming_the_program_or_repeating_what_was_sent(
    broken: str,
) -> None:
    async with site(NEVER) as here:
        reader, _ = await here.wire(BROKEN[broken])
        told = await reader.read()
    assert told.partition(b" ")[2].startswith(b"400 ")
    lower = told.lower()
    assert b"server:" not in lower, PRIVATE
    assert not [word for word in (b"python", b"aiohttp", b"xxxx", b"nonsense", b"bad header") if word in lower]


@pytest.mark.parametrize("broken", BROKEN)
async def test_the_rooms_port_names_no_program_either(tmp_path: Path, broken: str) -> None:
    async def ignore(_event: Event) -> None: ...

    async with serve_rooms(
        tmp_path / "rooms.db", lambda: PUBLIC, LocalBus(ignore), origins=[ORIGIN], drain_s=0
    ) as rooms:
        reader, writer = await asyncio.open_connection("127.0.0.1", rooms.port)
        writer.write(BROKEN[broken])
        told = (await reader.read()).lower()
        writer.close()
    assert not [word for word in (b"python", b"websockets", b"server:") if word in told]
