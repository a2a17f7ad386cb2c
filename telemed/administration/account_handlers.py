"""The routes by which administrators see to the accounts of their hospital."""

from uuid import UUID

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.administration import accounts
from telemed.administration.account_schemas import AccountList, AccountsQuery, PolicyIn, PolicyOut
from telemed.db import DB
from telemed.kit.http import Routes, now

routes = Routes("/admin", tag="administration")
administrator = role(Role.administrator)


@routes.get("/account-policy", policy=administrator)
async def account_policy(request: web.Request) -> PolicyOut:
    """What your hospital asks of its accounts."""
    found = PolicyOut.model_validate(await accounts.own_policy(request[DB], request[ACTOR]))
    return found.model_copy(update={"your_address": request.remote or ""})


@routes.put("/account-policy", policy=administrator)
async def change_account_policy(request: web.Request, if_match: int, body: PolicyIn) -> PolicyOut:
    """Change what your hospital asks of its accounts."""
    saved = await accounts.save_policy(request[DB], request[ACTOR], if_match, body, now(request))
    return PolicyOut.model_validate(saved).model_copy(update={"your_address": request.remote or ""})


@routes.get("/accounts", policy=administrator)
async def find_accounts(request: web.Request, query: AccountsQuery) -> AccountList:
    """Accounts of your hospital that are locked, and those called so."""
    return AccountList(items=await accounts.find(request[DB], request[ACTOR], query.q, now(request)))


@routes.post("/accounts/{id}/unlock", policy=administrator)
async def unlock_account(request: web.Request, id: UUID) -> None:
    """Lift the lock-out of an account."""
    await accounts.unlock(request[DB], request[ACTOR], id, now(request))


@routes.post("/accounts/{id}/second-factor-reset", policy=administrator)
async def reset_second_factor(request: web.Request, id: UUID) -> None:
    """Take away a second factor that was lost; its person's sign-ins end."""
    await accounts.reset_second_factor(request[DB], request[ACTOR], id, now(request))


@routes.post("/accounts/{id}/badge-removal", policy=administrator)
async def remove_badge(request: web.Request, id: UUID) -> None:
    """Make a badge that was lost worthless."""
    await accounts.remove_badge(request[DB], request[ACTOR], id, now(request))
