"""My own account: its password, and where it is signed in."""

from uuid import UUID

from aiohttp import web

from telemed.access import badges, own_password, second_factor, sessions
from telemed.access.account_policy import needs_second_factor, policy_of
from telemed.access.model import Account, AccountPolicy, Actor, SecondFactor, SignIn
from telemed.access.policy import ACTOR, signed_in
from telemed.access.sessions import LIFE
from telemed.audit.service import record, record_own
from telemed.db import DATABASE, DB
from telemed.errors import NotFound
from telemed.kit.http import Routes, now
from telemed.people.account_schemas import AccountOut, PasswordChange, SecondFactorOut, SignInOut
from telemed.people.ended import end_all, tell_ended
from telemed.people.model import Staff

routes = Routes("/account", tag="account")


@routes.get("", policy=signed_in)
async def account(request: web.Request) -> AccountOut:
    """Show my account: since when it has its password, and where it is signed in."""
    db, who, life = request[DB], request[ACTOR], request.config_dict[LIFE]
    row = await db.get_one(Account, who.id)
    policy = await policy_of(db, who.hospital_id)
    found = await sessions.of_account(db, who.id, now(request), who.roles, life)
    return AccountOut(
        username=row.username,
        password_at=row.password_at,
        password_length=policy.length,
        expires_days=policy.expires_days,
        second_factor=await _second_factor(request, row, policy),
        badge_since=await badges.since(db, who.id),
        sign_ins=[_shown(each, who) for each in found],
        signature_id=(await db.get_one(Staff, who.id)).signature_id,
    )


@routes.put("/password", policy=signed_in, transaction=False, limited=True)
async def change_password(request: web.Request, body: PasswordChange) -> None:
    """Change my password; other sign-ins of the account end. A wrong current one counts as a failed sign-in."""
    database, who, at = request.config_dict[DATABASE], request[ACTOR], now(request)
    await own_password.prove(database, who, body.current, request.remote or "", at)
    kept = await own_password.hashed_new(database, who, body.password)
    async with database.write() as db:
        ended = await own_password.keep(db, who, kept, at)
        record_own(db, who, "account.password_changed", at)
        tell_ended(db, ended, who.hospital_id, at)


@routes.delete("/sign-ins", policy=signed_in)
async def end_others(request: web.Request) -> None:
    """Sign out everywhere else."""
    db, who = request[DB], request[ACTOR]
    ended = await end_all(db, await db.get_one(Account, who.id), now(request), but=who.sid)
    record(db, who, "session.ended_elsewhere", str(who.id), now(request), reason=str(ended))


@routes.delete("/sign-ins/{id}", policy=signed_in)
async def end_one(request: web.Request, id: UUID) -> None:
    """Sign out at one other place."""
    db, who = request[DB], request[ACTOR]
    row = await db.get(SignIn, id)
    if row is None or row.account_id != who.id or row.id == who.sid:
        raise NotFound("You are not signed in there.")
    await sessions.sign_out(db, id)
    tell_ended(db, [id], who.hospital_id, now(request))
    record(db, who, "session.ended_elsewhere", str(id), now(request))


async def _second_factor(request: web.Request, account: Account, policy: AccountPolicy) -> SecondFactorOut:
    db, who = request[DB], request[ACTOR]
    row = await db.get(SecondFactor, who.id)
    since = row.confirmed_at if row else None
    return SecondFactorOut(
        since=since,
        reset_at=None if since else account.factor_reset_at,
        reset_by="" if since else account.factor_reset_by,
        codes_left=await second_factor.codes_left(db, who.id),
        needed=needs_second_factor(policy, who.roles, request.remote or ""),
    )


def _shown(row: SignIn, who: Actor) -> SignInOut:
    return SignInOut(
        id=row.id,
        browser=row.browser,
        address=row.address,
        since=row.created_at,
        seen_at=row.seen_at,
        here=row.id == who.sid,
    )
