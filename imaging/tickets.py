"""Image tickets (contracts.md): short-lived Ed25519 JWTs that say who somebody is, not what they may see."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aiohttp import web
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey
from joserfc.jws import JWSRegistry

from imaging.actor import Actor

ALGORITHM = "Ed25519"
AUDIENCE = "imaging"
LEEWAY = 30
READ_AGAIN_AFTER = 60.0

# What roles may do when the archive runs alone.
STORING = frozenset(("radiographer", "radiologist", "requesting_doctor", "administrator"))
IMAGING = frozenset(("radiographer", "radiologist"))

_registry = JWSRegistry(algorithms=[ALGORITHM])
_claims = jwt.JWTClaimsRegistry(
    leeway=LEEWAY,
    aud={"essential": True, "value": AUDIENCE},
    sub={"essential": True},
    hospital={"essential": True},
    role={"essential": True},
    exp={"essential": True},
)


class Keys:
    """Public keys from a JWKS file, read again for an unknown `kid` at most once a minute."""

    def __init__(self, read: Callable[[], dict[str, Any]], clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._clock = clock
        self._keys: KeySet | None = None
        self._read_at = 0.0

    def verify(self, ticket: str) -> dict[str, Any] | None:
        """The claims of a valid ticket; None if it is not valid or there is no key."""
        for fresh in (False, True):
            keys = self._current(fresh)
            if keys is None:
                return None
            try:
                token = jwt.decode(ticket, keys, algorithms=[ALGORITHM], registry=_registry)
                _claims.validate(token.claims)
                return dict(token.claims)
            except (JoseError, ValueError):
                continue
        return None

    def _current(self, fresh: bool) -> KeySet | None:
        due = self._keys is None or (fresh and self._clock() - self._read_at >= READ_AGAIN_AFTER)
        if due and (self._keys is None or fresh):
            self._read_at = self._clock()
            try:
                self._keys = KeySet.import_key_set(self._read())  # type: ignore[arg-type]
            except (OSError, ValueError, KeyError, JoseError):
                return self._keys
        return self._keys


def from_file(path: Path) -> Keys:
    return Keys(lambda: dict(json.loads(path.read_text())))


def authenticate_with(keys: Keys) -> Callable[[web.Request], Any]:
    async def authenticate(request: web.Request) -> Actor | None:
        scheme, _, ticket = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not ticket:
            return None
        claims = keys.verify(ticket.strip())
        return None if claims is None else actor_of(claims)

    return authenticate


def actor_of(claims: dict[str, Any]) -> Actor:
    role = claims["role"]
    roles = frozenset(role if isinstance(role, list) else str(role).split())
    hospital = str(claims["hospital"])
    return Actor(
        id=str(claims["sub"]),
        subjects=frozenset((str(claims["sub"]), *(f"role:{hospital}:{one}" for one in roles))),
        hospital=hospital,
        reads_own=bool(roles),
        stores=bool(roles & STORING),
        sees_hidden=bool(roles & IMAGING),
    )


def dev_ticket(hospital: str) -> tuple[Keys, str]:
    """A new key pair and a ticket signed with it, to try things out."""
    key = OKPKey.generate_key("Ed25519", auto_kid=True)
    public: dict[str, Any] = {"keys": [key.as_dict(private=False)]}
    return Keys(lambda: public), ticket_for(key, hospital, hours=12)


def ticket_for(key: OKPKey, hospital: str, *, hours: float, role: str = "radiographer", sub: str = "dev") -> str:
    now = int(time.time())
    claims = {
        "iss": "imaging --dev",
        "aud": AUDIENCE,
        "sub": sub,
        "hospital": hospital,
        "name": sub,
        "role": role,
        "iat": now,
        "nbf": now,
        "exp": now + int(hours * 3600),
    }
    return jwt.encode(
        {"alg": ALGORITHM, "kid": key.kid or key.thumbprint()}, claims, key, algorithms=[ALGORITHM], registry=_registry
    )
