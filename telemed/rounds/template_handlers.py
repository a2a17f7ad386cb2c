"""The routes of what beds need for rounds, by specialty."""

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.rounds import templates
from telemed.rounds.template_schemas import RoundTemplateIn, RoundTemplateList, RoundTemplateOut

routes = Routes("/rounds/templates", tag="round_templates")
coordinating = role(Role.coordinator)


@routes.get("", policy=coordinating)
async def find(request: web.Request) -> RoundTemplateList:
    """What a bed needs, by specialty of your hub."""
    return RoundTemplateList(items=await templates.find(request[DB], request[ACTOR]))


@routes.put("/{specialty}", policy=coordinating)
async def change(request: web.Request, specialty: str, if_match: int, body: RoundTemplateIn) -> RoundTemplateOut:
    """Change what beds of a specialty need; lists that are open follow at once."""
    return await templates.change(request[DB], request[ACTOR], specialty, if_match, body, now(request))


@routes.delete("/{specialty}", policy=coordinating)
async def restore(request: web.Request, specialty: str, if_match: int) -> RoundTemplateOut:
    """Have what is built in again."""
    return await templates.restore(request[DB], request[ACTOR], specialty, if_match, now(request))
