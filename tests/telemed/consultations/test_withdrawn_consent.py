"""A consent was withdrawn and no other is in force: somebody is asked what now, and the hub is told nothing."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.cases.events import ConsentRecorded
from telemed.cases.model import Consent, ConsentKind
from telemed.consultations.rules.content import NamedStudy
from telemed.consultations.words import Urgency
from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.consultations.actions import act, home_kinds, make_approved, told
from tests.telemed.consultations.conftest import Made, everything_ready
from tests.telemed.consultations.owed import hear, running, withdraw_consent
from tests.telemed.consultations.second_hub import HUB, open_second_hub


async def test_without_consent_the_doctor_is_asked_for_another_or_to_cancel_and_the_hub_is_told_nothing(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    await everything_ready(world, id)
    await withdraw_consent(world, call, id)
    assert await home_kinds(call, "doctor") == ["renew"]
    (deadline,) = await running(world, "renewal")
    assert await told(world, clock, deadline.due_at) == {"doctor"}  # and no coordinator, of accepting it
    for minutes, who in ((10, "chief"), (20, "duty"), (80, "reviewer"), (320, "duty"), (560, "duty")):
        assert await told(world, clock, deadline.due_at + timedelta(minutes=minutes), "renewal") == {who}
    assert (await call("coordinator", "GET", "/home/exceptions"))[1]["items"] == []


async def test_with_another_consent_nobody_is_asked_any_more_and_the_hub_is_told_again_of_what_is_late(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    await everything_ready(world, id)
    await withdraw_consent(world, call, id)
    clock.move(hours=5)
    async with world.db.write() as db:
        for each in (await db.exec(select(Consent).where(Consent.activity_id == id))).all():
            each.withdrawn_at = None
    await hear(world, id, ConsentRecorded(id=id, number="C", kind=ConsentKind.patient, scopes=(), paper_due=False))
    assert await running(world, "renewal") == []
    assert await home_kinds(call, "doctor") == []
    assert await told(world, clock, NOW + timedelta(hours=5, minutes=1), "acceptance") == {"hub_duty"}
    (found,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    assert found["ladder"] == "acceptance"


async def test_what_the_branch_was_told_to_do_meanwhile_stands(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(
        call, submitted, studies=[NamedStudy(description="主动脉 CTA")], images_from_radiographer=True
    )
    await everything_ready(world, id)
    (deadline,) = await running(world, "images")
    assert "radiographer" in await told(world, clock, deadline.due_at, "images")
    await withdraw_consent(world, call, id)
    _, found = await call("radiographer", "GET", "/home/notices")
    assert (found["new"], [each["ended_at"] for each in found["items"]]) == (1, [None])


async def test_a_consultation_that_is_cancelled_for_want_of_a_consent_asks_for_none(
    world: World, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    await everything_ready(world, id)
    await withdraw_consent(world, call, id)
    assert (await act(call, "doctor", id, "cancel", {"code": "refused", "reason": ""}))[0] == 200
    assert await running(world, "renewal") == []
    assert await home_kinds(call, "doctor") == []


@pytest.mark.parametrize("elsewhere", [False, True], ids=["withdrawn", "redirected"])
async def test_an_emergency_recorded_in_place_of_a_lost_consent_rings_at_once_and_waits_for_no_tap(
    world: World, call: Call, submitted: Made, elsewhere: bool
) -> None:
    await open_second_hub(world)
    id = await submitted(urgency=Urgency.stat)
    await everything_ready(world, id)
    if elsewhere:
        body = {"hub_id": HUB, "code": "no_expert", "reason": ""}
        assert (await act(call, "coordinator", id, "redirect", body))[0] == 200
    else:
        await withdraw_consent(world, call, id)
    expert = "their_expert" if elsewhere else "expert"
    assert await running(world, "stat") == []
    assert (await call(expert, "GET", f"/consultations/{id}"))[0] == 404
    emergency = {"kind": "emergency", "reason": "生命垂危", "attempts": "两次致电其子，无人接听"}
    status, made = await call("doctor", "POST", f"/consultations/{id}/consents", json=emergency)
    assert (status, made["state"]) == (201, "approval")
    await hear(world, id, ConsentRecorded(id=UUID(made["id"]), number="", kind=ConsentKind.emergency))
    assert len(await running(world, "stat")) == 1
    assert "renew" not in await home_kinds(call, "doctor")
    status, taken = await act(call, expert, id, "take", {})
    assert (status, taken["state"]) == (200, "accepted")
