"""What keeps the archive's own tasks running: one that fails is logged and started again after a pause."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Final

LONGEST_PAUSE: Final = 60.0
UNNOTICED: Final = 60.0  # seconds that something may fail before it is told
Supervise = Callable[[str, Callable[[], Awaitable[None]]], Coroutine[Any, Any, None]]
log = logging.getLogger(__name__)


async def supervise(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """For the leaf alone; whoever composes it hands in a supervisor that readiness knows of."""
    pause = 1.0
    while True:
        try:
            await work()
        except Exception:
            log.exception("%s failed; it is started again", name)
        await asyncio.sleep(pause)
        pause = min(LONGEST_PAUSE, pause * 2)


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

    def __call__(self) -> str:
        late = [why for since, why in self._failing.values() if self._clock() - since >= UNNOTICED]
        return f"{late[0]} ({len(late)})" if len(late) > 1 else "".join(late)
