"""Who is counted at a listening socket, whatever order the kernel and we hear of things in."""

import socket
from collections.abc import Iterator

import pytest

from telemed.kit.connections import Accepted, Connections

PEER = ("10.0.0.1", 4000)


@pytest.fixture
def pairs() -> Iterator[list[socket.socket]]:
    made: list[socket.socket] = []
    yield made
    for each in made:
        each.close()


def accepted(connections: Connections, peer: tuple[str, int], pairs: list[socket.socket]) -> Accepted:
    ours, theirs = socket.socketpair()
    pairs.append(theirs)
    pairs.append(connection := Accepted(ours, peer, connections))
    return connection


def test_a_port_used_again_before_the_old_connection_is_closed_leaves_nothing_behind(
    pairs: list[socket.socket],
) -> None:
    connections = Connections(10, per_address=1, behind_proxy=True)
    old = accepted(connections, PEER, pairs)
    connections.asked(PEER, "192.0.2.7")  # the proxy said for whom
    new = accepted(connections, PEER, pairs)
    old.close()
    new.close()
    assert connections.count == 0
    for port in (4001, 4002):  # the second pushes out the first: nothing stale comes before it
        accepted(connections, (PEER[0], port), pairs)
        connections.asked((PEER[0], port), "192.0.2.7")
    assert connections._strangers == {"192.0.2.7": {(PEER[0], 4002): None}}
    assert connections.count == 2
