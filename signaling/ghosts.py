"""Who was in a room when it ended without a word; who of them does not come back in time has left."""

from collections.abc import Iterable

from signaling.protocol import Json


class Ghosts:
    def __init__(self, inside: Iterable[tuple[str, Json]], until: float) -> None:
        self._members: dict[tuple[str, str], tuple[float, Json]] = {}
        self.expect(inside, until)

    def expect(self, inside: Iterable[tuple[str, Json]], until: float) -> None:
        self._members |= {(room, str(member["id"])): (until, member) for room, member in inside}

    def back(self, room: str, member: str) -> None:
        self._members.pop((room, member), None)

    def gone(self, now: float) -> list[tuple[str, Json]]:
        """Each stays on the list until it is said of them with `back`."""
        return [(room, member) for (room, _), (until, member) in self._members.items() if now >= until]
