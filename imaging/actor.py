"""Who is asking: what imaging knows of a caller, as the program that mounts it says."""

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
    """Their own hospital, in whose archive what they store is kept."""
    reads_own: bool = False
    stores: bool = False
    sees_hidden: bool = False


Authenticate = Callable[[web.Request], Awaitable[Actor | None]]

ACTOR = web.RequestKey("imaging_actor", Actor)


def storing_actor(request: web.Request) -> Actor:
    """The actor of a request that stores. Raises NotAllowed if they may not."""
    actor = request[ACTOR]
    if not actor.stores:
        raise NotAllowed("This account may not store images.")
    return actor
