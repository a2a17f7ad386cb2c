"""Many times looked at together are blocked by the same bookings as each by itself."""

from random import Random

import pytest

from telemed.people.rules import Span
from telemed.scheduling import clashing
from tests.telemed.conftest import NOW, World
from tests.telemed.scheduling.kit import at, book

pytestmark = pytest.mark.databases_differ

PEOPLE = ["expert", "expert2", "doctor", "doctor2"]


@pytest.mark.parametrize("at_once", [2, 100])
async def test_times_looked_at_together_have_the_blockers_that_each_has_alone(
    world: World, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(clashing, "AT_ONCE", at_once)
    random = Random(52)
    for n in range(12):
        await book(world, random.sample(PEOPLE, 2), 2 * n + 1, 2 * n + 2)
    await book(world, ["neurologist"], 1, 20)  # it meets several of the times, and is named at each
    who = [world.ids[each] for each in ("expert", "doctor", "neurologist")]
    spans = [Span(at(start), at(start + 0.75)) for start in (9, 0, 1.5, 3, 3.25, 30, 11.5, 22.25)]
    asker = world.actor("coordinator")
    async with world.db.read() as db:
        alone = [await clashing.clashes(db, asker, who, each, NOW) for each in spans]
        together = await clashing.clashes_at(db, asker, who, spans, NOW)
        nothing = await clashing.clashes_at(db, asker, who, [], NOW)
    assert together == alone
    assert nothing == []
    assert [bool(each) for each in alone].count(False) == 3
    assert sum(len(each) for each in alone) > len(spans)
