"""Passwords as argon2id hashes, computed in threads, a few at a time (S1)."""

import asyncio
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_few = asyncio.Semaphore(2)


@cache
def nobody() -> str:
    """A hash to check an unknown user's password against, so that the answer takes equally long (S2)."""
    return _hasher.hash(secrets.token_urlsafe(32))


def hash_now(password: str) -> str:
    """Hashes at once; for seeding and the command line, where no event loop waits."""
    return _hasher.hash(password)


async def hashed(password: str) -> str:
    async with _few:
        return await asyncio.to_thread(_hasher.hash, password)


async def matches(kept: str | None, password: str) -> bool:
    """Whether the password is right. `kept` is the stored hash; None or empty for a user who is unknown or has none."""
    async with _few:
        return await asyncio.to_thread(_verify, kept, password)


def _verify(kept: str | None, password: str) -> bool:
    try:
        return _hasher.verify(kept or nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
