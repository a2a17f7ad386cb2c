"""Who is named by somebody else to lead an emergency is rung until they are in the room, and others if they are not."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.cases.events import ConsentRecorded, ConsentWithdrawn
from telemed.cases.model import Consent, ConsentKind
from telemed.consultations.model import Consultation
from telemed.consultations.service import about
from telemed.consultations.words import Urgency
from telemed.history.service import emit
from telemed.people.duty import on_duty
from telemed.work.clock import take_due
from telemed.work.model import Notice
from telemed.work.outgoing import Delivery
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.actions import (
    AT,
    INSTEAD_OF_LEAD,
    act,
    booking_body,
    instead,
    make_scheduled,
    state_of,
    tell_fact,
)
from tests.telemed.consultations.calls import hear, later, rung, seen_by_caller, shown
from tests.telemed.consultations.conftest import Made, everything_ready, submitted, venue
from tests.telemed.notify.conftest import gives_address

__all__ = ["submitted", "venue"]


@pytest.fixture
async def stat(submitted: Made) -> UUID:
    return await submitted(urgency=Urgency.stat)


@pytest.fixture
async def named(call: Call, world: World, stat: UUID) -> UUID:
    """A coordinator has taken it and named the second expert to lead it."""
    return await names(call, world, stat)


async def names(call: Call, world: World, stat: UUID, by: str = "coordinator") -> UUID:
    assert (await act(call, by, stat, "take", {"lead_id": str(world.ids["expert2"])}))[0] == 200
    return stat


async def asked(call: Call, who: str) -> list[tuple[str, bool]]:
    return [(each["asks"], each["rings"]) for each in (await call(who, "GET", "/home/ringing"))[1]["items"]]


async def comes(world: World, id: UUID, who: str, at: datetime) -> None:
    await tell_fact(world, id, who, "member.joined", at)


@pytest.mark.parametrize("by", ["coordinator", "hub_duty", "expert"])
async def test_it_rings_at_whom_another_names_until_they_are_in_the_room(
    world: World, call: Call, clock: FakeClock, stat: UUID, by: str
) -> None:
    await names(call, world, stat, by)
    assert (await rung(call), await shown(call)) == ({"expert2"}, {"expert2"})
    assert await asked(call, "expert2") == [("enter", True)]
    caller = await seen_by_caller(call, stat)
    assert caller["ladder"] == "lead_awaited"
    assert [(each["name"], each["rings"], each["seen_at"]) for each in caller["people"]] == [("expert2", True, None)]
    assert (caller["next"]["role"], caller["next"]["again"]) == ("coordinator", False)
    assert (await call("expert2", "POST", f"/home/ringing/{stat}/seen", json={"device": "phone"}))[0] == 204
    assert (await seen_by_caller(call, stat))["people"][0]["seen_on"] == "phone"
    await comes(world, stat, "expert2", clock())
    assert await rung(call) == set()
    assert (await call("doctor", "GET", f"/home/ringing/{stat}"))[0] == 404
    await later(world, clock, 600)
    assert await rung(call) == set()


async def test_while_they_do_not_come_the_centre_is_rung_then_its_duty_officer_again_and_again(
    world: World, call: Call, clock: FakeClock, named: UUID
) -> None:
    await later(world, clock, 59)
    assert await rung(call) == {"expert2"}
    await later(world, clock, 1)
    assert await rung(call) == {"expert2", "coordinator"}
    assert await asked(call, "coordinator") == [("lead", True)]
    assert await undelivered(call) == ["expert2"]
    await later(world, clock, 60)
    assert await rung(call) == {"expert2", "hub_duty"}
    assert await asked(call, "hub_duty") == [("lead", True)]
    assert (await call("hub_duty", "GET", f"/consultations/{named}"))[0] == 200
    first = await since(call, "hub_duty"), await since(call, "expert2")
    await later(world, clock, 60)
    again = await since(call, "hub_duty"), await since(call, "expert2")
    assert (first[0] < again[0], first[1] == again[1]) == (True, True)
    await comes(world, named, "expert2", clock())
    assert await rung(call) == set()


async def undelivered(call: Call) -> list[str]:
    listed = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    return [who["name"] for each in listed if each["ladder"] == "lead_awaited" for who in each["undelivered"]]


async def since(call: Call, who: str) -> str:
    (found,) = (await call(who, "GET", "/home/ringing"))[1]["items"]
    return str(found["rung_at"])


async def test_a_lead_who_cannot_come_is_rung_no_more_and_the_centre_is_at_once(
    world: World, call: Call, clock: FakeClock, named: UUID
) -> None:
    assert (await call("expert2", "POST", f"/home/ringing/{named}/pass", json={"why": "operating"}))[0] == 204
    assert await rung(call) == {"coordinator"}
    (lead,) = [each for each in (await seen_by_caller(call, named))["people"] if each["name"] == "expert2"]
    assert lead["passed_at"] is not None
    assert (await act(call, "coordinator", named, INSTEAD_OF_LEAD, instead(world, "expert")))[0] == 200
    assert await rung(call) == {"expert"}
    assert [each["name"] for each in (await seen_by_caller(call, named))["people"]] == ["expert"]


async def test_a_lead_says_that_they_cannot_come_after_the_whole_ladder_too(
    world: World, call: Call, clock: FakeClock, named: UUID
) -> None:
    await later(world, clock, 120)
    assert (await seen_by_caller(call, named))["next"]["again"] is True
    assert (await call("hub_duty", "POST", f"/home/ringing/{named}/pass", json={"why": "operating"}))[0] == 409
    assert (await call("expert2", "POST", f"/home/ringing/{named}/pass", json={"why": "operating"}))[0] == 204
    assert await rung(call) == {"hub_duty"}


async def test_who_stands_in_while_people_wait_is_rung(world: World, call: Call, clock: FakeClock, stat: UUID) -> None:
    assert (await act(call, "expert", stat, "take", {"lead_id": None}))[0] == 200
    assert await rung(call) == set()
    await comes(world, stat, "expert", clock())
    await comes(world, stat, "doctor", clock())
    assert await state_of(call, stat) == "in_progress"
    assert (await act(call, "coordinator", stat, INSTEAD_OF_LEAD, instead(world, "expert2")))[0] == 200
    assert await rung(call) == {"expert2"}
    await comes(world, stat, "expert2", clock())
    assert (await state_of(call, stat), await rung(call)) == ("in_progress", set())


async def test_who_is_in_the_room_already_is_not_rung(world: World, call: Call, clock: FakeClock, stat: UUID) -> None:
    assert (await act(call, "expert", stat, "take", {"lead_id": None}))[0] == 200
    for who in ("expert", "doctor"):
        await comes(world, stat, who, clock())
    assert (await act(call, "coordinator", stat, "experts", {"staff_id": str(world.ids["expert2"])}))[0] < 300
    await comes(world, stat, "expert2", clock())
    assert (await act(call, "coordinator", stat, INSTEAD_OF_LEAD, instead(world, "expert2")))[0] == 200
    assert await rung(call) == set()


@pytest.mark.parametrize(
    ("who", "what", "body"),
    [
        ("doctor", "cancel", {"code": "resolved", "reason": ""}),
        ("coordinator", "written", {"reason": "无人可到场"}),
    ],
)
async def test_it_ends_with_the_call(world: World, call: Call, named: UUID, who: str, what: str, body: Any) -> None:
    answer = await act(call, who, named, what, body)
    assert answer[0] == 200, answer
    assert await rung(call) == set()


async def test_whom_a_planned_consultation_gets_instead_is_told_and_not_rung(
    world: World, call: Call, submitted: Made, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2", agreed=True)))[0] == 200
    assert await rung(call) == set()


async def test_a_lead_who_comes_from_another_meeting_leaves_it_as_who_takes_an_emergency_does(
    world: World, call: Call, clock: FakeClock, submitted: Made, venue: UUID, stat: UUID
) -> None:
    meeting = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, meeting)
    for who in ("doctor", "expert"):
        await comes(world, meeting, who, clock())
    assert await state_of(call, meeting) == "in_progress"
    assert (await act(call, "coordinator", stat, "take", {"lead_id": str(world.ids["expert"])}))[0] == 200
    assert await state_of(call, meeting) == "in_progress"  # they may still say that they cannot come
    assert (await call("expert", "POST", f"/rooms/{stat}/ticket", json={}))[0] == 200
    _, left = await call("doctor", "GET", f"/consultations/{meeting}")
    assert (left["state"], left["state_reason"]) == ("interrupted", "called_away")


async def test_of_an_emergency_that_was_booked_a_new_lead_is_rung_once_it_should_have_begun_and_not_before(
    world: World, call: Call, clock: FakeClock, stat: UUID, venue: UUID
) -> None:
    assert (await act(call, "expert", stat, "take", {"lead_id": None}))[0] == 200
    assert (await act(call, "coordinator", stat, "booking", booking_body(world, venue)))[0] == 200
    for who in ("doctor", "expert"):
        await act(call, who, stat, "answer", {"answer": "accepted"})
    assert await state_of(call, stat) == "scheduled"
    assert (await act(call, "coordinator", stat, INSTEAD_OF_LEAD, instead(world, "expert2", agreed=True)))[0] == 200
    assert (await state_of(call, stat), await rung(call)) == ("scheduled", set())
    clock.now = AT + timedelta(minutes=1)
    assert (await act(call, "coordinator", stat, INSTEAD_OF_LEAD, instead(world, "expert")))[1]["state"] == "scheduled"
    assert (await rung(call), await asked(call, "expert")) == ({"expert"}, [("enter", True)])
    assert (await act(call, "expert", stat, "answer", {"answer": "declined", "words": "手术"}))[0] == 200
    assert await rung(call) == set(), "another time is looked for"


async def test_while_no_consent_lets_the_hub_see_it_nobody_is_rung_and_then_the_lead_is_again(
    world: World, call: Call, clock: FakeClock, named: UUID
) -> None:
    await everything_ready(world, named)
    consent = str((await rows(world.db, Consent))[0].id)
    assert (await call("doctor", "POST", f"/consents/{consent}/withdraw", match=1, json={"reason": "家属要求"}))[
        0
    ] == 200
    await hear(world, ConsentWithdrawn)
    await later(world, clock, 600)
    assert await rung(call) == set()
    async with world.db.write() as db:
        (await db.get_one(Consent, UUID(consent))).withdrawn_at = None
        said = ConsentRecorded(id=UUID(consent), number="1", kind=ConsentKind.patient, scopes=(), paper_due=False)
        emit(db, said, about(await db.get_one(Consultation, named)), clock())
    await hear(world, ConsentRecorded)
    assert await rung(call) == {"expert2"}


async def test_the_lead_gets_one_mail_and_the_centre_another(
    world: World, call: Call, clock: FakeClock, stat: UUID
) -> None:
    await gives_address(world, "expert2", "coordinator")
    await names(call, world, stat)
    mails = [each.to_id for each in await rows(world.db, Delivery)]
    assert mails.count(world.ids["expert2"]) == 1  # that they lead it
    clock.now += timedelta(minutes=1)
    assert await take_due(world.db, clock(), on_duty) == {}
    mails = [each.to_id for each in await rows(world.db, Delivery)]
    assert (mails.count(world.ids["expert2"]), mails.count(world.ids["coordinator"])) == (1, 1)
    told = [each.ladder for each in await rows(world.db, Notice) if each.staff_id == world.ids["coordinator"]]
    assert told == ["lead_awaited"]
