"""A promise of seconds; where it is broken, what everything was waiting for stands in the failure."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO
from typing import Final

STEP: Final = 0.02  # seconds


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """Raises AssertionError after so many seconds: with the longest time in which nothing at all could run (a blocked
    loop, or a machine that stood still), and where each task stands.
    """
    blocked = Blocked()
    watching = asyncio.create_task(blocked.watch())
    said = StringIO()
    loop = asyncio.get_running_loop()
    writing = loop.call_later(seconds - STEP, stacks, said)
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as late:
        raise AssertionError(
            f"not within {seconds} s; nothing ran for {blocked.longest:.2f} s\n{said.getvalue()}"
        ) from late
    finally:
        writing.cancel()
        watching.cancel()


def stacks(out: StringIO) -> None:
    for each in asyncio.all_tasks():
        each.print_stack(file=out)


class Blocked:
    longest = 0.0

    async def watch(self) -> None:
        loop = asyncio.get_running_loop()
        last = loop.time()
        while True:
            await asyncio.sleep(STEP)
            now = loop.time()
            self.longest, last = max(self.longest, now - last), now
