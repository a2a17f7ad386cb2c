"""The key by which a browser seals what a person typed and could not send: one for each account, made of our secret."""

import hmac
import os
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from telemed.kit.secret import write_secret

LABEL = b"telemed unsent text 1"


class UnsentKeys:
    """The same key at each sign-in of an account, so that its owner alone reads the text again, on any day.

    A browser gets it with the session's answer and keeps it in memory only: without a sign-in of that account,
    what lies on a ward's computer cannot be read.
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
        """Another secret of this installation, for what the label says."""
        return hmac.digest(self._secret, label, sha256)

    def of(self, account_id: UUID) -> str:
        """32 bytes, base64url without padding."""
        key = hmac.digest(self._secret, LABEL + account_id.bytes, sha256)
        return urlsafe_b64encode(key).rstrip(b"=").decode()
