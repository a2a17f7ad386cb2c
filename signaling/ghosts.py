"""Who was in a room when the process ended; who of them does not come back in time has left."""

from collections.abc import Iterable

from signaling.protocol import Json


class Ghosts:
    def __init__(self, inside: Iterable[tuple[str, Json]], until: float) -> None:
        self._until = until
        self._members = {(room, str(member["id"])): member for room, member in inside}

    def back(self, room: str, member: str) -> None:
        self._members.pop((room, member), None)

    def gone(self, now: float) -> list[tuple[str, Json]]:
        if now < self._until or not self._members:
            return []
        left = [(room, member) for (room, _), member in self._members.items()]
        self._members.clear()
        return left
