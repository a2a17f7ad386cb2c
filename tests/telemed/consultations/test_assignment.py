"""Whoever is no longer assigned sees the case no longer; a reopened consultation comes to a signature again."""

from datetime import timedelta
from uuid import UUID

from telemed.access.model import Account, CaseGrant
from telemed.consultations.model import Consultation
from telemed.consultations.words import Mode, State, Urgency
from telemed.db import Database
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import (
    INSTEAD_OF_LEAD,
    act,
    home_kinds,
    instead,
    make_approved,
    pass_time,
)
from tests.telemed.consultations.conftest import Made
from tests.telemed.opinions.helpers import HASH, opinion, save, sign


async def _sees(call: Call, who: str, id: UUID) -> bool:
    return (await call(who, "GET", f"/consultations/{id}"))[0] == 200


async def test_a_department_that_gives_it_back_sees_it_no_longer(call: Call, submitted: Made, world: World) -> None:
    id = await make_approved(call, submitted)
    await act(call, "coordinator", id, "accept", {"department_id": str(world.departments["ruijin", "cardiology"])})
    assert await _sees(call, "dispatcher", id)
    assert (await act(call, "dispatcher", id, "give-back", {"reason": "本科今日无人"}))[0] == 200
    assert not await _sees(call, "dispatcher", id)


async def test_a_department_that_names_nobody_in_time_is_asked_no_longer(
    call: Call, submitted: Made, world: World
) -> None:
    id = await make_approved(call, submitted)
    await act(call, "coordinator", id, "accept", {"department_id": str(world.departments["ruijin", "cardiology"])})
    await pass_time(world, NOW + timedelta(hours=3))
    assert [await home_kinds(call, who) for who in ("dispatcher", "coordinator")] == [["name_lead"], []]
    for _ in range(2):
        await pass_time(world, NOW + timedelta(hours=5))
    assert [await home_kinds(call, who) for who in ("dispatcher", "coordinator")] == [[], ["name_lead"]]
    assert not await _sees(call, "dispatcher", id)


async def test_once_a_stat_call_is_taken_it_is_soon_closed_to_those_it_rang_for(
    call: Call, submitted: Made, clock: FakeClock
) -> None:
    id = await submitted(urgency=Urgency.stat)
    assert await _sees(call, "expert2", id)
    assert (await act(call, "expert", id, "take", {}))[0] == 200
    assert await _sees(call, "expert2", id)  # a moment slower, they still see who has it
    clock.move(minutes=11)
    assert [await _sees(call, who, id) for who in ("expert", "expert2")] == [True, False]


async def test_who_joined_as_a_guest_may_write_once_they_are_the_lead(
    call: Call, submitted: Made, world: World, db: Database
) -> None:
    id = await submitted(urgency=Urgency.stat)
    await act(call, "expert", id, "take", {})
    await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2"))
    live = [each for each in await rows(db, CaseGrant) if each.grantee == str(world.ids["expert2"])]
    assert [each.allows for each in live] == [["annotate", "download", "read", "write_opinion"]]


async def test_a_reopened_consultation_comes_to_a_second_signature_and_closes_again(
    call: Call, submitted: Made, world: World, db: Database, clock: FakeClock
) -> None:
    id = await make_approved(call, submitted, mode=Mode.written)
    await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids["expert"])})
    async with db.write() as session:
        (await session.get_one(Account, world.ids["expert"])).password_hash = HASH

    async def opine(version: int, **more: str) -> None:
        content = opinion(advice=[], medicines=[], **more) | {"no_advice": True}
        status, draft = await save(call, str(id), version, content)
        assert status == 200, draft
        assert (await sign(call, str(id), draft["version"]))[0] == 200

    async def acknowledge() -> str:
        assert await home_kinds(call, "doctor") == ["acknowledge"]
        assert (await act(call, "doctor", id, "acknowledgement", {"answers": []}))[0] == 200
        return str((await call("doctor", "GET", f"/consultations/{id}"))[1]["state"])

    await opine(0)
    assert await acknowledge() == "closed"
    clock.move(days=3)
    assert (await act(call, "doctor", id, "reopen", {"reason": "病情变化"}))[1]["state"] == "answering"
    clock.move(days=5)  # past the end of what was granted for the first one
    assert await home_kinds(call, "expert") == ["sign"]
    path = f"/consultations/{id}/opinion/amendment"
    status, draft = await call("expert", "POST", path, json={"reason": "病情变化后再评估"})
    assert status == 201, draft
    await opine(draft["version"], analysis="复查后破口稳定。")
    (row,) = await rows(db, Consultation)
    assert row.state is State.signed
    assert await acknowledge() == "closed"
    assert row.sign_due_at == NOW + timedelta(days=4)


async def test_one_that_was_made_written_may_meet_once_it_is_reopened(
    call: Call, submitted: Made, world: World, db: Database, clock: FakeClock
) -> None:
    id = await make_approved(call, submitted)
    await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids["expert"])})
    assert (await act(call, "expert", id, "written", {"reason": "会面不便"}))[0] == 200
    async with db.write() as session:
        (await session.get_one(Account, world.ids["expert"])).password_hash = HASH
    status, draft = await save(call, str(id), 0, opinion(advice=[], medicines=[]) | {"no_advice": True})
    assert status == 200, draft
    assert (await sign(call, str(id), draft["version"]))[0] == 200
    assert (await act(call, "doctor", id, "acknowledgement", {"answers": []}))[0] == 200
    assert "book" not in await home_kinds(call, "coordinator")

    assert (await act(call, "doctor", id, "reopen", {"reason": "双方希望面谈"}))[1]["state"] == "accepted"
    assert "book" in await home_kinds(call, "coordinator")
    assert (await call("doctor", "GET", f"/consultations/{id}"))[1]["mode"] == "live"
