"""No hospital holds every worker, and none waits behind the queue of another."""

import asyncio
from collections.abc import Awaitable

from hypothesis import given
from hypothesis import strategies as st

from imaging.turns import Turns


async def waits(turn: "asyncio.Task[int]") -> bool:
    await asyncio.wait([turn], timeout=0)
    return not turn.done()


def ask(turn: Awaitable[int]) -> "asyncio.Task[int]":
    return asyncio.ensure_future(turn)


async def test_a_hospital_leaves_one_worker_to_the_others() -> None:
    turns = Turns([1, 2, 3])
    first = [await turns.take("wuxi") for _ in range(2)]
    third = ask(turns.take("wuxi"))
    assert await waits(third)
    other = await turns.take("jiashan")
    turns.give(other, "jiashan")
    assert await waits(third)  # still: the last one is for those who hold none
    turns.give(first[0], "wuxi")
    assert await third in (1, 2, 3)


async def test_long_jobs_leave_a_worker_and_come_one_by_one() -> None:
    turns = Turns([1, 2, 3])
    zip_of_wuxi = await turns.take("wuxi", long=True)
    second = ask(turns.take("wuxi", long=True))
    assert await waits(second)
    await turns.take("jiashan", long=True)
    third = ask(turns.take("ruijin", long=True))
    assert await waits(third)
    last = await turns.take("ruijin")
    turns.give(last, "ruijin")
    turns.give(zip_of_wuxi, "wuxi", long=True)
    await second  # as long as nobody holds fewer, in the order of asking
    assert await waits(third)
    third.cancel()


async def test_whoever_holds_fewer_goes_first_however_long_the_queue_of_the_other() -> None:
    turns = Turns([1, 2, 3])
    held, _ = [await turns.take("wuxi") for _ in range(2)]
    queue = [ask(turns.take("wuxi")) for _ in range(50)]
    await turns.take("ruijin")
    late = ask(turns.take("jiashan"))
    assert await waits(late)
    turns.give(held, "wuxi")
    assert await late == held
    for each in queue:
        each.cancel()


async def test_a_turn_that_is_no_longer_wanted_is_given_back() -> None:
    turns = Turns([1, 2])
    await turns.take("wuxi")
    unwanted = ask(turns.take("wuxi"))
    assert await waits(unwanted)
    unwanted.cancel()
    assert await turns.take("jiashan") in (1, 2)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=60), st.data())
def test_every_turn_comes_and_no_hospital_ever_has_all(jobs: list[tuple[str, bool]], data: st.DataObject) -> None:
    async def play() -> None:
        turns = Turns([1, 2, 3])
        running: list[tuple[int, str, bool]] = []

        async def take(hospital: str, long: bool) -> None:
            worker = await turns.take(hospital, long)
            running.append((worker, hospital, long))
            assert len({each[0] for each in running}) == len(running)
            assert len({each[1] for each in running}) > 1 or len(running) < 3

        asked = [asyncio.create_task(take(*job)) for job in jobs]
        while not all(each.done() for each in asked):
            await asyncio.wait(asked, timeout=0)
            if running:
                turns.give(*running.pop(data.draw(st.integers(0, len(running) - 1))))
        await asyncio.gather(*asked)

    asyncio.run(play())
