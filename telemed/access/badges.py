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
from telemed.db import Database
from telemed.errors import Conflict
from telemed.kit.table import new_id


@dataclass(frozen=True)
class BadgeKey:
    secret: bytes  # of this installation

    def of_badge(self, badge: str) -> str:
        return hmac.new(self.secret, b"badge " + plain(badge).encode(), sha256).hexdigest()

    def of_pin(self, account_id: UUID, pin: str) -> str:
        return hmac.new(self.secret, b"pin " + account_id.bytes + pin.encode(), sha256).hexdigest()


async def keep(
    database: Database, key: BadgeKey, account_id: UUID, badge: str, pin: str, own: list[str], now: datetime
) -> None:
    """The account's badge and PIN, in the place of those it had. Hashes outside transactions.

    `own`: what is known of the person by heart of others, such as their staff number. Raises Invalid for a badge or a
    PIN that is not good enough, Conflict (`badge_taken`) for somebody else's badge.
    """
    pin = check(badge, pin, own)
    kept = await hashed(key.of_pin(account_id, pin))
    number = key.of_badge(badge)
    try:
        async with database.write() as db:
            query = select(Badge.account_id).where(Badge.number_hmac == number, Badge.account_id != account_id)
            if (await db.exec(query)).first() is not None:
                raise _taken()
            await db.merge(Badge(account_id=account_id, number_hmac=number, pin_hash=kept, set_at=now))
    except IntegrityError:  # another was faster
        raise _taken() from None


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


async def fits(key: BadgeKey, badge: Badge | None, pin: str) -> bool:
    """Whether this is the badge's PIN. For None, which is nobody's, the same work is done."""
    given = key.of_pin(badge.account_id if badge else new_id(), plain(pin))
    return await matches(badge.pin_hash if badge else None, given)
