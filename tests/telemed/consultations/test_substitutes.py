"""Whoever must act may be away: another stands in, is asked instead, and both are told."""

from datetime import timedelta
from uuid import UUID

import pytest

from telemed.access.model import CaseGrant
from telemed.activities.model import Participant
from telemed.consultations.events import LeadReplaced
from telemed.consultations.model import Consultation
from telemed.consultations.words import Mode, State, Urgency
from telemed.db import Database
from telemed.history.model import EventRow
from telemed.work.model import Notice
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import (
    AT,
    INSTEAD_AT_BEDSIDE,
    INSTEAD_OF_LEAD,
    act,
    booking_body,
    home_kinds,
    instead,
    make_approved,
    make_booked,
    make_scheduled,
    pass_time,
    state_of,
    tell_fact,
)
from tests.telemed.consultations.conftest import Made, everything_ready


async def sees(call: Call, who: str, id: UUID) -> bool:
    return (await call(who, "GET", f"/consultations/{id}"))[0] == 200


async def roles(world: World, db: Database) -> dict[str, str]:
    names = {id: name for name, id in world.ids.items()}
    return {names[each.staff_id]: each.role for each in await rows(db, Participant)}


async def met(call: Call, submitted: Made, world: World, venue: UUID) -> UUID:
    """Begun: both are in the room."""
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    for who in ("expert", "doctor"):
        await tell_fact(world, id, who, "member.joined", AT)
    status, changed = await act(call, "coordinator", id, "start", {"reason": "资料稍后补"})
    if status != 200:  # it began by itself, as everything was ready
        assert await state_of(call, id) == "in_progress", changed
    return id


