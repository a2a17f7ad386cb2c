"""The hub's day, on its coordinator's home page."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from telemed.consultations.model import Consultation
from telemed.consultations.words import State, Urgency
from tests.telemed.conftest import NOW, Call, World
from tests.telemed.consultations.actions import AT, make_approved, make_scheduled
from tests.telemed.consultations.conftest import Made


async def day(call: Call, who: str | None = "coordinator", start: datetime = NOW) -> tuple[int, Any]:
    period = {"from": start.isoformat(), "to": (start + timedelta(hours=12)).isoformat()}
    return await call(who, "GET", "/home/centre", params=period)


async def test_only_the_centre_sees_its_whole_day(call: Call) -> None:
    assert (await day(call, None))[0] == 401
    assert (await day(call, "expert"))[0] == 403
    assert (await call("coordinator", "GET", "/home/centre"))[0] == 422
    assert (await day(call))[1]["items"] == []


async def test_the_day_says_when_where_and_who_leads(call: Call, submitted: Made, world: World, venue: UUID) -> None:
    await make_scheduled(call, submitted, world, venue)
    await make_approved(call, submitted)  # nothing is booked yet
    (held,) = (await day(call))[1]["items"]
    assert held["starts_at"] == AT.isoformat().replace("+00:00", "Z")
    assert (held["venue"], held["phase"], held["patient"]["name"]) == ("会诊室 1", "planned", "陈远山")
    assert held["lead_name"]
    assert (await day(call, start=NOW + timedelta(days=1)))[1]["items"] == []


async def test_an_emergency_stands_where_it_began_and_what_was_cancelled_does_not(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    planned = await make_scheduled(call, submitted, world, venue)
    stat, cancelled = await submitted(urgency=Urgency.stat), await submitted()
    async with world.db.write() as db:
        for id, state in ((stat, State.in_progress), (cancelled, State.cancelled)):
            row = await db.get_one(Consultation, id)
            row.state, row.started_at, row.hub_id, row.approved_at = state, NOW, "ruijin", NOW
    found = (await day(call))[1]["items"]
    shown = {each["activity_id"] for each in found}
    assert str(planned) in shown
    assert str(cancelled) not in shown
