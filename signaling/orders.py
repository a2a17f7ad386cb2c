"""What the product has ordered of rooms and people, kept so that no ticket issued before can undo it.

An order's `rev` is the product's clock in microseconds when it decided: the order overrules every ticket issued
before, and nobody who came by a later one. So a repeat changes nothing, however late it comes.
"""

from typing import Final, Literal

from signaling.errors import Close, Code, Refused
from signaling.log import Order, RoomLog
from signaling.ticket import LEEWAY, LIFE, Ticket

KEPT: Final = LIFE + 2 * LEEWAY  # seconds: after that no older ticket opens anything any more
Kind = Literal["end", "remove", "grants"]
Key = tuple[str, str, str]  # kind, room, account ("" where it is about the whole room)


class Orders:
    def __init__(self, log: RoomLog) -> None:
        self._log, self._kept = log, log.orders()
        self._unfinished: set[Key] = set()  # kept, but not yet done in the live room; a restart empties every room

    def keep(self, kind: Kind, room: str, sub: str, rev: int, now: float, **rights: list[str]) -> bool:
        """True if it is still to be performed: it is new, or the try before failed on the way.

        Kept before it is performed, so that no older ticket opens anything meanwhile.
        """
        key = (kind, room, sub)
        if key in self._kept and rev <= self._kept[key].rev:
            return key in self._unfinished and rev == self._kept[key].rev
        self._kept[key] = Order(rev, now + KEPT, rights)
        self._unfinished.add(key)
        self._log.keep_order(key, self._kept[key])
        return True

    def performed(self, kind: Kind, room: str, sub: str) -> None:
        self._unfinished.discard((kind, room, sub))

    def sweep(self, now: float) -> None:
        self._kept = {key: order for key, order in self._kept.items() if order.until >= now}
        self._unfinished.intersection_update(self._kept)

    def admit(self, ticket: Ticket) -> None:
        """Refuses a ticket that was issued before its room, or its person in there, was ended."""
        if self._overrules("end", ticket, "") is not None:
            raise Refused(Code.forbidden, "The room has ended.", close=Close.room_ended)
        if self._overrules("remove", ticket, ticket.sub) is not None:
            raise Refused(Code.forbidden, "Your access to this room has ended.", close=Close.forbidden)

    def rights(self, ticket: Ticket) -> tuple[frozenset[str], frozenset[str]]:
        """Rights and studies: those of the ticket, or those ordered since."""
        if (order := self._overrules("grants", ticket, ticket.sub)) is None:
            return ticket.rights, ticket.studies
        return frozenset(order.rights.get("grants", ())), frozenset(order.rights.get("studies", ()))

    def _overrules(self, kind: Kind, ticket: Ticket, sub: str) -> Order | None:
        order = self._kept.get((kind, ticket.room, sub))
        return order if order is not None and micros(ticket.iat) < order.rev else None


def micros(at: float) -> int:
    """A moment as orders count it."""
    return round(at * 1_000_000)
