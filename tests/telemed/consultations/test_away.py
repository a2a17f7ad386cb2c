"""暂离: while somebody on duty is away the others of their order are rung before them, and no ring is lost."""

from datetime import timedelta
from typing import Any

from telemed.consultations.words import Urgency
from telemed.rosters.model import Standby
from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.consultations.calls import later, rung
from tests.telemed.consultations.conftest import Made
from tests.telemed.rosters.rosters import kept, shift


async def on_duty(call: Call, world: World, clock: FakeClock, *order: str) -> None:
    """These are on duty in this order, and stand by."""
    await kept(call, [shift(world.ids[who], place=n) for n, who in enumerate(order, 1)])
    async with world.db.write() as db:
        for who in order:
            until = clock() + timedelta(hours=1)
            db.add(Standby(hospital_id="ruijin", staff_id=world.ids[who], began_at=clock(), until=until))


async def away(call: Call, who: str, minutes: int = 20) -> Any:
    status, found = await call(who, "POST", "/standby/away", json={"minutes": minutes})
    assert status == 200, found
    return found


async def test_the_next_is_rung_first_and_who_is_away_after_them_and_not_never(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    await on_duty(call, world, clock, "expert", "expert2")
    await away(call, "expert")
    await submitted(urgency=Urgency.stat)
    assert await rung(call) == {"expert2"}
    await later(world, clock, 60)
    assert await rung(call) == {"expert"}
    await later(world, clock, 60)
    assert await rung(call) == {"coordinator"}


async def test_whoever_is_alone_in_their_order_is_rung_at_once_all_the_same(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    await on_duty(call, world, clock, "expert")
    await away(call, "expert")
    await submitted(urgency=Urgency.stat)
    assert await rung(call) == {"expert"}


async def test_without_a_roster_all_are_called_and_who_is_away_after_them(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    async with world.db.write() as db:
        until = clock() + timedelta(hours=1)
        db.add(Standby(hospital_id="ruijin", staff_id=world.ids["expert2"], began_at=clock(), until=until))
    await away(call, "expert2")
    await submitted(urgency=Urgency.stat)
    assert await rung(call) == {"expert"}
    await later(world, clock, 60)
    assert await rung(call) == {"expert2"}


async def test_what_rings_already_keeps_its_order_whoever_steps_away_or_returns(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    await on_duty(call, world, clock, "expert", "expert2")
    await away(call, "expert")
    await submitted(urgency=Urgency.stat)
    clock.move(seconds=30)
    assert (await call("expert", "POST", "/standby/back"))[1]["away"] == []
    await away(call, "expert2")
    await later(world, clock, 30)
    assert await rung(call) == {"expert"}
    await later(world, clock, 60)
    assert await rung(call) == {"coordinator"}


async def test_at_the_time_they_named_they_are_called_in_their_place_again(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    clock.move(minutes=-5)
    await on_duty(call, world, clock, "expert", "expert2")
    await away(call, "expert", 5)
    clock.move(minutes=5)
    await submitted(urgency=Urgency.stat)
    assert await rung(call) == {"expert"}


async def test_of_coordinators_on_duty_who_is_away_is_told_only_if_there_is_nobody_else(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    async with world.db.write() as db:
        until = clock() + timedelta(hours=1)
        db.add(Standby(hospital_id="ruijin", staff_id=world.ids["coordinator"], began_at=clock(), until=until))
    await away(call, "coordinator")
    await submitted(urgency=Urgency.stat)
    await later(world, clock, 60)
    assert await rung(call) == {"coordinator"}
