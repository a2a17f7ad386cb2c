"""The route of the event log."""

from uuid import UUID

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.db import DATABASE
from telemed.history import reading
from telemed.history.schemas import HistoryList, HistoryQuery
from telemed.kit.http import Routes
from telemed.kit.paging import CURSOR_SECRET, cursor, place

routes = Routes("/history", tag="history")
BEGINNING = UUID(int=0)


@routes.get("", policy=role(Role.quality_officer, Role.administrator), transaction=False)
async def history(request: web.Request, query: HistoryQuery) -> HistoryList:
    """What has happened at your hospital, in the order it was recorded: ids, codes and times, no patient data."""
    database = request.config_dict[DATABASE]
    actor, secret = request[ACTOR], request.config_dict[CURSOR_SECRET]
    bound = f"{actor.id}|{actor.hospital_id}|history"
    after = place(secret, bound, query.after) if query.after else BEGINNING
    before = await reading.settled(database)
    async with database.read() as db:
        found = await reading.of_hospital(db, actor.hospital_id, after, before, query.limit + 1)
    items = [reading.shown(each) for each in found[: query.limit]]
    last = items[-1].id if items else after
    return HistoryList(items=items, next=cursor(secret, bound, last), more=len(found) > query.limit)
