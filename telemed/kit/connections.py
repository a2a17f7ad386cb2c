"""A listening socket that keeps one address, or all strangers together, from taking every file descriptor.

A connection is a stranger's until a signed-in person sends a request over it. Each address may hold a limited number
of strangers' connections; one more closes that address's connection that has been without a request for longest. So
silent and half-sent requests displace each other and never a page, and a newcomer behind a hospital's shared address
always gets in. Connections are counted when the kernel hands them over, because an unfinished TLS handshake holds a
descriptor too.
"""

import resource
import socket
from contextlib import suppress
from ipaddress import IPv6Address
from typing import Any

Peer = tuple[Any, ...]
"""The remote end as `getpeername` gives it: (address, port), for IPv6 with two more numbers."""
PER_ADDRESS = 256  # a branch of some hundred people behind one address, all opening the sign-in page at once
BACKLOG = 1024
RESERVE = 512  # descriptors for databases, files, workers and modalities; imaging keeps 256 files open for readers
MOST = 16_384  # connections to one port, however many descriptors there are


def room_for_each(ports: int) -> int:
    """How many connections each of `ports` ports may hold. Raises this process's descriptor limit as far as allowed."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    allowed = 1 << 20 if hard == resource.RLIM_INFINITY else hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return max(1, min(MOST, (allowed - RESERVE) // ports))


class Connections:
    """Who is connected to one port. Behind a proxy the client's address is known only when a request begins."""

    def __init__(self, total: int, *, per_address: int = PER_ADDRESS, behind_proxy: bool = False) -> None:
        self._total, self._per_address, self._behind_proxy = total, per_address, behind_proxy
        self._open: dict[Peer, Accepted] = {}
        self._strangers: dict[str, dict[Peer, None]] = {}  # by address; the longest without a request comes first
        self._address: dict[Peer, str] = {}  # of strangers

    @property
    def count(self) -> int:
        return len(self._open)

    def enter(self, connection: "Accepted", peer: Peer) -> None:
        self.known(peer)  # the same address and port, reused before we have closed the old connection
        self._open[peer] = connection
        self._count(peer, subscriber(peer[0]), self._total if self._behind_proxy else self._per_address)
        if len(self._open) > self._total:
            # If everybody is signed in, only the newcomer can be turned away.
            crowd = max(self._strangers.values(), key=len)
            self._shut(next(iter(crowd)))

    def asked(self, peer: Peer, address: str) -> None:
        """A request from `address` has begun; who sends it is not known yet."""
        if peer in self._open:
            self.known(peer)
            self._count(peer, subscriber(address), self._per_address)

    def known(self, peer: Peer) -> None:
        """The peer has signed in and no longer counts as a stranger."""
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
        """Ends the stream; the connection's protocol then closes the descriptor."""
        self.known(peer)
        with suppress(OSError):
            self._open[peer].shutdown(socket.SHUT_RDWR)


def subscriber(address: str) -> str:
    """What counts as one address: for IPv6 the /64 network, because its owner may use all 2^64 addresses in it."""
    if ":" not in address:
        return address
    with suppress(ValueError):
        found = IPv6Address(address.partition("%")[0])
        if found.ipv4_mapped is None:
            return found.exploded[:19]
    return address


class Accepted(socket.socket):
    """One accepted connection; closing it reports to the counter."""

    def __init__(self, plain: socket.socket, peer: Peer, connections: Connections) -> None:
        super().__init__(plain.family, plain.type, plain.proto, fileno=plain.detach())
        self._peer, self._connections = peer, connections
        connections.enter(self, peer)

    def close(self) -> None:
        self._connections.left(self, self._peer)
        super().close()


class Listener(socket.socket):
    """A bound socket to hand to a server, which accepts from it as from any other."""

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
