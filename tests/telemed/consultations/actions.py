"""Actions of a consultation over HTTP, as the tests of several features take them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from telemed.activities import attendance
from telemed.app import kinds
from telemed.consultations.service import sweep
from telemed.people.duty import on_duty
from telemed.work.clock import take_due
from telemed.work.model import Notice
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.conftest import Made

AT = NOW + timedelta(hours=2)


async def version_of(call: Call, who: str, id: UUID) -> int:
    status, found = await call(who, "GET", f"/consultations/{id}")
    assert status == 200, found
    return int(found["version"])


async def act(call: Call, who: str, id: UUID, what: str, json: Any = None) -> tuple[int, Any]:
    return await call(who, "POST", f"/consultations/{id}/{what}", match=await version_of(call, who, id), json=json)


async def home_kinds(call: Call, who: str) -> list[str]:
    _, found = await call(who, "GET", "/home")
    return [each["kind"] for each in found["work"]["items"]]


async def make_approved(call: Call, submitted: Made, **more: Any) -> UUID:
    id = await submitted(**more)
    assert (await act(call, "chief", id, "endorse"))[0] == 200
    assert (await act(call, "reviewer", id, "approve"))[1]["state"] == "approved"
    return id


def booking_body(world: World, venue: UUID, start: datetime = AT) -> dict[str, Any]:
    return {
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(minutes=40)).isoformat(),
        "venue_id": str(venue),
        "lead_id": str(world.ids["expert"]),
    }


async def make_booked(call: Call, submitted: Made, world: World, venue: UUID) -> UUID:
    id = await make_approved(call, submitted)
    status, changed = await act(call, "coordinator", id, "booking", booking_body(world, venue))
    assert (status, changed["state"]) == (200, "scheduling"), changed
    return id


async def make_scheduled(call: Call, submitted: Made, world: World, venue: UUID) -> UUID:
    id = await make_booked(call, submitted, world, venue)
    assert (await act(call, "expert", id, "answer", {"answer": "accepted"}))[0] == 200
    return id


async def tell_fact(world: World, id: UUID, who: str, kind: str, at: datetime) -> None:
    async with world.db.write() as db:
        data = {"id": f"{world.ids[who]}/page", "sub": str(world.ids[who])}
        await attendance.take_in(db, kinds(), id, kind, data, at, at)


async def pass_time(world: World, until: datetime) -> None:
    """What the passing of time does until then: deadlines that are due, then facts."""
    assert await take_due(world.db, until, on_duty) == {}
    assert await sweep(world.db, until) == {}


async def told(world: World, clock: FakeClock, at: datetime, ladder: str = "") -> set[str]:
    """Who is told at this moment, by this ladder if one is given, and has not been told before."""
    before = {each.id for each in await rows(world.db, Notice)}
    clock.now = at
    assert await take_due(world.db, at, on_duty) == {}
    names = {id: name for name, id in world.ids.items()}
    new = [each for each in await rows(world.db, Notice) if each.id not in before]
    return {names[each.staff_id] for each in new if ladder in ("", each.ladder)}


INSTEAD_OF_LEAD, INSTEAD_AT_BEDSIDE = "lead/substitute", "accompanying/substitute"


def instead(world: World, who: str, *, agreed: bool = False) -> dict[str, Any]:
    """The body that names a substitute."""
    return {"staff_id": str(world.ids[who]), "code": "ill", "agreed": agreed}


async def state_of(call: Call, id: UUID) -> str:
    return str((await call("doctor", "GET", f"/consultations/{id}"))[1]["state"])
