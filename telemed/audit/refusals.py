"""Who was refused: a row in a transaction of its own, after the rollback.

Where the route names a patient's thing the row says whose it is and as what it was asked for, so that the patient's
hospital reads it beside those who saw them. One row per person, patient, case, purpose and five minutes, as of reads;
of what is nobody's one per person, route and five minutes, so that guessing addresses fills no disk.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

from aiohttp import web
from aiohttp.typedefs import Handler
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.policy import ACTOR
from telemed.audit.reads import READ, READS, purpose_of
from telemed.audit.seeing import Seen
from telemed.db import DATABASE
from telemed.errors import NotAllowed, NotFound
from telemed.kit.http import OPERATIONS, Operation, now

# Whose the thing is that a route names by its first word and an id; None: nobody's.
Whose = Callable[[AsyncSession, str, UUID], Awaitable[Seen | None]]
WHOSE: web.AppKey[Whose] = web.AppKey("whose")


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except (NotAllowed, NotFound) as refusal:
        if ACTOR in request:  # strangers are counted (access_log.py): many of them must not block the database
            await _keep(request, refusal.code)
        raise


async def _keep(request: web.Request, code: str) -> None:
    operation = request.config_dict[OPERATIONS].get(request.match_info.route)
    purpose = purpose_of(operation) if operation else None
    seen = await _named(request, operation) if operation and purpose else None
    of = f"{request.method} {operation.path if operation else ''}"
    await request.config_dict[READS].keep(
        request[ACTOR],
        purpose if seen else None,
        [seen or Seen("", None, target=request.path)],
        now(request),
        code,
        action=READ if seen and request.method == "GET" else request.method,
        of=of,
    )


async def _named(request: web.Request, operation: Operation) -> Seen | None:
    try:
        id = UUID(request.match_info["id"])
    except (KeyError, ValueError):
        return None
    async with request.config_dict[DATABASE].read() as db:
        return await request.config_dict[WHOSE](db, first_word(operation), id)


def first_word(operation: Operation) -> str:
    """`patients` of /patients/{id}/chart."""
    return operation.path.split("/")[1]
