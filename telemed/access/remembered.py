"""Remembers for a moment whose token it is, for the hundreds of frames that a viewer asks for at once."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from telemed.access.model import Actor
from telemed.access.sessions import Life, digest, find_actor
from telemed.db import Database

FOR: Final = timedelta(seconds=5)
MOST: Final = 4096


class Known(NamedTuple):
    actor: Actor
    changes: int
    at: datetime


class Remembered:
    """Finds actors as `find_actor` does. Only a yes is remembered, for 5 s, and only while nobody commits anything.

    Whatever ends a sign-in is a commit: signing out, a new password, an account disabled at the command line, another
    role. So no way of losing access can be forgotten here. Where commits cannot be counted, each request is asked for.
    """

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}

    async def find(self, database: Database, token: str, now: datetime, life: Life) -> Actor | None:
        key, changes = digest(token), database.changes()
        known = self._known.pop(key, None)
        if known is None or known.changes != changes or not timedelta(0) <= now - known.at < FOR:
            actor = await find_actor(database, token, now, life)
            if actor is None or changes is None:
                return actor
            known = Known(actor, changes, now)  # the count from before asking
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = known
        return known.actor
