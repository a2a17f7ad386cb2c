"""Who has the two media seats of a peer-to-peer room, and who may negotiate with whom.

One seat is the lead's. The other goes to somebody on the booking, preferably of another hospital, and the
accompanying physician before others. Neither a reload, a late arrival nor a change of the booking takes the bedside's
picture away: who is no longer on the booking keeps the seat until somebody who is comes to the bedside.
"""

from collections.abc import Iterable

from signaling import protocol as p
from signaling.effects import Effects, Member, Send
from signaling.errors import Code, Refused

ACCOMPANYING = "accompanying_physician"


def assign(holders: tuple[str, ...], members: Iterable[Member]) -> tuple[str, ...]:
    """The seats, the lead's first. Whoever holds a seat keeps it unless somebody with more right to it is here."""
    able = [m for m in members if not m.waiting and "publish" in m.rights and m.device != "viewer"]
    lead = min((m for m in able if m.lead), key=lambda m: (m.id not in holders[:1], m.admission), default=None)

    def fitting(m: Member) -> tuple[bool, bool, bool, bool, int]:
        same_house = lead is not None and m.hospital == lead.hospital
        return same_house, not m.booked, m.role != ACCOMPANYING, m.id not in holders, m.admission

    fit = [m for m in able if (m.booked or m.id in holders) and (lead is None or m.sub != lead.sub)]
    other = min(fit, key=fitting, default=None)
    return tuple(m.id for m in (lead, other) if m is not None)


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
