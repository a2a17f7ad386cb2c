"""The keys with which browsers encrypt typed text that could not be sent: one per account, derived from a secret."""

import hmac
import os
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from telemed.kit.secret import write_secret

LABEL = b"telemed unsent text 1"


class UnsentKeys:
    """An account has the same key at every sign-in, so that its owner can read the text again later, and nobody else.

    A browser gets the key with `GET /api/session` and keeps it in memory only, so that what lies on a ward's computer
    cannot be read without a sign-in of that account.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    @classmethod
    def open(cls, folder: Path) -> "UnsentKeys":
        """Made at the first start; readable by the service's own user only."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / "unsent.key"
        if not path.exists():
            write_secret(path, os.urandom(32))
        return cls(path.read_bytes())

    def secret_for(self, label: bytes) -> bytes:
        """Derives another secret of this installation, for the purpose that `label` names."""
        return hmac.digest(self._secret, label, sha256)

    def of(self, account_id: UUID) -> str:
        """The account's key: 32 bytes, as base64url without padding."""
        key = hmac.digest(self._secret, LABEL + account_id.bytes, sha256)
        return urlsafe_b64encode(key).rstrip(b"=").decode()
