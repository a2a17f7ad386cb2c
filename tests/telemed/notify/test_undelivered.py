"""Whoever was told and not reached is shown to whoever waits: to the coordinator, and to the caller of an emergency."""

from typing import Any
from uuid import UUID

import pytest

from telemed.consultations.words import Urgency
from telemed.notify.sender import Sender
from telemed.people.duty import on_duty
from telemed.work.clock import take_due
from tests.fakes.outside import Chat, PostOffice
from tests.telemed.conftest import Call, FakeClock, World, add_hub
from tests.telemed.consultations.actions import INSTEAD_OF_LEAD, act, instead, make_scheduled
from tests.telemed.consultations.conftest import Made, submitted, venue
from tests.telemed.notify.conftest import add_robot, gives_address, is_due

__all__ = ["submitted", "venue"]
pytestmark = pytest.mark.usefixtures("world")


async def listed(call: Call, who: str = "coordinator") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await call(who, "GET", "/home/exceptions"))[1]["items"]
    return items


async def exceptions(call: Call, who: str = "coordinator") -> list[tuple[str, bool, list[str]]]:
    found = await listed(call, who)
    return [(each["ladder"], each["late"], [who["name"] for who in each["undelivered"]]) for each in found]


async def of_acceptance(call: Call) -> list[tuple[str, bool, list[str]]]:
    """Without what else is late after a day of tries."""
    return [each for each in await exceptions(call) if each[0] == "acceptance"]


async def test_an_emergency_unseen_for_a_minute_is_undelivered_until_somebody_has_seen_it(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender
) -> None:
    await gives_address(world, "expert")
    id = await submitted(urgency=Urgency.stat)
    await sender.send_due()
    clock.move(seconds=59)
    rung = (await call("doctor", "GET", f"/home/ringing/{id}"))[1]
    assert {each["name"]: (each["mail"], each["undelivered"]) for each in rung["people"]} == {
        "expert": ("sent", False),
        "expert2": (None, False),
    }
    assert await exceptions(call) == []
    await call("expert2", "POST", f"/home/ringing/{id}/seen", json={"device": "phone"})
    clock.move(seconds=1)
    assert await take_due(world.db, clock(), on_duty) == {}
    rung = (await call("doctor", "GET", f"/home/ringing/{id}"))[1]
    assert {each["name"] for each in rung["people"] if each["undelivered"]} == {"expert"}
    assert await exceptions(call) == [("stat", False, ["expert"])]


async def test_what_was_given_up_by_mail_is_undelivered_until_it_is_seen_on_a_page(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice
) -> None:
    await gives_address(world, "coordinator")
    post_office.unknown = {"coordinator@mail.example"}
    await is_due(world, clock, call, submitted)
    assert await exceptions(call) == [("acceptance", True, [])]
    await sender.send_due()
    assert await exceptions(call) == [("acceptance", True, ["coordinator"])]
    (told,) = (await call("coordinator", "GET", "/home/notices"))[1]["items"]
    await call("coordinator", "POST", f"/home/notices/{told['id']}/seen", json={"device": "phone"})
    assert await exceptions(call) == [("acceptance", True, [])]


async def test_what_was_given_up_by_mail_is_undelivered_until_a_later_mail_was_taken(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice
) -> None:
    await gives_address(world, "coordinator")
    post_office.unknown = {"coordinator@mail.example"}
    await is_due(world, clock, call, submitted)
    await sender.send_due()
    assert await exceptions(call) == [("acceptance", True, ["coordinator"])]
    post_office.unknown = set()
    (late,) = await listed(call)
    assert (await call("coordinator", "POST", f"/home/exceptions/{late['id']}/nudge"))[0] == 204
    await sender.send_due()
    assert await exceptions(call) == [("acceptance", True, [])]


