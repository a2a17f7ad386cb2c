"""Where hospital systems may be: the installation's allow-list, with names looked up once per connection (S20).

Administrators of hospitals enter addresses; those who run the installation say once within which networks these may
lie. An entry is a network, `10.20.0.0/16`, or a host, `his.wuxi.example` or `10.20.0.5`; `:1521` after it leaves only
that port, `wuxi=` before it only that hospital: or the administrator of one could have patients read from another's
system, where that asks for no account. Without an entry no hospital system may be called.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final, NamedTuple

from telemed.kit.lookup import Lookup, look_up
from telemed.sources.faults import Failed
from telemed.sources.model import Fault
from telemed.sources.rules import HOST, Address

CODE: Final = re.compile(r"[a-z0-9-]{2,32}")


class Entry(NamedTuple):
    """`network` or `host`; `port` and `hospital` are None for all."""

    network: IPv4Network | IPv6Network | None
    host: str
    port: int | None
    hospital: str | None = None


@dataclass(frozen=True)
class Reach:
    entries: tuple[Entry, ...] = ()
    lookup: Lookup = look_up

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Reach":
        """Raises ValueError for an entry that is none."""
        return cls(tuple(_of_one(each.strip()) for each in texts))

    async def resolve(self, at: Address, hospital_id: str) -> str:
        """The address to call. Raises Failed if the list does not allow it, or there is none of that name."""
        ours = [each for each in self.entries if each.hospital in (None, hospital_id)]
        fitting = [each for each in ours if each.port in (None, at.port)]
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


def _of_one(text: str) -> Entry:
    hospital, equals, rest = text.rpartition("=")
    if equals and not CODE.fullmatch(hospital):
        raise ValueError(
            f"{text!r} is neither a network nor a host with a hospital's code before it (wuxi=10.20.0.0/16)"
        )
    return _entry(rest)._replace(hospital=hospital if equals else None)


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
