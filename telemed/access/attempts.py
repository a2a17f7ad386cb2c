"""How often a secret may be tried: by an account at an address, and by an address over all accounts (S2)."""

from asyncio import Event, Lock
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
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
from telemed.kit.failures import passing

WINDOW = timedelta(minutes=15)
OF_ACCOUNT = 5
OF_ADDRESS = 20  # a whole hospital may stand behind one address, so this counts only accounts that are new there
FAMILIAR_FOR = timedelta(days=90)
_turns: WeakValueDictionary[str, Lock] = WeakValueDictionary()
_void: set[UUID] = set()  # counted, though the failure was nobody's fault, and not deleted yet


class _Place:
    """The attempts from one address that are not decided yet: each may still turn out to be a failure."""

    def __init__(self) -> None:
        self.undecided: set[UUID] = set()
        self.counting = Lock()  # for the length of a count, never for that of a hash
        self.decided = Event()


_places: WeakValueDictionary[str, _Place] = WeakValueDictionary()


@dataclass(frozen=True)
class _Tried:
    """Whose failures count for an attempt, and against what."""

    counter: str
    address: str
    account: UUID | None
    now: datetime


@asynccontextmanager
async def attempt(
    database: Database, counter: str, now: datetime, *, address: str = "", account: UUID | None = None
) -> AsyncIterator[None]:
    """Around the look at a secret: leaving it by an exception is a failure, otherwise the count begins anew.

    It counts as a failure from the start, so that many at once are no more than many in turn. One counter's go in
    turn, and from one address no more are under way than would be let fail: so several right ones at once are not
    taken for that many wrong ones, and a hospital behind one address does not sign in one after the other. A database
    that was busy, or a full disk, is nobody's failure.
    """
    tried = _Tried(counter, address, account, now)
    here = _places.setdefault(address or counter, _Place())
    async with database.read() as db:  # whoever has had their tries waits for nobody's turn and no lock
        await _refuse_too_many(db, tried, here.undecided)
    turn = _turns.setdefault(counter, Lock())
    async with turn:
        row = SignInFailure(account_and_address=counter, address=address, at=now)
        await _come_in(database, tried, here, row.id)
        try:
            async with database.write() as db:
                gone = await _delete_void(db)
                db.add(row)
            _void.difference_update(gone)
            yield
            async with database.write() as db:
                await db.exec(delete(SignInFailure).where(col(SignInFailure.account_and_address) == counter))
                if address and account is not None:
                    await db.merge(FamiliarAddress(account_id=account, address=address, at=now))
        except Exception as failure:
            if passing(failure) is not None:
                _void.add(row.id)
            raise
        finally:
            here.undecided.discard(row.id)
            here.decided.set()


async def _come_in(database: Database, tried: _Tried, here: _Place, id: UUID) -> None:
    """In turn now: counts as undecided from here on, as soon as it would not be one too many if all of them failed."""
    async with database.read() as db:
        limited = await _refuse_too_many(db, tried, here.undecided) is not None
    if limited:
        async with here.counting:
            await _wait_for_room(database, tried, here)
            here.undecided.add(id)
    else:
        here.undecided.add(id)


async def _wait_for_room(database: Database, tried: _Tried, here: _Place) -> None:
    while True:
        here.decided.clear()
        beside = set(here.undecided)  # what is decided while we look still counts as if it had failed
        async with database.read() as db:
            failed = await _refuse_too_many(db, tried, beside)
        if (failed or 0) + len(beside) < OF_ADDRESS:
            return
        await here.decided.wait()


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


async def _refuse_too_many(db: AsyncSession, tried: _Tried, undecided: set[UUID]) -> int | None:
    """How many have failed at the address; None where nobody counts them: no address, or the account is known there."""
    of_account = await _failed(db, col(SignInFailure.account_and_address) == tried.counter, undecided, tried.now)
    if (wait := _wait(of_account, OF_ACCOUNT, tried.now)) is not None:
        raise TooMany("Too many attempts; wait a quarter of an hour.", reason="too_many_attempts", retry_after=wait)
    familiar = select(FamiliarAddress.at).where(
        FamiliarAddress.account_id == tried.account, FamiliarAddress.address == tried.address
    )
    if not tried.address or (await db.exec(familiar)).first() is not None:
        return None
    of_address = await _failed(db, col(SignInFailure.address) == tried.address, undecided, tried.now)
    if (wait := _wait(of_address, OF_ADDRESS, tried.now)) is not None:
        raise TooMany("Too many attempts from this address.", reason="too_many_from_here", retry_after=wait)
    return len(of_address)


async def _failed(db: AsyncSession, whose: ColumnElement[bool], undecided: set[UUID], now: datetime) -> list[datetime]:
    """When, the newest first; no more than any limit asks for."""
    query = select(SignInFailure.at).where(whose, col(SignInFailure.at) > now - WINDOW)
    query = query.where(col(SignInFailure.id).not_in(undecided | _void))
    return list((await db.exec(query.order_by(col(SignInFailure.at).desc()).limit(OF_ADDRESS))).all())


def _wait(failed: list[datetime], most: int, now: datetime) -> int | None:
    """Seconds until the oldest of the last `most` failures leaves the window; None if one more may be tried."""
    return max(1, ceil((failed[most - 1] + WINDOW - now).total_seconds())) if len(failed) >= most else None


async def _delete_void(db: AsyncSession) -> set[UUID]:
    gone = set(_void)
    if gone:
        await db.exec(delete(SignInFailure).where(col(SignInFailure.id).in_(gone)))
    return gone
