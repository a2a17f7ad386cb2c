"""A listening socket that never lets one address, or all strangers together, take every descriptor.

A connection belongs to a stranger until somebody signed in speaks over it. Of strangers each address has a limited
number; one more closes the connection of that address that has been without a request for longest. So silent and half
sent requests push out each other, and never a page: behind the one address of a hospital a newcomer always gets in.
It counts where the kernel hands the connection over, because a TLS handshake that never ends holds a descriptor too.
"""

import resource
import socket
from contextlib import suppress
from ipaddress import IPv6Address
from typing import Any

Peer = tuple[Any, ...]
"""What the operating system calls the other end: (address, port) and for IPv6 two numbers more."""
PER_ADDRESS = 256  # a branch of some hundred people behind one address, all opening the sign-in page at once
BACKLOG = 1024
RESERVE = 256  # descriptors for databases, files, workers and modalities
MOST = 16_384  # connections to one port, however many descriptors there are


def room_for_each(ports: int) -> int:
    """How many connections each of so many ports may hold, once this process may open all that it can be allowed."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    allowed = 1 << 20 if hard == resource.RLIM_INFINITY else hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return max(1, min(MOST, (allowed - RESERVE) // ports))


class Connections:
    """Who is connected to one port. Behind a proxy, the only peer, addresses are known when requests begin."""

    def __init__(self, total: int, *, per_address: int = PER_ADDRESS, behind_proxy: bool = False) -> None:
        self._total, self._per_address, self._behind_proxy = total, per_address, behind_proxy
        self._open: dict[Peer, Accepted] = {}
        self._strangers: dict[str, dict[Peer, None]] = {}  # by address; the longest without a request comes first
        self._address: dict[Peer, str] = {}  # of strangers

    @property
    def count(self) -> int:
        return len(self._open)

    def enter(self, connection: "Accepted", peer: Peer) -> None:
        self.known(peer)  # the same address and port again, before the connection of before is closed here
        self._open[peer] = connection
        self._count(peer, subscriber(peer[0]), self._total if self._behind_proxy else self._per_address)
        if len(self._open) > self._total:
            # Where everybody is signed in there is nobody to push out but the newcomer.
            crowd = max(self._strangers.values(), key=len)
            self._shut(next(iter(crowd)))

    def asked(self, peer: Peer, address: str) -> None:
        """A request began on behalf of `address`: nobody knows yet whose it is."""
        if peer in self._open:
            self.known(peer)
            self._count(peer, subscriber(address), self._per_address)

    def known(self, peer: Peer) -> None:
        """Somebody signed in: no longer counted among the strangers of the address."""
        if (address := self._address.pop(peer, None)) is not None:
            crowd = self._strangers[address]
            del crowd[peer]
            if not crowd:
                del self._strangers[address]

    def left(self, connection: "Accepted", peer: Peer) -> None:
        if self._open.get(peer) is connection:
            del self._open[peer]
            self.known(peer)

    def _count(self, peer: Peer, address: str, limit: int) -> None:
        crowd = self._strangers.setdefault(address, {})
        crowd[peer], self._address[peer] = None, address
        if len(crowd) > limit:
            self._shut(next(iter(crowd)))

    def _shut(self, peer: Peer) -> None:
        """Its protocol reads the end of the stream and lets go of the descriptor."""
        self.known(peer)
        with suppress(OSError):
            self._open[peer].shutdown(socket.SHUT_RDWR)


def subscriber(address: str) -> str:
    """Whoever has one IPv6 address has the 2^64 of its network."""
    if ":" not in address:
        return address
    with suppress(ValueError):
        found = IPv6Address(address.partition("%")[0])
        if found.ipv4_mapped is None:
            return found.exploded[:19]
    return address


class Accepted(socket.socket):
    """One connection; closing it tells who counts."""

    def __init__(self, plain: socket.socket, peer: Peer, connections: Connections) -> None:
        super().__init__(plain.family, plain.type, plain.proto, fileno=plain.detach())
        self._peer, self._connections = peer, connections
        connections.enter(self, peer)

    def close(self) -> None:
        self._connections.left(self, self._peer)
        super().close()


class Listener(socket.socket):
    """Bound and ready to be given to a server, which accepts from it as from any other socket."""

    def __init__(self, host: str, port: int, connections: Connections) -> None:
        super().__init__(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        self._connections = connections
        self.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if self.family == socket.AF_INET6:
            self.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        try:
            self.bind((host, port))
        except OSError:
            self.close()
            raise
        self.setblocking(False)

    def accept(self) -> tuple[socket.socket, Peer]:
        plain, peer = super().accept()
        return Accepted(plain, peer, self._connections), peer
