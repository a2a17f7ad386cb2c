"""Where nobody at the hub may reassess it, the branch takes note; with another consent the hub is asked after all."""

from datetime import timedelta

import pytest

from telemed.access import grants
from telemed.cases.events import ConsentWithdrawn
from telemed.cases.model import Consent, ConsentKind
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.studies.model import LinkState
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import act, told
from tests.telemed.consultations.owed import hear, running, withdraw_consent
from tests.telemed.opinions.helpers import (
    board,
)
from tests.telemed.opinions.recalled import (
    HUB,
    asked,
    decided,
    given_again,
    make_over,
    make_signed,
    seen_by,
    take_note,
)


@pytest.mark.parametrize("state", [State.signed, State.archived])
async def test_without_a_consent_the_branch_takes_note_and_the_hub_sees_nothing(
    call: Call, world: World, clock: FakeClock, state: State
) -> None:
    id = await make_signed(call, world) if state is State.signed else await make_over(call, world, clock, state)
    await withdraw_consent(world, call, id, clock.now)
    await decided(world, LinkState.rejected, clock.now)
    assert await seen_by(call, id, *HUB) == []
    assert await asked(call, "reassess", *HUB, "doctor") == []
    assert await asked(call, "recall", *HUB, "doctor", "chief") == ["doctor"]
    found = await board(call, str(id), "chief")
    assert (found["reassessing"], found["may"]["take_note"]) == ("no_consent", True)
    assert (await board(call, str(id), "nurse"))["may"]["take_note"] is False
    (deadline,) = await running(world, "recall")
    hour = timedelta(hours=1)
    rungs = ("doctor", 0 * hour), ("chief", hour), ("reviewer", 3 * hour), ("chief", 4 * hour)  # and so again
    for who, later in rungs:
        assert await told(world, clock, deadline.due_at + later, "recall") == {who}
    assert (await take_note(call, id, "nurse"))[0] == 403
    status, found = await take_note(call, id, "reviewer")
    assert (status, found["reassessing"], found["may"]["take_note"]) == (200, "no_consent", False)
    assert await asked(call, "recall", "doctor") == []
    assert await running(world, "recall") == []
    history = (await call("doctor", "GET", f"/consultations/{id}"))[1]["history"]
    assert [each["actor_name"] for each in history if each["type"] == "opinion.recall_noted"] == ["reviewer"]
    status, problem = await take_note(call, id, "doctor")
    assert (status, problem["reason"]) == (409, "not_recalled")


async def test_a_consent_that_is_withdrawn_takes_it_from_the_hub_and_another_brings_it_back(
    call: Call, world: World, clock: FakeClock
) -> None:
    id = await make_over(call, world, clock, State.archived)
    await decided(world, LinkState.rejected, clock.now)
    await withdraw_consent(world, call, id, clock.now)
    assert await seen_by(call, id, *HUB) == []
    assert await asked(call, "reassess", *HUB, "doctor") == []
    assert await running(world, "reassessment") == []
    assert (await take_note(call, id, "doctor"))[0] == 200
    assert (await call("doctor", "GET", f"/requests/{id}"))[1]["may_take_consent"] is True
    consent = await given_again(call, world, id, clock.now)
    assert (await call("doctor", "GET", f"/requests/{id}"))[1]["may_take_consent"] is False
    assert await seen_by(call, id, *HUB) == ["expert", "coordinator"]
    assert await asked(call, "reassess", *HUB, "doctor") == ["expert", "doctor"]
    assert await asked(call, "consent", "doctor") == ["doctor"]  # its paper
    (deadline,) = await running(world, "reassessment")
    assert deadline.partner_id == "ruijin"
    async with world.db.write() as db:
        (await db.get_one(Consent, consent)).withdrawn_at = clock.now
        await grants.end(db, id, clock.now)
    lost = ConsentWithdrawn(id=consent, number="C", kind=ConsentKind.telephone, reason="", still_consented=False)
    await hear(world, id, lost, clock.now)
    assert await asked(call, "recall", "doctor") == ["doctor"]


async def test_whoever_has_taken_note_is_not_asked_again_for_the_same_images(
    call: Call, world: World, clock: FakeClock
) -> None:
    id = await make_signed(call, world)
    await withdraw_consent(world, call, id)
    await decided(world, LinkState.rejected, NOW)
    assert (await take_note(call, id, "doctor2"))[0] == 200
    (consent,) = await rows(world.db, Consent)
    again = ConsentWithdrawn(id=consent.id, number="C", kind=consent.kind, reason="", still_consented=False)
    await hear(world, id, again)
    assert await asked(call, "recall", "doctor") == []


async def test_reopened_and_then_called_off_the_branch_takes_note_of_what_nobody_reassesses(
    call: Call, world: World
) -> None:
    id = await make_signed(call, world)
    await decided(world, LinkState.rejected, NOW)
    async with world.db.write() as db:
        (await db.get_one(Consultation, id)).state = State.closed
    assert (await act(call, "doctor", id, "reopen", {"reason": "影像非本患者"}))[0] == 200
    assert await asked(call, "reassess", *HUB, "doctor") == ["expert", "doctor"]
    assert (await act(call, "doctor", id, "cancel", {"code": "transferred", "reason": ""}))[0] == 200
    assert await asked(call, "reassess", *HUB, "doctor") == []
    assert await asked(call, "recall", "doctor") == ["doctor"]
    assert (await board(call, str(id)))["reassessing"] == "called_off"
    assert (await take_note(call, id, "doctor"))[0] == 200


async def test_a_case_that_no_consent_names_the_hub_for_waits_for_the_requesting_doctor(
    call: Call, world: World
) -> None:
    id = await make_signed(call, world)
    async with world.db.write() as db:
        (await db.get_one(Consultation, id)).state = State.answering
    steps = (await call("doctor", "GET", f"/consultations/{id}"))[1]["steps"]
    assert [each["holder"] for each in steps if each["current"]] == ["lead"]
    await withdraw_consent(world, call, id)
    steps = (await call("doctor", "GET", f"/consultations/{id}"))[1]["steps"]
    assert [each["holder"] for each in steps if each["current"]] == ["requester"]
