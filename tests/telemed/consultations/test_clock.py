"""What only the clock does to a consultation that people have left standing."""

from datetime import timedelta
from uuid import UUID

from telemed.consultations import conduct
from tests.telemed.conftest import NOW, Call, World
from tests.telemed.consultations.conftest import Made, everything_ready
from tests.telemed.consultations.test_booking import _fact, _scheduled, _state
from tests.telemed.consultations.test_workflow import _home


async def test_interrupted_for_too_long_a_coordinator_is_asked_for_another_time(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await _scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    for who in ("doctor", "expert"):
        await _fact(world, id, who, "member.joined", NOW)
    await _fact(world, id, "doctor", "member.left", NOW + timedelta(minutes=1))
    await conduct.sweep(world.db, NOW + timedelta(minutes=15))
    assert await _home(call, "coordinator") == []
    for _ in range(2):
        await conduct.sweep(world.db, NOW + timedelta(minutes=17))
    assert await _home(call, "coordinator") == ["book"]
    await _fact(world, id, "doctor", "member.joined", NOW + timedelta(minutes=18))
    assert (await _state(call, id), await _home(call, "coordinator")) == ("in_progress", [])
