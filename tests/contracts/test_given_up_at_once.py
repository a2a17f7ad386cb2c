"""Leave over a consultation and another time for it at the same moments: nobody is in two places, nothing fails."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.contracts.overlaps import overlaps
from tests.telemed.conftest import Call, World
from tests.telemed.consultations.actions import AT, booking_body, make_scheduled, version_of
from tests.telemed.consultations.conftest import Made, submitted, venue

pytestmark = pytest.mark.databases_differ

__all__ = ("submitted", "venue")

ROUNDS = 6


def leave(day: datetime, **more: Any) -> dict[str, Any]:
    span = {"starts_at": (day - timedelta(hours=1)).isoformat(), "ends_at": (day + timedelta(hours=2)).isoformat()}
    return {"kind": "leave", "words": "外出开会", **span, **more}


async def test_leave_and_a_move_at_once(call: Call, submitted: Made, world: World, venue: UUID) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    at = AT
    for n in range(ROUNDS):
        status, refused = await call("expert", "POST", "/calendar/busy", json=leave(at))
        if status == 201:  # moved away in the turn before: the leave is in nobody's way
            refused = {"given_up": []}
        version, later = await version_of(call, "coordinator", id), AT + timedelta(days=n + 1)
        answers = await asyncio.gather(
            call("expert", "POST", "/calendar/busy", json=leave(at, given_up=refused["given_up"])),
            call(
                "coordinator",
                "POST",
                f"/consultations/{id}/booking",
                json=booking_body(world, venue, later),
                match=version,
            ),
            call("coordinator", "POST", "/calendar/busy", json=leave(at, resource_id=str(world.ids["expert"]))),
        )
        assert {status for status, _ in answers} <= {200, 201, 409, 412}, answers
        assert min(status for status, _ in answers) <= 201  # one of them went first
        assert await overlaps(world.db) == 0
        at = later
