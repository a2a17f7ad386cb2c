"""Disk work takes turns in threads of its own."""

import asyncio
import threading

from imaging.disk import WRITERS, open_disk


async def test_a_turn_lasts_until_its_thread_is_free_even_if_nobody_waits_for_it() -> None:
    begun, goes_on = threading.Semaphore(0), threading.Event()

    def held() -> None:
        begun.release()
        goes_on.wait(60)

    async with open_disk() as disk, asyncio.timeout(30):
        try:
            given_up = [asyncio.create_task(disk.write("wuxi", held)) for _ in range(WRITERS - 1)]
            for _ in given_up:
                await asyncio.to_thread(begun.acquire)
            for each in given_up:
                each.cancel()
            await asyncio.wait(given_up)
            waits = asyncio.create_task(disk.write("wuxi", int))
            assert await disk.write("jiashan", int) == 0, "the last thread is for those who hold none"
            assert await disk.read(int) == 0
            assert not waits.done()
        finally:
            goes_on.set()
        assert await waits == 0
