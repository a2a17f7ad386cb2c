"""Our password to the mail server: only over TLS, and what happens where it is not taken."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from telemed.demo.lan import certificates
from telemed.kit.table import new_id
from telemed.notify.mail import Mail
from telemed.notify.message import Message
from telemed.notify.outcome import NotSent
from telemed.notify.ports import Letter
from tests.fakes.outside import PostOffice

ELSEWHERE = "127.0.0.2"  # this machine too, but not by a name of loopback


@asynccontextmanager
async def opened(office: PostOffice) -> AsyncIterator[PostOffice]:
    await office.open()
    try:
        yield office
    finally:
        await office.close()


def mail_of(office: PostOffice, password: str, user: str = "us") -> Mail:
    us = f"{user}:{password}@" if user else ""
    return Mail.of(f"smtp://{us}{office.host}:{office.port}", "telemed@hospital.example", "https://x.example")


def letter(to: str) -> Letter:
    return Letter(new_id(), to, "zh-CN", Message("测试"))


async def sent(mail: Mail) -> NotSent | None:
    one = letter("zhang@hospital.example")
    return (await mail.send([one]))[one.id]


async def sent_to(office: PostOffice, *who: str) -> dict[str, NotSent | None]:
    """What became of a letter to each of these, sent together; whoever is missing was not tried."""
    letters = [letter(each) for each in who]
    became = await mail_of(office, "", "").send(letters)
    return {each.to: became[each.id] for each in letters if each.id in became}


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


@pytest.mark.parametrize("address", ["=?utf-8?q?=0A?=@x.example", "=?utf-8?q??=@x.example"])
async def test_an_address_that_no_mail_can_be_written_to_fails_alone_and_is_not_logged(address: str) -> None:
    async with opened(PostOffice()) as office:
        with capture_logs() as logs:
            assert await sent_to(office, address, "li@x.example") == {address: NotSent.fault, "li@x.example": None}
    assert office.got == ["li@x.example"]
    assert [each["why"] for each in logs] in (["ValueError"], ["IndexError"])
    assert "x.example" not in str(logs)


async def test_one_at_whom_the_server_hangs_or_hangs_up_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("telemed.notify.mail.PATIENCE", 0.3)
    async with opened(PostOffice(hangs={"a@x.example"}, hangs_up={"c@x.example"})) as office:
        became = await sent_to(office, *(f"{each}@x.example" for each in "abcd"))
    assert list(became.values()) == [NotSent.slow, None, NotSent.away, None]
    assert office.got == ["b@x.example", "d@x.example"]


async def test_after_two_in_a_row_the_server_counts_as_away_and_the_rest_is_not_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("telemed.notify.mail.PATIENCE", 0.3)
    async with opened(PostOffice(hangs={f"{each}@x.example" for each in "bcd"})) as office:
        became = await sent_to(office, *(f"{each}@x.example" for each in "abcde"))
    assert became == {"a@x.example": None, "b@x.example": NotSent.slow, "c@x.example": NotSent.slow}
    assert office.tried == ["a@x.example", "b@x.example", "c@x.example"]


async def test_when_the_time_is_up_only_what_was_under_way_counts_as_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("telemed.notify.mail.PATIENCE", 0.6)
    monkeypatch.setattr("telemed.notify.mail.TOGETHER", 0.3)
    async with opened(PostOffice(hangs={"b@x.example"})) as office:
        assert await sent_to(office, *(f"{each}@x.example" for each in "abc")) == {
            "a@x.example": None,
            "b@x.example": NotSent.slow,
        }


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
