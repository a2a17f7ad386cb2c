"""Readiness is looked at where something has happened at once, and everywhere else within a minute."""

from uuid import UUID

import pytest

from telemed.access.model import Actor
from telemed.cases.events import CaseOpened
from telemed.consultations.due_reviews import TURNS, DueReviews
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.history.events import About
from telemed.history.service import emit
from telemed.kit.table import new_id
from telemed.rooms.events import DeviceTested
from tests.telemed.conftest import NOW, World
from tests.telemed.consultations.conftest import Made


async def _booked(world: World, submitted: Made, number: int) -> list[UUID]:
    ids = [await submitted() for _ in range(number)]
    async with world.db.write() as db:
        for id in ids:
            row = await db.get_one(Consultation, id)
            row.state, row.lead_id = State.scheduled, None
    return ids


async def test_each_comes_in_its_turn_and_all_at_the_start(world: World, submitted: Made) -> None:
    ids = await _booked(world, submitted, 3)
    reviews = DueReviews()
    assert sorted(await reviews.which(world.db)) == sorted(ids)
    later = [id for _ in range(TURNS) for id in await reviews.which(world.db)]
    assert sorted(later) == sorted(ids)


@pytest.mark.parametrize("by", ["activity", "patient", "actor"])
async def test_where_something_has_happened_it_comes_at_once_and_once(world: World, submitted: Made, by: str) -> None:
    ids = await _booked(world, submitted, 3)
    reviews, expert = DueReviews(), world.ids["expert"]
    await reviews.which(world.db)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, ids[0])
        row.lead_id = expert
        about = About(
            "wuxi",
            activity="consultation" if by == "activity" else None,
            activity_id=row.id if by == "activity" else None,
            patient_id=row.patient_id if by == "patient" else None,
        )
        actor = Actor(expert, new_id(), "ruijin", "expert", frozenset()) if by == "actor" else None
        emit(db, DeviceTested(camera=True, microphone=True, network=True), about, NOW, by=actor)
    seen = [await reviews.which(world.db) for _ in range(TURNS)]
    assert ids[0] in seen[0]
    assert sum(ids[0] in each for each in seen) <= 2  # at once, and in its turn


async def test_what_a_person_does_elsewhere_is_no_reason_to_look_at_all_of_theirs(
    world: World, submitted: Made
) -> None:
    ids = await _booked(world, submitted, 3)
    reviews, expert = DueReviews(), world.ids["expert"]
    await reviews.which(world.db)
    async with world.db.write() as db:
        for id in ids:
            (await db.get_one(Consultation, id)).lead_id = expert
        actor = Actor(expert, new_id(), "ruijin", "expert", frozenset())
        emit(db, CaseOpened(), About("wuxi", case_id=new_id()), NOW, by=actor)
    seen = [id for _ in range(TURNS) for id in await reviews.which(world.db)]
    assert sorted(seen) == sorted(ids)  # each in its turn and no more
