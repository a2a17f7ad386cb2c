"""A badge and a PIN, by which a person signs in at a hospital's device and nowhere else.

Of the badge's number only a keyed hash is kept: numbers are short, and without the key could be tried out one by one.
The PIN goes through the same key before argon2, because a million PINs are soon tried by who has a copy of the rows.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.badge_rules import check, plain
from telemed.access.model import Account, Badge
from telemed.access.passwords import hashed, matches
from telemed.errors import Conflict
from telemed.kit.table import new_id


@dataclass(frozen=True)
class BadgeKey:
    secret: bytes  # of this installation

    def of_badge(self, badge: str) -> str:
        return hmac.new(self.secret, b"badge " + plain(badge).encode(), sha256).hexdigest()

    def of_pin(self, account_id: UUID, pin: str) -> str:
        return hmac.new(self.secret, b"pin " + account_id.bytes + pin.encode(), sha256).hexdigest()


async def hashed_pin(key: BadgeKey, account_id: UUID, badge: str, pin: str, own: list[str]) -> str:
    """The hash of a PIN, made outside transactions.

    `own`: what is known of the person by heart of others, such as their staff number. Raises Invalid for a badge or a
    PIN that is not good enough.
    """
    return await hashed(key.of_pin(account_id, check(badge, pin, own)))


async def keep(db: AsyncSession, key: BadgeKey, account_id: UUID, badge: str, pin_hash: str, now: datetime) -> bool:
    """The account's badge and PIN, in the place of those it had; returns whether it had.

    Raises Conflict (`badge_taken`) for somebody else's badge.
    """
    await db.get_one(Account, account_id, with_for_update=True)  # of two tabs the second changes what the first made
    number = key.of_badge(badge)
    query = select(Badge.account_id).where(Badge.number_hmac == number, Badge.account_id != account_id)
    if (await db.exec(query)).first() is not None:
        raise _taken()
    had = await since(db, account_id) is not None
    await db.merge(Badge(account_id=account_id, number_hmac=number, pin_hash=pin_hash, set_at=now))
    try:
        await db.flush()
    except IntegrityError:  # another was faster
        raise _taken() from None
    return had


def _taken() -> Conflict:
    return Conflict("This badge is in use already.", reason="badge_taken")


async def since(db: AsyncSession, account_id: UUID) -> datetime | None:
    """Since when the account has a badge; None: it has none."""
    row = await db.get(Badge, account_id)
    return row.set_at if row else None


async def forget(db: AsyncSession, account_id: UUID) -> bool:
    """The account has no badge and no PIN any more. Returns whether it had."""
    return (await db.exec(delete(Badge).where(col(Badge.account_id) == account_id))).rowcount == 1


async def find(db: AsyncSession, key: BadgeKey, badge: str, hospitals: set[str]) -> tuple[Badge, Account] | None:
    """The badge and whose it is: of these hospitals, and not disabled. None: nobody's that could sign in."""
    query = select(Badge, Account).join(Account, col(Account.id) == Badge.account_id)
    query = query.where(Badge.number_hmac == key.of_badge(badge), col(Account.disabled_at).is_(None))
    return (await db.exec(query.where(col(Account.hospital_id).in_(hospitals)))).one_or_none()


async def still(db: AsyncSession, badge: Badge) -> Account | None:
    """Whose it is, if it was neither changed nor removed since it was found, and its account is open."""
    account = await db.get(Account, badge.account_id, with_for_update=True, populate_existing=True)
    now_kept = await db.get(Badge, badge.account_id, populate_existing=True)
    same = now_kept is not None and (now_kept.number_hmac, now_kept.pin_hash) == (badge.number_hmac, badge.pin_hash)
    return account if account is not None and account.disabled_at is None and same else None


async def fits(key: BadgeKey, badge: Badge | None, pin: str) -> bool:
    """Whether this is the badge's PIN. For None, which is nobody's, the same work is done."""
    given = key.of_pin(badge.account_id if badge else new_id(), plain(pin))
    return await matches(badge.pin_hash if badge else None, given)
