"""The rooms over TLS, as a page from another computer needs them."""

import ssl
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from websockets.asyncio.client import connect

from signaling import Event, LocalBus, serve_rooms
from tests.signaling.kit import ORIGIN, PUBLIC, Client, hello, ticket


def certificate(folder: Path) -> Path:
    """Key and self-signed certificate of 127.0.0.1 in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(datetime.now(UTC) - timedelta(hours=1))
    builder = builder.not_valid_after(datetime.now(UTC) + timedelta(hours=1))
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = builder.add_extension(alternative, critical=False).sign(key, hashes.SHA256())
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = folder / "both.pem"
    path.write_bytes(key.private_bytes(*form) + made.public_bytes(serialization.Encoding.PEM))
    return path


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
