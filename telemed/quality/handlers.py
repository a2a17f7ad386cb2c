"""The route of a quality officer's home page."""

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.quality import service
from telemed.quality.schemas import QualityOut

routes = Routes("/quality", tag="quality")


@routes.get("", policy=role(Role.quality_officer), reads="list")
async def overview(request: web.Request) -> QualityOut:
    """How the consultations of the last 30 days stand, and which of all that you may see need looking at."""
    return await service.overview(request[DB], request[ACTOR], now(request))
