"""Whom a message did not reach is shown to somebody also when the case is over, and before any hub may know of it."""

from datetime import timedelta
from typing import Any

import pytest

from telemed.notify.sender import Sender
from telemed.work.deadlines import of_hospital
from telemed.work.model import Channel, Notice, When
from telemed.work.outgoing import Delivery, DeliveryState
from tests.fakes.outside import Chat, PostOffice
from tests.telemed.conftest import NOW, Call, FakeClock, World, add_hub
from tests.telemed.consultations.actions import act, make_scheduled
from tests.telemed.consultations.conftest import Made, submitted, venue
from tests.telemed.notify.conftest import add_robot, gives_address

__all__ = ["submitted", "venue"]
pytestmark = pytest.mark.usefixtures("world")
CANCEL = {"code": "changed"}


async def listed(call: Call, who: str) -> list[dict[str, Any]]:
    status, found = await call(who, "GET", "/home/exceptions")
    assert status == 200, found
    items: list[dict[str, Any]] = found["items"]
    return items


async def missed(call: Call, who: str = "coordinator") -> list[tuple[str, bool, list[str]]]:
    return [
        (each["ladder"], each["late"], [one["name"] for one in each["undelivered"]]) for each in await listed(call, who)
    ]


async def test_who_was_not_reached_by_a_cancellation_is_named_to_the_centre_for_a_day(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    venue: Any,
    sender: Sender,
    post_office: PostOffice,
) -> None:
    """The centre no longer sees the case: it reads whom to telephone, and nothing of the patient."""
    id = await make_scheduled(call, submitted, world, venue)
    await gives_address(world, "expert")
    post_office.unknown = {"expert@mail.example"}
    assert (await act(call, "doctor", id, "cancel", CANCEL))[0] == 200
    await sender.send_due()
    assert (await call("coordinator", "GET", f"/consultations/{id}"))[0] == 404
    assert await missed(call) == [("cancelled", False, ["expert"])]
    (row,) = await listed(call, "coordinator")
    assert (row["activity_id"], row["title"], row["patient"], row["place"]) == (str(id), "", None, None)
    await add_hub(world, "zhongshan")
    for other in ("zhongshan", "hub_duty", "duty"):
        assert await missed(call, other) == [], other
    clock.move(hours=24)
    assert await missed(call) == []


async def test_whoever_has_seen_on_a_page_that_it_is_off_is_told(
    world: World, call: Call, submitted: Made, venue: Any, sender: Sender, post_office: PostOffice
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await gives_address(world, "expert")
    post_office.unknown = {"expert@mail.example"}
    await act(call, "doctor", id, "cancel", CANCEL)
    await sender.send_due()
    told = (await call("expert", "GET", "/home/notices"))[1]["items"][0]
    await call("expert", "POST", f"/home/notices/{told['id']}/seen", json={"device": "phone"})
    assert await missed(call) == []


async def test_before_the_hub_knows_of_it_the_branch_s_duty_officer_reads_who_was_not_reached(
    world: World, call: Call, submitted: Made, sender: Sender, post_office: PostOffice
) -> None:
    id = await submitted()
    await gives_address(world, "doctor")
    post_office.unknown = {"doctor@mail.example"}
    assert (await act(call, "reviewer", id, "cancel", CANCEL))[0] == 200
    await sender.send_due()
    assert await missed(call, "duty") == [("cancelled", False, ["doctor"])]
    assert [each["title"] for each in await listed(call, "duty")] == ["急性主动脉夹层"]
    for other in ("coordinator", "hub_duty"):
        assert await missed(call, other) == [], other


async def test_a_group_that_could_not_be_told_that_it_is_off_is_named_until_a_colleague_has_seen_it(
    world: World, clock: FakeClock, call: Call, submitted: Made, venue: Any, sender: Sender, chat: Chat
) -> None:
    await add_robot(world, chat, role="coordinator", name="Coordinators' group")
    id = await make_scheduled(call, submitted, world, venue)
    await sender.send_due()
    chat.answer = {"errcode": 93000, "errmsg": "invalid webhook url"}
    await act(call, "doctor", id, "cancel", CANCEL)
    for _ in range(25 * 6):  # a day of tries
        await sender.send_due()
        clock.move(minutes=10)
    assert ("cancelled_centre", False, ["Coordinators' group"]) in await missed(call)
    (told, *_) = (await call("coordinator", "GET", "/home/notices"))[1]["items"]
    await call("coordinator", "POST", f"/home/notices/{told['id']}/seen", json={"device": "phone"})
    assert "cancelled_centre" not in {ladder for ladder, _, _ in await missed(call)}


async def test_of_a_hospital_s_own_work_its_own_people_read_who_was_not_reached(world: World, call: Call) -> None:
    async with world.db.write() as db:
        deadline = of_hospital("wuxi", "identity", NOW - timedelta(hours=1))
        db.add(deadline)
        await db.flush()
        who = world.ids["radiographer"]
        told = Notice(
            deadline_id=deadline.id,
            n=0,
            staff_id=who,
            kind=deadline.kind,
            ladder=deadline.ladder,
            when=When.due,
            due_at=deadline.due_at,
            told_at=NOW,
        )
        db.add(told)
        await db.flush()
        db.add(
            Delivery(
                deadline_id=deadline.id,
                notice_id=told.id,
                channel=Channel.mail,
                to_id=who,
                when=When.due,
                state=DeliveryState.failed,
                queued_at=NOW,
                done_at=NOW,
            )
        )
    assert await missed(call, "duty") == [("identity", False, ["radiographer"])]
    (row,) = await listed(call, "duty")
    assert (row["activity"], row["activity_id"], row["title"]) == (None, None, "")
    for other in ("coordinator", "hub_duty"):
        assert await missed(call, other) == [], other
