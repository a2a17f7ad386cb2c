"""Routes of a device itself: it shows which it is by its cookie."""

from aiohttp import web

from telemed.access.policy import SAFE, device_cookie, refuse_other_sites
from telemed.db import DB
from telemed.devices.model import Device
from telemed.devices.secret import by_secret
from telemed.errors import NotSignedIn
from telemed.kit.http import Policy


def _has_cookie(request: web.Request) -> None:
    if request.method not in SAFE:
        refuse_other_sites(request)
    if not request.cookies.get(device_cookie(request)):
        raise NotSignedIn("This screen is not registered.", reason="no_device")


device = Policy("device", _has_cookie, open=True)


async def me(request: web.Request) -> Device:
    """The device that asks. Raises NotSignedIn if it is not registered, or no longer."""
    return await by_secret(request[DB], request.cookies[device_cookie(request)])
