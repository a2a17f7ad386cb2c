"""One-time passwords: given to a person on paper or by word, and good for nothing but choosing a password."""

from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Final
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import attempts, badges
from telemed.access.model import Account, FormerPassword, OneTimePassword
from telemed.access.secret_words import digest, made
from telemed.errors import NotFound

LENGTH: Final = 20  # 99 bits, so that a fast hash keeps it safe
GROUP: Final = 5
VALID: Final = timedelta(hours=72)


async def issue(db: AsyncSession, account_id: UUID, now: datetime) -> str:
    """A new one-time password in groups, to be shown once; only its hash is kept.

    It takes the place of the account's password and of an earlier one-time password, and lifts a lock-out; its badge is
    worth nothing any more, because whoever has found the PIN is to be out too. Sign-ins
    that are open stay; the caller ends them, and records it in the audit. Raises NotFound if there is no such account.
    """
    account = await db.get(Account, account_id)
    if account is None:
        raise NotFound("There is no such account.")
    plain = made(LENGTH, GROUP)
    row = OneTimePassword(account_id=account_id, sha256=digest(plain), issued_at=now, valid_until=now + VALID)
    await db.merge(row)
    retire(db, account, now)
    await badges.forget(db, account_id)
    await attempts.forgive(db, account.username, account.id)
    return plain


def retire(db: AsyncSession, account: Account, now: datetime) -> None:
    """Takes the account's password from it, and remembers it among the former ones."""
    if account.password_hash:
        db.add(FormerPassword(account_id=account.id, password_hash=account.password_hash, ended_at=now))
    account.password_hash = ""


async def opens(db: AsyncSession, account_id: UUID, typed: str, now: datetime) -> bool:
    """Whether this is the account's one-time password and still valid."""
    row = await db.get(OneTimePassword, account_id)
    return row is not None and now < row.valid_until and compare_digest(row.sha256, digest(typed))


async def forget(db: AsyncSession, account_id: UUID) -> None:
    await db.exec(delete(OneTimePassword).where(col(OneTimePassword.account_id) == account_id))


async def forget_old(db: AsyncSession, now: datetime) -> None:
    await db.exec(delete(OneTimePassword).where(col(OneTimePassword.valid_until) <= now))
