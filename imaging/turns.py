"""Whose turn it is at workers that hospitals share: none waits behind another's queue.

A job cannot be interrupted, so fairness is decided when it starts. The hospital with the fewest workers is next, and
the last free worker only goes to one that has none. A long job (a slice of a zip) never takes the last worker, and a
hospital runs one long job at a time, so that anybody's short job finds a worker.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Sequence
from typing import Generic, TypeVar

W = TypeVar("W")


class Turns(Generic[W]):
    def __init__(self, workers: Sequence[W]) -> None:
        self._free = list(reversed(workers))
        self._held, self._long = Counter[str](), Counter[str]()
        self._waiting: dict[tuple[str, bool], deque[asyncio.Future[W]]] = {}

    async def take(self, hospital: str, long: bool = False) -> W:
        turn: asyncio.Future[W] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault((hospital, long), deque()).append(turn)
        self._next()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give(turn.result(), hospital, long)
            raise

    def give(self, worker: W, hospital: str, long: bool = False) -> None:
        self._free.append(worker)  # the last used is used next, so that fewer processes stay active
        self._held[hospital] -= 1
        self._long[hospital] -= long
        self._next()

    def _next(self) -> None:
        while ready := [each for each in self._waiting if self._may(*each)]:
            chosen = min(ready, key=lambda each: self._held[each[0]])
            turns = self._waiting.pop(chosen)
            turn = turns.popleft()
            if turns:
                self._waiting[chosen] = turns  # to the end, behind others with as many workers
            if not turn.done():
                self._held[chosen[0]] += 1
                self._long[chosen[0]] += chosen[1]
                turn.set_result(self._free.pop())

    def _may(self, hospital: str, long: bool) -> bool:
        if long:
            return len(self._free) > 1 and not self._long[hospital]
        return len(self._free) > (1 if self._held[hospital] else 0)
