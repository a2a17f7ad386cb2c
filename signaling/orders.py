"""The product's orders about rooms and people, kept so that no older ticket can undo them.

`rev` is the time of the decision, by the product's clock in microseconds. An order overrules every ticket issued
before it and none issued later, so a late or repeated order changes nothing.
"""

from typing import Final, Literal

from signaling.effects import Standing
from signaling.errors import Close, Code, Refused
from signaling.log import Order, RoomLog
from signaling.ticket import LEEWAY, LIFE, Ticket

KEPT: Final = LIFE + 2 * LEEWAY  # seconds; by then every older ticket has expired
Kind = Literal["end", "remove", "grants"]
Key = tuple[str, str, str]  # kind, room, account ("": the whole room)


class Orders:
    def __init__(self, log: RoomLog) -> None:
        self._log, self._kept = log, log.orders()
        self._unfinished: set[Key] = set()  # kept, but not yet performed in the live room

    def keep(self, kind: Kind, room: str, sub: str, rev: int, now: float, new: Standing | None = None) -> bool:
        """Keeps the order; true if it must be performed, because it is new or failed the last time.

        It is kept before it is performed, so that no older ticket is accepted meanwhile.
        """
        key = (kind, room, sub)
        if key in self._kept and rev <= self._kept[key].rev:
            return key in self._unfinished and rev == self._kept[key].rev
        self._kept[key] = Order(rev, now + KEPT, new)
        self._unfinished.add(key)
        self._log.keep_order(key, self._kept[key])
        return True

    def performed(self, kind: Kind, room: str, sub: str) -> None:
        self._unfinished.discard((kind, room, sub))

    def sweep(self, now: float) -> None:
        self._kept = {key: order for key, order in self._kept.items() if order.until >= now}
        self._unfinished.intersection_update(self._kept)

    def admit(self, ticket: Ticket) -> None:
        """Raises Refused for a ticket from before its room was ended, or its person was removed from it."""
        if self._overrules("end", ticket, "") is not None:
            raise Refused(Code.forbidden, "The room has ended.", close=Close.room_ended)
        if self._overrules("remove", ticket, ticket.sub) is not None:
            raise Refused(Code.forbidden, "Your access to this room has ended.", close=Close.forbidden)

    def standing(self, ticket: Ticket) -> Standing:
        """What was ordered since the ticket was issued, or else the ticket's; no rights if the order is unreadable."""
        if (order := self._overrules("grants", ticket, ticket.sub)) is None:
            return Standing(ticket.rights, ticket.studies, ticket.role, ticket.booked)
        return order.standing or Standing(frozenset(), frozenset(), ticket.role, ticket.booked)

    def _overrules(self, kind: Kind, ticket: Ticket, sub: str) -> Order | None:
        order = self._kept.get((kind, ticket.room, sub))
        return order if order is not None and micros(ticket.iat) < order.rev else None


def micros(at: float) -> int:
    """Seconds to microseconds, as in `rev`."""
    return round(at * 1_000_000)
