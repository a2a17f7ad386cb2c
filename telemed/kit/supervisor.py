"""Background tasks that run for ever: one that fails is restarted after a pause, and readiness says so."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import structlog

log = structlog.get_logger(__name__)
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
UNNOTICED: Final = 60.0  # seconds of continued failure before readiness reports it
Work = Callable[[], Awaitable[None]]


class Trouble:
    """Failures that a task survives, by item. Calling it returns why, once a failure has lasted for a minute.

    A shorter failure stands in the log only.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failing: dict[object, tuple[float, str]] = {}  # since when, and why

    def failed(self, failure: BaseException, item: object = "") -> bool:
        """Notes a failure; true the first time, so that a failure that goes on is logged once."""
        new = item not in self._failing
        since = self._clock() if new else self._failing[item][0]
        self._failing[item] = since, type(failure).__name__  # never its message, which may name a patient
        return new

    def passed(self, item: object = "") -> None:
        self._failing.pop(item, None)

    def round(self, failures: Mapping[Any, BaseException]) -> None:
        """Call after a round over all items: every item that is not in `failures` is well again."""
        for item in self._failing.keys() - failures.keys():
            self.passed(item)
        for item, failure in failures.items():
            self.failed(failure, item)

    @property
    def failing(self) -> bool:
        return bool(self._failing)

    def __call__(self) -> str:
        late = [why for since, why in self._failing.values() if self._clock() - since >= UNNOTICED]
        return f"{late[0]} ({len(late)})" if len(late) > 1 else "".join(late)


class Supervisor:
    """Runs and restarts tasks.

    `restarts`: how often, by task. `failing`: why, for each task that waits for its restart.
    `troubles`: for each task, a function that says what it fails at while it goes on.
    """

    def __init__(
        self,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sleep, self._clock = sleep, clock
        self.restarts: dict[str, int] = {}
        self.failing: dict[str, str] = {}
        self.troubles: dict[str, Callable[[], str]] = {}

    async def run(self, name: str, work: Work) -> None:
        """Runs `work`, which should never return, and restarts it, until cancelled."""
        if name in self.restarts:
            raise ValueError(f"two tasks are called {name}")
        self.restarts[name], pause = 0, FIRST_PAUSE
        while True:
            began = self._clock()
            why = await self._until_it_ends(name, work)
            if self._clock() - began >= LONGEST_PAUSE:  # it ran well for a while: count pauses from the start
                pause = FIRST_PAUSE
            self.failing[name] = why
            await self._sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)
            self.restarts[name] += 1
            del self.failing[name]

    def why(self, name: str) -> str:
        """Why this task does not do its work; empty while it does."""
        trouble = self.troubles.get(name)
        return self.failing.get(name) or (trouble() if trouble else "")

    async def _until_it_ends(self, name: str, work: Work) -> str:
        """Why it ended: the exception's class, never its message, which may name a patient."""
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
    """Runs each of `works` under its name until the context is left."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(supervisor.run(name, work), name=name) for name, work in works.items()]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
