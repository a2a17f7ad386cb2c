"""The routes by which the hub's administrator keeps the rules by which studies are read unasked, and the clauses."""

from uuid import UUID

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.reading import ruling
from telemed.reading.rule_schemas import ClauseIn, NewRule, RuleIn, RuleRow, RuleTable

routes = Routes("/admin", tag="administration")
administrator = role(Role.administrator)


@routes.get("/reading-rules", policy=administrator)
async def reading_rules(request: web.Request) -> RuleTable:
    """The rules by which studies of branches are read unasked, and the clauses on which such readings rest."""
    return await ruling.table(request[DB], request[ACTOR], now(request))


@routes.post("/reading-rules", policy=administrator, status=201)
async def create_reading_rule(request: web.Request, body: NewRule) -> RuleRow:
    """Write a rule for a branch."""
    return await ruling.create(request[DB], request[ACTOR], body, now(request))


@routes.put("/reading-rules/{id}", policy=administrator)
async def change_reading_rule(request: web.Request, id: UUID, if_match: int, body: RuleIn) -> RuleRow:
    """Change a rule, or take it out of use."""
    return await ruling.save(request[DB], request[ACTOR], id, if_match, body, now(request))


@routes.post("/reading-clauses", policy=administrator, status=201)
async def save_reading_clause(request: web.Request, body: ClauseIn) -> RuleTable:
    """Write the next version of an agreement's consent clause."""
    await ruling.save_clause(request[DB], request[ACTOR], body, now(request))
    return await ruling.table(request[DB], request[ACTOR], now(request))
