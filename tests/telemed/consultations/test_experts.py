"""An expert is added from the hub's staff before and during the session, and then takes part like any other."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import Account, CaseGrant
from telemed.activities.model import Participant
from telemed.app import kinds
from telemed.audit.model import AuditEvent
from telemed.bridge.grants import by_activity
from telemed.consultations.words import State, Urgency
from telemed.history.model import EventRow
from telemed.work.model import WorkItem, WorkKind
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.consultations.actions import (
    AT,
    INSTEAD_OF_LEAD,
    act,
    home_kinds,
    instead,
    make_approved,
    make_booked,
    make_scheduled,
    state_of,
    tell_fact,
    version_of,
)
from tests.telemed.consultations.conftest import STUDY, Made, everything_ready
from tests.telemed.opinions.helpers import HASH, consultation, opinion, save, take_stand

BEFORE_OR_DURING = ("accepted", "scheduling", "scheduled", "ready", "in_progress", "interrupted", "answering")


async def _add(call: Call, world: World, who: str | None, id: UUID | str, whom: str) -> tuple[int, Any]:
    return await call(who, "POST", f"/consultations/{id}/experts", json={"staff_id": str(world.ids[whom])})


async def _remove(call: Call, world: World, who: str | None, id: UUID | str, whom: str) -> tuple[int, Any]:
    return await call(who, "DELETE", f"/consultations/{id}/experts/{world.ids[whom]}")


async def _part(world: World, whom: str) -> tuple[str, bool, str] | None:
    found = [each for each in await rows(world.db, Participant) if each.staff_id == world.ids[whom]]
    return (found[0].role, found[0].required, found[0].answer) if found else None


@pytest.mark.parametrize("who", ["expert", "coordinator"])
async def test_an_added_expert_sees_the_case_and_its_study_and_comes_in_without_knocking(
    call: Call, submitted: Made, world: World, venue: UUID, who: str
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    assert (await call("expert2", "GET", f"/consultations/{id}"))[0] == 404
    before = await version_of(call, who, id)
    status, changed = await _add(call, world, who, id, "expert2")
    assert (status, changed["version"]) == (200, before), "nobody else's click goes stale"
    assert (await call("expert2", "GET", f"/consultations/{id}"))[1]["studies"][0]["study_uid"] == STUDY
    _, ticket = await call("expert2", "POST", f"/rooms/{id}/ticket", json={})
    assert (ticket["role"], ticket["booked"], ticket["admits"]) == ("expert", True, False)
    async with world.db.read() as db:
        opened = (await by_activity(db, kinds(), NOW, {}, [id]))[id].values()
    assert (str(world.ids["expert2"]), STUDY) in {(each.subject, each.study_uid) for each in opened}
    (event,) = [each for each in await rows(world.db, EventRow) if each.type == "participant.added"]
    assert (event.data["staff_id"], event.data["name"]) == (str(world.ids["expert2"]), "expert2")
    assert "consultation.add_expert" in [each.action for each in await rows(world.db, AuditEvent)]


async def test_a_second_click_changes_nothing_and_the_lead_stays_the_lead(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    for whom in ("expert2", "expert2", "expert"):
        assert (await _add(call, world, "coordinator", id, whom))[0] == 200
    added = [each for each in await rows(world.db, EventRow) if each.type == "participant.added"]
    grants = [each for each in await rows(world.db, CaseGrant) if each.grantee == str(world.ids["expert2"])]
    assert (len(added), len(grants)) == (1, 1)
    assert await home_kinds(call, "expert2") == ["invite"]
    assert await _part(world, "expert") == ("lead", True, "accepted")


async def test_the_invitation_of_an_added_expert_says_that_they_will_have_no_sound_and_picture(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await _add(call, world, "coordinator", id, "expert2")
    notes = {each.staff_id: each.note for each in await rows(world.db, WorkItem) if each.kind is WorkKind.invite}
    assert (notes[world.ids["expert2"]], notes[world.ids["expert"]]) == ({"no_media": True}, {})


async def test_only_the_lead_and_the_hubs_coordinator_add(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await _add(call, world, "expert", id, "expert2")
    refused = {None: 401, "doctor": 403, "expert2": 403, "dispatcher": 403, "neurologist": 404, "jiashan_doctor": 403}
    for who, status in refused.items():
        assert (await _add(call, world, who, id, "neurologist"))[0] == status, who
        assert (await _remove(call, world, who, id, "expert2"))[0] == status, who
    assert (await _part(world, "neurologist"), await _part(world, "expert2")) == (None, ("expert", False, "invited"))


@pytest.mark.parametrize("whom", ["doctor", "jiashan_doctor", "coordinator", "dispatcher"])
async def test_who_is_no_expert_of_the_hub_is_not_added(
    call: Call, submitted: Made, world: World, venue: UUID, whom: str
) -> None:
    id = await make_booked(call, submitted, world, venue)
    before = await _part(world, whom)
    status, problem = await _add(call, world, "coordinator", id, whom)
    assert (status, problem["reason"]) == (422, "not_an_expert")
    assert await _part(world, whom) == before
    path = f"/consultations/{id}/experts"
    assert (await call("coordinator", "POST", path, json={"staff_id": str(id)}))[0] == 404


@pytest.mark.parametrize("state", list(State))
async def test_experts_are_added_from_the_acceptance_to_the_signature(call: Call, world: World, state: State) -> None:
    id = await consultation(world, state)
    status, _ = await _add(call, world, "expert", id, "expert2")
    fits = state in BEFORE_OR_DURING
    seen, page = await call("expert", "GET", f"/consultations/{id}")
    if seen == 404:  # a draft is the branch's own
        assert (status, fits) == (404, False)
    else:
        assert (status, page["may_add_expert"]) == (200 if fits else 409, fits)
    assert (await _part(world, "expert2") is not None) is fits


async def test_the_page_says_who_may_add(call: Call, submitted: Made, world: World, venue: UUID) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    may = [
        (await call(who, "GET", f"/consultations/{id}"))[1]["may_add_expert"]
        for who in ("expert", "coordinator", "doctor")
    ]
    assert may == [True, True, False]
    await _add(call, world, "expert", id, "expert2")
    _, page = await call("expert", "GET", f"/consultations/{id}")
    removable = {each["person"]["name"]: each["removable"] for each in page["participants"]}
    assert removable == {"expert": False, "doctor": False, "expert2": True}


async def test_who_need_not_come_is_asked_and_holds_up_nobody(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    await _add(call, world, "coordinator", id, "expert2")
    await _add(call, world, "coordinator", id, "neurologist")
    assert (await act(call, "expert", id, "answer", {"answer": "accepted"}))[1]["state"] == "scheduled"
    assert (await act(call, "expert2", id, "answer", {"answer": "declined", "words": "门诊"}))[1][
        "state"
    ] == "scheduled"
    assert (await home_kinds(call, "expert2"), await home_kinds(call, "neurologist")) == ([], ["invite"])
    await everything_ready(world, id)
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", NOW)
    assert await state_of(call, id) == "in_progress"
    assert await home_kinds(call, "neurologist") == [], "it has begun: there is nothing left to answer"


async def test_who_was_added_before_the_booking_is_asked_with_it_and_again_with_the_next(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids["expert"])})
    await _add(call, world, "expert", id, "expert2")
    assert await home_kinds(call, "expert2") == []
    for hours in (0, 2):
        start = AT + timedelta(hours=hours)
        book = {"starts_at": start.isoformat(), "ends_at": (start + timedelta(minutes=30)).isoformat()}
        status, out = await act(call, "coordinator", id, "booking", book | {"venue_id": str(venue)})
        assert status == 200, out
        assert await home_kinds(call, "expert2") == ["invite"]


async def test_called_into_a_stat_call_they_answer_nothing_and_may_become_the_lead(
    call: Call, submitted: Made, world: World
) -> None:
    id = await submitted(urgency=Urgency.stat)
    await act(call, "expert", id, "take", {})
    await _add(call, world, "expert", id, "neurologist")
    assert await _part(world, "neurologist") == ("expert", False, "accepted")
    await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "neurologist"))
    assert await _part(world, "neurologist") == ("lead", True, "accepted")


async def test_a_guest_who_is_an_expert_of_the_hub_becomes_one_of_the_call(
    call: Call, submitted: Made, world: World
) -> None:
    id = await submitted(urgency=Urgency.stat)
    await act(call, "expert", id, "take", {})
    await tell_fact(world, id, "expert2", "member.joined", NOW)
    assert await _part(world, "expert2") == ("guest", False, "accepted")
    await _add(call, world, "expert", id, "expert2")
    assert await _part(world, "expert2") == ("expert", False, "accepted")
    assert (await _remove(call, world, "expert", id, "expert2"))[0] == 409, "they have been in the room"


async def test_who_was_added_by_mistake_is_taken_out_and_sees_the_case_no_longer(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await _add(call, world, "expert", id, "expert2")
    assert (await _remove(call, world, "expert", id, "expert"))[0] == 404, "the lead is no added expert"
    assert (await _remove(call, world, "coordinator", id, "expert2"))[0] == 200
    assert (await _remove(call, world, "coordinator", id, "expert2"))[0] == 404
    assert (await call("expert2", "GET", f"/consultations/{id}"))[0] == 404
    assert (await home_kinds(call, "expert2"), await _part(world, "expert2")) == ([], None)


async def test_an_added_expert_co_signs(call: Call, world: World) -> None:
    id = await consultation(world)
    await save(call, id, 0, opinion())
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["neurologist"])).password_hash = HASH
    assert (await _add(call, world, "expert", id, "neurologist"))[0] == 200
    status, out = await take_stand(call, id, "neurologist", "co_signed")
    assert status == 200, out
    assert (await _remove(call, world, "expert", id, "neurologist"))[0] == 409
