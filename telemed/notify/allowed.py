"""Where the service may post to: an allow-list of origins, names resolved once and to public addresses only (S20).

An entry is an origin, `https://oapi.dingtalk.com`, and after `=` perhaps the one address at which it is to be reached,
`https://gateway.hospital.example=10.1.2.3`. Only such an address, or one that stands in the entry's URL itself, may be
a private one. Plain http is spoken only where an entry says so.
"""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

from telemed.kit.lookup import Lookup, look_up, resolved

PORTS: Final = {"https": 443, "http": 80}
LONGEST_URL: Final = 500
INTERNET_6: Final = ip_network("2000::/3")  # elsewhere IPv6 is local, multicast, or a way to an IPv4 address
# More than `is_global` knows: services of the cloud that we run in; IPv4 addresses inside IPv6 ones (Teredo, 6to4).
LEADS_INSIDE: Final = tuple(map(ip_network, ("192.0.0.0/24", "2001::/32", "2002::/16")))


class Origin(NamedTuple):
    scheme: str
    host: str
    port: int


class Refused(OSError):
    """The name leads to an address at which nothing of ours may be posted."""


def origin_of(url: str) -> Origin | None:
    """None if it is no http address with a host, or hides something: a user, a fragment."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".")
    hidden = parts.username is not None or parts.password is not None or "#" in url
    if parts.scheme not in PORTS or not host or hidden or not url.isascii() or not url.isprintable() or " " in url:
        return None
    return Origin(parts.scheme, host, port or PORTS[parts.scheme])


@dataclass(frozen=True)
class Allowed:
    """The allow-list: by origin the address to which it is pinned, "" where its name is looked up."""

    entries: dict[Origin, str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Allowed":
        """Raises ValueError for an entry that is none."""
        entries: dict[Origin, str] = {}
        for text in texts:
            url, _, address = text.strip().partition("=")
            origin = origin_of(url)
            if origin is None or urlsplit(url).path not in ("", "/") or urlsplit(url).query:
                raise ValueError(f"{text!r} is no origin such as https://oapi.dingtalk.com")
            entries[origin] = str(ip_address(address)) if address else ""
        return cls(entries)

    def has(self, url: str) -> bool:
        return len(url) <= LONGEST_URL and origin_of(url) in self.entries

    @property
    def hosts(self) -> list[str]:
        return sorted({each.host for each in self.entries})


def is_public(text: str) -> bool:
    """Whether the address is one of the internet, and no other way of writing one inside."""
    address = ip_address(text)
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_multicast or any(address in each for each in LEADS_INSIDE):
        return False
    return address.is_global and (address.version == 4 or address in INTERNET_6)


class Pinned(AbstractResolver):
    """Looks a name up once per connection and hands out the very addresses that it has checked."""

    def __init__(self, allowed: Allowed, lookup: Lookup = look_up) -> None:
        self._pins = {(each.host, each.port): address for each, address in allowed.entries.items() if address}
        self._lookup = lookup

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        pin = self._pins.get((host.rstrip("."), port))  # written with its last dot it is the same name
        addresses = [pin] if pin else await self._lookup(host, port)
        if not pin and not all(map(is_public, addresses)):
            raise Refused("private")
        return [resolved(host, port, each) for each in addresses]

    async def close(self) -> None:
        """Nothing is kept."""
