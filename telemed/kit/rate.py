"""Counts how often somebody asked lately; in memory, because it may be lost at a restart."""

from collections import deque
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from telemed.errors import TooMany

MOST_ASKING: Final = 10_000


class Rate:
    """At most so many within so long, for each who asks."""

    def __init__(self, most: int, within: timedelta) -> None:
        self._most, self._within = most, within
        self._asked: dict[str, deque[datetime]] = {}

    def count(self, who: str, now: datetime) -> None:
        """Raises TooMany, which says when to ask again."""
        if len(self._asked) > MOST_ASKING:
            self._asked.clear()
        asked = self._asked.setdefault(who, deque())
        while asked and asked[0] <= now - self._within:
            asked.popleft()
        if len(asked) >= self._most:
            wait = max(1, ceil((asked[0] + self._within - now).total_seconds()))
            raise TooMany("Too many look-ups; wait a while.", reason="too_many_attempts", retry_after=wait)
        asked.append(now)
