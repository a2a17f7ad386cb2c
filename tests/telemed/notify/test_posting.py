"""The service posts only to robots' servers that the allow-list names, whatever names and answers say."""

import json
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from telemed.kit.lookup import Lookup
from telemed.notify import posting
from telemed.notify.addresses import Address, keep
from telemed.notify.allowed import Allowed, Pinned, Refused, is_public
from telemed.notify.message import Message
from telemed.notify.outcome import NotSent
from telemed.notify.posting import Robots, shaped, signed
from telemed.work.outgoing import Robot, RobotKind
from tests.fakes.outside import Chat
from tests.telemed.conftest import SEAL

SAID = Message("会诊：受理已到时限", (("时间", "13:00"),), "https://telemed.example/consultations/1", "登录后查看")


def robot(url: str, kind: RobotKind = RobotKind.wecom) -> Robot:
    each = Robot(kind=kind, name="", hospital_id="ruijin", url="", role="coordinator")
    keep(each, Address(url, ""), SEAL)
    return each


def names(*addresses: str) -> Lookup:
    """A name server that gives another address each time it is asked."""
    answers = iter(addresses)

    async def lookup(host: str, port: int) -> list[str]:
        return [next(answers)]

    return lookup


async def test_only_origins_on_the_list_are_posted_to(chat: Chat) -> None:
    robots = Robots(Allowed.of([chat.origin]), SEAL)
    assert await robots.post(robot(chat.url), SAID) is None
    for url in (
        f"http://127.0.0.1:{chat.port + 1}/",
        f"https://127.0.0.1:{chat.port}/",
        f"http://localhost:{chat.port}/",
        f"http://me@127.0.0.1:{chat.port}/",
        f"http://127.0.0.1:{chat.port}/#x",
        f"{chat.origin}.evil.example/",
        "file:///etc/passwd",
        "http://[::1",
    ):
        assert await robots.post(robot(url), SAID) is NotSent.not_allowed
    assert len(chat.said) == 1


INSIDE = [
    "127.0.0.1", "10.0.0.8", "192.168.1.2", "169.254.169.254", "100.100.100.200",
    "192.0.0.192", "224.0.0.1", "240.0.0.1", "0.0.0.0",
    "::1", "::10.0.0.1", "::ffff:127.0.0.1", "::ffff:100.64.1.1", "::ffff:100.100.100.200",
    "::ffff:224.0.0.1", "::ffff:0:a00:1",
    "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2001:0:a00:1::1", "2002:a00:1::", "fc00::1",
    "fd00::1", "fe80::1", "fe80::1%2", "fec0::1", "ff02::1",
]  # fmt: skip


def test_addresses_of_the_internet_are_public() -> None:
    for address in ("93.184.216.34", "::ffff:93.184.216.34", "2606:2800:220:1::1", "2408:8000::1"):
        assert is_public(address), address


async def test_a_name_that_leads_into_a_private_network_is_not_followed(chat: Chat) -> None:
    origin = f"http://robot.example:{chat.port}"
    for address in INSIDE:
        assert not is_public(address), address
        robots = Robots(Allowed.of([origin]), SEAL, names(address))
        assert await robots.post(robot(f"{origin}/send"), SAID) is NotSent.private
    assert chat.said == []


async def test_what_was_checked_is_what_is_called_and_each_connection_is_checked(chat: Chat) -> None:
    """DNS rebinding: the name's second answer would be ours."""
    origin = f"http://robot.example:{chat.port}"
    pinned = Pinned(Allowed.of([origin]), names("93.184.216.34", "127.0.0.1"))
    assert [each["host"] for each in await pinned.resolve("robot.example", chat.port)] == ["93.184.216.34"]
    with pytest.raises(Refused):
        await pinned.resolve("robot.example", chat.port)


async def test_a_name_pinned_to_a_private_address_is_called_there_without_looking_it_up(chat: Chat) -> None:
    origin = f"http://gateway.example:{chat.port}"
    robots = Robots(Allowed.of([f"{origin}=127.0.0.1"]), SEAL, names())
    for url in (f"{origin}/send", f"http://gateway.example.:{chat.port}/send"):
        assert await robots.post(robot(url), SAID) is None
    assert len(chat.said) == 2


async def test_a_redirect_is_not_followed(chat: Chat) -> None:
    chat.elsewhere = f"{chat.origin}/elsewhere"
    assert await Robots(Allowed.of([chat.origin]), SEAL).post(robot(chat.url), SAID) is NotSent.redirected
    assert len(chat.said) == 1


@pytest.mark.parametrize("answer", [{"errcode": 310000}, {"errcode": 45009}, {"errcode": False}, {}, [], "ok"])
async def test_an_answer_of_200_is_a_failure_unless_its_errcode_is_0(chat: Chat, answer: object) -> None:
    chat.answer = answer
    assert await Robots(Allowed.of([chat.origin]), SEAL).post(robot(chat.url), SAID) is NotSent.refused


async def test_an_answer_nested_without_end_is_a_refusal_and_no_crash(chat: Chat) -> None:
    chat.raw = b"[" * 10_000
    assert await Robots(Allowed.of([chat.origin]), SEAL).post(robot(chat.url), SAID) is NotSent.refused


async def test_an_error_of_ours_fails_this_message_alone_and_is_logged_without_the_robots_key(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(kind: RobotKind, address: Address, now: datetime) -> str:
        raise RecursionError(address.url)

    monkeypatch.setattr(posting, "signed", broken)
    with capture_logs() as logs:
        assert await Robots(Allowed.of([chat.origin]), SEAL).post(robot(chat.url), SAID) is NotSent.fault
    assert [each["why"] for each in logs] == ["RecursionError"]
    assert "secret-of-the-group" not in str(logs)


async def test_a_server_that_is_gone_is_away(chat: Chat) -> None:
    await chat.close()
    assert await Robots(Allowed.of([chat.origin]), SEAL).post(robot(chat.url), SAID) is NotSent.away


def test_the_two_shapes() -> None:
    assert shaped(RobotKind.wecom, SAID) == {
        "msgtype": "text",
        "text": {
            "content": "会诊：受理已到时限\n时间：13:00\n登录后查看：https://telemed.example/consultations/1",
            "mentioned_list": [],
        },
    }
    dingtalk = shaped(RobotKind.dingtalk, SAID)
    assert dingtalk["msgtype"] == "markdown"
    assert dingtalk["at"] == {"isAtAll": False}
    assert "[登录后查看](https://telemed.example/consultations/1)" in dingtalk["markdown"]["text"]
    assert json.dumps(dingtalk)


def test_a_dingtalk_robot_with_a_secret_signs_the_time() -> None:
    url, at = "https://oapi.dingtalk.com/robot/send?access_token=x", datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert signed(RobotKind.dingtalk, Address(url, ""), at) == url
    assert signed(RobotKind.wecom, Address(url, "SECabc"), at) == url
    assert signed(RobotKind.dingtalk, Address(url, "SECabc"), at) == (
        f"{url}&timestamp=1772413200000&sign=Q9Fyfxo2OHGX0DG6%2BwFpYkbF1Q9QvgwC7n%2FOVQCqMnE%3D"
    )  # as openssl dgst -hmac says


@pytest.mark.parametrize(
    "entry", ["oapi.dingtalk.com", "https://", "ftp://x.example", "https://x.example/path", "https://x.example=name"]
)
def test_an_entry_that_is_no_origin_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match=r"origin|address"):
        Allowed.of([entry])
