"""A closed consultation is reopened: the hub is told again of what is due, and nobody of what cannot be done."""

from datetime import timedelta
from uuid import UUID

from telemed.consultations.model import Consultation
from telemed.consultations.words import Urgency
from telemed.work.model import Deadline, WorkItem, WorkKind
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.actions import INSTEAD_OF_LEAD, act, home_kinds, instead, told
from tests.telemed.consultations.conftest import everything_ready
from tests.telemed.consultations.owed import running, withdraw_consent
from tests.telemed.opinions.helpers import acknowledge, advice, board, opinion, save, sign, signed

AGAIN = {"reason": "病情变化"}


async def closed(call: Call, world: World) -> UUID:
    id, out = await signed(call, world, advice=[], medicines=[], no_advice=True)
    assert (await acknowledge(call, id, out))[0] == 200
    assert (await board(call, id))["state"] == "closed"
    return UUID(id)


async def amended(call: Call, id: UUID, reason: str) -> None:
    _, draft = await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": reason})
    content = opinion(advice=[advice("a1", "复查超声", due="days_3")], medicines=[])
    _, draft = await save(call, str(id), draft["version"], content)
    status, out = await sign(call, str(id), draft["version"])
    assert status == 200, out


async def test_the_hub_is_told_of_what_is_due_though_its_grants_had_ended(
    call: Call, world: World, clock: FakeClock
) -> None:
    id = await closed(call, world)
    clock.move(days=8)
    assert (await call("coordinator", "GET", f"/consultations/{id}"))[0] == 404
    assert (await act(call, "doctor", id, "reopen", AGAIN))[0] == 200
    assert (await call("coordinator", "GET", f"/consultations/{id}"))[0] == 200
    running = [each for each in await rows(world.db, Deadline) if each.done_at is None]
    assert {each.kind: each.partner_id for each in running} == {"state": "ruijin", "signing": "ruijin"}


async def test_whose_consent_was_withdrawn_meanwhile_is_asked_for_another(
    call: Call, world: World, clock: FakeClock
) -> None:
    id = await closed(call, world)
    await everything_ready(world, id)
    await withdraw_consent(world, call, id)
    assert (await act(call, "doctor", id, "reopen", AGAIN))[0] == 200
    assert (await call("coordinator", "GET", f"/consultations/{id}"))[0] == 404
    assert await home_kinds(call, "doctor") == ["renew"]
    (deadline,) = await running(world, "renewal")
    assert "doctor" in await told(world, clock, deadline.due_at)


async def test_of_an_emergency_a_coordinator_is_asked_at_once_how_they_meet_again(
    call: Call, world: World, clock: FakeClock
) -> None:
    id = await closed(call, world)
    async with world.db.write() as db:
        (await db.get_one(Consultation, id)).urgency = Urgency.stat
    assert (await act(call, "doctor", id, "reopen", AGAIN))[1]["state"] == "accepted"
    (asked,) = await time_asked(world, id)
    assert (asked.role, asked.note) == ("coordinator", {"reason": "reopened"})
    await told(world, clock, clock.now + timedelta(minutes=6))
    assert len(await time_asked(world, id)) == 1  # and not once more because it has not begun
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2")))[0] == 200
    assert await running(world, "lead_awaited") == []  # nobody is called into an empty room


async def time_asked(world: World, id: UUID) -> list[WorkItem]:
    """What is asked about its time."""
    found = [each for each in await rows(world.db, WorkItem) if each.about_id == id and each.kind == WorkKind.book]
    return [each for each in found if each.done_at is None]


async def test_nobody_is_asked_to_answer_amended_advice_until_it_is_signed_again(call: Call, world: World) -> None:
    id = await closed(call, world)
    await amended(call, id, "补充")
    assert await home_kinds(call, "doctor") == ["acknowledge"]
    assert (await act(call, "doctor", id, "reopen", AGAIN))[0] == 200
    assert await home_kinds(call, "doctor") == []
    assert [
        each.ladder for each in await rows(world.db, Deadline) if each.done_at is None and each.kind == "work"
    ] == []
