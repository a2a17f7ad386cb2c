"""A signed opinion on images that are not the patient's is reassessed by somebody of the hub, however late."""

from datetime import timedelta

import pytest
from sqlmodel import select

from telemed.access import grants
from telemed.access.model import CaseGrant, Role
from telemed.consultations.model import Consultation
from telemed.consultations.service import close_when_done
from telemed.consultations.words import State
from telemed.opinions.model import Opinion
from telemed.studies.model import LinkState
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import INSTEAD_OF_LEAD, act, instead, pass_time, state_of, told
from tests.telemed.consultations.owed import running
from tests.telemed.opinions.helpers import (
    board,
    booked,
    sign,
    take_stand,
    text_of,
)
from tests.telemed.opinions.recalled import HUB, amended, asked, decided, make_over, make_signed, seen_by


@pytest.mark.parametrize("state", [State.closed, State.archived])
async def test_it_is_opened_again_to_the_hub_amended_by_another_lead_and_closes_a_week_later(
    call: Call, world: World, clock: FakeClock, state: State
) -> None:
    id = await make_over(call, world, clock, state)
    await decided(world, LinkState.rejected, clock.now)
    assert await seen_by(call, id, *HUB) == ["expert", "coordinator"]
    assert await asked(call, "reassess", *HUB, "doctor") == ["expert", "doctor"]
    status, changed = await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2"))
    assert (status, changed["state"]) == (200, state), changed
    assert await asked(call, "reassess", *HUB, "doctor") == ["expert2", "doctor"]
    assert await seen_by(call, id, *HUB) == ["expert", "expert2", "coordinator"]  # who signed reads on
    await amended(call, id, "expert2")
    assert await asked(call, "reassess", *HUB, "doctor") == []
    assert await running(world, "reassessment") == []
    found = await board(call, str(id))
    assert (found["state"], found["reassessing"], [each["number"] for each in found["signed"]]) == (state, None, [2, 1])
    for each, said in zip(found["signed"], ("更正件v2", "远程会诊记录单"), strict=True):
        status, pdf = await call("doctor", "GET", f"/opinions/{each['id']}/record")
        assert (status, said in text_of(pdf)) == (200, True)
    assert [page["kind"] for page in found["signed"][1]["pages"]] == ["recalled", "amended"]
    clock.move(days=6)
    assert await seen_by(call, id, *HUB) == ["expert", "expert2", "coordinator"]
    clock.move(days=2)
    assert await seen_by(call, id, *HUB) == []


@pytest.mark.parametrize("state", [State.closed, State.archived])
async def test_an_expert_on_the_booking_is_reminded_of_the_amendment_until_it_is_signed(
    call: Call, world: World, clock: FakeClock, state: State
) -> None:
    id = await make_signed(call, world)
    await booked(world, str(id), "expert2")
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        row.state = state
        await grants.end(db, id, NOW)
    clock.move(days=40)
    await decided(world, LinkState.rejected, clock.now)
    assert await seen_by(call, id, "expert2") == ["expert2"]
    assert await asked(call, "co_sign", "expert2") == []  # not of what must not be relied on
    path = f"/consultations/{id}/opinion/amendment"
    _, draft = await call("expert", "POST", path, json={"reason": "影像非本患者"})
    assert await asked(call, "co_sign", "expert2") == ["expert2"]
    status, out = await take_stand(call, str(id), "expert2", "co_signed")
    assert status == 200, out
    assert await asked(call, "co_sign", "expert2") == []
    assert (await sign(call, str(id), draft["version"]))[0] == 200
    (newest, _) = (await board(call, str(id)))["signed"]
    assert [each["kind"] for each in newest["stands"]] == ["co_signed"]
    assert await asked(call, "co_sign", "expert2", "expert") == []


async def test_whom_the_ladder_tells_sees_it_too(call: Call, world: World, clock: FakeClock) -> None:
    id = await make_over(call, world, clock, State.archived)
    await decided(world, LinkState.rejected, clock.now)
    (deadline,) = await running(world, "reassessment")
    assert await told(world, clock, deadline.due_at, "reassessment") == {"doctor", "expert"}
    assert await told(world, clock, deadline.due_at + timedelta(minutes=10), "reassessment") == {"coordinator"}
    assert await told(world, clock, deadline.due_at + timedelta(minutes=20), "reassessment") == {"hub_duty"}
    assert await seen_by(call, id, "hub_duty") == ["hub_duty"]
    assert "replace_lead" in (await call("hub_duty", "GET", f"/consultations/{id}"))[1]["actions"]


async def test_the_images_are_the_patients_again_and_it_is_only_read(
    call: Call, world: World, clock: FakeClock
) -> None:
    id = await make_over(call, world, clock, State.archived)
    await decided(world, LinkState.rejected, clock.now)
    await decided(world, LinkState.confirmed, clock.now)
    assert await asked(call, "reassess", *HUB, "doctor") == []
    assert "replace_lead" not in (await call("coordinator", "GET", f"/consultations/{id}"))[1]["actions"]
    clock.move(days=8)
    assert await seen_by(call, id, *HUB) == []


async def test_closed_while_it_must_be_reassessed_it_stays_open_to_the_hub_until_it_is(
    call: Call, world: World, clock: FakeClock
) -> None:
    id = await make_signed(call, world)
    await decided(world, LinkState.rejected, NOW)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        row.state = State.executing
        await close_when_done(db, row, NOW)
    clock.move(days=45)
    await pass_time(world, clock.now)
    assert await state_of(call, id) == State.closed  # somebody is still asked
    assert await seen_by(call, id, *HUB) == ["expert", "coordinator", "hub_duty"]
    await amended(call, id, "expert")
    clock.move(days=8)
    assert await seen_by(call, id, *HUB) == []


async def test_only_who_amends_or_stands_by_it_is_let_in_again(call: Call, world: World, clock: FakeClock) -> None:
    id = await make_over(call, world, clock, State.archived)
    await decided(world, LinkState.rejected, clock.now)
    async with world.db.read() as db:
        live = select(CaseGrant).where(CaseGrant.activity_id == id, CaseGrant.until > clock.now)
        found = {each.grantee: set(each.allows) for each in (await db.exec(live)).all()}
    centre = grants.role_subject("ruijin", Role.coordinator)
    assert found.keys() == {str(world.ids["expert"]), centre}
    assert "write_opinion" in found[str(world.ids["expert"])]
    assert "write_opinion" not in found[centre]
    assert [each.number for each in await rows(world.db, Opinion)] == [1]
