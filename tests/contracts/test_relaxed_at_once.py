"""A move with a substitute while the substitute is booked elsewhere: either whole or not at all, and nothing fails."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.activities.model import Participant
from tests.contracts.overlaps import overlaps
from tests.telemed.conftest import Call, World, rows
from tests.telemed.consultations.actions import AT, act, booking_body, make_approved, version_of
from tests.telemed.consultations.conftest import Made, submitted, venue

pytestmark = pytest.mark.databases_differ

__all__ = ("submitted", "venue")

ROUNDS = 6


async def test_a_substitute_is_in_one_place(call: Call, submitted: Made, world: World, venue: UUID) -> None:
    id = await make_approved(call, submitted)
    now_on, other = "expert2", "neurologist"
    first = booking_body(world, venue) | {"experts": [{"staff_id": str(world.ids[now_on])}]}
    assert (await act(call, "coordinator", id, "booking", first))[0] == 200
    for n in range(1, ROUNDS + 1):
        at = AT + timedelta(days=n)
        moved: dict[str, Any] = booking_body(world, venue, at) | {
            "lead_id": None,
            "experts": [{"staff_id": str(world.ids[other])}],
            "without": [str(world.ids[now_on])],
        }
        surgery = {"kind": "surgery", "starts_at": at.isoformat(), "ends_at": (at + timedelta(hours=1)).isoformat()}
        version = await version_of(call, "coordinator", id)
        (moves, problem), (enters, _) = await asyncio.gather(
            call("coordinator", "POST", f"/consultations/{id}/booking", json=moved, match=version),
            call(other, "POST", "/calendar/busy", json=surgery),
        )
        assert (moves, enters) in {(200, 409), (409, 201)}, problem
        on_it = {each.staff_id for each in await rows(world.db, Participant)}
        came, left = (other, now_on) if moves == 200 else (now_on, other)
        assert world.ids[came] in on_it
        assert world.ids[left] not in on_it
        now_on, other = came, left
        assert await overlaps(world.db) == 0
