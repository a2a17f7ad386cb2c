"""A mail server, a robots' server, and the sender between the product and them."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_aiohttp import AiohttpClient

from telemed.app import kinds
from telemed.interop.invitations import MailedInvitations
from telemed.notify.addresses import Address, keep
from telemed.notify.allowed import Allowed
from telemed.notify.letters import Wording
from telemed.notify.mail import Mail
from telemed.notify.outside import Outside
from telemed.notify.sender import Sender
from telemed.people.duty import on_duty
from telemed.work.clock import take_due
from telemed.work.outgoing import NoticeChoice, Robot, RobotKind
from tests.fakes.outside import Chat, PostOffice
from tests.telemed.conftest import SEAL, Call, FakeClock, World, caller
from tests.telemed.consultations.actions import make_approved
from tests.telemed.consultations.conftest import Made

ORIGIN = "https://telemed.example"


def wording() -> Wording:
    return Wording(ORIGIN, kinds(), MailedInvitations(kinds(), ORIGIN, "telemed@telemed.example"))


@pytest.fixture
async def post_office() -> AsyncIterator[PostOffice]:
    office = PostOffice()
    await office.open()
    yield office
    await office.close()


@pytest.fixture
async def chat() -> AsyncIterator[Chat]:
    chat = Chat()
    await chat.open()
    yield chat
    await chat.close()


@pytest.fixture
async def sender(world: World, clock: FakeClock, post_office: PostOffice, chat: Chat) -> Sender:
    return Sender(world.db, clock, way_out(post_office, chat), wording())


def way_out(post_office: PostOffice, chat: Chat) -> Outside:
    return Outside(SEAL, Mail.of(post_office.url, "", ORIGIN), Allowed.of([chat.origin]))


@pytest.fixture
def outside(post_office: PostOffice, chat: Chat) -> Outside:
    """The product's API has these ways out too."""
    return way_out(post_office, chat)


@pytest.fixture
async def call(world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock, outside: Outside) -> Call:
    return await caller(world, aiohttp_client, tmp_path, clock, outside=outside)


async def gives_address(world: World, *who: str, **more: Any) -> None:
    async with world.db.write() as db:
        for each in who:
            db.add(NoticeChoice(staff_id=world.ids[each], email=f"{each}@mail.example", **more))


async def add_robot(world: World, chat: Chat, hospital: str = "ruijin", **more: Any) -> UUID:
    robot = Robot(**{"kind": RobotKind.wecom, "name": "the group", "hospital_id": hospital, "url": "", **more})
    keep(robot, Address(chat.url, ""), SEAL)
    async with world.db.write() as db:
        db.add(robot)
    return robot.id


async def is_due(world: World, clock: FakeClock, call: Call, submitted: Made) -> UUID:
    """An approved consultation whose acceptance is due: the coordinators of the hub are told."""
    id = await make_approved(call, submitted)
    clock.move(hours=4)
    assert await take_due(world.db, clock(), on_duty) == {}
    return id
