"""Who has the two media seats of a peer-to-peer room, and who may negotiate with whom.

One seat is the lead's. The other goes to somebody on the booking, preferably of another hospital, and the
accompanying physician before others. Neither a reload, a late arrival nor a change of the booking takes the bedside's
picture away: who is no longer on the booking keeps the seat until somebody who is comes to the bedside.

A device of a hospital (`cart`) has no person of its own. It has its side's seat for whoever stands beside it, whose own
page there (`companion`) has no camera; it gives way to the accompanying physician's own camera, and never takes the
seat opposite a lead of its own hospital, who would meet only themselves.
"""

from collections.abc import Iterable

from signaling import protocol as p
from signaling.effects import Effects, Member, Send
from signaling.errors import Code, Refused

ACCOMPANYING = "accompanying_physician"
CART, COMPANION = "cart", "companion"
SEATLESS = frozenset({"viewer", COMPANION})


def assign(holders: tuple[str, ...], members: Iterable[Member], *, led: bool = True) -> tuple[str, ...]:
    """The seats, the lead's first. Whoever holds a seat keeps it unless somebody with more right to it is here."""
    inside = [m for m in members if not m.waiting]
    able = [m for m in inside if "publish" in m.rights and m.device not in SEATLESS]
    if not led:
        return _first_two(holders, able)
    leads = [m for m in able if m.lead] or [m for m in able if _for_a_lead(m, inside, holders)]
    lead = min(leads, key=lambda m: (m.id not in holders[:1], m.admission), default=None)
    beside = any(m.role == ACCOMPANYING and m.device == COMPANION for m in inside)

    def rank(m: Member) -> int:
        if m.device == CART:
            return 0 if beside else 2
        return 1 if m.role == ACCOMPANYING else 3

    def at_home(m: Member) -> bool:
        return lead is not None and m.hospital == lead.hospital

    def fitting(m: Member) -> tuple[bool, bool, int, bool, int]:
        return at_home(m), not m.booked, rank(m), m.id not in holders, m.admission

    def meets_itself(m: Member) -> bool:
        return lead is not None and (m.sub == lead.sub or (at_home(m) and CART in (m.device, lead.device)))

    fit = [m for m in able if (m.booked or m.id in holders) and not meets_itself(m)]
    other = min(fit, key=fitting, default=None)
    return tuple(m.id for m in (lead, other) if m is not None)


def _first_two(holders: tuple[str, ...], able: list[Member]) -> tuple[str, ...]:
    seats: dict[str, str] = {}  # by account, because nobody meets themselves
    for m in sorted(able, key=lambda m: (holders.index(m.id) if m.id in holders else len(holders), m.admission)):
        seats.setdefault(m.sub, m.id)
    return tuple(seats.values())[:2]


def _for_a_lead(m: Member, inside: list[Member], holders: tuple[str, ...]) -> bool:
    """Whether a device has the lead's seat: the lead stands beside it, or did and it is not the bedside's."""
    if m.device != CART:
        return False
    theirs = [each for each in inside if each.hospital == m.hospital]
    at_bedside = any(each.role == ACCOMPANYING for each in theirs)
    return any(each.lead and each.device == COMPANION for each in theirs) or (m.id in holders[:1] and not at_bedside)


class Relay:
    """Passes SDP and candidates between the two seats; messages of a replaced connection are refused."""

    def __init__(self) -> None:
        self._gen: dict[tuple[frozenset[str], str], int] = {}

    def forget(self, member: str) -> None:
        self._gen = {key: gen for key, gen in self._gen.items() if member not in key[0]}

    def pass_on(self, seats: tuple[str, ...], me: Member, other: Member, message: p.Sdp | p.Ice | p.Replace) -> Effects:
        if me.id not in seats or other.id not in seats or me is other:
            raise Refused(Code.forbidden, "Only the two media seats exchange media.")
        key = (frozenset((me.id, other.id)), message.pc)
        if message.gen < self._gen.get(key, 0):
            raise Refused(Code.stale_gen, "This peer connection has been replaced.")
        self._gen[key] = message.gen
        d: p.Json = {"from": me.id, "pc": message.pc, "gen": message.gen}
        if isinstance(message, p.Sdp):
            yield Send(other.id, "sdp", d | {"kind": message.kind, "sdp": message.sdp, "mids": message.mids})
        elif isinstance(message, p.Replace):
            yield Send(other.id, "pc.replace", d)
        else:
            yield Send(other.id, "ice", d | {"candidates": message.candidates, "end": message.end})
