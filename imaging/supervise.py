"""What keeps the archive's own tasks running: one that fails is logged and started again after a pause."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

LONGEST_PAUSE: Final = 60.0
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
