"""One bad address, row, answer or server keeps nobody else from being told."""

import asyncio
import json
from collections import Counter
from uuid import UUID

import pytest

from telemed.kit.table import new_id
from telemed.notify import queue
from telemed.notify.print import print_notices
from telemed.notify.sender import Sender
from telemed.work.model import Channel, Deadline, When
from telemed.work.outgoing import Delivery, DeliveryState, NoticeChoice
from tests.fakes.outside import Chat, PostOffice
from tests.telemed.conftest import FakeClock, World, rows
from tests.telemed.notify.conftest import add_robot, gives_address, way_out, wording


async def is_told(world: World, clock: FakeClock, *to: str, robot: UUID | None = None) -> None:
    """A mail to each of these people, or a post to the robot, is due, each about something of its own."""
    async with world.db.write() as db:
        for to_id in [robot] if robot else [world.ids[each] for each in to]:
            deadline = Deadline(
                activity="consultation",
                activity_id=new_id(),
                kind="state",
                ladder="acceptance",
                hospital_id="wuxi",
                hub_id="ruijin",
                urgency="stat",
                began_at=clock(),
                due_at=clock(),
            )
            db.add(deadline)
            await db.flush()
            db.add(
                Delivery(
                    deadline_id=deadline.id,
                    channel=Channel.robot if robot else Channel.mail,
                    to_id=to_id,
                    when=When.due,
                    state=DeliveryState.queued,
                    queued_at=clock(),
                    at=clock(),
                )
            )


async def became(world: World) -> Counter[tuple[str, str]]:
    return Counter((each.state.value, each.why) for each in await rows(world.db, Delivery))


async def test_an_address_that_no_mail_can_be_written_to_keeps_nobody_from_being_told(
    world: World, clock: FakeClock, sender: Sender, post_office: PostOffice, chat: Chat
) -> None:
    """An older release took such an address."""
    await gives_address(world, "expert", "expert2")
    async with world.db.write() as db:
        (await db.get_one(NoticeChoice, world.ids["expert"])).email = "=?utf-8?q?=0A?=@x.example"
    await is_told(world, clock, "expert", "expert2")
    await is_told(world, clock, robot=await add_robot(world, chat, role="coordinator"))
    assert await sender.send_due() == {}
    assert (post_office.got, len(chat.said)) == (["expert2@mail.example"], 1)
    assert await became(world) == {("queued", "fault"): 1, ("sent", ""): 2}
    clock.move(minutes=3)
    await sender.send_due()
    assert (len(post_office.mails), len(chat.said)) == (1, 1)


async def test_two_at_whom_the_server_hangs_let_those_behind_them_pass(
    world: World, clock: FakeClock, sender: Sender, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("telemed.notify.mail.PATIENCE", 0.3)
    await gives_address(world, "expert", "expert2", "coordinator", "hub_duty")
    post_office.hangs = {"expert@mail.example", "expert2@mail.example"}
    await is_told(world, clock, "expert", "expert2", "coordinator", "hub_duty")
    await sender.send_due()
    assert post_office.got == []
    tries = sorted((each.tries, each.why) for each in await rows(world.db, Delivery))
    assert tries == [(0, ""), (0, ""), (1, "slow"), (1, "slow")]
    clock.move(seconds=15)
    await sender.send_due()
    assert post_office.got == ["coordinator@mail.example", "hub_duty@mail.example"]


async def test_a_mail_server_that_hangs_holds_up_no_robot(
    world: World, clock: FakeClock, sender: Sender, post_office: PostOffice, chat: Chat
) -> None:
    await gives_address(world, "expert")
    post_office.hangs = {"expert@mail.example"}
    await is_told(world, clock, "expert")
    letters = asyncio.ensure_future(sender.send_due(Channel.mail))
    await asyncio.wait_for(post_office.hanging.wait(), 5)
    await is_told(world, clock, robot=await add_robot(world, chat, role="coordinator"))
    await sender.send_due(Channel.robot)
    assert (len(chat.said), letters.done()) == (1, False)
    letters.cancel()
    await asyncio.gather(letters, return_exceptions=True)


@pytest.mark.parametrize(
    "spoil",
    ["UPDATE deadline SET owners = '{'", "UPDATE deadline SET due_at = 'no time'", "UPDATE delivery SET at = '1'"],
)
async def test_what_cannot_be_read_is_set_aside_and_shown_and_the_rest_goes_on(
    world: World,
    clock: FakeClock,
    sender: Sender,
    post_office: PostOffice,
    capsys: pytest.CaptureFixture[str],
    spoil: str,
) -> None:
    await gives_address(world, "expert", "expert2")
    await is_told(world, clock, "expert")
    (bad,) = await rows(world.db, Delivery)
    async with world.db.write() as db:
        await (await db.connection()).exec_driver_sql(spoil)
    await is_told(world, clock, "expert2")
    assert (await sender.send_due()).keys() == {bad.id}
    assert post_office.got == ["expert2@mail.example"]
    assert await sender.send_due() == {}
    capsys.readouterr()
    await print_notices(str(world.db.writer.url), as_json=True)
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert (found["state"], found["why"], found["ladder"]) == ("failed", "fault", "acceptance")
    assert found["id"].replace("-", "") == bad.id.hex


async def test_what_became_of_one_cannot_be_noted_and_it_is_not_sent_for_ever(
    world: World, clock: FakeClock, post_office: PostOffice, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await gives_address(world, "expert", "expert2")
    await is_told(world, clock, "expert", "expert2")
    first = min(each.id for each in await rows(world.db, Delivery))
    real = queue._note

    async def broken(*arguments: object) -> None:
        await real(*arguments)  # type: ignore[arg-type]
        if first in arguments:
            raise RuntimeError("a bug")

    monkeypatch.setattr(queue, "_note", broken)
    sender = Sender(world.db, clock, way_out(post_office, chat), wording())
    assert (await sender.send_due()).keys() == {first}
    assert await became(world) == {("failed", "fault"): 1, ("sent", ""): 1}
    clock.move(minutes=3)
    await sender.send_due()
    assert len(post_office.mails) == 2
