"""Signs in, finds the account of a token, signs out."""

import secrets
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from aiohttp import web
from sqlalchemy import Select, bindparam, delete, update
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import accounts, attempts, one_time, password_rules, second_factor
from telemed.access.account_policy import needs_second_factor, outside, policy_of
from telemed.access.model import Account, AccountRole, Actor, IdempotentAnswer, Owed, Role, SignIn
from telemed.access.passwords import matches
from telemed.db import Database
from telemed.errors import NotAllowed, NotSignedIn, Unavailable
from telemed.kit.table import new_id

COOKIE: web.AppKey[str] = web.AppKey("cookie_name", str)
ORIGIN: web.AppKey[frozenset[str]] = web.AppKey("allowed_origins")
LIFE: web.AppKey["Life"] = web.AppKey("session_life")
SEEN_EVERY = timedelta(minutes=1)
ANSWERS_KEPT = timedelta(days=1)
UNFINISHED = timedelta(minutes=15)  # how long a sign-in may owe its next step


@dataclass(frozen=True)
class Life:
    """How long a sign-in lasts: in all, and without use, for administrators and for others.

    At a device (a ward cart) only what somebody does with their hands is use; elsewhere every request is.
    """

    absolute: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(hours=2)
    admin_idle: timedelta = timedelta(minutes=15)
    device_idle: timedelta = timedelta(minutes=5)

    def without_use(self, roles: Collection[str], device_id: UUID | None) -> timedelta:
        usual = self.admin_idle if Role.administrator in roles else self.idle
        return min(usual, self.device_idle) if device_id else usual


@dataclass(frozen=True)
class Where:
    """From where somebody signs in: their address, their browser in words, the device."""

    address: str = ""
    browser: str = ""
    device_id: UUID | None = None  # of a hospital, if the browser is that device's


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


async def sign_in(
    database: Database, username: str, password: str, where: Where, now: datetime, life: Life
) -> tuple[Account, str]:
    """Checks name and password; returns the account and a new token. Hashes outside transactions."""
    address = attempts.place(where.address)
    async with database.read() as db:
        account = await accounts.named(db, username)
    counter = attempts.counter_of(username, address)
    whose = account.id if account else new_id()  # of whom there is none the same is asked, and answered alike
    once = False
    async with attempts.attempt(database, counter, now, address=address, account=whose):
        known = account is not None and account.disabled_at is None
        right = await matches(account.password_hash if account and known else None, password)
        if not right:
            async with database.read() as db:
                right = once = await one_time.opens(db, whose, password, now)
        if account is None or not (known and right):
            raise NotSignedIn("The user name or the password is wrong.", reason="wrong_password")
    async with database.write() as db:
        return account, begin(db, account.id, now, life, await _owes(db, account, where, now, once), where)


async def _owes(db: AsyncSession, account: Account, where: Where, now: datetime, once: bool) -> tuple[Owed, ...]:
    """What must come before anything else, in order; `once`: it was opened by a one-time password.

    The second factor is first, so that who has found a one-time password cannot choose the next one. Raises NotAllowed
    (`enrol_inside`): who has found a password must not enrol their own telephone from anywhere.
    """
    policy = await policy_of(db, account.hospital_id)
    roles = (await db.exec(select(AccountRole.role).where(AccountRole.account_id == account.id))).all()
    has = await second_factor.enrolled(db, account.id)
    enrols = not has and needs_second_factor(policy, roles, where.address)
    if enrols and not once and outside(policy, where.address):
        raise NotAllowed("Enrol a second factor inside the hospital first.", reason="enrol_inside")
    owed = {
        Owed.second_factor: has,
        Owed.new_password: once or password_rules.expired(account, policy, now),
        Owed.enrolment: enrols,
    }
    return tuple(each for each, is_owed in owed.items() if is_owed)


async def refuse_owing(db: AsyncSession, account: Account, where: Where, now: datetime) -> None:
    """Raises NotAllowed (`badge_owes`) for an account whose badge proves nothing before its password has."""
    if set(await _owes(db, account, where, now, once=False)) - {Owed.second_factor}:
        raise NotAllowed("Sign in by the password first: it has expired, or a step is missing.", reason="badge_owes")


def begin(db: AsyncSession, account_id: UUID, now: datetime, life: Life, owes: tuple[Owed, ...], where: Where) -> str:
    """A new sign-in, which lasts only a little while it owes something. Returns its token."""
    return issue(db, account_id, now, UNFINISHED if owes else life.absolute, owes, where)


