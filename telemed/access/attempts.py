"""Limits how often a secret may be tried: per account and address, and per address over all accounts (S2)."""

from asyncio import Event, Lock
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from uuid import UUID
from weakref import WeakValueDictionary

from sqlalchemy import ColumnElement, delete, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import FamiliarAddress, SignInFailure
from telemed.db import Database
from telemed.errors import TooMany
from telemed.kit import spelled
from telemed.kit.failures import passing

WINDOW = timedelta(minutes=15)
OF_ACCOUNT = 5
OF_ADDRESS = 20  # counts only accounts that are new at the address, because a whole hospital may share one
FAMILIAR_FOR = timedelta(days=90)
_turns: WeakValueDictionary[str, Lock] = WeakValueDictionary()
_void: set[UUID] = set()  # failures that were nobody's fault: not counted, and deleted with the next attempt


class _Address:
    """The undecided attempts from one address: each may still turn out to be a failure."""

    def __init__(self) -> None:
        self.undecided: set[UUID] = set()
        self.counting = Lock()  # held while counting, never while hashing
        self.decided = Event()


_addresses: WeakValueDictionary[str, _Address] = WeakValueDictionary()


@dataclass(frozen=True)
class _Attempt:
    """Which failures count for an attempt: those of its counter, address and account before `now`."""

    counter: str
    address: str
    account: UUID | None
    now: datetime


@asynccontextmanager
async def attempt(
    database: Database, counter: str, now: datetime, *, address: str = "", account: UUID | None = None
) -> AsyncIterator[None]:
    """Wrap the check of a secret in this. Leaving it by an exception counts as a failure; success resets the count.

    Each attempt counts as failed from its start, so that many at once are limited like many in turn. Attempts of one
    counter run one after the other. From one address, as many run at once as may still fail: several correct ones are
    then not refused as if they were wrong, and a hospital behind one address need not sign in one by one. A busy
    database or a full disk does not count.
    """
    tried = _Attempt(counter, address, account, now)
    here = _addresses.setdefault(address or counter, _Address())
    async with database.read() as db:  # refuse at once who has no tries left, without waiting for a turn
        await _refuse_too_many(db, tried, here.undecided)
    turn = _turns.setdefault(counter, Lock())
    async with turn:
        row = SignInFailure(account_and_address=counter, address=address, at=now)
        await _enter(database, tried, here, row.id)
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


async def _enter(database: Database, tried: _Attempt, here: _Address, id: UUID) -> None:
    """Waits until the limit would hold even if every undecided attempt of the address failed; then adds this one."""
    async with database.read() as db:
        limited = await _refuse_too_many(db, tried, here.undecided) is not None
    if limited:
        async with here.counting:
            await _wait_for_room(database, tried, here)
            here.undecided.add(id)
    else:
        here.undecided.add(id)


async def _wait_for_room(database: Database, tried: _Attempt, here: _Address) -> None:
    while True:
        here.decided.clear()
        beside = set(here.undecided)  # one that is decided while we read counts as failed
        async with database.read() as db:
            failed = await _refuse_too_many(db, tried, beside)
        if (failed or 0) + len(beside) < OF_ADDRESS:
            return
        await here.decided.wait()


def place(address: str) -> str:
    """What counts as one address: for IPv6 the network, because one house has any number of addresses in it."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))


def counter_of(username: str, address: str) -> str:
    """What sign-ins of an account from an address are counted by."""
    return f"{spelled.sign_in_name(username)}|{address}"


def counter_of_codes(account_id: UUID) -> str:
    """What the second steps of an account are counted by: wherever they are from, because the password was right."""
    return f"second|{account_id}"


def counter_of_badge(whose: UUID | str) -> str:
    """What tries of a PIN are counted by, at whatever device: by the account, or by the badge if it is nobody's."""
    return f"badge|{whose}"


def counter_of_device(device_id: UUID) -> str:
    """What stands for the address where badges are tried: a device moves from one to another."""
    return f"device|{device_id}"


async def forgive(db: AsyncSession, username: str, account_id: UUID) -> None:
    """Lifts the lock-out of an account: of both steps, at every address, and of its badge."""
    counter = col(SignInFailure.account_and_address)
    begins = counter.startswith(counter_of(username, ""), autoescape=True)
    others = (counter_of_codes(account_id), counter_of_badge(account_id))
    await db.exec(delete(SignInFailure).where(or_(begins, counter.in_(others))))


async def locked(db: AsyncSession, now: datetime) -> dict[str, datetime]:
    """The counters that are locked now, and until when."""
    query = select(SignInFailure.account_and_address, SignInFailure.at).where(col(SignInFailure.at) > now - WINDOW)
    failed: dict[str, list[datetime]] = {}
    for counter, at in await db.exec(query.order_by(col(SignInFailure.at).desc())):
        failed.setdefault(counter, []).append(at)
    return {each: times[OF_ACCOUNT - 1] + WINDOW for each, times in failed.items() if len(times) >= OF_ACCOUNT}


async def forget_old(db: AsyncSession, now: datetime) -> None:
    await db.exec(delete(SignInFailure).where(col(SignInFailure.at) <= now - WINDOW))
    await db.exec(delete(FamiliarAddress).where(col(FamiliarAddress.at) <= now - FAMILIAR_FOR))


async def _refuse_too_many(db: AsyncSession, tried: _Attempt, undecided: set[UUID]) -> int | None:
    """Raises TooMany if there were too many failures. Returns how many there were at the address.

    None if they are not counted: there is no address, or the account has signed in from it before.
    """
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
    """When these failures were, newest first; no more of them than any limit needs."""
    query = select(SignInFailure.at).where(whose, col(SignInFailure.at) > now - WINDOW)
    query = query.where(col(SignInFailure.id).not_in(undecided | _void))
    return list((await db.exec(query.order_by(col(SignInFailure.at).desc()).limit(OF_ADDRESS))).all())


def _wait(failed: list[datetime], most: int, now: datetime) -> int | None:
    """Seconds until the next try is allowed: when the oldest of the last `most` failures expires. None if it is now."""
    return max(1, ceil((failed[most - 1] + WINDOW - now).total_seconds())) if len(failed) >= most else None


async def _delete_void(db: AsyncSession) -> set[UUID]:
    gone = set(_void)
    if gone:
        await db.exec(delete(SignInFailure).where(col(SignInFailure.id).in_(gone)))
    return gone
