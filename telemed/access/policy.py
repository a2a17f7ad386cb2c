"""Finds out who is asking; and the policies by which a route says who may call it."""

from aiohttp import web
from aiohttp.typedefs import Handler

from telemed.access.model import Actor, Role
from telemed.access.sessions import COOKIE, LIFE, ORIGIN, find_actor
from telemed.db import DATABASE
from telemed.errors import NotAllowed, NotSignedIn
from telemed.kit.http import Policy, now
from telemed.kit.timed import note_signed_in

ACTOR = web.RequestKey("actor", Actor)
SAFE = {"GET", "HEAD", "OPTIONS"}


@web.middleware
async def actor(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Finds the actor by bearer token or cookie; with a cookie, a write must come from our own pages (S16)."""
    found = await identify(request)
    if found is not None:
        request[ACTOR] = found
    return await handler(request)


async def identify(request: web.Request) -> Actor | None:
    token, by_cookie = _token(request)
    if not token:
        return None
    if by_cookie and (request.method not in SAFE or request.headers.get("Upgrade")):
        refuse_other_sites(request)
    found = await find_actor(request.config_dict[DATABASE], token, now(request), request.config_dict[LIFE])
    if found is not None:
        note_signed_in(request)
    return found


def refuse_other_sites(request: web.Request) -> None:
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    ours = origin in request.config_dict[ORIGIN] if origin is not None else site in (None, "same-origin", "none")
    if not ours:
        raise NotAllowed("This request came from another site.", reason="other_site")


def _token(request: web.Request) -> tuple[str, bool]:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token, False
    return request.cookies.get(request.config_dict[COOKIE], ""), True


def _signed_in(request: web.Request) -> None:
    if ACTOR not in request:
        raise NotSignedIn("Sign in first.")


def role(*roles: Role) -> Policy:
    def check(request: web.Request) -> None:
        _signed_in(request)
        if not request[ACTOR].has(*roles):
            raise NotAllowed("Your role may not do this.", reason="role")

    return Policy(" or ".join(sorted(roles)), check)


public = Policy("public", lambda request: None, open=True)
signed_in = Policy("signed_in", _signed_in)