async def test_what_a_group_robot_could_not_say_is_undelivered_until_a_later_message_was_taken(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, chat: Chat
) -> None:
    await add_robot(world, chat, role="coordinator", name="Coordinators' group")
    chat.answer = {"errcode": 93000, "errmsg": "invalid webhook url"}
    await is_due(world, clock, call, submitted)
    await give_up(sender, clock)
    assert await of_acceptance(call) == [("acceptance", True, ["Coordinators' group"])]
    chat.answer = {"errcode": 0}
    late = next(each for each in await listed(call) if each["ladder"] == "acceptance")
    assert (await call("coordinator", "POST", f"/home/exceptions/{late['id']}/nudge"))[0] == 204
    assert await of_acceptance(call) == [("acceptance", True, ["Coordinators' group"])]
    await sender.send_due()
    assert await of_acceptance(call) == [("acceptance", True, [])]


async def test_what_a_group_robot_could_not_say_is_reached_by_a_colleague_who_has_seen_it(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, chat: Chat
) -> None:
    await add_robot(world, chat, role="coordinator", name="Coordinators' group")
    chat.answer = {"errcode": 93000, "errmsg": "invalid webhook url"}
    await is_due(world, clock, call, submitted)
    await give_up(sender, clock)
    (told,) = (await call("coordinator", "GET", "/home/notices"))[1]["items"]
    await call("coordinator", "POST", f"/home/notices/{told['id']}/seen", json={"device": "phone"})
    assert await of_acceptance(call) == [("acceptance", True, [])]


async def give_up(sender: Sender, clock: FakeClock) -> None:
    """A day of tries. What is due meanwhile is not taken."""
    for _ in range(25 * 6):
        await sender.send_due()
        clock.move(minutes=10)


async def test_another_hubs_coordinator_sees_nothing_of_it(
    world: World, clock: FakeClock, call: Call, submitted: Made, sender: Sender, post_office: PostOffice
) -> None:
    await add_hub(world, "zhongshan")
    await gives_address(world, "coordinator")
    post_office.unknown = {"coordinator@mail.example"}
    await is_due(world, clock, call, submitted)
    await submitted(urgency=Urgency.stat, now=clock())
    clock.move(minutes=2)
    await sender.send_due()
    assert sorted(await exceptions(call)) == [
        ("acceptance", True, ["coordinator"]),
        ("stat", False, ["expert", "expert2"]),
    ]
    assert await exceptions(call, "zhongshan") == []
    assert (await call("reviewer", "GET", "/home/exceptions"))[0] == 403


async def test_who_could_not_be_told_of_a_substitute_is_shown_for_a_day(
    world: World,
    clock: FakeClock,
    call: Call,
    submitted: Made,
    venue: UUID,
    sender: Sender,
    post_office: PostOffice,
) -> None:
    """Nothing had to happen, so no deadline is open."""
    id = await make_scheduled(call, submitted, world, venue)
    await gives_address(world, "expert", "expert2")
    post_office.unknown = {"expert@mail.example"}
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2", agreed=True)))[0] == 200
    assert await exceptions(call) == []
    await sender.send_due()
    await add_hub(world, "zhongshan")
    assert await exceptions(call, "zhongshan") == []
    assert await exceptions(call) == [("relieved", False, ["expert"])]
    clock.move(hours=23)
    assert ("relieved", False, ["expert"]) in await exceptions(call)
    clock.move(hours=1)
    assert "relieved" not in {ladder for ladder, _, _ in await exceptions(call)}


async def test_who_has_seen_on_a_page_that_somebody_else_stands_in_is_told(
    world: World, call: Call, submitted: Made, venue: UUID, sender: Sender, post_office: PostOffice
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await gives_address(world, "expert2")
    post_office.unknown = {"expert2@mail.example"}
    await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2", agreed=True))
    await sender.send_due()
    assert await exceptions(call) == [("substituted", False, ["expert2"])]
    (told,) = (await call("expert2", "GET", "/home/notices"))[1]["items"]
    await call("expert2", "POST", f"/home/notices/{told['id']}/seen", json={"device": "computer"})
    assert await exceptions(call) == []
