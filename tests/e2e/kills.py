"""kill -9 under load, again and again: which of what was acknowledged is missing after the restart."""

import asyncio
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from telemed.access.issue import bearer_token
from telemed.demo.progress import clock_of
from tests.e2e.conftest import Product, demonstration
from tests.e2e.kill_load import Api, Chat, Load, Opinion, Removals, Requests, SignOuts
from tests.e2e.kill_reports import Addenda, ReadBacks, Reports, Signatures
from tests.e2e.kill_turns import STEPS, Turns

T = TypeVar("T")
PEOPLE = (
    *("coordinator", "expert", "expert2", "radiologist", "radiologist2", "trainee"),
    *("wuxi.doctor", "wuxi.radiographer", "admin"),
)
NOTED_WITHIN = 60.0  # seconds until every kind of load has had its first acknowledgement
LONGEST = 1.0  # seconds from then to the kill


def kills(data_dir: Path, times: int) -> tuple[int, list[str]]:
    """How much was acknowledged before the kills, and what was lost of it; `data_dir` is a filled demonstration."""
    tokens = _run(_tokens(data_dir))
    loads: list[Load] = [Chat(), Requests(), Opinion(), SignOuts(), Removals(), Reports(), Addenda()]
    loads += [Signatures(), ReadBacks(), Turns()]
    chance, lost = Random(1), set[str]()
    for _ in range(times):
        with demonstration(data_dir) as product:
            lost |= _run(_lost(product, tokens, loads))
            _run(_kill(product, tokens, loads, chance.uniform(0, LONGEST)))
    with demonstration(data_dir) as product:
        lost |= _run(_lost(product, tokens, loads))
        lost |= _run(_lost(product, tokens, loads, everything=True))
    return sum(len(load.acknowledged) for load in loads), sorted(lost)


def kills_at_each_step(data_dir: Path) -> tuple[set[str], list[str]]:
    """The steps of a reading that were each followed by a kill, and what was lost."""
    tokens, load, lost = _run(_tokens(data_dir)), Turns(), set[str]()
    for step in STEPS:
        load.waits_for = step
        with demonstration(data_dir) as product:
            lost |= _run(_lost(product, tokens, [load]))
            _run(_kill(product, tokens, [load], 0))
    with demonstration(data_dir) as product:
        lost |= _run(_lost(product, tokens, [load], everything=True))
    return {what for what, _, _ in load.acknowledged}, sorted(lost)


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Runs in a thread, because the browser of other tests has a running event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _tokens(data_dir: Path) -> dict[str, str]:
    url, clock, life = f"sqlite:///{data_dir}/telemed.db", clock_of(data_dir), timedelta(hours=12)
    return {each: await bearer_token(url, each, clock(), life) for each in PEOPLE}


async def _kill(product: Product, tokens: dict[str, str], loads: Sequence[Load], after: float) -> None:
    """Kills once each kind of load has had something acknowledged, while all go on."""
    async with Api(product.origin, tokens) as api, asyncio.TaskGroup() as writing:
        for load in loads:
            load.noted = asyncio.Event()
            writing.create_task(load.until_gone(api))
        async with asyncio.timeout(NOTED_WITHIN):
            for load in loads:
                await load.noted.wait()
        await asyncio.sleep(after)
        product.process.kill()


async def _lost(
    product: Product, tokens: dict[str, str], loads: Sequence[Load], *, everything: bool = False
) -> set[str]:
    async with Api(product.origin, tokens) as api:
        asked = [load.missing(api, load.lasting() if everything else load.take_fresh()) for load in loads]
        return {f"{each}" for missing in await asyncio.gather(*asked) for each in missing}
