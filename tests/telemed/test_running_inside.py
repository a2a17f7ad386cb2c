"""A bug in what a task really does ends that task alone: readiness names it, and its next start does the work."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from signaling.courier import Courier
from signaling.shell import Shell
from telemed import chores
from telemed.administration import proposals, registration_ends, roster_gaps, years
from telemed.config import Settings
from telemed.kit import events
from telemed.kit.supervisor import Supervisor
from telemed.notify import queue
from telemed.opinions import prints_due
from telemed.serve import running
from telemed.work import deadlines
from tests.fakes.patients import FakePatients
from tests.telemed.health import look, ready
from tests.telemed.kit.pauses import Pauses

# By the name of the task: where its work is called. The others catch whatever their work throws: see BREAKS, and
# tests/imaging for uploads and pictures.
WORK: dict[str, tuple[object, str]] = {
    "clock": (chores, "sweep"),
    "counts": (chores, "ask_for_counts"),
    "deadlines": (deadlines, "due"),
    "deliveries.mail": (queue, "anything_due"),
    "deliveries.robot": (queue, "anything_due"),
    "events": (events, "deliver"),
    "files": (chores, "sweep_files"),
    "forgetting": (events, "forget_old"),
    "judges": (chores, "ask_who_is_there"),
    "prints": (prints_due.Prints, "make_due"),
    "proposals": (proposals, "wanted"),
    "registrations": (registration_ends, "wanted"),
    "rooms.clock": (Shell, "_flush"),
    "rooms.courier": (Courier, "round"),
    "roster gaps": (roster_gaps, "working_times"),
    "years": (years, "working_times"),
}


async def test_a_bug_inside_the_work_of_a_task_is_shown_by_its_name_and_the_work_is_done_after_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = {name: asyncio.Event() for name in WORK}

    def broken_once(name: str, real: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        first = True

        async def work(*arguments: Any, **more: Any) -> Any:
            nonlocal first
            if first:
                first = False
                raise RuntimeError("王五")
            answer = await real(*arguments, **more)
            done[name].set()
            return answer

        return work

    for name, (place, word) in WORK.items():
        monkeypatch.setattr(place, word, broken_once(name, getattr(place, word)))
    pauses = Pauses()
    supervisor = Supervisor(sleep=pauses.sleep, clock=pauses.clock)
    settings = Settings(data_dir=tmp_path, http_port=0, signal_port=0, _env_file=None)  # type: ignore[call-arg]
    async with running(settings, FakePatients(), supervisor=supervisor) as product:
        await pauses.wait_for(len(WORK))
        status, checks = await look(product)
        assert (status, {name: checks[name] for name in WORK}) == (503, dict.fromkeys(WORK, "RuntimeError"))
        for _ in WORK:
            pauses.end()
        async with asyncio.timeout(30):
            await asyncio.gather(*(each.wait() for each in done.values()))
        await ready(product)
        assert {name: times for name, times in supervisor.restarts.items() if times} == dict.fromkeys(WORK, 1)
