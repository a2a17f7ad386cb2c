"""Finds the account of a sign-in name."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account
from telemed.kit import spelled


async def named(db: AsyncSession, username: str, *, lock: bool = False) -> Account | None:
    """The account of this sign-in name, however it is typed; exactly as typed comes first.

    Before migration 0051 two names could differ by their spelling alone; each of them still finds its own account.
    """
    spellings = (username, spelled.sign_in_name(username))
    query = select(Account).where(col(Account.username).in_(spellings))
    found = (await db.exec(query.with_for_update() if lock else query)).all()
    return min(found, key=lambda each: each.username != username, default=None)
