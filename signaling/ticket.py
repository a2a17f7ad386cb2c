"""Checks who somebody is: an Ed25519 ticket, for one room, used once."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import KeySet, OKPKey
from msgspec import Meta, Struct

from signaling.errors import Close, Code, Refused

LEEWAY: Final = 30
LIFE: Final = 300
Claim = Callable[[str, float], bool]  # (jti, until): true the first time; durable
Revoked = Callable[[str], bool]  # (sid)
Short = Annotated[str, Meta(min_length=1, max_length=100)]


class Ticket(Struct, frozen=True):
    """The claims of a room ticket (docs/protocol.md). The claim `grants` holds the rights."""

    sub: Annotated[str, Meta(min_length=1, max_length=100, pattern="^[^/]+$")]
    sid: Short
    hospital: Short
    name: Short
    role: Short
    room: Short
    room_kind: Short
    device: Literal["page", "companion", "cart", "viewer"]
    jti: Annotated[str, Meta(min_length=8, max_length=100)]
    iat: float
    exp: float
    case: str | None = None
    flags: frozenset[str] | dict[str, bool] = msgspec.field(name="grants", default=frozenset())
    studies: frozenset[str] = frozenset()
    booked: bool = False
    title: str = ""

    @property
    def rights(self) -> frozenset[str]:
        if isinstance(self.flags, dict):
            return frozenset(each for each, yes in self.flags.items() if yes)
        return self.flags


class TicketCheck:
    def __init__(self, keys: Callable[[], KeySet], claim: Claim, revoked: Revoked) -> None:
        self._keys, self._claim, self._revoked = keys, claim, revoked

    def open(self, raw: str, now: float) -> Ticket:
        must: jwt.ClaimsOption = {"essential": True}
        here: jwt.ClaimsOption = {"essential": True, "value": "signaling"}
        rules = jwt.JWTClaimsRegistry(int(now), LEEWAY, iss=must, exp=must, iat=must, nbf=must, aud=here)
        try:
            claims = jwt.decode(raw, self._keys(), algorithms=["Ed25519"]).claims
            rules.validate(claims)
            ticket = msgspec.convert(claims, Ticket)
        except ExpiredTokenError as error:
            raise Refused(Code.ticket_expired, "Fetch a new ticket.", close=Close.auth) from error
        except (JoseError, ValueError, TypeError) as error:  # msgspec.ValidationError is a ValueError
            raise Refused(Code.unauthenticated, "This is no ticket of ours.", close=Close.auth) from error
        if self._revoked(ticket.sid):
            raise Refused(Code.unauthenticated, "Signed out.", close=Close.auth)
        if ticket.exp - ticket.iat > LIFE or not self._claim(ticket.jti, ticket.exp + LEEWAY):
            raise Refused(Code.unauthenticated, "A ticket is used once, and soon.", close=Close.auth)
        return ticket


class KeyFile:
    """Public keys in a JWKS file, read again when it changes, so that keys rotate without a restart."""

    def __init__(self, path: Path) -> None:
        self._path, self._stamp, self._keys = path, (0, 0), KeySet([])

    def __call__(self) -> KeySet:
        stat = self._path.stat()
        if (stamp := (stat.st_mtime_ns, stat.st_size)) != self._stamp:
            self._keys, self._stamp = KeySet.import_key_set(json.loads(self._path.read_text())), stamp
        return self._keys


def issue(key: OKPKey, now: float, **claims: Any) -> str:
    """Issues a ticket, as the product does; for tests and --dev."""
    head = {"alg": "Ed25519", "kid": key.kid}
    times = {"iss": "dev", "aud": "signaling", "iat": now, "nbf": now, "exp": now + LIFE}
    return jwt.encode(head, times | claims, key, algorithms=["Ed25519"])
