"""Who answers a ringing while it ends waits, and is told that it rings no more; whom it rings at, on both databases."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.consultations.words import Urgency
from telemed.people.duty import on_duty
from telemed.work import deadlines
from telemed.work.clock import take_due
from telemed.work.model import RING, Deadline
from tests.contracts.waiting import until_blocked
from tests.telemed.conftest import NOW, Call, World
from tests.telemed.consultations.actions import act, tell_fact
from tests.telemed.consultations.conftest import Made, submitted

pytestmark = pytest.mark.databases_differ

__all__ = ("submitted",)


async def _while_it_ends(call: Call, world: World, id: UUID, answer: str) -> int:
    async with world.db.write() as db:
        await db.exec(select(Deadline).where(Deadline.activity_id == id, Deadline.kind == RING).with_for_update())
        body = {"device": "phone"} if answer == "seen" else {"why": "operating"}
        task = asyncio.ensure_future(call("expert", "POST", f"/home/ringing/{id}/{answer}", json=body))
        await until_blocked(world.db, task)
        await deadlines.end(db, id, RING, NOW)
    return (await task)[0]


async def test_it_is_passed_on_while_it_is_taken(call: Call, world: World, submitted: Made) -> None:
    assert await _while_it_ends(call, world, await submitted(urgency=Urgency.stat), "pass") == 404


async def test_it_is_seen_while_it_is_taken(call: Call, world: World, submitted: Made) -> None:
    assert await _while_it_ends(call, world, await submitted(urgency=Urgency.stat), "seen") == 404


async def test_it_rings_at_the_lead_until_they_come_and_at_the_centre_meanwhile(
    call: Call, world: World, submitted: Made
) -> None:
    id = await submitted(urgency=Urgency.stat)
    assert (await act(call, "coordinator", id, "take", {"lead_id": str(world.ids["expert2"])}))[0] == 200
    assert await _rung(call) == {"expert2"}
    assert await take_due(world.db, NOW + timedelta(minutes=1), on_duty) == {}
    assert await _rung(call) == {"expert2", "coordinator"}
    assert (await call("expert2", "POST", f"/home/ringing/{id}/pass", json={"why": "operating"}))[0] == 204
    assert await _rung(call) == {"hub_duty"}  # the coordinator has no page open
    await tell_fact(world, id, "expert2", "member.joined", NOW + timedelta(minutes=1))
    assert await _rung(call) == set()


async def test_another_specialty_is_rung_instead(call: Call, world: World, submitted: Made) -> None:
    id = await submitted(urgency=Urgency.stat, specialty="")
    assert await _rung(call) == {"expert", "expert2", "neurologist"}
    version = (await call("doctor", "GET", f"/requests/{id}"))[1]["version"]
    changed = {"content": {"specialty": "cardiology"}}
    assert (await call("doctor", "PATCH", f"/requests/{id}", match=version, json=changed))[0] == 200
    assert await _rung(call) == {"expert", "expert2"}
    assert (await call("neurologist", "GET", f"/consultations/{id}"))[0] == 404


async def _rung(call: Call) -> set[str]:
    found = set()
    for who in ("expert", "expert2", "neurologist", "coordinator", "hub_duty"):
        if any(each["rings"] for each in (await call(who, "GET", "/home/ringing"))[1]["items"]):
            found.add(who)
    return found
