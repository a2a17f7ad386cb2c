"""Who may hold an association, so that no hospital and no address keeps the others out.

Calling AE titles are not authenticated: whoever reaches the port can claim those of a hospital, from one address or
from many. So an association that finds no room displaces one of whoever holds more, the longest idle.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from time import monotonic
from typing import Final, Generic, TypeVar

A = TypeVar("A")
ASSOCIATIONS: Final = 48
RESERVE: Final = 8
"""Of these, how many are kept for hospitals that hold none."""
OF_HOSPITAL: Final = 16
OF_ADDRESS: Final = 24
"""More than of a hospital, because several may come through one gateway."""


@dataclass(eq=False)
class Held(Generic[A]):
    association: A
    hospital: str
    address: str
    heard_at: float
    storing: bool = False


class Associations(Generic[A]):
    """Those that were admitted, until `alive` says that they have ended or they were displaced."""

    def __init__(self, alive: Callable[[A], bool], clock: Callable[[], float] = monotonic) -> None:
        self._alive, self._clock = alive, clock
        self._held: dict[A, Held[A]] = {}
        self._lock = threading.Lock()

    def admit(self, association: A, hospital: str, address: str) -> list[A] | None:
        """Returns the associations that must end now for this one; None if this one must not begin."""
        with self._lock:
            held = {each: its for each, its in self._held.items() if self._alive(each)}
            new = Held(association, hospital, address, self._clock())
            displaced = _displaced(list(held.values()), new)
            if displaced is None:
                return None
            self._held = {each: its for each, its in held.items() if its not in displaced} | {association: new}
            return [each.association for each in displaced]

    def heard(self, association: A) -> None:
        if (its := self._held.get(association)) is not None:
            its.heard_at = self._clock()

    @contextmanager
    def storing(self, association: A) -> Iterator[None]:
        """Meanwhile it waits for us and is not idle."""
        its = self._held.get(association)
        if its is not None:
            its.storing = True
        try:
            yield
        finally:
            if its is not None:
                its.storing, its.heard_at = False, self._clock()


def _displaced(held: list[Held[A]], new: Held[A]) -> list[Held[A]] | None:
    """Those who make room for the new one: at its address, in its hospital, and among all. None: nobody does."""
    of_hospital = [each for each in held if each.hospital == new.hospital]
    of_address = [each for each in held if each.address == new.address]
    displaced: list[Held[A]] = []
    for crowd, limit, share in (
        (of_address, OF_ADDRESS, attrgetter("hospital")),
        (of_hospital, OF_HOSPITAL, attrgetter("address")),
        (held, ASSOCIATIONS - (RESERVE if of_hospital else 0), attrgetter("hospital")),
    ):
        left = [each for each in crowd if each not in displaced]
        if len(left) >= limit:
            ends = _longest_idle_of_the_largest(left, share, new)
            if ends is None:
                return None
            displaced.append(ends)
    return displaced


def _longest_idle_of_the_largest(crowd: list[Held[A]], share: Callable[[Held[A]], str], new: Held[A]) -> Held[A] | None:
    """None if nobody would hold more than the new one's side even then, or nobody is idle."""
    counts = Counter(map(share, crowd))
    largest = max(counts, key=counts.__getitem__)
    if counts[largest] <= counts[share(new)] + 1:
        return None
    idle = [each for each in crowd if share(each) == largest and not each.storing]
    return min(idle, key=attrgetter("heard_at"), default=None)
