"""Who was in a room, or at its door, when it ended by a restart. Those not back in time are reported as left."""

from collections.abc import Iterable

from signaling.protocol import Json


class Ghosts:
    def __init__(self, here: Iterable[tuple[str, Json]], until: float) -> None:
        self._members: dict[tuple[str, str], tuple[float, Json]] = {}
        self.expect(here, until)

    def expect(self, here: Iterable[tuple[str, Json]], until: float) -> None:
        self._members |= {(room, str(member["id"])): (until, member) for room, member in here}

    def back(self, room: str, member: str) -> None:
        self._members.pop((room, member), None)

    def gone(self, now: float) -> list[tuple[str, Json]]:
        """The members, with their room, whose time is over. Each stays on the list until `back` is called for them."""
        return [(room, member) for (room, _), (until, member) in self._members.items() if now >= until]
