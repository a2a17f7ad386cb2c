"""What only the clock does to a consultation that people have left standing."""

from datetime import timedelta
from uuid import UUID

from telemed.consultations.service import sweep
from tests.telemed.conftest import NOW, Call, World
from tests.telemed.consultations.conftest import Made, everything_ready
from tests.telemed.consultations.steps import home_kinds, make_scheduled, state_of, tell_fact


async def test_interrupted_for_too_long_a_coordinator_is_asked_for_another_time(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", NOW)
    await tell_fact(world, id, "doctor", "member.left", NOW + timedelta(minutes=1))
    await sweep(world.db, NOW + timedelta(minutes=15))
    assert await home_kinds(call, "coordinator") == []
    for _ in range(2):
        await sweep(world.db, NOW + timedelta(minutes=17))
    assert await home_kinds(call, "coordinator") == ["book"]
    await tell_fact(world, id, "doctor", "member.joined", NOW + timedelta(minutes=18))
    assert (await state_of(call, id), await home_kinds(call, "coordinator")) == ("in_progress", [])
