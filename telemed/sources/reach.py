"""Where hospital systems may be: the installation's allow-list, with names looked up once per connection (S20).

Administrators of hospitals enter addresses; those who run the installation say once within which networks these may
lie. An entry is a network, `10.20.0.0/16`, or a host, `his.wuxi.example` or `10.20.0.5`; `:1521` after it leaves only
that port. Without an entry no hospital system may be called.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import NamedTuple

from telemed.kit.lookup import Lookup, look_up
from telemed.sources.faults import Failed
from telemed.sources.model import Fault
from telemed.sources.rules import HOST, Address


class Entry(NamedTuple):
    """`network` or `host`, and `port` or None for all."""

    network: IPv4Network | IPv6Network | None
    host: str
    port: int | None


@dataclass(frozen=True)
class Reach:
    entries: tuple[Entry, ...] = ()
    lookup: Lookup = look_up

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Reach":
        """Raises ValueError for an entry that is none."""
        return cls(tuple(_entry(each.strip()) for each in texts))

    async def resolve(self, at: Address) -> str:
        """The address to call. Raises Failed if the list does not allow it, or there is none of that name."""
        fitting = [each for each in self.entries if each.port in (None, at.port)]
        try:
            addresses = await self.lookup(at.host, at.port)
        except (OSError, UnicodeError):
            raise Failed(Fault.away) from None
        if not addresses:
            raise Failed(Fault.away)
        named = any(each.host == at.host.lower() for each in fitting)
        within = [each.network for each in fitting if each.network is not None]
        if not named and not all(any(ip_address(one) in each for each in within) for one in addresses):
            raise Failed(Fault.not_allowed)
        return addresses[0]


def _entry(text: str) -> Entry:
    for rest, port in ((text, None), _parted(text)):
        try:
            return Entry(ip_network(rest), "", port)
        except ValueError:
            continue
    host, port = _parted(text)
    if not HOST.fullmatch(host) or (port is not None and not 0 < port < 65536):
        raise ValueError(f"{text!r} is neither a network such as 10.20.0.0/16 nor a host such as his.example:1521")
    return Entry(None, host.lower(), port)


def _parted(text: str) -> tuple[str, int | None]:
    rest, colon, port = text.rpartition(":")
    return (rest.strip("[]"), int(port)) if colon and port.isdigit() else (text, None)
