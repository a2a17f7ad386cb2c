"""Signs short-lived Ed25519 tickets, which tell a leaf who somebody is; and keeps the private key."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from telemed.kit.secret import write_secret
from telemed.kit.table import new_id

ALGORITHM: Final = "Ed25519"
ISSUER = "telemed"
ROOM_LIFE, IMAGE_LIFE = 300, 600  # seconds


class Keys:
    """The current key signs; its public key and the previous one's are published."""

    def __init__(self, keys: list[OKPKey]) -> None:
        self._keys = keys

    @classmethod
    def open(cls, folder: Path) -> "Keys":
        """Made at the first start; readable by the service's own user only."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / "tickets.jwks"
        if not path.exists():
            first = OKPKey.generate_key(ALGORITHM, private=True, auto_kid=True)
            write_secret(path, json.dumps({"keys": [first.as_dict(private=True)]}).encode())
        kept = json.loads(path.read_text())["keys"]
        return cls([OKPKey.import_key(each) for each in kept])

    def public(self) -> KeySet:
        return KeySet([OKPKey.import_key(key.as_dict(private=False)) for key in self._keys[:2]])

    @property
    def signing(self) -> OKPKey:
        return self._keys[0]

    def sign(self, audience: str, life: int, now: datetime, claims: dict[str, Any]) -> str:
        key, at = self.signing, int(now.timestamp())
        head = {"alg": ALGORITHM, "kid": key.kid}
        # In microseconds, because a leaf compares it with the time of an order that overrules older tickets.
        issued = now.timestamp()
        body = {"iss": ISSUER, "aud": audience, "jti": str(new_id()), "iat": issued, "nbf": at, "exp": at + life}
        return jwt.encode(head, body | claims, key, algorithms=[ALGORITHM])
