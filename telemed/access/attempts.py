"""How often a secret may be tried: by an account at an address, and by an address over all accounts (S2)."""

from asyncio import Lock
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from uuid import UUID
from weakref import WeakValueDictionary

from sqlalchemy import ColumnElement, delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import FamiliarAddress, SignInFailure
from telemed.db import Database
from telemed.errors import TooMany

WINDOW = timedelta(minutes=15)
OF_ACCOUNT = 5
OF_ADDRESS = 20  # a whole hospital may stand behind one address, so this counts only accounts that are new there
FAMILIAR_FOR = timedelta(days=90)
_turns: WeakValueDictionary[str, Lock] = WeakValueDictionary()


@asynccontextmanager
async def attempt(
    database: Database, counter: str, now: datetime, *, address: str = "", account: UUID | None = None
) -> AsyncIterator[None]:
    """Around the look at a secret: leaving it by an exception is a failure, otherwise the count begins anew.

    It counts as a failure from the start, so that many at once are no more than many in turn; and one counter's, or
    one address's, go in turn, so that several right ones at once are not taken for that many wrong ones.
    """
    async with database.read() as db:  # whoever has had their tries waits for nobody's turn and no lock
        await _refuse_too_many(db, counter, now, address, account)
    turn = _turns.setdefault(address or counter, Lock())
    async with turn:
        async with database.write() as db:
            await _refuse_too_many(db, counter, now, address, account)
            db.add(SignInFailure(account_and_address=counter, address=address, at=now))
        yield
        async with database.write() as db:
            await db.exec(delete(SignInFailure).where(col(SignInFailure.account_and_address) == counter))
            if address and account is not None:
                await db.merge(FamiliarAddress(account_id=account, address=address, at=now))


def place(address: str) -> str:
    """What counts as one address: of IPv6 the network, because one house has as many addresses as it likes."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))


async def forget_old(db: AsyncSession, now: datetime) -> None:
    await db.exec(delete(SignInFailure).where(col(SignInFailure.at) <= now - WINDOW))
    await db.exec(delete(FamiliarAddress).where(col(FamiliarAddress.at) <= now - FAMILIAR_FOR))


async def _refuse_too_many(db: AsyncSession, counter: str, now: datetime, address: str, account: UUID | None) -> None:
    wait = await _wait(db, col(SignInFailure.account_and_address) == counter, OF_ACCOUNT, now)
    if wait is not None:
        raise TooMany("Too many attempts; wait a quarter of an hour.", reason="too_many_attempts", retry_after=wait)
    familiar = select(FamiliarAddress.at).where(
        FamiliarAddress.account_id == account, FamiliarAddress.address == address
    )
    if not address or (await db.exec(familiar)).first() is not None:
        return
    wait = await _wait(db, col(SignInFailure.address) == address, OF_ADDRESS, now)
    if wait is not None:
        raise TooMany("Too many attempts from this address.", reason="too_many_from_here", retry_after=wait)


async def _wait(db: AsyncSession, whose: ColumnElement[bool], most: int, now: datetime) -> int | None:
    """Seconds until the oldest of the last `most` failures leaves the window; None if one more may be tried."""
    failed = select(SignInFailure.at).where(whose, col(SignInFailure.at) > now - WINDOW)
    last = (await db.exec(failed.order_by(col(SignInFailure.at).desc()).limit(most))).all()
    return max(1, ceil((last[-1] + WINDOW - now).total_seconds())) if len(last) == most else None
