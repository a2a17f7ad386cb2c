"""Secrets that lie encrypted in the database: whoever has a copy of it, and not the key beside it, cannot read them."""

import os
from base64 import b64decode, b64encode
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK: Final = "sealed1:"  # no address begins like this
NONCE: Final = 12  # bytes


class Unreadable(Exception):
    """It was sealed with another key, for another row, or not at all."""


class Seal:
    """AES-GCM with a key of 32 bytes; what was sealed for one column of one row is unreadable in another."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, text: str, id: UUID, column: str) -> str:
        """What is empty stays so."""
        if not text:
            return ""
        nonce = os.urandom(NONCE)
        return MARK + b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), _of(id, column))).decode()

    def open(self, sealed: str, id: UUID, column: str) -> str:
        """Raises Unreadable."""
        if not sealed:
            return ""
        try:
            raw = b64decode(sealed.removeprefix(MARK), validate=True)
            return self._cipher.decrypt(raw[:NONCE], raw[NONCE:], _of(id, column)).decode()
        except (InvalidTag, ValueError):
            raise Unreadable from None


def _of(id: UUID, column: str) -> bytes:
    return id.bytes + column.encode()
