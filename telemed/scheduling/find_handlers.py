"""The route by which a time is found for several people and places."""

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.db import DATABASE
from telemed.kit.http import Routes, now
from telemed.scheduling.find_a_time import find_a_time
from telemed.scheduling.find_schemas import FindIn, FindOut

routes = Routes("/scheduling", tag="scheduling")


@routes.post("/find", policy=role(Role.coordinator, Role.duty_officer), transaction=False)
async def find(request: web.Request, body: FindIn) -> FindOut:
    """Times at which everybody and everything asked for is free; without any, what blocks them and what would help."""
    async with request.config_dict[DATABASE].read() as db:  # asked by POST, and changes nothing
        return await find_a_time(db, request[ACTOR], body, now(request))
