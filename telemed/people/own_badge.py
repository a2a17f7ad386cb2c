"""The badge and PIN of one's own account, by which one signs in at the hospital's devices."""

from aiohttp import web

from telemed.access import badges, own_password
from telemed.access.badges import BadgeKey
from telemed.access.model import Account
from telemed.access.policy import ACTOR, signed_in
from telemed.audit.service import record_own
from telemed.db import DATABASE, DB
from telemed.kit.http import Routes, now
from telemed.people.account_schemas import BadgeIn
from telemed.people.model import Staff
from telemed.people.sign_in import UNSENT

routes = Routes("/account/badge", tag="account")


def badge_key(request: web.Request) -> BadgeKey:
    return BadgeKey(request.config_dict[UNSENT].secret_for(b"telemed badges 1"))


@routes.put("", policy=signed_in, transaction=False, limited=True)
async def keep_badge(request: web.Request, body: BadgeIn) -> None:
    """Set my badge and my PIN, in the place of those before; a wrong password counts as a failed sign-in."""
    database, who, at = request.config_dict[DATABASE], request[ACTOR], now(request)
    await own_password.prove(database, who, body.current, request.remote or "", at)
    async with database.read() as db:
        account, person = await db.get_one(Account, who.id), await db.get_one(Staff, who.id)
    key, own = badge_key(request), [account.username, person.number, person.phone]
    pin_hash = await badges.hashed_pin(key, who.id, body.badge, body.pin, own)
    async with database.write() as db:
        had = await badges.keep(db, key, who.id, body.badge, pin_hash, at)
        record_own(db, who, "account.badge_set", at, badge=(had, True))


@routes.delete("", policy=signed_in)
async def remove_badge(request: web.Request) -> None:
    """Remove my badge and my PIN."""
    db, who = request[DB], request[ACTOR]
    if await badges.forget(db, who.id):
        record_own(db, who, "account.badge_removed", now(request), badge=(True, False))
