"""One supervisor for all background tasks: restart with back-off, a count, and a reason while it waits."""

import asyncio

import pytest

import imaging.supervise
import signaling.supervise
from telemed.kit.supervisor import Supervisor, Trouble, supervised
from tests.telemed.kit.pauses import Pauses

Troubles = type[Trouble] | type[imaging.supervise.Trouble] | type[signaling.supervise.Trouble]


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


async def test_a_task_that_fails_is_started_again_later_and_later_and_the_others_go_on(pauses: Pauses) -> None:
    supervisor, steady = Supervisor(sleep=pauses.sleep, clock=pauses.clock), asyncio.Event()

    async def breaks() -> None:
        raise RuntimeError("王五")

    async def goes_on() -> None:
        await steady.wait()
        steady.clear()
        await asyncio.Event().wait()

    async with supervised(supervisor, {"breaks": breaks, "goes_on": goes_on}):
        for number in range(1, 9):
            await pauses.wait_for(number)
            assert supervisor.failing == {"breaks": "RuntimeError"}
            pauses.end()
        await pauses.wait_for(9)
        assert pauses.taken == [1, 2, 4, 8, 16, 32, 60, 60, 60]
        assert supervisor.restarts == {"breaks": 8, "goes_on": 0}
        steady.set()
        await asyncio.sleep(0)
        assert not steady.is_set()


async def test_after_a_good_hour_a_failure_is_a_new_one(pauses: Pauses) -> None:
    supervisor = Supervisor(sleep=pauses.sleep, clock=pauses.clock)

    async def lasts() -> None:
        pauses.now += 3600 if len(pauses.taken) == 3 else 0

    async with supervised(supervisor, {"lasts": lasts}):
        for number in range(1, 6):
            await pauses.wait_for(number)
            pauses.end()
    assert pauses.taken[:5] == [1, 2, 4, 1, 2]


async def test_a_cancellation_from_inside_is_a_failure_like_any_other_and_one_from_outside_ends_it(
    pauses: Pauses,
) -> None:
    supervisor = Supervisor(sleep=pauses.sleep, clock=pauses.clock)

    async def cancelled() -> None:
        raise asyncio.CancelledError

    async with supervised(supervisor, {"cancelled": cancelled}):
        await pauses.wait_for(1)
        assert supervisor.failing == {"cancelled": "cancelled"}
        pauses.end()
        await pauses.wait_for(2)
    with pytest.raises(ValueError, match="two tasks"):
        await supervisor.run("cancelled", cancelled)


@pytest.mark.parametrize("kind", [Trouble, imaging.supervise.Trouble, signaling.supervise.Trouble])
def test_what_a_task_fails_at_is_told_once_it_has_gone_on_for_a_minute_and_until_it_passes(
    kind: Troubles, pauses: Pauses
) -> None:
    trouble = kind(pauses.clock)
    assert (trouble.failed(KeyError("王五")), trouble.failed(KeyError("王五"))) == (True, False)
    pauses.now += 59
    assert trouble() == ""
    trouble.failed(KeyError("王五"))
    pauses.now += 1
    assert trouble() == "KeyError"
    trouble.passed()
    assert trouble() == ""
    trouble.failed(KeyError())
    assert trouble() == ""  # a new failure has its own minute


@pytest.mark.parametrize("kind", [Trouble, imaging.supervise.Trouble, signaling.supervise.Trouble])
def test_of_many_items_each_is_judged_by_itself(kind: Troubles, pauses: Pauses) -> None:
    trouble = kind(pauses.clock)
    trouble.round({1: OSError(), 2: OSError(), 3: OSError()})
    pauses.now += 60
    trouble.round({1: OSError(), 2: OSError(), 4: ValueError()})
    assert trouble() == "OSError (2)"
    trouble.round({2: OSError()})
    assert trouble() == "OSError"
    trouble.round({})
    assert trouble() == ""


def test_a_tasks_own_end_is_told_before_its_trouble() -> None:
    supervisor = Supervisor()
    assert supervisor.why("task") == ""
    supervisor.troubles["task"] = lambda: "KeyError"
    assert supervisor.why("task") == "KeyError"
    supervisor.failing["task"] = "RuntimeError"
    assert supervisor.why("task") == "RuntimeError"
