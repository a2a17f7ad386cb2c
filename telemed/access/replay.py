"""A creating POST that is repeated under its Idempotency-Key is answered again and creates nothing."""

import json

from aiohttp import web
from aiohttp.typedefs import Handler

from telemed.access.model import IdempotentAnswer
from telemed.access.policy import ACTOR
from telemed.db import DB
from telemed.errors import Conflict, Invalid
from telemed.kit.http import now

HEADER = "Idempotency-Key"
LONGEST = 100


@web.middleware
async def replay(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Stands inside the transaction: the answer is kept if and only if the change is."""
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST" or ACTOR not in request or DB not in request:
        return await handler(request)
    if not 1 <= len(key) <= LONGEST:
        raise Invalid(f"An Idempotency-Key has 1 to {LONGEST} characters.")
    db, who = request[DB], request[ACTOR].id
    if (kept := await db.get(IdempotentAnswer, (who, key))) is not None:
        if kept.path != request.path:
            raise Conflict("This Idempotency-Key was used for another request.")
        return web.json_response(kept.body, status=kept.status)
    response = await handler(request)
    if isinstance(response, web.Response) and response.status < 300 and response.content_type == "application/json":
        body = json.loads(response.text or "null")
        db.add(
            IdempotentAnswer(
                account_id=who, key=key, path=request.path, status=response.status, body=body, at=now(request)
            )
        )
    return response
