"""Booking, invitation and the readiness gate; the room's facts make the state."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import select

from telemed.activities.model import Participant
from telemed.consultations.model import Consultation
from telemed.consultations.service import sweep
from telemed.db import Database
from telemed.history.model import EventRow
from telemed.scheduling.model import BookingKind
from telemed.studies.model import LinkState, StudyLink
from telemed.work.model import WorkItem, WorkKind
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import (
    AT,
    act,
    booking_body,
    home_kinds,
    make_approved,
    make_booked,
    make_scheduled,
    pass_time,
    state_of,
    tell_fact,
)
from tests.telemed.consultations.conftest import Made, everything_ready


async def _link(world: World, state: LinkState) -> None:
    async with world.db.write() as db:
        (await db.exec(select(StudyLink))).one().state = state


async def test_three_earliest_times_within_the_wishes_are_proposed(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    lead = str(world.ids["expert"])
    status, found = await call("coordinator", "GET", f"/consultations/{id}/proposals", params={"lead_id": lead})
    starts = [datetime.fromisoformat(each["starts_at"]) for each in found["items"]]
    assert (status, len(starts), starts) == (200, 3, sorted(starts))
    assert NOW + timedelta(hours=1) <= starts[0]


async def test_the_story_names_venue_and_people_in_english_too(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    _, found = await call("doctor", "GET", f"/consultations/{id}")
    assert (found["venue"], found["venue_en"]) == ("会诊室 1", "Room 1")
    assert {each["actor_name_en"] for each in found["history"] if each["actor_id"]} >= {"reviewer", "coordinator"}
    assert next(each["by_name_en"] for each in found["steps"] if each["key"] == "approved") == "reviewer"


async def test_accepting_and_booking_is_one_action_and_invites_the_expert_only(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    assert (await home_kinds(call, "expert"), await home_kinds(call, "doctor")) == (["invite"], [])
    assert (await home_kinds(call, "coordinator")) == []
    assert await state_of(call, id) == "scheduling"


async def test_when_the_expert_accepts_it_is_scheduled(call: Call, submitted: Made, world: World, venue: UUID) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    assert await state_of(call, id) == "scheduled"
    assert await home_kinds(call, "expert") == []


async def test_outside_the_wished_times_the_accompanying_physician_is_asked_too(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    await act(call, "coordinator", id, "booking", booking_body(world, venue, NOW + timedelta(days=1, hours=2)))
    await act(call, "expert", id, "answer", {"answer": "accepted"})
    assert (await home_kinds(call, "doctor"), await state_of(call, id)) == (["invite"], "scheduling")
    await act(call, "doctor", id, "answer", {"answer": "accepted"})
    assert await state_of(call, id) == "scheduled"


async def test_another_time_is_proposed_and_who_proposed_it_is_not_asked_again(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    later = booking_body(world, venue, AT + timedelta(hours=2))
    proposal = {"answer": "proposed", "starts_at": later["starts_at"], "ends_at": later["ends_at"], "words": "手术"}
    assert (await act(call, "expert", id, "answer", proposal))[0] == 200
    assert await home_kinds(call, "coordinator") == ["book"]
    assert (await act(call, "coordinator", id, "booking", later))[0] == 200
    (expert,) = [each for each in await rows(world.db, Participant) if each.staff_id == world.ids["expert"]]
    assert (expert.answer, await state_of(call, id)) == ("accepted", "scheduled")


async def test_a_clash_is_refused_with_the_booking_that_blocks_it(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    busy = {"kind": BookingKind.surgery, "title": "手术", "starts_at": AT.isoformat()}
    busy["ends_at"] = (AT + timedelta(hours=1)).isoformat()
    assert (await call("expert", "POST", "/calendar/busy", json=busy))[0] == 201
    id = await make_approved(call, submitted)
    status, problem = await act(call, "coordinator", id, "booking", booking_body(world, venue))
    assert (status, problem["reason"]) == (409, "clash")
    assert (problem["clashes"][0]["name"], problem["clashes"][0]["title"]) == ("expert", "手术")
    assert (await call("coordinator", "GET", f"/consultations/{id}"))[1]["state"] == "approved"


async def test_the_gate_turns_green_by_itself_and_locks_the_packet(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    _, before = await call("doctor", "GET", f"/consultations/{id}")
    red = {each["key"] for each in before["checks"] if each["blocks"] and not each["ok"]}
    assert red == {"consent", "packet", "images", "identity", "devices_hub", "devices_branch"}
    await everything_ready(world, id)
    await sweep(world.db, NOW)
    _, after = await call("doctor", "GET", f"/consultations/{id}")
    assert (after["state"], after["packet_version"]) == ("ready", 1)
    assert after["packet_locked_at"] is not None


async def test_a_device_test_that_grows_old_takes_ready_back(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id, NOW - timedelta(hours=23))
    await sweep(world.db, NOW)
    await sweep(world.db, NOW + timedelta(hours=1, minutes=30))
    assert await state_of(call, id) == "scheduled"


async def test_it_is_in_progress_when_lead_and_accompanying_are_both_in(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    await tell_fact(world, id, "doctor", "member.joined", NOW)
    assert await state_of(call, id) == "scheduled"
    await tell_fact(world, id, "expert", "member.joined", NOW + timedelta(seconds=5))
    assert await state_of(call, id) == "in_progress"


async def test_who_waits_at_the_door_is_shown_to_whoever_is_still_to_come(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await tell_fact(world, id, "doctor", "member.waiting", NOW)
    assert await _waiting(call, id) == ["doctor"]
    await tell_fact(world, id, "doctor", "member.left", NOW + timedelta(seconds=5))
    assert await _waiting(call, id) == []
    await tell_fact(world, id, "doctor", "member.waiting", NOW + timedelta(seconds=9))
    await tell_fact(world, id, "doctor", "member.joined", NOW + timedelta(seconds=10))
    assert await _waiting(call, id) == []
    await tell_fact(world, id, "doctor", "member.waiting", NOW + timedelta(seconds=20))  # asked to wait
    assert await _waiting(call, id) == ["doctor"]
    shown = (await call("expert", "GET", f"/consultations/{id}"))[1]["participants"]
    assert not any(each["present"] for each in shown)


async def _waiting(call: Call, id: UUID) -> list[str]:
    shown = (await call("expert", "GET", f"/consultations/{id}"))[1]["participants"]
    return [each["person"]["name"] for each in shown if each["waiting"]]


async def test_it_begins_by_itself_when_the_last_missing_thing_arrives_while_both_are_in(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", NOW)
    await sweep(world.db, NOW)
    assert await state_of(call, id) == "scheduled"
    await everything_ready(world, id)
    await sweep(world.db, NOW + timedelta(seconds=5))
    assert await state_of(call, id) == "in_progress"


async def test_a_lost_end_interrupts_and_coming_back_resumes(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", NOW)
    await tell_fact(world, id, "doctor", "member.left", NOW + timedelta(minutes=1))
    assert await state_of(call, id) == "interrupted"
    await tell_fact(world, id, "doctor", "member.joined", NOW + timedelta(minutes=2))
    assert await state_of(call, id) == "in_progress"


async def test_it_starts_with_missing_items_only_by_somebody_who_answers_for_it(
    call: Call, submitted: Made, world: World, venue: UUID, db: Database
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", NOW)
    assert await state_of(call, id) == "scheduled"
    status, problem = await act(call, "expert", id, "start", {"reason": "病情急"})
    assert (status, problem["reason"], problem["missing"]) == (409, "never_without", ["consent"])
    await everything_ready(world, id, NOW - timedelta(hours=30))  # the device tests are too old
    await _link(world, LinkState.proposed)
    status, problem = await act(call, "expert", id, "start", {"reason": "病情急"})
    assert (status, problem["reason"], problem["missing"]) == (409, "never_without", ["identity"])
    await _link(world, LinkState.confirmed)
    status, changed = await act(call, "expert", id, "start", {"reason": "病情急"})
    assert (status, changed["state"]) == (200, "in_progress")
    (row,) = await rows(db, Consultation)
    assert (row.started_with_missing, row.missing_reason) == (["devices_hub", "devices_branch"], "病情急")


async def test_ending_asks_the_lead_to_sign(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock, db: Database
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", NOW)
    clock.move(minutes=30)
    assert (await act(call, "expert", id, "end"))[1]["state"] == "answering"
    assert await home_kinds(call, "expert") == ["sign"]
    left = [(each.present, each.left_at) for each in await rows(db, Participant)]
    assert left == [(False, NOW + timedelta(minutes=30))] * 2


async def test_a_ticket_says_who_admits_and_who_is_on_the_booking(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    tickets = {}
    for who in ("expert", "doctor", "chief", "coordinator"):
        status, found = await call(who, "POST", f"/rooms/{id}/ticket", json={})
        assert status == 200
        tickets[who] = (found["role"], found["booked"], found["admits"])
    assert tickets == {
        "expert": ("lead", True, True),
        "doctor": ("accompanying_physician", True, False),
        "chief": ("guest", False, False),
        "coordinator": ("guest", False, False),
    }
    assert (await call("expert2", "POST", f"/rooms/{id}/ticket", json={}))[0] == 404


async def test_nobody_books_a_room_for_a_year_by_a_slip_of_the_pen(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    for hours, reason in ((-1.0, "end_before_start"), (24 * 365, "too_long")):
        new = booking_body(world, venue) | {"ends_at": (AT + timedelta(hours=hours)).isoformat()}
        status, problem = await act(call, "coordinator", id, "booking", new)
        assert (status, problem["reason"]) == (422, reason)


async def test_out_of_hours_the_duty_officer_is_asked(call: Call, submitted: Made, world: World) -> None:
    await submitted()
    assert await home_kinds(call, "duty") == []
    await pass_time(world, NOW + timedelta(hours=12))
    await pass_time(world, NOW + timedelta(hours=12, seconds=5))
    assert await home_kinds(call, "duty") == ["review"]


async def test_when_nobody_ever_came_it_is_a_no_show_and_the_time_is_free(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await pass_time(world, AT + timedelta(hours=2))
    assert await state_of(call, id) == "scheduled"
    await pass_time(world, AT + timedelta(hours=3))
    assert await state_of(call, id) == "no_show"


async def test_booking_an_approved_one_asks_for_no_work_that_it_does_itself(
    call: Call, submitted: Made, world: World, venue: UUID, db: Database
) -> None:
    id = await make_booked(call, submitted, world, venue)
    items = [each for each in await rows(db, WorkItem) if each.about_id == id]
    assert WorkKind.book not in {each.kind for each in items}
    invited = [each for each in items if each.kind is WorkKind.invite]
    assert [(each.staff_id, each.done_at) for each in invited] == [(world.ids["expert"], None)]
    moved = [each.type for each in await rows(db, EventRow) if each.type.startswith("consultation.")]
    assert moved[-2:] == ["consultation.accepted", "consultation.booked"]


async def test_a_time_that_is_taken_leaves_the_request_as_it_was(
    call: Call, submitted: Made, world: World, venue: UUID, db: Database
) -> None:
    await make_booked(call, submitted, world, venue)
    other = await make_approved(call, submitted)
    assert (await act(call, "coordinator", other, "booking", booking_body(world, venue)))[0] == 409
    row = next(each for each in await rows(db, Consultation) if each.id == other)
    assert (row.state, row.lead_id, row.starts_at) == ("approved", None, None)
    assert not [each for each in await rows(db, Participant) if each.activity_id == other]
