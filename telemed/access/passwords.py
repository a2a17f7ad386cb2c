"""Passwords as argon2id, hashed off the loop and few at a time (S1)."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_few = asyncio.Semaphore(2)


@cache
def nobody() -> str:
    """What an unknown user is checked against, so that the answer takes as long (S2)."""
    return _hasher.hash("nobody")


def hash_now(password: str) -> str:
    """For seeding and the command line, where no loop waits."""
    return _hasher.hash(password)


async def matches(kept: str | None, password: str) -> bool:
    """None is the hash of somebody who does not exist."""
    async with _few:
        return await asyncio.to_thread(_verify, kept, password)


def _verify(kept: str | None, password: str) -> bool:
    try:
        return _hasher.verify(kept or nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
