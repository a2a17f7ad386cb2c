"""Keeps the archive's own tasks running: one that fails is logged and restarted after a pause."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Final

LONGEST_PAUSE: Final = 60.0
UNNOTICED: Final = 60.0  # seconds of continued failure before it is reported
Supervise = Callable[[str, Callable[[], Awaitable[None]]], Coroutine[Any, Any, None]]
log = logging.getLogger(__name__)


async def supervise(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Used when the leaf runs alone; the product passes in a supervisor of its own, which readiness reads."""
    pause = 1.0
    while True:
        try:
            await work()
        except Exception:
            log.exception("%s failed; it is started again", name)
        await asyncio.sleep(pause)
        pause = min(LONGEST_PAUSE, pause * 2)


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

    def __call__(self) -> str:
        late = [why for since, why in self._failing.values() if self._clock() - since >= UNNOTICED]
        return f"{late[0]} ({len(late)})" if len(late) > 1 else "".join(late)
