"""The password of one's own account: chosen after a one-time password or an expired one, and changed at will."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import attempts, one_time, password_rules
from telemed.access.account_policy import policy_of
from telemed.access.model import Account, Actor, FormerPassword, SignIn
from telemed.access.passwords import hashed, matches
from telemed.access.sessions import end_all
from telemed.db import Database
from telemed.errors import Invalid, NotAllowed, NotSignedIn


async def hashed_new(database: Database, actor: Actor, new: str) -> str:
    """The hash of a new password, made outside transactions. Raises Invalid if the policy does not take it."""
    async with database.read() as db:
        account = await db.get_one(Account, actor.id)
        policy = await policy_of(db, account.hospital_id)
        former = await _former(db, account, policy.history)
    password_rules.check(new, account.username, policy)
    for each in former:
        if await matches(each, new):
            raise Invalid("This password was used before.", reason="password_used")
    return await hashed(new)


async def keep(db: AsyncSession, actor: Actor, new_hash: str, now: datetime) -> list[UUID]:
    """Gives the account its new password. Returns its other sign-ins, which end.

    Raises NotSignedIn if this sign-in has ended meanwhile.
    """
    if await db.get(SignIn, actor.sid) is None:
        raise NotSignedIn("This sign-in has ended; sign in again.")
    account = await db.get_one(Account, actor.id)
    one_time.retire(db, account, now)
    account.password_hash, account.password_at = new_hash, now
    await one_time.forget(db, actor.id)
    return await end_all(db, actor.id, but=actor.sid)


async def prove(database: Database, actor: Actor, current: str, address: str, now: datetime) -> None:
    """Raises NotAllowed unless this is the actor's password; a wrong one counts as a failed sign-in."""
    async with database.read() as db:
        account = await db.get_one(Account, actor.id)
    address = attempts.place(address)
    counter = attempts.counter_of(account.username, address)
    async with attempts.attempt(database, counter, now, address=address, account=actor.id):
        if not await matches(account.password_hash, current):
            raise NotAllowed("The current password is wrong.", reason="current_password_wrong")


async def _former(db: AsyncSession, account: Account, history: int) -> list[str]:
    """The hashes that may not come back: the last ones that the policy remembers, always the present one."""
    query = select(FormerPassword.password_hash).where(FormerPassword.account_id == account.id)
    found = await db.exec(
        query.order_by(col(FormerPassword.ended_at).desc(), col(FormerPassword.id).desc()).limit(max(1, history))
    )
    return [each for each in (account.password_hash, *found) if each][: max(1, history)]
