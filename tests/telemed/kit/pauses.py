"""A supervisor's time and pauses, which pass only when a test says so."""

import asyncio


class Pauses:
    """Lets time pass only when told to."""

    def __init__(self) -> None:
        self.now, self.taken = 0.0, list[float]()
        self._over = asyncio.Semaphore(0)
        self.asked = asyncio.Condition()

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        async with self.asked:
            self.taken.append(seconds)
            self.asked.notify_all()
        await self._over.acquire()

    async def wait_for(self, number: int) -> None:
        async with asyncio.timeout(5), self.asked:
            await self.asked.wait_for(lambda: len(self.taken) >= number)

    def end(self) -> None:
        self._over.release()
