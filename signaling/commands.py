"""What the product may order: another standing, a removal, the end of a room, a sign-out.

Each is idempotent by `rev`. Once it has returned it is on the disk, and in effect for everybody in the room.
"""

from collections.abc import Awaitable, Callable, Iterable

from signaling import moderation
from signaling.effects import Effects, Member, Standing
from signaling.errors import Close
from signaling.orders import micros
from signaling.room import Room
from signaling.rooms import Rooms
from signaling.ticket import LEEWAY, LIFE


class Commands:
    def __init__(self, rooms: Rooms, clock: Callable[[], float], durable: Callable[[], Awaitable[None]]) -> None:
        self._rooms, self._clock, self._durable = rooms, clock, durable

    async def set_rights(
        self, room: str, sub: str, rights: Iterable[str], studies: Iterable[str], rev: int, *, role: str, booked: bool
    ) -> None:
        """From now on `sub` may do and see this in `room`, and is there in this role."""
        standing = Standing(frozenset(rights), frozenset(studies), role, booked)
        if self._rooms.orders.keep("grants", room, sub, rev, self._clock(), standing):
            self._perform(room, lambda live: moderation.set_standing(live, _older(live, rev, sub), standing))
            self._rooms.orders.performed("grants", room, sub)
        await self._durable()

    async def remove(self, room: str, sub: str, rev: int, reason: str = "", *, may_return: bool = False) -> None:
        """Removes `sub` on every device. The others' pages close their media when they hear that the peer has gone.

        `may_return`: they are only wanted elsewhere, and come in again as they did before.
        """
        if self._rooms.orders.keep("remove", room, sub, rev, self._clock()):
            self._perform(
                room, lambda live: moderation.remove(live, _older(live, rev, sub), reason, may_return=may_return)
            )
            if not may_return:
                self._forget_absent(room, sub)
            self._rooms.orders.performed("remove", room, sub)
        await self._durable()

    async def end(self, room: str, rev: int, reason: str = "") -> None:
        """Ends the room for everybody who came before `rev`; for those with a newer ticket it goes on."""
        if self._rooms.orders.keep("end", room, "", rev, self._clock()):
            self._perform(room, lambda live: moderation.end(live, _older(live, rev), reason))
            self._forget_absent(room)
            self._rooms.orders.performed("end", room, "")
        await self._durable()

    async def revoke(self, sid: str) -> None:
        """Ends a sign-in: closes its sockets and voids the tickets it has already got."""
        now = self._clock()
        self._rooms.log.claim(_revoked(sid), now + LIFE + 2 * LEEWAY)
        for session in [each for each in self._rooms.sessions.values() if each.ticket.sid == sid]:
            self._rooms.end_session(session, Close.auth, now, "signed out")
        await self._durable()

    def _perform(self, room: str, order: Callable[[Room], Effects]) -> None:
        if (live := self._rooms.rooms.get(room)) is None:
            return
        try:
            self._rooms.perform(live, live.run(order(live)), self._clock())
        except Exception:
            self._rooms.abandon(live, self._clock())
            raise

    def _forget_absent(self, room: str, sub: str | None = None) -> None:
        """Forgets who was let in and is not in the room now, so that they knock again, and come with their booked role.

        `sub` is one account, or None for everybody.
        """
        live, log = self._rooms.rooms.get(room), self._rooms.log
        here = {each.sub for each in live.members.values()} if live is not None else set()
        for account in log.handed(room):
            if sub in (None, account) and account not in here:
                log.forget_handed(room, account)
                if live is not None:
                    live.handed.pop(account, None)
        for member in log.passes(room):
            if (sub is None or member.startswith(f"{sub}/")) and (live is None or member not in live.members):
                log.forget_pass(room, member)
                if live is not None:
                    live.passes.discard(member)


def _older(room: Room, rev: int, sub: str | None = None) -> list[Member]:
    """The members, of one account or of all, whose ticket is older than the order."""
    return [m for m in room.members.values() if sub in (None, m.sub) and micros(m.issued) < rev]


def _revoked(sid: str) -> str:
    return f"sid:{sid}"


def is_revoked(rooms_used: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda sid: rooms_used(_revoked(sid))
