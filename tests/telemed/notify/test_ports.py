"""What every implementation of the port `Notices` does, against a real mail server and a real robots' server."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from telemed.kit.table import new_id
from telemed.notify import mail, posting
from telemed.notify.addresses import Address, keep
from telemed.notify.message import Message
from telemed.notify.outcome import NotSent
from telemed.notify.outside import Outside
from telemed.notify.ports import Letter, Notices, Post
from telemed.work.outgoing import Robot, RobotKind
from tests.fakes.outside import Chat, PostOffice
from tests.telemed.conftest import SEAL

SAID = Message("测试")


@dataclass(frozen=True)
class Way:
    notices: Notices[Any]
    one: Callable[[], Any]
    taken: Callable[[], int]
    close: Callable[[], Awaitable[None]]


@pytest.fixture(params=["mail", "robot"])
def way(request: pytest.FixtureRequest, outside: Outside, post_office: PostOffice, chat: Chat) -> Way:
    if request.param == "mail":
        assert outside.mail is not None
        return Way(
            outside.mail,
            lambda: Letter(new_id(), "zhang@x.example", "zh-CN", SAID),
            lambda: len(post_office.mails),
            post_office.close,
        )
    robot = Robot(kind=RobotKind.wecom, name="", hospital_id="ruijin", url="", role="coordinator")
    keep(robot, Address(chat.url, ""), SEAL)
    return Way(outside.robots, lambda: Post(new_id(), robot, SAID), lambda: len(chat.said), chat.close)


def ids(due: Sequence[Any]) -> list[UUID]:
    return [each.id for each in due]


async def test_it_says_of_each_that_it_was_taken(way: Way) -> None:
    due = [way.one(), way.one()]
    assert await way.notices.send(due) == dict.fromkeys(ids(due))
    assert way.taken() == 2


async def test_a_server_that_is_gone_is_away_and_nothing_is_raised(way: Way) -> None:
    await way.close()
    due = [way.one(), way.one()]
    assert await way.notices.send(due) == dict.fromkeys(ids(due), NotSent.away)


async def test_an_error_of_ours_is_what_became_of_it_and_nothing_is_raised(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(mail.Mail, "_written", broken)
    monkeypatch.setattr(posting, "shaped", broken)
    due = [way.one(), way.one()]
    assert await way.notices.send(due) == dict.fromkeys(ids(due), NotSent.fault)
    assert way.taken() == 0
