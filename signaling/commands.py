"""What the product may order: new grants, a removal, the end of a room, a sign-out; each idempotent."""

from collections.abc import Callable, Iterable

from signaling import moderation
from signaling.errors import Close
from signaling.rooms import Rooms
from signaling.ticket import LEEWAY, LIFE


class Commands:
    def __init__(self, rooms: Rooms, clock: Callable[[], float]) -> None:
        self._rooms, self._clock = rooms, clock
        self._revs: dict[tuple[str, str], int] = {}

    async def grants(self, room: str, sub: str, grants: Iterable[str], studies: Iterable[str], rev: int) -> None:
        """From now on `sub` may do and see this in `room`. An older `rev` than one already seen changes nothing."""
        if rev <= self._revs.get((room, sub), -1):
            return
        self._revs[room, sub] = rev
        if (live := self._rooms.rooms.get(room)) is not None:
            effects = live.run(moderation.regrant(live, sub, frozenset(grants), frozenset(studies)))
            self._rooms.perform(live, effects, self._clock())

    async def remove(self, room: str, sub: str, reason: str = "") -> None:
        """Out, on every device; the other page closes its media when it hears of it."""
        if (live := self._rooms.rooms.get(room)) is not None:
            self._rooms.perform(live, live.run(moderation.remove(live, sub, reason)), self._clock())

    async def end(self, room: str, reason: str = "") -> None:
        if (live := self._rooms.rooms.get(room)) is not None:
            self._rooms.perform(live, live.run(live.end("product", reason)), self._clock())

    async def revoke(self, sid: str) -> None:
        """The sign-in session is over: its sockets close, and tickets already issued to it open nothing."""
        now = self._clock()
        self._rooms.log.claim(_revoked(sid), now + LIFE + 2 * LEEWAY)
        for session in [each for each in self._rooms.sessions.values() if each.ticket.sid == sid]:
            self._rooms.end_session(session, Close.auth, now, "signed out")


def _revoked(sid: str) -> str:
    return f"sid:{sid}"


def is_revoked(rooms_used: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda sid: rooms_used(_revoked(sid))
