"""The route by which a grade is corrected."""

from uuid import UUID

from aiohttp import web

from telemed.access.policy import ACTOR, role
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.reading import grades, queries, rules
from telemed.reading.over_read_schemas import GradeIn
from telemed.reading.schemas import ReadingOut

routes = Routes("", tag="readings")


@routes.post("/readings/{id}/grade", policy=role(*rules.READERS))
async def correct(request: web.Request, id: UUID, if_match: int, body: GradeIn) -> ReadingOut:
    """Correct the grade of an over-read that was issued, with a reason; for who set it or their senior."""
    row = await grades.correct(request[DB], request[ACTOR], id, if_match, body, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))
