"""The routes of rooms."""

from uuid import UUID

from aiohttp import web

from telemed.access.policy import ACTOR, signed_in
from telemed.access.tickets import Keys
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.kit.site import SETTINGS, same_host
from telemed.rooms import service
from telemed.rooms.ports import Doors, IceServers
from telemed.rooms.schemas import (
    DeviceTestIn,
    DeviceTestOut,
    IceServer,
    IceServersOut,
    LastDeviceTest,
    MessageOut,
    Messages,
    TicketIn,
    TicketOut,
)

routes = Routes("", tag="rooms")
DOORS: web.AppKey[Doors] = web.AppKey("doors")
ICE: web.AppKey[IceServers | None] = web.AppKey("ice")
KEYS: web.AppKey[Keys] = web.AppKey("keys", Keys)


@routes.post("/rooms/{id}/ticket", policy=signed_in)
async def ticket(request: web.Request, id: UUID, body: TicketIn) -> TicketOut:
    """Get a ticket for a room: the first message to signaling."""
    doors, keys = request.config_dict[DOORS], request.config_dict[KEYS]
    signed, entry = await service.ticket(request[DB], request[ACTOR], id, body.device, doors, keys, now(request))
    url = same_host(request, request.config_dict[SETTINGS].signaling_url)
    return TicketOut(
        room=id, ticket=signed, url=url, role=entry.role, booked=entry.booked, admits="admit" in entry.rights
    )


@routes.get("/rooms/{id}/messages", policy=signed_in)
async def messages(request: web.Request, id: UUID) -> Messages:
    """What was said in a room."""
    await request.config_dict[DOORS].may_read(request[DB], request[ACTOR], id, now(request))
    found = await service.messages(request[DB], id)
    return Messages(items=[MessageOut.model_validate(each) for each in found])


@routes.post("/device-tests", policy=signed_in, status=201)
async def test_devices(request: web.Request, body: DeviceTestIn) -> DeviceTestOut:
    """Keep the result of a test of your camera, microphone and network."""
    row = await service.keep_test(request[DB], request[ACTOR], body, now(request))
    return DeviceTestOut.model_validate(row)


@routes.get("/device-tests/last", policy=signed_in)
async def last_test(request: web.Request) -> LastDeviceTest:
    """Your last device test."""
    row = await service.last_test(request[DB], request[ACTOR].id)
    return LastDeviceTest(last=DeviceTestOut.model_validate(row) if row else None)


@routes.get("/device-tests/ice-servers", policy=signed_in)
async def ice_servers(request: web.Request) -> IceServersOut:
    """The relays a call would use, for a test of them before there is a call."""
    ice = request.config_dict[ICE]
    servers = ice.servers(str(request[ACTOR].id), now(request).timestamp()) if ice else []
    return IceServersOut(ice_servers=[IceServer.model_validate(each) for each in servers])
