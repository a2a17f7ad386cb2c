"""The rooms over TLS, as a page from another computer needs them."""

import ssl
import time
from pathlib import Path

from websockets.asyncio.client import connect

from signaling import Event, LocalBus, serve_rooms
from tests.signaling.kit import ORIGIN, PUBLIC, Client, hello, ticket
from tests.signaling.tls import certificate


async def test_a_page_joins_over_tls(tmp_path: Path) -> None:
    pem = certificate(tmp_path)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)

    async def ignore(event: Event) -> None: ...

    async with serve_rooms(
        tmp_path / "room.db", lambda: PUBLIC, LocalBus(ignore), origins=[ORIGIN], ssl=server, drain_s=0
    ) as rooms:
        trusting = ssl.create_default_context(cafile=str(pem))
        async with connect(f"wss://127.0.0.1:{rooms.port}", origin=ORIGIN, ssl=trusting, proxy=None) as ws:
            await ws.send(hello(ticket("anna", time.time())), text=True)
            client = Client(ws)
            await client.until("welcome")
            assert (await client.ask("join"))["t"] == "ack"
