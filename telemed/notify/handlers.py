"""The routes of how people and groups are told outside the pages."""

from uuid import UUID

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role, signed_in
from telemed.db import DATABASE, DB
from telemed.kit.http import Routes, now
from telemed.kit.site import SETTINGS
from telemed.notify import message, service
from telemed.notify.outside import Outside
from telemed.notify.schemas import (
    AllowedIn,
    AllowedOut,
    ChoiceIn,
    ChoiceOut,
    OutsideOut,
    RobotChange,
    RobotIn,
    RobotOut,
    TestOut,
)
from telemed.people import service as people

routes = Routes("/notices", tag="notices")
OUTSIDE: web.AppKey[Outside] = web.AppKey("outside")
administers = role(Role.administrator)


@routes.get("/choice", policy=signed_in)
async def choice(request: web.Request) -> ChoiceOut:
    """How you are told outside the pages."""
    set_up = request.config_dict[OUTSIDE].mail is not None
    return await service.choice(request[DB], request[ACTOR], set_up=set_up)


@routes.put("/choice", policy=signed_in)
async def choose(request: web.Request, if_match: int, body: ChoiceIn) -> ChoiceOut:
    """Choose how you are told outside the pages."""
    set_up = request.config_dict[OUTSIDE].mail is not None
    await service.choose(request[DB], request[ACTOR], if_match, body, now(request), set_up=set_up)
    return await service.choice(request[DB], request[ACTOR], set_up=set_up)


@routes.post("/choice/test", policy=signed_in, transaction=False, limited=True)
async def test_mail(request: web.Request) -> TestOut:
    """Send yourself a test mail."""
    outside, actor, at = request.config_dict[OUTSIDE], request[ACTOR], now(request)
    async with request.config_dict[DATABASE].read() as db:
        email, language, zone = await service.own_address(db, actor)
    link = request.config_dict[SETTINGS].origin + "/"
    why = await outside.test_mail(actor.id, email, language, message.test(language, zone, at, link), at)
    return TestOut(why=why)


@routes.get("/outside", policy=administers)
async def outside(request: web.Request) -> OutsideOut:
    """How your hospital is told outside the pages: what it allows, its mail, its group robots."""
    db, actor, outside = request[DB], request[ACTOR], request.config_dict[OUTSIDE]
    return OutsideOut(
        allowed=service.allowed(await people.hospital(db, actor.hospital_id)),
        hosts=outside.allowed.hosts,
        mail_set_up=outside.mail is not None,
        mail=await service.mail_waiting(db, actor),
        robots=await service.robots(db, actor, outside.seal),
    )


@routes.put("/outside", policy=administers)
async def allow(request: web.Request, if_match: int, body: AllowedIn) -> AllowedOut:
    """Say by which channels your hospital's people and groups may be told."""
    return await service.allow(request[DB], request[ACTOR], if_match, body, now(request))


@routes.post("/robots", policy=administers, status=201)
async def add_robot(request: web.Request, body: RobotIn) -> RobotOut:
    """Enter the robot of a chat group."""
    return await service.add_robot(request[DB], request[ACTOR], body, request.config_dict[OUTSIDE], now(request))


@routes.put("/robots/{id}", policy=administers)
async def change_robot(request: web.Request, id: UUID, if_match: int, body: RobotChange) -> RobotOut:
    """Change a robot; its address is kept where none is given."""
    outside = request.config_dict[OUTSIDE]
    return await service.change_robot(request[DB], request[ACTOR], id, if_match, body, outside, now(request))


@routes.delete("/robots/{id}", policy=administers, status=204)
async def remove_robot(request: web.Request, id: UUID) -> None:
    """Remove a robot."""
    await service.remove_robot(request[DB], request[ACTOR], id, now(request))


@routes.post("/robots/{id}/test", policy=administers, transaction=False, limited=True)
async def test_robot(request: web.Request, id: UUID) -> TestOut:
    """Have a robot say a test message in its group."""
    outside, actor, at = request.config_dict[OUTSIDE], request[ACTOR], now(request)
    async with request.config_dict[DATABASE].read() as db:
        robot = await service.robot(db, actor, id)
        zone = (await people.hospital(db, actor.hospital_id)).time_zone
    link = request.config_dict[SETTINGS].origin + "/"
    return TestOut(why=await outside.test_robot(actor.id, robot, message.test("zh-CN", zone, at, link), at))
