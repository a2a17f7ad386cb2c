"""Our password to the mail server: only over TLS, and what happens where it is not taken."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from telemed.demo.lan import certificates
from telemed.kit.table import new_id
from telemed.notify.mail import Letter, Mail
from telemed.notify.message import Message
from telemed.notify.outcome import NotSent
from tests.fakes.outside import PostOffice
from tests.telemed.conftest import NOW

ELSEWHERE = "127.0.0.2"  # this machine too, but not by a name of loopback


@asynccontextmanager
async def opened(office: PostOffice) -> AsyncIterator[PostOffice]:
    await office.open()
    try:
        yield office
    finally:
        await office.close()


def mail_of(office: PostOffice, password: str) -> Mail:
    return Mail.of(f"smtp://us:{password}@{office.host}:{office.port}", "telemed@hospital.example", "https://x.example")


async def sent(mail: Mail) -> NotSent | None:
    letter = Letter(new_id(), "zhang@hospital.example", "zh-CN", Message("测试"))
    return (await mail.send([letter], NOW))[letter.id]


async def test_the_password_never_travels_in_the_clear() -> None:
    async with opened(PostOffice(host=ELSEWHERE, password="right")) as office:
        assert await sent(mail_of(office, "right")) is NotSent.unsafe
        assert office.mails == []


async def test_over_starttls_it_is_taken_or_not(tmp_path: Path) -> None:
    made = certificates(tmp_path, [IPv4Address(ELSEWHERE)])
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.load_cert_chain(made.certificate, made.key)
    ours = ssl.create_default_context(cadata=made.authority_pem.decode())
    async with opened(PostOffice(host=ELSEWHERE, tls=theirs, password="right")) as office:
        right = replace(mail_of(office, "right"), authority=ours)
        assert await sent(right) is None
        assert office.mails[0]["From"] == "telemed@hospital.example"
        assert await sent(replace(mail_of(office, "wrong"), authority=ours)) is NotSent.login
        assert await sent(mail_of(office, "right")) is NotSent.away  # a certificate of nobody we know
    assert len(office.mails) == 1


@pytest.mark.parametrize("url", ["http://mail.example", "mail.example:25", "smtp://", "smtp://mail.example?x=1"])
def test_a_url_of_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="must be smtp://"):
        Mail.of(url, "", "https://telemed.example")


@pytest.mark.parametrize(
    ("url", "port", "sender"),
    [
        ("smtp://mail.example", 25, "telemed@telemed.example"),
        ("smtp://us%40hospital.example:p%3Aw@mail.example", 587, "us@hospital.example"),
        ("smtps://us:pw@mail.example", 465, "telemed@telemed.example"),
    ],
)
def test_port_and_sender_follow_from_the_url(url: str, port: int, sender: str) -> None:
    mail = Mail.of(url, "", "https://telemed.example")
    assert (mail.port, mail.sender, mail.tls) == (port, sender, url.startswith("smtps"))
