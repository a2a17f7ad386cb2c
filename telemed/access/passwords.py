"""Passwords as argon2id hashes, computed in threads, a few at a time (S1)."""

import asyncio
import secrets
from base64 import b64encode
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_few = asyncio.Semaphore(2)


def _of_nobody() -> str:
    """A hash that no password has, with today's parameters; made without hashing: no first sign-in is slower."""
    salt, hash = (b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (_hasher.salt_len, _hasher.hash_len))
    return f"$argon2id$v=19$m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}${salt}${hash}"


# What an unknown user's password is checked against, so that the answer takes equally long (S2).
NOBODY: Final = _of_nobody()


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
        return _hasher.verify(kept or NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