async def test_a_lead_who_falls_ill_before_the_meeting_is_replaced_and_another_is_invited(
    call: Call, submitted: Made, world: World, venue: UUID, db: Database
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    status, changed = await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2"))
    assert (status, changed["state"]) == (200, "scheduling"), changed
    assert [await sees(call, who, id) for who in ("expert", "expert2")] == [False, True]
    assert (await home_kinds(call, "expert"), await home_kinds(call, "expert2")) == ([], ["invite"])
    assert (await act(call, "expert2", id, "answer", {"answer": "accepted"}))[1]["state"] == "scheduled"
    assert await roles(world, db) == {"expert2": "lead", "doctor": "accompanying"}


async def test_who_has_agreed_on_the_telephone_keeps_the_time(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2", agreed=True)))[1][
        "state"
    ] == "scheduled"
    assert await home_kinds(call, "expert2") == []


async def test_the_time_of_who_was_replaced_is_free_and_that_of_the_substitute_taken(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    other = await make_approved(call, submitted)
    await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2", agreed=True))
    body = {"starts_at": AT.isoformat(), "ends_at": (AT + timedelta(minutes=20)).isoformat(), "venue_id": str(venue)}
    for who, blocked in (("expert", False), ("expert2", True)):
        status, problem = await act(call, "coordinator", other, "booking", body | {"lead_id": str(world.ids[who])})
        taken = {each["resource_id"] for each in problem.get("clashes", [])}
        assert (status, str(world.ids[who]) in taken) == (409, blocked), problem  # the venue and the doctor clash too


async def test_a_substitute_who_has_something_else_at_that_time_is_refused(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    busy = {"starts_at": AT.isoformat(), "ends_at": (AT + timedelta(hours=1)).isoformat(), "kind": "surgery"}
    status, made = await call("expert2", "POST", "/calendar/busy", json=busy)
    assert status == 201, made
    status, problem = await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2", agreed=True))
    assert (status, problem["reason"]) == (409, "person_taken")
    assert await sees(call, "expert", id)


async def test_the_one_for_whom_another_time_was_asked_is_replaced_and_the_time_stands(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    await act(call, "expert", id, "answer", {"answer": "declined", "words": "当天手术"})
    assert await home_kinds(call, "coordinator") == ["book"]
    await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2", agreed=True))
    assert (await state_of(call, id), await home_kinds(call, "coordinator")) == ("scheduled", [])


async def test_a_coordinator_who_is_asked_for_another_time_because_one_side_came_is_asked_on(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await tell_fact(world, id, "doctor", "member.joined", AT)
    await tell_fact(world, id, "doctor", "member.left", AT + timedelta(minutes=20))
    await pass_time(world, AT + timedelta(hours=3))
    clock.move(hours=5)
    await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2", agreed=True))
    assert (await state_of(call, id), await home_kinds(call, "coordinator")) == ("scheduled", ["book"])


@pytest.mark.parametrize(
    ("waits", "by", "what", "who"),
    [
        ("doctor", "coordinator", INSTEAD_OF_LEAD, "expert2"),
        ("expert", "chief", INSTEAD_AT_BEDSIDE, "doctor2"),
    ],
)
async def test_who_stands_in_once_the_meeting_should_have_begun_is_called_in_and_the_time_stands(
    call: Call,
    submitted: Made,
    world: World,
    venue: UUID,
    db: Database,
    clock: FakeClock,
    waits: str,
    by: str,
    what: str,
    who: str,
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    await tell_fact(world, id, waits, "member.joined", AT)
    clock.now = AT
    busy = {"starts_at": AT.isoformat(), "ends_at": (AT + timedelta(hours=1)).isoformat(), "kind": "surgery"}
    assert (await call(who, "POST", "/calendar/busy", json=busy))[0] == 201  # they come anyway
    status, changed = await act(call, by, id, what, instead(world, who))
    assert (status, changed["state"] in ("scheduled", "ready")) == (200, True), changed
    assert await home_kinds(call, who) == []
    assert {each.staff_id for each in await rows(db, Notice) if each.ladder == "substituted"} == {world.ids[who]}
    await pass_time(world, AT + timedelta(minutes=1))
    assert await state_of(call, id) == changed["state"]
    await tell_fact(world, id, who, "member.joined", AT + timedelta(minutes=2))
    assert (await act(call, "coordinator", id, "start", {"reason": "设备稍后检测"}))[1]["state"] == "in_progress"


async def test_in_the_meeting_it_is_interrupted_until_the_substitute_comes(
    call: Call, submitted: Made, world: World, venue: UUID, db: Database, clock: FakeClock
) -> None:
    id = await met(call, submitted, world, venue)
    clock.move(hours=2)
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2")))[1]["state"] == "interrupted"
    (row,) = await rows(db, Consultation)
    assert row.state_reason == "replaced"
    assert await roles(world, db) == {"expert": "expert", "doctor": "accompanying", "expert2": "lead"}
    await tell_fact(world, id, "expert2", "member.joined", clock.now)
    assert await state_of(call, id) == "in_progress"


async def test_an_expert_who_is_in_the_room_already_goes_on_at_once(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await met(call, submitted, world, venue)
    clock.move(hours=2)
    added = {"staff_id": str(world.ids["expert2"])}
    assert (await call("coordinator", "POST", f"/consultations/{id}/experts", json=added))[0] == 200
    await tell_fact(world, id, "expert2", "member.joined", clock.now)
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2")))[1]["state"] == "in_progress"
    assert await sees(call, "expert", id)  # they took part


async def test_a_doctor_of_the_branch_stands_in_at_the_bedside(
    call: Call, submitted: Made, world: World, venue: UUID, db: Database, clock: FakeClock
) -> None:
    id = await met(call, submitted, world, venue)
    clock.move(hours=2)
    assert (await act(call, "chief", id, INSTEAD_AT_BEDSIDE, instead(world, "doctor2")))[1]["state"] == "interrupted"
    await tell_fact(world, id, "doctor2", "member.joined", clock.now)
    assert await state_of(call, id) == "in_progress"
    assert await roles(world, db) == {"expert": "lead", "doctor": "guest", "doctor2": "accompanying"}


@pytest.mark.parametrize("who", ["doctor2", "chief", "reviewer", "duty"])
async def test_the_accompanying_physician_is_replaced_before_anybody_has_accepted(
    call: Call, submitted: Made, world: World, db: Database, who: str
) -> None:
    id = await submitted()
    assert (await act(call, who, id, INSTEAD_AT_BEDSIDE, instead(world, "doctor2")))[0] == 200
    (row,) = await rows(db, Consultation)
    assert (row.state, row.accompanying_id) == (State.submitted, world.ids["doctor2"])


async def test_start_anyway_needs_the_substitute_and_no_longer_who_is_missing(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    clock.move(hours=2)
    for who in ("expert2", "doctor"):
        await tell_fact(world, id, who, "member.joined", clock.now)
    assert (await act(call, "coordinator", id, "start", {"reason": "主会诊专家未到"}))[0] == 409
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2", agreed=True)))[0] == 200
    if await state_of(call, id) != "in_progress":
        assert (await act(call, "coordinator", id, "start", {"reason": "设备未测试"}))[1]["state"] == "in_progress"


async def test_in_answering_the_substitute_is_asked_for_the_opinion(
    call: Call, submitted: Made, world: World, db: Database
) -> None:
    id = await make_approved(call, submitted, mode=Mode.written)
    await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids["expert"])})
    (before,) = await rows(db, Consultation)
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2")))[1]["state"] == "answering"
    (row,) = await rows(db, Consultation)
    assert row.state_due_at == before.state_due_at  # the clock goes on
    assert (await home_kinds(call, "expert"), await home_kinds(call, "expert2")) == ([], ["sign"])
    assert [await sees(call, who, id) for who in ("expert", "expert2")] == [False, True]


async def test_both_are_told_and_the_history_says_who_why_and_by_whom(
    call: Call, submitted: Made, world: World, venue: UUID, db: Database
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2"))
    told = {(each.ladder, each.staff_id) for each in await rows(db, Notice) if each.kind == "replaced"}
    assert told == {("relieved", world.ids["expert"]), ("substituted", world.ids["expert2"])}
    _, theirs = await call("expert", "GET", "/home/notices")
    assert (theirs["new"], theirs["items"][0]["title"]) == (1, "")  # they see the case no longer
    (event,) = [each for each in await rows(db, EventRow) if each.type == LeadReplaced.type]
    assert event.actor_id == world.ids["coordinator"]
    said = {"code": "ill", "before_name": "expert", "name": "expert2"}
    assert {name: event.data[name] for name in said} == said
    _, late = await call("coordinator", "GET", "/home/exceptions")
    assert late["items"] == []


async def test_booking_another_time_replaces_no_lead(
    call: Call, submitted: Made, world: World, venue: UUID, db: Database
) -> None:
    id = await make_booked(call, submitted, world, venue)
    another = booking_body(world, venue, AT + timedelta(hours=1)) | {"lead_id": str(world.ids["expert2"])}
    status, problem = await act(call, "coordinator", id, "booking", another)
    assert (status, problem["reason"]) == (409, "lead_named")
    (row,) = await rows(db, Consultation)
    assert (row.lead_id, row.starts_at) == (world.ids["expert"], AT)


async def test_a_stat_lead_is_replaced_before_they_meet(
    call: Call, submitted: Made, world: World, db: Database
) -> None:
    id = await submitted(urgency=Urgency.stat)
    await act(call, "expert", id, "take", {})
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2")))[1]["state"] == "accepted"
    for who in ("expert2", "doctor"):
        await tell_fact(world, id, who, "member.joined", NOW + timedelta(minutes=1))
    assert await state_of(call, id) == "in_progress"
    live = [each for each in await rows(db, CaseGrant) if each.grantee == str(world.ids["expert2"])]
    assert [each.allows for each in live] == [["annotate", "download", "read", "write_opinion"]]


@pytest.mark.parametrize(
    ("who", "path", "wanted", "expected"),
    [
        ("coordinator", INSTEAD_OF_LEAD, "expert", (409, "same_person")),
        ("coordinator", INSTEAD_OF_LEAD, "doctor2", (422, "not_an_expert")),
        ("doctor", INSTEAD_OF_LEAD, "expert2", (403, "role")),
        ("doctor", INSTEAD_AT_BEDSIDE, "nurse", (422, "not_accompanying")),
        ("coordinator", INSTEAD_AT_BEDSIDE, "doctor2", (403, "role")),
    ],
)
async def test_a_substitute_is_refused_who_cannot_or_by_whom_it_is_not(
    call: Call,
    submitted: Made,
    world: World,
    venue: UUID,
    who: str,
    path: str,
    wanted: str,
    expected: tuple[int, str],
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    status, problem = await act(call, who, id, path, instead(world, wanted))
    assert (status, problem["reason"]) == expected
