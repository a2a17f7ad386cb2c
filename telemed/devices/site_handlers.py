"""The route of the site board."""

from aiohttp import web

from telemed.access.policy import ACTOR, role
from telemed.db import DB
from telemed.devices import site_board
from telemed.devices.site_schemas import SiteBoard
from telemed.kit.http import Routes, now

routes = Routes("/sites", tag="sites")


@routes.get("", policy=role(*site_board.SEERS))
async def find_sites(request: web.Request) -> SiteBoard:
    """Every room and cart, with its last test, whether it is online, and its next meeting; what needs somebody first.
    Of your hospital; at a hub also of those that it has an agreement with."""
    return await site_board.board(request[DB], request[ACTOR], now(request))


@routes.post("/tests", policy=role(*site_board.SEERS))
async def ask_for_tests(request: web.Request) -> SiteBoard:
    """Ask every room and cart on the board to test itself now; the board says which have and which cannot."""
    return await site_board.ask_all(request[DB], request[ACTOR], now(request))
