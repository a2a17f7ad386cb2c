"""The routes by which somebody signs in at a device, confirms it on their telephone, and leaves it."""

import segno
from aiohttp import web

from telemed.access import sessions
from telemed.access.policy import ACTOR, device_cookie, signed_in
from telemed.access.sessions import COOKIE, LIFE
from telemed.activities.kinds import KINDS
from telemed.db import DATABASE, DB
from telemed.devices import badging, staying, waiting
from telemed.devices.model import StayBy, StayEnd
from telemed.devices.policy import device, me
from telemed.devices.schemas import (
    BadgeAndPin,
    CodeDeviceOut,
    DeviceLeave,
    DeviceTicketOut,
    EnteredOut,
    EntryCode,
    EntryCodeOut,
)
from telemed.devices.secret import by_secret
from telemed.kit.http import Routes, now
from telemed.kit.site import SETTINGS, same_host
from telemed.people.own_badge import badge_key
from telemed.people.sign_in import begun, place_of, with_cookie
from telemed.rooms.handlers import KEYS

routes = Routes("", tag="devices")
PAGE = "/device-code"  # as in web/src/paths.ts


@routes.post("/devices/entries", policy=device)
async def new_entry(request: web.Request) -> EntryCodeOut:
    """Get a code by which somebody signs in at this device with their telephone; it is good for a minute."""
    code, until = await staying.new_entry(request[DB], await me(request), now(request))
    address = f"{same_host(request, request.config_dict[SETTINGS].origin)}{PAGE}?code={code}"
    qr = segno.make(address, micro=False).svg_data_uri(scale=4, border=4, light="#fff")
    return EntryCodeOut(code=code, qr=qr, expires_at=until)


@routes.post("/devices/enter", policy=device, transaction=False, answers=EnteredOut)
async def enter(request: web.Request) -> web.Response:
    """Whether a telephone has confirmed the code; then the answer sets the cookie of that person's sign-in."""
    database, life, at = request.config_dict[DATABASE], request.config_dict[LIFE], now(request)
    async with database.read() as db:
        row = await by_secret(db, request.cookies[device_cookie(request)])
        if not await staying.is_confirmed(db, row):  # asked every other second
            return web.json_response(text=EnteredOut(entered=False).model_dump_json())
    async with database.write() as db:
        whose = await staying.confirmed(db, row, at)
        if whose is None:
            return web.json_response(text=EnteredOut(entered=False).model_dump_json())
        token = sessions.begin(db, whose, at, life, (), await place_of(request, db))
    await begun(request, token, StayBy.code)
    return with_cookie(request, token, EnteredOut(entered=True))


@routes.post("/devices/badge", policy=device, transaction=False, answers=EnteredOut, limited=True)
async def enter_by_badge(request: web.Request, body: BadgeAndPin) -> web.Response:
    """Sign in at this device by badge and PIN; the answer sets the cookie."""
    database, life, at = request.config_dict[DATABASE], request.config_dict[LIFE], now(request)
    async with database.read() as db:
        row = await by_secret(db, request.cookies[device_cookie(request)])
        where = await place_of(request, db)
    token = await badging.sign_in(database, badge_key(request), row, body.badge, body.pin, where, at, life)
    await begun(request, token, StayBy.badge)
    return with_cookie(request, token, EnteredOut(entered=True))


@routes.post("/devices/leave", policy=device)
async def leave(request: web.Request, body: DeviceLeave) -> web.Response:
    """Nobody is signed in at this device any more; the browser forgets what it has cached of them."""
    db, row, at = request[DB], await me(request), now(request)
    if body.why is None:
        await staying.close_unused(db, row, at)
    else:
        await staying.leave(db, row, StayEnd(body.why), at)
    response = web.Response(status=204, headers={"Clear-Site-Data": '"cache"'})
    response.del_cookie(request.config_dict[COOKIE], path="/", secure=request.config_dict[SETTINGS].secure)
    return response


@routes.post("/devices/ticket", policy=device)
async def ticket(request: web.Request) -> DeviceTicketOut:
    """Get a ticket for the room of the meeting that this device's venue is booked for."""
    kinds, keys = request.config_dict[KINDS], request.config_dict[KEYS]
    room, signed = await waiting.ticket(request[DB], await me(request), kinds, keys, now(request))
    return DeviceTicketOut(room=room, ticket=signed)


@routes.post("/devices/acts", policy=signed_in)
async def acted(request: web.Request) -> None:
    """Say that you have done something at this device with your hands: without, you are signed out after minutes."""
    if request[ACTOR].device_id is not None:
        await sessions.acted(request[DB], request[ACTOR].sid, now(request))


@routes.post("/device-codes/look", policy=signed_in, transaction=False, limited=True)
async def look(request: web.Request, body: EntryCode) -> CodeDeviceOut:
    """Which device shows this code, before you confirm on your telephone that you sign in there."""
    return await staying.look(request.config_dict[DATABASE], request[ACTOR], body.code, now(request))


@routes.post("/device-codes/confirm", policy=signed_in, transaction=False, limited=True)
async def confirm(request: web.Request, body: EntryCode) -> None:
    """Sign in at the device that shows this code."""
    await staying.confirm(request.config_dict[DATABASE], request[ACTOR], body.code, now(request))
