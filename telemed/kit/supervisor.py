"""Background tasks that nothing ends: one that fails is started again after a pause, and readiness says so."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final

import structlog

log = structlog.get_logger(__name__)
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
Work = Callable[[], Awaitable[None]]


class Supervisor:
    """`restarts` counts by task; `failing` says why of those that wait for their next start."""

    def __init__(
        self,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sleep, self._clock = sleep, clock
        self.restarts: dict[str, int] = {}
        self.failing: dict[str, str] = {}

    async def run(self, name: str, work: Work) -> None:
        """Runs `work`, which is meant to go on for ever, until we are cancelled ourselves."""
        if name in self.restarts:
            raise ValueError(f"two tasks are called {name}")
        self.restarts[name], pause = 0, FIRST_PAUSE
        while True:
            began = self._clock()
            why = await self._until_it_ends(name, work)
            if self._clock() - began >= LONGEST_PAUSE:  # it went well for a while, so this is a new failure
                pause = FIRST_PAUSE
            self.failing[name] = why
            await self._sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)
            self.restarts[name] += 1
            del self.failing[name]

    async def _until_it_ends(self, name: str, work: Work) -> str:
        """The reason; never the words of an exception, which may name a patient."""
        try:
            await work()
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            log.error("a task was cancelled by something inside it; it is started again", task=name)
            return "cancelled"
        except Exception as failure:
            log.exception("a task failed; it is started again", task=name)
            return type(failure).__name__
        log.error("a task ended; it is started again", task=name)
        return "ended"


@asynccontextmanager
async def supervised(supervisor: Supervisor, works: Mapping[str, Work]) -> AsyncIterator[None]:
    """Each of `works` by its name, until left."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(supervisor.run(name, work), name=name) for name, work in works.items()]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
