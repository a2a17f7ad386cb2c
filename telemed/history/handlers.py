"""The route of the event log."""

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.db import DB
from telemed.history import reading
from telemed.history.schemas import HistoryPage, HistoryQuery
from telemed.kit.http import Routes
from telemed.kit.paging import CURSOR_SECRET, cursor, place

routes = Routes("/history", tag="history")


@routes.get("", policy=role(Role.quality_officer, Role.administrator))
async def history(request: web.Request, query: HistoryQuery) -> HistoryPage:
    """What has happened at your hospital, in the order it was recorded: ids, codes and times, no patient data."""
    actor, secret = request[ACTOR], request.config_dict[CURSOR_SECRET]
    bound = f"{actor.id}|{actor.hospital_id}|history"
    after = place(secret, bound, query.after) if query.after else None
    found = await reading.of_hospital(request[DB], actor.hospital_id, after, query.limit + 1)
    items = [reading.shown(each) for each in found[: query.limit]]
    return HistoryPage(items=items, next=cursor(secret, bound, items[-1].id) if len(found) > query.limit else None)
