"""Background tasks that nothing ends: one that fails is started again after a pause, and readiness says so."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import structlog

log = structlog.get_logger(__name__)
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
UNNOTICED: Final = 60.0  # seconds that something may fail before readiness tells it
Work = Callable[[], Awaitable[None]]


class Trouble:
    """What a task fails at again and again without ending, item by item; called, it says why once that goes on.

    A failure that is over within a minute is for the log alone.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failing: dict[object, tuple[float, str]] = {}  # since when, and why

    def failed(self, failure: BaseException, item: object = "") -> bool:
        """True the first time, so that a failure that goes on does not fill the log."""
        new = item not in self._failing
        since = self._clock() if new else self._failing[item][0]
        self._failing[item] = since, type(failure).__name__  # never its words, which may name a patient
        return new

    def passed(self, item: object = "") -> None:
        self._failing.pop(item, None)

    def round(self, failures: Mapping[Any, BaseException]) -> None:
        """After a look at every item: whatever is not among the failures went well, or is gone."""
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
    """`restarts` counts by task; `failing` says why of those that wait for their next start.

    `troubles` says it of those that go on by themselves; empty while all is well.
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

    def why(self, name: str) -> str:
        """Why this task does not do what it should; empty while it does."""
        trouble = self.troubles.get(name)
        return self.failing.get(name) or (trouble() if trouble else "")

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
