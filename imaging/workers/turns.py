"""Whose turn it is at the workers: no hospital holds the last one, none waits behind the queue of another.

A job cannot be stopped in the middle, so fairness is decided when it starts: the hospital that holds the fewest
workers goes first, and the last free worker goes only to one that holds none. A long job (a slice of a zip) never takes
the last one either, and a hospital has one at a time, so that a short job of anybody finds a worker.
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
        self._free.append(worker)  # the last used is the next: fewer processes stay warm
        self._held[hospital] -= 1
        self._long[hospital] -= long
        self._next()

    def _next(self) -> None:
        while ready := [each for each in self._waiting if self._may(*each)]:
            chosen = min(ready, key=lambda each: self._held[each[0]])
            turns = self._waiting.pop(chosen)
            turn = turns.popleft()
            if turns:
                self._waiting[chosen] = turns  # behind the others that hold as many
            if not turn.done():
                self._held[chosen[0]] += 1
                self._long[chosen[0]] += chosen[1]
                turn.set_result(self._free.pop())

    def _may(self, hospital: str, long: bool) -> bool:
        if long:
            return len(self._free) > 1 and not self._long[hospital]
        return len(self._free) > (1 if self._held[hospital] else 0)
