"""Finds out who is asking; and the policies by which a route says who may call it."""

from aiohttp import web
from aiohttp.typedefs import Handler

from telemed.access.model import Actor, Owed, Role
from telemed.access.sessions import COOKIE, LIFE, ORIGIN, Find, find_actor
from telemed.db import DATABASE
from telemed.errors import NotAllowed, NotSignedIn
from telemed.kit.http import Policy, now
from telemed.kit.timed import note_signed_in

ACTOR = web.RequestKey("actor", Actor)
HALF = web.RequestKey("half_signed_in", Actor)  # the password was right, and something is owed before anything else
SAFE = {"GET", "HEAD", "OPTIONS"}


@web.middleware
async def actor(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Finds the actor by bearer token or cookie; with a cookie, a write must come from our own pages (S16)."""
    found = await _whose(request)
    if found is not None:
        request[HALF if found.owes else ACTOR] = found
    return await handler(request)


async def identify(request: web.Request, find: Find = find_actor) -> Actor | None:
    """Who is signed in wholly."""
    found = await _whose(request, find)
    return None if found is None or found.owes else found


async def _whose(request: web.Request, find: Find = find_actor) -> Actor | None:
    token, by_cookie = _token(request)
    if not token:
        return None
    if by_cookie and (request.method not in SAFE or request.headers.get("Upgrade")):
        refuse_other_sites(request)
    found = await find(request.config_dict[DATABASE], token, now(request), request.config_dict[LIFE])
    if found is not None:
        note_signed_in(request)
    return found


def device_cookie(request: web.Request) -> str:
    """The name of the cookie by which a registered device (a ward cart) shows which it is."""
    return f"{request.config_dict[COOKIE]}_device"


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
    if HALF in request:
        raise _owing(request[HALF].owes[0])
    if ACTOR not in request:
        raise NotSignedIn("Sign in first.")


def _begun(request: web.Request) -> None:
    if HALF not in request:
        _signed_in(request)


def _owing(what: Owed) -> NotAllowed:
    match what:
        case Owed.second_factor:
            return NotAllowed("Give the code of your second factor first.", reason="second_factor_first")
        case Owed.new_password:
            return NotAllowed("Choose a password first.", reason="password_first")
        case Owed.enrolment:
            return NotAllowed("Enrol a second factor first.", reason="enrolment_first")


def owing(what: Owed) -> Policy:
    """For the route by which a sign-in does its next step."""

    def check(request: web.Request) -> None:
        if HALF not in request:
            raise NotSignedIn("Sign in first.")
        if request[HALF].owes[0] is not what:
            raise _owing(request[HALF].owes[0])

    return Policy(f"owes {what}", check, open=True)


def role(*roles: Role) -> Policy:
    def check(request: web.Request) -> None:
        _signed_in(request)
        if not request[ACTOR].has(*roles):
            raise NotAllowed("Your role may not do this.", reason="role")

    return Policy(" or ".join(sorted(roles)), check)


public = Policy("public", lambda request: None, open=True)
signed_in = Policy("signed_in", _signed_in)
begun = Policy("begun", _begun)  # who may leave: also one who still owes something
