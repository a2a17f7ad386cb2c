"""Passwords as argon2id, hashed off the loop and few at a time (S1)."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_few = asyncio.Semaphore(2)
# What an unknown user is checked against, so that the answer takes as long (S2).
NOBODY = _hasher.hash("nobody")


def hash_now(password: str) -> str:
    """For seeding and the command line, where no loop waits."""
    return _hasher.hash(password)


async def matches(kept: str, password: str) -> bool:
    async with _few:
        return await asyncio.to_thread(_verify, kept, password)


def _verify(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
