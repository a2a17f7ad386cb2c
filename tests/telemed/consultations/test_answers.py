"""Who is booked answers: an equal comes instead of one who declined, and a proposed time that fits is taken."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from telemed.activities.model import Participant
from telemed.history.model import EventRow
from telemed.people.model import Staff, Title
from telemed.scheduling.model import Booking, Occupancy, Resource, ResourceKind
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.actions import (
    AT,
    act,
    booking_body,
    home_kinds,
    make_approved,
    make_booked,
    make_scheduled,
    state_of,
    version_of,
)
from tests.telemed.consultations.conftest import Made

DECLINED = {"answer": "declined", "words": "当天手术"}
ACCEPTED = {"answer": "accepted"}


@pytest.fixture
async def equals(world: World) -> None:
    """Both at the neurologist's department: one of the same title, one below it."""
    titles = {"neurologist": Title.associate_chief, "expert2": Title.chief, "expert": Title.chief}
    async with world.db.write() as db:
        people = (await db.exec(select(Staff).where(col(Staff.id).in_([world.ids[who] for who in titles])))).all()
        department = next(each.department_id for each in people if each.id == world.ids["neurologist"])
        for who, title in titles.items():
            (person,) = [each for each in people if each.id == world.ids[who]]
            person.title = title
            person.department_id = department if who != "expert" else person.department_id


async def booked_with(
    call: Call, submitted: Made, world: World, venue: UUID, who: str = "neurologist", *, required: bool = True
) -> UUID:
    id = await make_approved(call, submitted)
    body = booking_body(world, venue)
    body |= {"experts": [{"staff_id": str(world.ids[who]), "required": required}]}
    status, changed = await act(call, "coordinator", id, "booking", body)
    assert status == 200, changed
    return id


async def answers(call: Call, id: UUID, who: str = "coordinator") -> dict[str, Any]:
    status, found = await call(who, "GET", f"/consultations/{id}/answers")
    assert status == 200, found
    told: dict[str, Any] = found
    return told


async def offered(call: Call, id: UUID) -> list[str]:
    (declined,) = (await answers(call, id))["declined"]
    return [each["name"] for each in declined["substitutes"]]


async def replaced(call: Call, id: UUID, world: World, before: str, by: str, who: str = "coordinator") -> Any:
    body = {"staff_id": str(world.ids[by])}
    return await act(call, who, id, f"experts/{world.ids[before]}/substitute", body)


async def taken(world: World) -> set[str]:
    names = {id: name for name, id in world.ids.items()}
    return {names[each.resource_id] for each in await rows(world.db, Occupancy) if each.resource_id in names}


