"""The routes of one's own calendar links."""

from uuid import UUID

import segno
from aiohttp import web

from telemed.access.policy import ACTOR, signed_in
from telemed.db import DATABASE, DB
from telemed.interop import service
from telemed.interop.feed import address_of
from telemed.interop.model import CalendarLink
from telemed.interop.schemas import CalendarLinkIn, CalendarLinkMade, CalendarLinkOut, CalendarLinksOut
from telemed.kit.http import Routes, now
from telemed.kit.site import SETTINGS, same_host

routes = Routes("/account/calendar-links", tag="account")


@routes.get("", policy=signed_in)
async def calendar_links(request: web.Request) -> CalendarLinksOut:
    """Show the links under which calendar programs read my bookings, and when they last did."""
    found = await service.links(request[DB], request[ACTOR])
    return CalendarLinksOut(links=[_shown(each) for each in found], most=service.MOST)


# Without the request's transaction, in which answers are kept for repeats: this one holds a secret.
@routes.post("", policy=signed_in, status=201, transaction=False)
async def make_calendar_link(request: web.Request, body: CalendarLinkIn) -> CalendarLinkMade:
    """Make a link under which a calendar program reads my bookings; its address is shown this once."""
    async with request.config_dict[DATABASE].write() as db:
        link, token = await service.make(db, request[ACTOR], body.name, now(request))
    address = address_of(same_host(request, request.config_dict[SETTINGS].origin), token)
    subscribe = "webcal" + address[address.index("://") :]
    qr = segno.make(subscribe, micro=False).svg_data_uri(scale=4, border=4, light="#fff")
    return CalendarLinkMade(link=_shown(link), address=address, subscribe=subscribe, qr=qr)


@routes.delete("/{id}", policy=signed_in)
async def revoke_calendar_link(request: web.Request, id: UUID) -> None:
    """Revoke a link; whoever has it reads nothing more."""
    await service.revoke(request[DB], request[ACTOR], id, now(request))


def _shown(row: CalendarLink) -> CalendarLinkOut:
    return CalendarLinkOut(**row.model_dump(include=set(CalendarLinkOut.model_fields)))
