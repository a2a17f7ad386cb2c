"""Half requests, connections that stand still, and floods are closed; everybody else is served."""

import asyncio
import resource
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from websockets.asyncio.client import connect

from signaling import Event, LocalBus, serve_rooms
from telemed.kit.connections import PER_ADDRESS, Connections, Listener, room_for_each, subscriber
from telemed.kit.proxied import proxied
from telemed.kit.timed import REFUSAL, Patience
from tests.signaling.kit import ORIGIN, PUBLIC, Client, hello, ticket
from tests.signaling.tls import certificate
from tests.telemed.kit.site import NEVER, Site, Wire, site

SOON = Patience(header=0.3, still=0.3, idle=60)
HALF = b"POST / HTTP/1.1\r\nHost: a\r\n"


def get(path: str = "/", forwarded: str = "") -> bytes:
    told = f"X-Forwarded-For: {forwarded}\r\n" if forwarded else ""
    return f"GET {path} HTTP/1.1\r\nHost: a\r\n{told}\r\n".encode()


async def answer(wire: Wire) -> bytes:
    head = await wire[0].readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    return await wire[0].readexactly(length)


async def test_a_header_that_does_not_become_whole_is_refused() -> None:
    async with site(SOON) as here:
        halves = [await here.wire(first) for first in (b"", HALF)]
        assert [await reader.read() for reader, _ in halves] == [REFUSAL, REFUSAL]


async def test_the_second_header_of_a_connection_has_no_more_time_than_the_first() -> None:
    async with site(SOON) as here:
        reader, writer = await here.wire(get())
        assert await answer((reader, writer)) == b"hello"
        writer.write(HALF)
        assert await reader.read() == REFUSAL
        ahead = await here.wire(get("/wait"))
        await here.begun.get()
        ahead[1].write(HALF)  # before the first is answered
        await _read_by(here)
        here.go.set()
        assert await answer(ahead) == b"waited"
        assert await ahead[0].read() == REFUSAL


async def _read_by(here: Site) -> None:
    """Returns once the server has read everything sent so far: it answers another connection afterwards."""
    assert await answer(await here.wire(get())) == b"hello"


async def test_a_body_that_stands_still_ends_and_its_handler_is_told() -> None:
    async with site(SOON) as here:
        reader, _ = await here.wire(HALF + b"Content-Length: 10\r\n\r\nabc")
        assert await reader.read() == b""
        assert [await here.begun.get(), await here.begun.get()] == ["post", "gone"]


async def test_an_answer_that_nobody_fetches_ends() -> None:
    async with site(SOON) as here:
        reader, _ = await here.wire(get("/much"))
        reader._transport.pause_reading()  # type: ignore[attr-defined]
        other = await here.wire(get("/much"))
        assert len(await answer(other)) == 64 << 20  # whoever reads gets all of it
        assert {await here.begun.get(), await here.begun.get()} == {"taken", "gone"}
        reader._transport.resume_reading()  # type: ignore[attr-defined]
        with suppress(ConnectionResetError):
            assert len(await reader.read()) < 64 << 20


async def test_silence_instead_of_a_tls_handshake_ends_and_counts(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path))
    few = Connections(1000, per_address=2)
    async with site(SOON, few, tls=context) as here:
        silent = [await here.wire() for _ in range(3)]
        assert [await reader.read() for reader, _ in silent] == [b"", b"", b""]
    async with site(NEVER, few, tls=context) as here:
        silent = [await here.wire() for _ in range(3)]
        assert await silent[0][0].read() == b""
        trusting = ssl.create_default_context(cafile=str(tmp_path / "both.pem"))
        reader, writer = await asyncio.open_connection("127.0.0.1", here.port, ssl=trusting)
        writer.write(get())
        assert await answer((reader, writer)) == b"hello"
        writer.close()


