"""Servers outside the product, in a thread of their own, because the tests' thread has Playwright's event loop."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Any

WITHIN = 30.0  # seconds


@dataclass
class Beside:
    loop: asyncio.AbstractEventLoop

    def do(self, *works: Coroutine[Any, Any, None]) -> None:
        """One after the other, until they are done."""
        for each in works:
            asyncio.run_coroutine_threadsafe(each, self.loop).result(WITHIN)


@contextmanager
def beside() -> Iterator[Beside]:
    begun = SimpleQueue[tuple[asyncio.AbstractEventLoop, asyncio.Event]]()

    async def run() -> None:
        over = asyncio.Event()
        begun.put((asyncio.get_running_loop(), over))
        await over.wait()

    thread = Thread(target=asyncio.run, args=(run(),))
    thread.start()
    loop, over = begun.get(timeout=WITHIN)
    try:
        yield Beside(loop)
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
