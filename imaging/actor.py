"""Who is asking: what imaging knows of a person or a program, made by whoever mounts it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from imaging.errors import NotAllowed


@dataclass(frozen=True)
class Actor:
    id: str
    """The account."""
    subjects: frozenset[str]
    """What grants may name: the account's id and `role:<hospital>:<role>[:<department>]`."""
    hospital: str
    """The archive that is one's own; what one stores lands in it."""
    reads_own: bool = False
    stores: bool = False
    sees_hidden: bool = False


Authenticate = Callable[[web.Request], Awaitable[Actor | None]]

ACTOR = web.RequestKey("imaging_actor", Actor)


def storing_actor(request: web.Request) -> Actor:
    """The actor of a request that stores; others learn only that they may not."""
    actor = request[ACTOR]
    if not actor.stores:
        raise NotAllowed("This account may not store images.")
    return actor
