"""Many clients race for few people and places: nothing overlaps, and who loses is told by which booking."""

import pytest

from tests.contracts.overlaps import sweep
from tests.contracts.race_result import Asked, names_what_blocks
from tests.contracts.race_world import prepared
from tests.contracts.racing import Race
from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.scheduling.kit import at

pytestmark = pytest.mark.databases_differ


async def test_of_every_kind_of_attempt_none_overlaps_and_each_loser_learns_what_blocks(
    call: Call, world: World, clock: FakeClock
) -> None:
    race = Race(call, world, clock, await prepared(world, consultations=40))
    must_lose = {"create", "hold", "move", "override"}
    result = await race.run(200, clients=16, until_lost=must_lose)
    assert result.unnamed == []
    assert result.put_off == 0  # two that wait for each other on PostgreSQL
    assert (result.overlaps, result.torn) == (0, 0)
    assert result.looks > 20
    answered = result.won + result.lost + result.overtaken + result.limited
    assert answered.total() == result.attempts >= 200
    kinds = {"create", "hold", "move", "confirm", "cancel", "busy", "round", "round moved", "override"}
    assert set(result.won) == kinds
    assert must_lose <= set(result.lost)
    assert result.passed_over > 0
    assert len(result.seconds) == result.won.total()


@pytest.mark.parametrize(
    ("taken", "count"),
    [
        ([("a", 1, 2), ("a", 2, 3), ("b", 1, 3)], 0),
        ([("a", 1, 3), ("a", 2, 4)], 1),
        ([("a", 1, 9), ("a", 2, 3), ("a", 4, 5), ("b", 4, 5)], 2),
        ([("a", 4, 5), ("a", 4, 5)], 1),
        ([], 0),
    ],
)
def test_the_sweep_counts_what_overlaps(taken: list[tuple[str, int, int]], count: int) -> None:
    assert sweep(taken) == count


def test_a_blocker_at_another_time_or_of_somebody_else_is_none(world: World) -> None:
    who, other = world.ids["expert"], world.ids["expert2"]
    clash = {"resource_id": str(who), "booking_id": str(other), "name": "expert"}
    clash |= {"starts_at": at(1).isoformat(), "ends_at": at(2).isoformat()}
    asked = Asked(frozenset({who}), at(1.5), at(3))
    assert names_what_blocks({"clashes": [clash]}, asked)
    assert not names_what_blocks({"clashes": []}, asked)
    assert not names_what_blocks({"clashes": [clash]}, Asked(frozenset({other}), at(1.5), at(3)))
    assert not names_what_blocks({"clashes": [clash]}, Asked(frozenset({who}), at(2), at(3)))
    assert asked.start > NOW