async def test_one_address_too_many_pushes_out_its_own_longest_silent() -> None:
    async with site(NEVER, Connections(1000, per_address=3)) as here:
        signed_in = await here.wire(get("/?me"))
        assert await answer(signed_in) == b"hello"
        page = await here.wire(get())
        assert await answer(page) == b"hello"
        halves = [await here.wire(HALF) for _ in range(2)]
        page[1].write(get())  # a request makes it the latest again
        assert await answer(page) == b"hello"
        newcomer = await here.wire(get())
        assert await answer(newcomer) == b"hello"
        assert await halves[0][0].read() == b""
        for alive in (signed_in, page, newcomer):
            alive[1].write(get("/?me"))
            assert await answer(alive) == b"hello"


async def test_behind_a_proxy_the_limit_goes_by_the_forwarded_address() -> None:
    async with site(NEVER, Connections(1000, per_address=2, behind_proxy=True), proxied) as here:
        idle = [await here.wire() for _ in range(10)]  # the proxy itself keeps as many as it likes
        crowd = []
        for _ in range(3):
            crowd.append(await here.wire(get("/wait", "198.51.100.7")))
            assert await here.begun.get() == "198.51.100.7"
        assert await crowd[0][0].read() == b""
        assert await answer(await here.wire(get("/", "203.0.113.9"))) == b"hello"
        here.go.set()
        assert [await answer(each) for each in crowd[1:]] == [b"waited", b"waited"]
        idle[0][1].write(get("/", "203.0.113.9"))
        assert await answer(idle[0]) == b"hello"


async def test_a_thousand_half_headers_shut_nobody_out() -> None:
    """Seen in practice: 1,100 half headers, 1,024 descriptors, and nobody could open a page."""
    room_for_each(2)
    async with site(NEVER, Connections((1024 - 256) // 2)) as here:
        halves = [await here.wire(HALF) for _ in range(1100)]
        assert await answer(await here.wire(get())) == b"hello"
        closed = [asyncio.create_task(reader.read()) for reader, _ in halves[: 1100 - PER_ADDRESS]]
        assert set(await asyncio.gather(*closed)) == {b""}


async def test_the_port_of_the_rooms_counts_by_the_same_rule(tmp_path: Path) -> None:
    async def ignore(event: Event) -> None: ...

    calls = Connections(1000, per_address=2)
    listener = Listener("127.0.0.1", 0, calls)
    port = listener.getsockname()[1]
    async with (
        serve_rooms(
            tmp_path / "room.db",
            lambda: PUBLIC,
            LocalBus(ignore),
            origins=[ORIGIN],
            drain_s=0,
            sock=listener,
            welcomed=calls.known,
        ),
        connect(f"ws://127.0.0.1:{port}", origin=ORIGIN, proxy=None) as ws,
    ):
        await ws.send(hello(ticket("anna", time.time())), text=True)
        client = Client(ws)
        await client.until("welcome")
        wires = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        wires[1][1].write(HALF)
        assert await wires[0][0].read() == b""
        assert (await client.ask("join"))["t"] == "ack"
        for _, writer in wires:
            writer.transport.abort()


async def test_when_every_place_is_taken_the_largest_crowd_gives_one_up() -> None:
    connections = Connections(4, per_address=100)
    async with site(NEVER, connections) as here:
        halves = [await here.wire(HALF) for _ in range(4)]
        assert await answer(await here.wire(get("/?me"))) == b"hello"
        assert await halves[0][0].read() == b""
        await _read_by(here)
        assert connections.count <= 5


def test_a_process_takes_all_descriptors_it_may_have() -> None:
    with _descriptors(1000):
        assert room_for_each(2) > 0
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert soft == hard


@contextmanager
def _descriptors(soft: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, before[1]), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_an_address_is_whoever_has_it() -> None:
    assert subscriber("203.0.113.9") == "203.0.113.9"
    assert subscriber("2001:db8:1:2::1") == subscriber("2001:db8:1:2:ffff::9") != subscriber("2001:db8:1:3::1")
    assert subscriber("::ffff:203.0.113.9") != subscriber("::ffff:203.0.113.10")
    assert subscriber("fe80::1%eth0") == subscriber("fe80::2")
    assert subscriber("no:address") == "no:address"