async def step_up(db: AsyncSession, actor: Actor, now: datetime, life: Life) -> str:
    """The first of what the sign-in owes is done: it ends, and another takes its place (S3). Returns its token.

    Raises NotSignedIn if it has ended meanwhile.
    """
    before = await db.get(SignIn, actor.sid)
    if before is None:
        raise NotSignedIn("This sign-in has ended; sign in again.")
    where = Where(before.address, before.browser, before.device_id)
    await db.delete(before)
    return begin(db, actor.id, now, life, actor.owes[1:], where)


def issue(
    db: AsyncSession,
    account_id: UUID,
    now: datetime,
    life: timedelta,
    owes: tuple[Owed, ...] = (),
    where: Where = Where(),
) -> str:
    token = secrets.token_urlsafe(32)
    db.add(
        SignIn(
            id=new_id(),
            token_sha256=digest(token),
            account_id=account_id,
            created_at=now,
            seen_at=now,
            expires_at=now + life,
            address=where.address,
            browser=where.browser,
            owes=list(owes),
            device_id=where.device_id,
        )
    )
    return token


# Every request asks this, so it is written once and reads columns instead of objects.
WHO: Final[Select[*tuple[Any, ...]]] = (
    columns(
        col(SignIn.id).label("sid"),
        col(SignIn.seen_at),
        col(SignIn.expires_at),
        col(SignIn.images),
        col(SignIn.owes),
        col(SignIn.device_id),
        col(SignIn.account_id),
        col(Account.hospital_id),
        col(Account.department_id),
        col(Account.name),
        col(Account.disabled_at),
        col(AccountRole.role),
    )
    .join(Account, col(Account.id) == SignIn.account_id)
    .join(AccountRole, col(AccountRole.account_id) == Account.id, isouter=True)
    .where(col(SignIn.token_sha256) == bindparam("digest"))
)


Find = Callable[[Database, str, datetime, Life], Awaitable[Actor | None]]


async def find_actor(database: Database, token: str, now: datetime, life: Life = Life()) -> Actor | None:
    """Whose token it is; one who still owes something before being signed in is found too."""
    async with database.read() as db:
        rows = (await (await db.connection()).execute(WHO, {"digest": digest(token)})).all()
    if not rows:
        return None
    found, roles = rows[0], frozenset(Role(row.role) for row in rows if row.role)
    idle = life.without_use(roles, found.device_id)
    if found.disabled_at or found.expires_at <= now or found.seen_at + idle <= now:
        return None
    if found.device_id is None and now - found.seen_at > SEEN_EVERY:
        with suppress(Unavailable):  # only a note of use: a read must not fail for it
            async with database.write() as db:
                if (kept_one := await db.get(SignIn, found.sid)) is None:
                    return None  # just signed out in another tab
                kept_one.seen_at = now
    return Actor(
        id=found.account_id,
        sid=found.sid,
        hospital_id=found.hospital_id,
        name=found.name,
        roles=roles,
        department_id=found.department_id,
        images=found.images,
        owes=tuple(Owed(each) for each in found.owes),
        device_id=found.device_id,
    )


async def of_account(
    db: AsyncSession, account_id: UUID, now: datetime, roles: Collection[str], life: Life
) -> list[SignIn]:
    """The account's sign-ins that are whole and still open, the one seen last first."""
    query = select(SignIn).where(SignIn.account_id == account_id, SignIn.expires_at > now)
    found = await db.exec(query.order_by(col(SignIn.seen_at).desc()))
    return [each for each in found if not each.owes and each.seen_at + life.without_use(roles, each.device_id) > now]


async def acted(db: AsyncSession, sid: UUID, now: datetime) -> None:
    """Whoever is signed in at a device has done something with their hands."""
    await db.exec(update(SignIn).where(col(SignIn.id) == sid, col(SignIn.seen_at) < now).values(seen_at=now))


async def sign_out(db: AsyncSession, sid: UUID) -> None:
    await db.exec(delete(SignIn).where(col(SignIn.id) == sid))


async def end_all(db: AsyncSession, account_id: UUID, *, but: UUID | None = None) -> list[UUID]:
    """Ends the account's sign-ins; returns which, so that their sockets can be closed too."""
    found = [each for each in await db.exec(select(SignIn).where(SignIn.account_id == account_id)) if each.id != but]
    for each in found:
        await db.delete(each)
    return [each.id for each in found]


async def forget_old(db: AsyncSession, now: datetime) -> None:
    """Deletes old failures, ended sign-ins, and stored answers that nobody will ask for again."""
    await attempts.forget_old(db, now)
    await one_time.forget_old(db, now)
    await db.exec(delete(SignIn).where(col(SignIn.expires_at) <= now))
    await db.exec(delete(IdempotentAnswer).where(col(IdempotentAnswer.at) <= now - ANSWERS_KEPT))
