"""Paged lists, `{items, next}`; the cursor is bound to the caller and to their filter."""

import base64
import hmac
from hashlib import sha256
from uuid import UUID

from aiohttp import web

from telemed.errors import Invalid

CURSOR_SECRET: web.AppKey[bytes] = web.AppKey("cursor_secret", bytes)
_BYTES = 16


def cursor(secret: bytes, bound_to: str, last: UUID) -> str:
    """An opaque cursor for what follows `last`; signed, so it works only for the same caller and filter."""
    return base64.urlsafe_b64encode(last.bytes + _mac(secret, bound_to, last)).decode().rstrip("=")


def place(secret: bytes, bound_to: str, given: str) -> UUID:
    try:
        raw = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4))
        last = UUID(bytes=raw[:_BYTES])
    except ValueError as error:
        raise Invalid("This is not a cursor of ours.") from error
    if not hmac.compare_digest(raw[_BYTES:], _mac(secret, bound_to, last)):
        raise Invalid("This cursor belongs to another list.")
    return last


def _mac(secret: bytes, bound_to: str, last: UUID) -> bytes:
    return hmac.digest(secret, bound_to.encode() + b"\0" + last.bytes, sha256)[:_BYTES]
