"""A branch switches its endorsement or review on or off while requests wait: they wait for what holds now."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Uuid, bindparam, text

from telemed.access.model import Role
from telemed.consultations.model import Consultation
from telemed.consultations.service import settings_changed
from telemed.consultations.words import State, Urgency
from telemed.history.events import About
from telemed.history.model import EventRow
from telemed.people.events import SettingsChanged
from telemed.people.model import Hospital
from telemed.work.model import Deadline, WorkItem
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import act, home_kinds, state_of, told
from tests.telemed.consultations.conftest import Made
from tests.telemed.news import news


async def switch(call: Call, world: World, *, endorsement: bool, review: bool) -> None:
    (version,) = [each.version for each in await rows(world.db, Hospital) if each.id == "wuxi"]
    body: dict[str, Any] = {"endorsement": endorsement, "review": review, "coordinator_phone": ""}
    path = "/hospitals/wuxi/settings"
    assert (await call("wuxi_admin", "PUT", path, match=version, json=body))[0] == 200
    said = [each for each in await rows(world.db, EventRow) if each.type == SettingsChanged.type]
    heard = news(SettingsChanged.model_validate(said[-1].data), About(said[-1].hospital_id))
    for _ in range(2):  # heard twice, it is done once
        async with world.db.write() as db:
            await settings_changed(db, heard)


async def due(world: World) -> datetime:
    (running,) = [each for each in await rows(world.db, Deadline) if each.done_at is None and each.kind == "state"]
    return running.due_at


async def asked(world: World, id: UUID) -> list[tuple[str, str | None]]:
    open_ones = [each for each in await rows(world.db, WorkItem) if each.activity_id == id and each.done_at is None]
    return [(each.kind, each.role) for each in open_ones]


async def test_a_request_that_waited_for_the_senior_doctor_is_reviewed_once_no_endorsement_is_wanted(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    id = await submitted()
    await switch(call, world, endorsement=False, review=True)
    assert await asked(world, id) == [("review", Role.reviewer)]
    assert (await home_kinds(call, "chief"), await home_kinds(call, "reviewer")) == ([], ["review"])
    assert await told(world, clock, await due(world), "approval") == {"reviewer"}
    assert (await act(call, "reviewer", id, "approve"))[1]["state"] == "approved"


async def test_a_request_that_waited_for_its_review_is_endorsed_first_once_that_is_wanted(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    await switch(call, world, endorsement=False, review=True)
    id = await submitted()
    assert await asked(world, id) == [("review", Role.reviewer)]
    await switch(call, world, endorsement=True, review=True)
    assert await asked(world, id) == [("endorse", Role.senior_doctor)]
    assert await told(world, clock, await due(world), "approval") == {"chief"}
    assert (await act(call, "chief", id, "endorse"))[1]["state"] == "submitted"
    assert (await act(call, "reviewer", id, "approve"))[1]["state"] == "approved"


@pytest.mark.parametrize("endorsed", [True, False], ids=["endorsed", "not endorsed"])
async def test_a_request_goes_to_the_hub_by_itself_once_nothing_is_wanted_that_it_lacks(
    call: Call, world: World, submitted: Made, endorsed: bool
) -> None:
    id = await submitted()
    if endorsed:
        assert (await act(call, "chief", id, "endorse"))[0] == 200
    await switch(call, world, endorsement=endorsed, review=False)
    assert await state_of(call, id) == "approved"
    assert await asked(world, id) == [("accept", Role.coordinator)]
    assert "review" not in await home_kinds(call, "reviewer")


async def test_what_was_endorsed_waits_for_its_review_whatever_becomes_of_the_endorsement(
    call: Call, world: World, submitted: Made
) -> None:
    id = await submitted()
    assert (await act(call, "chief", id, "endorse"))[0] == 200
    for endorsement in (False, True):
        await switch(call, world, endorsement=endorsement, review=True)
        assert await asked(world, id) == [("review", Role.reviewer)]
    assert (await act(call, "reviewer", id, "approve"))[1]["state"] == "approved"


async def test_one_request_that_cannot_be_read_holds_up_no_other(call: Call, world: World, submitted: Made) -> None:
    unreadable, id = await submitted(), await submitted()
    async with world.db.write() as db:
        made = await db.connection()
        id_of = bindparam("id", unreadable, Uuid)
        await made.execute(text("UPDATE consultation SET request = '{' WHERE id = :id").bindparams(id_of))
    await switch(call, world, endorsement=False, review=False)
    assert await state_of(call, id) == "approved"
    assert await asked(world, unreadable) == [("endorse", Role.senior_doctor)]


async def test_the_duty_officer_who_is_asked_after_hours_goes_on_being_asked(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    id = await submitted()
    await told(world, clock, NOW.replace(hour=12))  # 20:00 in Shanghai
    clock.now = NOW  # before their sign-ins end
    assert ("review", Role.duty_officer) in await asked(world, id)
    await switch(call, world, endorsement=False, review=True)
    assert await asked(world, id) == [("review", Role.reviewer), ("review", Role.duty_officer)]
    assert (await act(call, "duty", id, "approve"))[1]["state"] == "approved"


async def test_other_branches_emergencies_and_what_is_approved_already_stay_as_they_are(
    call: Call, world: World, submitted: Made
) -> None:
    stat, others = await submitted(urgency=Urgency.stat), await submitted("jiashan_doctor")
    before = [await asked(world, each) for each in (stat, others)]
    await switch(call, world, endorsement=False, review=False)
    assert [await asked(world, each) for each in (stat, others)] == before
    assert {each.state for each in await rows(world.db, Consultation)} == {State.approved, State.submitted}
