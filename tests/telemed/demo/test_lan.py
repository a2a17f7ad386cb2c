"""The authority of `--lan` is trusted where it should be and nowhere else; its page speaks two languages."""

import asyncio
import ssl
import stat
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from pytest_aiohttp import AiohttpClient

from telemed.demo.lan import Certificates, Entrance, authority, certificates, entrance_app
from telemed.demo.lan.page import qr_terminal

HERE = IPv4Address("127.0.0.1")
OFFICE = IPv4Address("192.168.1.20")
INTERNET = IPv4Address("203.0.113.9")


async def handshake(made: Certificates, trusted: bytes, name: str) -> None:
    """A real TLS server with the certificate, and a client that trusts only the authority."""
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(made.certificate, made.key)
    client_side = ssl.create_default_context(cadata=trusted.decode())

    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0, ssl=server_side)
    async with server:
        port = server.sockets[0].getsockname()[1]
        _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client_side, server_hostname=name)
        writer.close()


async def test_whoever_trusts_the_authority_trusts_the_server(tmp_path: Path) -> None:
    made = certificates(tmp_path, [HERE, OFFICE])
    await handshake(made, made.authority_pem, "127.0.0.1")
    await handshake(made, made.authority_pem, "192.168.1.20")


async def test_another_address_is_not_vouched_for(tmp_path: Path) -> None:
    made = certificates(tmp_path, [HERE])
    with pytest.raises(ssl.SSLCertVerificationError):
        await handshake(made, made.authority_pem, "192.168.1.21")


def test_the_authority_is_installed_once_and_kept(tmp_path: Path) -> None:
    first = certificates(tmp_path, [OFFICE])
    again = certificates(tmp_path, [OFFICE, IPv4Address("10.1.2.3")])
    assert first.fingerprint == again.fingerprint
    assert stat.S_IMODE((tmp_path / "authority.key").stat().st_mode) == 0o600


def test_an_authority_about_to_expire_is_made_anew(tmp_path: Path) -> None:
    first = certificates(tmp_path, [OFFICE], now=datetime.now(UTC) - timedelta(days=360))
    assert certificates(tmp_path, [OFFICE]).fingerprint != first.fingerprint


def test_the_authority_covers_private_networks_and_this_machine_only(tmp_path: Path) -> None:
    private = certificates(tmp_path / "a", [OFFICE])
    public = certificates(tmp_path / "b", [OFFICE, INTERNET])

    def allowed(made: Certificates) -> set[str]:
        authority = x509.load_pem_x509_certificate(made.authority_pem)
        found = authority.extensions.get_extension_for_class(x509.NameConstraints)
        assert found.critical
        return {str(each.value) for each in found.value.permitted_subtrees or [] if isinstance(each, x509.IPAddress)}

    assert "192.168.0.0/16" in allowed(private)
    assert allowed(public) - allowed(private) == {"203.0.113.9/32"}


async def test_a_certificate_beyond_the_constraints_is_refused(tmp_path: Path) -> None:
    certificates(tmp_path, [HERE])
    kept, key = authority._authority(tmp_path, [HERE], datetime.now(UTC))
    own = generate_private_key(SECP256R1())
    forged = authority._server(kept, key, own, [INTERNET], datetime.now(UTC))
    (tmp_path / "forged.pem").write_bytes(authority._pem(forged) + authority._pem(kept))
    (tmp_path / "forged.key").write_bytes(authority._private(own))
    bad = Certificates(tmp_path / "forged.pem", tmp_path / "forged.key", authority._pem(kept), b"", "")
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree"):
        await handshake(bad, bad.authority_pem, str(INTERNET))


@pytest.fixture
def entrance(tmp_path: Path) -> Entrance:
    made = certificates(tmp_path, [OFFICE])
    return Entrance("https://192.168.1.20:8760", made.authority_der, made.fingerprint)


async def test_the_page_explains_in_both_languages(aiohttp_client: AiohttpClient, entrance: Entrance) -> None:
    client = await aiohttp_client(entrance_app(entrance))
    chinese = await (await client.get("/", headers={"Accept-Language": "zh-CN"})).text()
    english = await (await client.get("/?lang=en", headers={"Accept-Language": "zh-CN"})).text()
    for text, untested, system in ((chinese, "尚未在实机上逐一验证", "麒麟"), (english, "not been tested", "Kylin")):
        assert untested in text
        assert system in text
        assert entrance.fingerprint in text
        assert entrance.address in text


async def test_the_authority_can_be_downloaded_and_is_the_right_one(
    aiohttp_client: AiohttpClient, entrance: Entrance
) -> None:
    client = await aiohttp_client(entrance_app(entrance))
    answer = await client.get("/telemed-demo.crt")
    assert answer.content_type == "application/x-x509-ca-cert"
    assert x509.load_der_x509_certificate(await answer.read()).subject.rfc4514_string().startswith("CN=telemed demo")


def test_the_address_is_drawn_for_a_phone() -> None:
    drawn = qr_terminal("https://192.168.1.20:8760")
    assert len(drawn.splitlines()) > 10
