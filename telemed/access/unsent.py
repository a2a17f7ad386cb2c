"""The key by which a browser seals what a person typed and could not send: one for each account, made of our secret."""

import hmac
import os
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from uuid import UUID

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
            half = folder / "unsent.key.new"  # a start that is cut short leaves no half a secret
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(os.urandom(32))
                file.flush()
                os.fsync(file.fileno())
            os.replace(half, path)
        return cls(path.read_bytes())

    def of(self, account_id: UUID) -> str:
        """32 bytes, base64url without padding."""
        key = hmac.digest(self._secret, LABEL + account_id.bytes, sha256)
        return urlsafe_b64encode(key).rstrip(b"=").decode()
