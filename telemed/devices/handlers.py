"""The routes of devices: of the device itself, by its own cookie, and of administrators."""

from uuid import UUID

from aiohttp import web

from telemed.access.attempts import place
from telemed.access.model import Role
from telemed.access.policy import ACTOR, device_cookie, public, refuse_other_sites, role
from telemed.access.sessions import LIFE
from telemed.activities.kinds import KINDS
from telemed.db import DATABASE, DB
from telemed.devices import calling, service, staying
from telemed.devices.policy import device, me
from telemed.devices.schemas import (
    CalledOut,
    CodeOut,
    DeviceIn,
    DeviceList,
    DeviceOut,
    HereOut,
    HereQuery,
    RegisterIn,
    TakeIn,
)
from telemed.devices.secret import by_secret
from telemed.kit.http import Routes, now
from telemed.kit.site import SETTINGS, same_host
from telemed.rooms.handlers import ICE
from telemed.rooms.schemas import DeviceTestIn, DeviceTestOut, IceServer, IceServersOut

routes = Routes("", tag="devices")
administrator = role(Role.administrator)
YEARS_10 = 10 * 365 * 24 * 3600  # seconds; it stands for years, and an administrator may revoke it


@routes.post("/devices/code", policy=public, answers=CodeOut, limited=True)
async def new_code(request: web.Request) -> web.Response:
    """Get a code to register this screen by; the answer sets its cookie."""
    refuse_other_sites(request)
    code, secret, until = await service.new_code(request[DB], place(request.remote or ""), now(request))
    response = web.json_response(text=CodeOut(code=code, expires_at=until).model_dump_json(), status=200)
    return _keeps(request, response, secret)


@routes.post("/devices/take", policy=public, status=204)
async def take(request: web.Request, body: TakeIn) -> web.Response:
    """Be the device whose secret this is; the answer sets its cookie. The demonstration's link to its cart asks this:
    of other devices nobody knows the secret but their own browser."""
    refuse_other_sites(request)
    await by_secret(request[DB], body.secret)
    return _keeps(request, web.Response(status=204), body.secret)


def _keeps(request: web.Request, response: web.Response, secret: str) -> web.Response:
    response.set_cookie(
        device_cookie(request),
        secret,
        httponly=True,
        secure=request.config_dict[SETTINGS].secure,
        samesite="Lax",
        path="/",
        max_age=YEARS_10,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@routes.get("/devices/here", policy=device, transaction=False)
async def here(request: web.Request, query: HereQuery) -> HereOut:
    """What this device shows while nobody is signed in on it; `took`: how long it waited for the answer before."""
    database, at, secret = request.config_dict[DATABASE], now(request), request.cookies[device_cookie(request)]
    shown = HereOut(
        registered=None, signaling_url=same_host(request, request.config_dict[SETTINGS].signaling_url), server_time=at
    )
    async with database.read() as db:
        if await service.waits(db, secret, at):
            return shown
        row = await by_secret(db, secret)
        registered = await service.here(db, row, request.config_dict[KINDS], at, request.config_dict[LIFE].device_idle)
        shown.registered = registered
        unused = registered.person is None and await staying.left_open(db, row.id)
    if unused or service.unseen(row, at):
        async with database.write() as db:
            await service.seen(db, row.id, at, query.took)
            if unused:
                await staying.close_unused(db, row, at)
    return shown


@routes.post("/devices/tests", policy=device, status=201)
async def keep_test(request: web.Request, body: DeviceTestIn) -> DeviceTestOut:
    """Keep the result of this device's test."""
    return await service.keep_test(request[DB], await me(request), body, now(request))


@routes.post("/devices/call", policy=device)
async def call_centre(request: web.Request) -> CalledOut:
    """Call the coordinators of the consultation centre to this device."""
    return CalledOut(called_at=await calling.call(request[DB], await me(request), now(request)))


@routes.post("/devices/{id}/answered", policy=role(*calling.ANSWERING))
async def answer(request: web.Request, id: UUID) -> None:
    """Say that you see to it that this device is answered."""
    await calling.answer(request[DB], request[ACTOR], id, now(request))


@routes.get("/devices/ice-servers", policy=device)
async def ice_servers(request: web.Request) -> IceServersOut:
    """The relays a call would use, for this device's test."""
    row, ice = await me(request), request.config_dict[ICE]
    servers = ice.servers(str(row.id), now(request).timestamp()) if ice else []
    return IceServersOut(ice_servers=[IceServer.model_validate(each) for each in servers])


@routes.get("/admin/devices", policy=administrator)
async def list_devices(request: web.Request) -> DeviceList:
    """The devices of your hospital, with their last tests."""
    return await service.listed(request[DB], request[ACTOR])


@routes.post("/admin/devices", policy=administrator, status=201)
async def register(request: web.Request, body: RegisterIn) -> DeviceOut:
    """Register the screen that shows this code."""
    return await service.register(request[DB], request[ACTOR], body, now(request))


@routes.put("/admin/devices/{id}", policy=administrator)
async def change(request: web.Request, id: UUID, if_match: int, body: DeviceIn) -> DeviceOut:
    """Change a device's name, kind or room."""
    return await service.change(request[DB], request[ACTOR], id, if_match, body, now(request))


@routes.post("/admin/devices/{id}/revoke", policy=administrator)
async def revoke(request: web.Request, id: UUID, if_match: int) -> DeviceOut:
    """Trust this device no more, as when it was stolen. What a cart or camera is booked for goes on without it, and who
    arranges that is asked for another."""
    kinds = request.config_dict[KINDS]
    return await service.revoke(request[DB], request[ACTOR], id, if_match, kinds, now(request))
