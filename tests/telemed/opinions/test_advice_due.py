"""When advice is due, whoever holds it up is told: each advice in its own time, an amended one too."""

from datetime import datetime, timedelta

from telemed.work.model import Deadline
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import told
from tests.telemed.opinions.helpers import acknowledge, advice, answers, board, execute, opinion, save, sign, signed

DAY = timedelta(days=1)


async def running(world: World, ladder: str) -> list[datetime]:
    found = [each for each in await rows(world.db, Deadline) if each.ladder == ladder and each.done_at is None]
    return [each.due_at for each in found]


async def amended(call: Call, id: str, **content: object) -> None:
    _, draft = await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "补充"})
    _, draft = await save(call, id, draft["version"], opinion(**content))
    status, out = await sign(call, id, draft["version"])
    assert status == 200, out


async def test_an_advice_is_late_in_its_own_time_and_not_in_that_of_the_others(
    call: Call, world: World, clock: FakeClock
) -> None:
    soon, later = advice("a1", "降压"), advice("a2", "复查 CTA", due="days_3")
    id, out = await signed(call, world, advice=[soon, later], medicines=[])
    assert (await acknowledge(call, id, out, "adopted", "adopted"))[0] == 200
    assert await running(world, "execution") == [NOW + timedelta(minutes=40)]
    assert await told(world, clock, NOW + timedelta(minutes=40), "execution") == {"doctor"}
    assert (await execute(call, (await board(call, id))["advice"][0]))[0] == 200
    assert await running(world, "execution") == [NOW + 3 * DAY]
    assert await told(world, clock, NOW + 2 * DAY, "execution") == set()
    assert await told(world, clock, NOW + 3 * DAY, "execution") == {"doctor"}
    assert "chief" in await told(world, clock, NOW + 3 * DAY + timedelta(hours=1), "execution")


async def test_who_need_only_close_it_is_told_when_they_do_not(call: Call, world: World, clock: FakeClock) -> None:
    id, out = await signed(call, world, advice=[advice("a1", "降压")], medicines=[])
    assert (await acknowledge(call, id, out, "not_adopted"))[0] == 200
    assert await told(world, clock, NOW + timedelta(minutes=40), "execution") == {"doctor"}


async def test_an_amended_advice_is_to_be_answered_in_the_time_of_the_first_answers(
    call: Call, world: World, clock: FakeClock
) -> None:
    id, out = await signed(call, world, advice=[advice("a1", "降压", due="days_3")], medicines=[])
    assert (await acknowledge(call, id, out, "adopted"))[0] == 200
    await amended(call, id, advice=[advice("a1", "降压至 110 mmHg", due="days_3")], medicines=[])
    assert await running(world, "feedback") == [NOW + timedelta(hours=2)]
    assert await told(world, clock, NOW + timedelta(hours=2), "feedback") == {"doctor"}
    assert await told(world, clock, NOW + timedelta(hours=3), "feedback") == {"chief"}
    waiting = await board(call, id)
    assert (await acknowledge(call, id, waiting, "adopted"))[0] == 200
    assert await running(world, "feedback") == []


async def test_what_is_answered_anew_after_closing_is_watched_too(call: Call, world: World, clock: FakeClock) -> None:
    id, out = await signed(call, world, advice=[], medicines=[], no_advice=True)
    await acknowledge(call, id, out)
    assert (await board(call, id))["state"] == "closed"
    await amended(call, id, advice=[advice("a1", "复查超声", due="days_3")], medicines=[])
    assert (await acknowledge(call, id, await board(call, id), "adopted"))[0] == 200
    assert await running(world, "execution") == [NOW + 3 * DAY]
    assert (await execute(call, (await board(call, id))["advice"][0]))[0] == 200
    assert await running(world, "execution") == []


async def test_an_amendment_that_drops_the_last_open_advice_leaves_nobody_waiting(call: Call, world: World) -> None:
    id, out = await signed(call, world, advice=[advice("a1", "降压"), advice("a2", "转院")], medicines=[])
    path = f"/consultations/{id}/acknowledgement"
    body = answers(out, "adopted", "not_adopted")
    assert (await call("doctor", "POST", path, match=out["consultation_version"], json=body))[0] == 200
    await amended(call, id, advice=[advice("a2", "转院")], medicines=[])
    assert await running(world, "execution") == [NOW + timedelta(minutes=40)]
    assert (await board(call, id))["may"]["close"]