async def busy(call: Call, who: str, hours: float = 0) -> None:
    start = AT + timedelta(hours=hours)
    entry = {"kind": "surgery", "starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=1)).isoformat()}
    assert (await call(who, "POST", "/calendar/busy", json=entry))[0] == 201


def proposal(hours: float) -> dict[str, Any]:
    start = AT + timedelta(hours=hours)
    times = {"starts_at": start.isoformat(), "ends_at": (start + timedelta(minutes=40)).isoformat()}
    return {"answer": "proposed", "words": "门诊后"} | times


async def test_who_declines_says_why(call: Call, submitted: Made, world: World, venue: UUID) -> None:
    id = await make_booked(call, submitted, world, venue)
    status, problem = await act(call, "expert", id, "answer", {"answer": "declined", "words": "  "})
    assert (status, problem["reason"]) == (422, "reason_needed")


async def test_a_required_expert_who_had_accepted_may_decline_and_the_time_is_certain_no_longer(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await booked_with(call, submitted, world, venue)
    for who in ("expert", "neurologist"):
        await act(call, who, id, "answer", ACCEPTED)
    assert await state_of(call, id) == "scheduled"
    assert "unconfirm" in (await call("neurologist", "GET", f"/consultations/{id}"))[1]["actions"]
    assert (await act(call, "neurologist", id, "answer", DECLINED))[1]["state"] == "scheduling"
    assert await home_kinds(call, "coordinator") == ["book"]
    assert "neurologist" not in await taken(world), "their time is free at once"


async def test_an_expert_who_is_not_on_it_answers_nothing(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    body = {"staff_id": str(world.ids["expert2"])}
    assert (await call("coordinator", "POST", f"/consultations/{id}/experts", json=body))[0] == 200
    version = await version_of(call, "coordinator", id)
    assert (await call("neurologist", "POST", f"/consultations/{id}/answer", match=version, json=DECLINED))[0] == 404


@pytest.mark.usefixtures("equals")
async def test_an_equal_who_is_free_is_offered_and_taken_in_one_step(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await booked_with(call, submitted, world, venue)
    await act(call, "expert", id, "answer", ACCEPTED)
    await act(call, "neurologist", id, "answer", DECLINED)
    (said,) = (await answers(call, id))["declined"]
    assert (said["words"], [each["name"] for each in said["substitutes"]]) == ("当天手术", ["expert2"])
    status, changed = await replaced(call, id, world, "neurologist", "expert2")
    assert status == 200, changed
    assert {"expert", "expert2"} <= await taken(world)
    assert "neurologist" not in await taken(world)
    assert (await home_kinds(call, "coordinator"), await home_kinds(call, "expert2")) == ([], ["invite"])
    assert (await call("neurologist", "GET", f"/consultations/{id}"))[0] == 404
    assert (await act(call, "expert2", id, "answer", ACCEPTED))[1]["state"] == "scheduled"
    (booking,) = await rows(world.db, Booking)
    told = [each.type for each in await rows(world.db, EventRow)]
    assert booking.starts_at == AT
    assert (told.count("participant.added"), told.count("participant.removed")) == (2, 1)


@pytest.mark.usefixtures("equals")
async def test_who_is_taken_then_or_has_less_title_or_another_specialty_is_not_offered(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await booked_with(call, submitted, world, venue, "expert2")
    await act(call, "expert2", id, "answer", DECLINED)
    assert await offered(call, id) == [], "the neurologist is below a chief"
    status, problem = await replaced(call, id, world, "expert2", "neurologist")
    assert (status, problem["reason"]) == (409, "not_equal")
    await busy(call, "expert2")
    status, problem = await replaced(call, id, world, "expert2", "expert")
    assert (status, problem["reason"]) == (409, "not_equal"), "a cardiologist"


@pytest.mark.usefixtures("equals")
async def test_a_substitute_who_was_booked_meanwhile_leaves_everything_as_it_was(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await booked_with(call, submitted, world, venue)
    await act(call, "neurologist", id, "answer", DECLINED)
    assert await offered(call, id) == ["expert2"]
    await busy(call, "expert2")
    assert await offered(call, id) == []
    status, problem = await replaced(call, id, world, "neurologist", "expert2")
    assert (status, problem["reason"]) == (409, "person_taken")
    assert world.ids["neurologist"] in {each.staff_id for each in await rows(world.db, Participant)}
    assert await home_kinds(call, "coordinator") == ["book"]


@pytest.mark.usefixtures("equals")
async def test_another_who_cannot_come_keeps_the_coordinator_asked(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await booked_with(call, submitted, world, venue)
    await act(call, "neurologist", id, "answer", DECLINED)
    await act(call, "expert", id, "answer", proposal(1))
    assert (await replaced(call, id, world, "neurologist", "expert2"))[0] == 200
    assert "book" in await home_kinds(call, "coordinator")


async def test_the_lead_who_declines_is_replaced_as_ever_and_the_branch_names_its_own(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    await act(call, "expert", id, "answer", DECLINED)
    await act(call, "doctor", id, "answer", DECLINED)
    said = {each["role"]: each["substitutes"] for each in (await answers(call, id))["declined"]}
    assert said["accompanying"] == []
    instead = {"staff_id": str(world.ids["expert2"]), "code": "declined"}
    assert (await act(call, "coordinator", id, "lead/substitute", instead))[0] == 200
    assert [each["role"] for each in (await answers(call, id))["declined"]] == ["accompanying"]


async def test_a_proposed_time_that_fits_is_a_move_which_its_proposer_has_accepted(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    (before,) = await rows(world.db, Booking)
    number = (await call("doctor", "GET", f"/consultations/{id}"))[1]["number"]
    assert (await act(call, "expert", id, "answer", proposal(2)))[1]["state"] == "scheduling"
    (said,) = (await answers(call, id))["proposed"]
    assert (said["fits"], said["clashes"], said["venue_id"]) == (True, [], str(venue))
    move = {key: said[key] for key in ("starts_at", "ends_at", "venue_id", "branch_venue_id", "venue_ids")}
    status, changed = await act(call, "coordinator", id, "booking", move)
    assert (status, changed["state"]) == (200, "scheduled"), "within the wishes both have accepted it"
    (after,) = await rows(world.db, Booking)
    assert (after.id, after.starts_at) == (before.id, AT + timedelta(hours=2))
    page = (await call("doctor", "GET", f"/consultations/{id}"))[1]
    assert page["number"] == number
    assert [each["type"] for each in page["history"]].count("consultation.booked") == 2
    assert (await answers(call, id)) == {"declined": [], "proposed": []}


async def test_a_proposed_time_names_what_stands_in_its_way(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await booked_with(call, submitted, world, venue, required=False)
    await busy(call, "doctor", 2)
    await busy(call, "neurologist", 4)
    await act(call, "expert", id, "answer", proposal(2))
    (said,) = (await answers(call, id))["proposed"]
    assert (said["fits"], [(each["name"], each["kind"]) for each in said["clashes"]]) == (
        False,
        [("doctor", "surgery")],
    )
    await act(call, "expert", id, "answer", proposal(4))
    (said,) = (await answers(call, id))["proposed"]
    assert (said["fits"], [each["name"] for each in said["clashes"]]) == (True, ["neurologist"]), "who is optional"
    clock.now = AT + timedelta(hours=4)
    assert (await answers(call, id))["proposed"] == [], "it has begun"


async def test_another_room_is_taken_where_the_booked_one_is_not_free(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    start = AT + timedelta(hours=2)
    entry = {"kind": "maintenance", "starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=1)).isoformat()}
    entry |= {"resource_id": str(venue)}
    assert (await call("coordinator", "POST", "/calendar/busy", json=entry))[0] == 201
    await act(call, "expert", id, "answer", proposal(2))
    (said,) = (await answers(call, id))["proposed"]
    assert (said["fits"], said["venue_id"]) == (False, None)
    async with world.db.write() as db:
        room = Resource(kind=ResourceKind.venue, hospital_id="ruijin", name="会诊室 2", name_en="Room 2")
        db.add(room)
    (said,) = (await answers(call, id))["proposed"]
    assert (said["fits"], said["venue_id"]) == (True, str(room.id))


async def test_only_who_arranges_it_reads_the_answers_and_takes_a_substitute(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await booked_with(call, submitted, world, venue)
    for who, status in (("expert", 403), ("doctor", 403), ("dispatcher", 403)):
        assert (await call(who, "GET", f"/consultations/{id}/answers"))[0] == status
    assert (await replaced(call, id, world, "neurologist", "expert2", "expert"))[0] == 403
