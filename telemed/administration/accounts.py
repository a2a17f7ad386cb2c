"""Accounts in the hands of their hospital's administrators: what is asked of them, unlocking, a lost second factor."""

from datetime import datetime
from ipaddress import ip_network
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import attempts, badges, second_factor
from telemed.access.account_policy import policy_of
from telemed.access.model import Account, AccountPolicy, Actor, OneTimePassword, SecondFactor
from telemed.administration.account_schemas import AccountRow, PolicyIn
from telemed.audit.service import changed, record
from telemed.errors import Conflict, Invalid, NotFound, Stale
from telemed.people.ended import end_all
from telemed.people.model import Staff

MOST_FOUND = 20


async def own_policy(db: AsyncSession, by: Actor) -> AccountPolicy:
    """The policy of one's hospital; version 0 while it has none of its own."""
    found = await policy_of(db, by.hospital_id)
    if found.hospital_id == by.hospital_id:
        return found
    return AccountPolicy(**found.model_dump() | {"hospital_id": by.hospital_id, "version": 0})


async def save_policy(db: AsyncSession, by: Actor, version: int, new: PolicyIn, now: datetime) -> AccountPolicy:
    """Raises Stale, or Invalid (`network_wrong`) for what is no network."""
    before = await own_policy(db, by)
    row = await db.get(AccountPolicy, by.hospital_id, with_for_update=True) or before
    if row.version != version:
        raise Stale("It has changed since you read it.", current=row.model_dump(mode="json"))
    old = row.model_dump(mode="json")
    row.sqlmodel_update(new.model_dump(mode="json") | {"networks": [_network(each) for each in new.networks]})
    row.version += 1
    db.add(row)
    await db.flush()
    record(db, by, "account_policy.changed", by.hospital_id, now, change=changed(old, row.model_dump(mode="json")))
    return row


async def find(db: AsyncSession, by: Actor, q: str, now: datetime) -> list[AccountRow]:
    """Accounts of one's hospital that are locked now, then those that are called so: by user name, name or pinyin."""
    locked = await attempts.locked(db, now)
    of_hospital = select(Account, Staff).join(Staff, col(Staff.id) == Account.id)
    of_hospital = of_hospital.where(Account.hospital_id == by.hospital_id).order_by(col(Account.username))
    shut = [pair for pair in await db.exec(of_hospital) if _until(pair[0], locked)] if locked else []
    called = []
    if wanted := "".join(q.lower().split()):
        like = f"%{wanted}%"
        either = or_(col(Account.username).ilike(like), col(Staff.name).like(like), col(Staff.pinyin).ilike(like))
        called = list(await db.exec(of_hospital.where(either).limit(MOST_FOUND)))
    pairs = {account.id: (account, person) for account, person in [*shut, *called]}
    return [await _shown(db, *pair, locked, now) for pair in pairs.values()]


async def unlock(db: AsyncSession, by: Actor, id: UUID, now: datetime) -> None:
    """Lets them try again at once. Raises NotFound for an account of another hospital."""
    account = await _own(db, by, id)
    until = _until(account, await attempts.locked(db, now))
    await attempts.forgive(db, account.username, account.id)
    change = changed({"locked_until": until}, {"locked_until": None}, username=account.username)
    record(db, by, "account.unlocked", str(id), now, change=change)


async def reset_second_factor(db: AsyncSession, by: Actor, id: UUID, now: datetime) -> None:
    """Takes a lost second factor away and ends its person's sign-ins; the person reads who did so and when.

    Raises NotFound for an account of another hospital or without one, Conflict for one's own.
    """
    account = await _own(db, by, id)
    if id == by.id:
        raise Conflict("Your own second factor is removed on your own page.", reason="own_second_factor")
    await second_factor.remove(db, id)
    account.factor_reset_at, account.factor_reset_by = now, by.name
    await attempts.forgive(db, account.username, id)
    await end_all(db, account, now)
    change = changed({"second_factor": True}, {"second_factor": False}, username=account.username)
    record(db, by, "account.second_factor_reset", str(id), now, change=change)


async def remove_badge(db: AsyncSession, by: Actor, id: UUID, now: datetime) -> None:
    """Makes a lost badge worthless. Raises NotFound for an account of another hospital, or without one."""
    account = await _own(db, by, id)
    if not await badges.forget(db, id):
        raise NotFound("This account has no badge.")
    change = changed({"badge": True}, {"badge": False}, username=account.username)
    record(db, by, "account.badge_removed", str(id), now, change=change)


async def _own(db: AsyncSession, by: Actor, id: UUID) -> Account:
    account = await db.get(Account, id)
    if account is None or account.hospital_id != by.hospital_id:
        raise NotFound("There is no such account.")
    return account


async def _shown(
    db: AsyncSession, account: Account, person: Staff, locked: dict[str, datetime], now: datetime
) -> AccountRow:
    factor, slip = await db.get(SecondFactor, account.id), await db.get(OneTimePassword, account.id)
    return AccountRow(
        id=account.id,
        username=account.username,
        name=person.name,
        name_en=person.name_en,
        disabled=account.disabled_at is not None,
        locked_until=_until(account, locked),
        second_factor=factor is not None and factor.secret != "",
        badge=await badges.since(db, account.id) is not None,
        has_password=account.password_hash != "",
        one_time_until=slip.valid_until if slip and slip.valid_until > now else None,
    )


def _until(account: Account, locked: dict[str, datetime]) -> datetime | None:
    begins = attempts.counter_of(account.username, "")
    others = (attempts.counter_of_codes(account.id), attempts.counter_of_badge(account.id))
    mine = [until for each, until in locked.items() if each.startswith(begins) or each in others]
    return max(mine, default=None)


def _network(written: str) -> str:
    try:
        return str(ip_network(written.strip(), strict=False))
    except ValueError:
        raise Invalid("This is no network.", reason="network_wrong", network=written) from None
