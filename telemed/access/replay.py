"""Repeats the answer to a POST that comes again with its Idempotency-Key, and creates nothing twice."""

import json
from hashlib import sha256

from aiohttp import web
from aiohttp.typedefs import Handler
from sqlalchemy.exc import IntegrityError

from telemed.access.model import IdempotentAnswer
from telemed.access.policy import ACTOR
from telemed.db import DB
from telemed.errors import Conflict, Invalid
from telemed.kit.http import now

HEADER = "Idempotency-Key"
LONGEST = 100


@web.middleware
async def replay(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Runs inside the transaction, so that the answer is stored if and only if the change is."""
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST" or ACTOR not in request or DB not in request:
        return await handler(request)
    if not 1 <= len(key) <= LONGEST:
        raise Invalid(f"An Idempotency-Key has 1 to {LONGEST} characters.")
    db, who = request[DB], request[ACTOR].id
    sent = sha256(await request.read()).hexdigest()
    claim = IdempotentAnswer(account_id=who, key=key, path=request.path, body_sha256=sent, status=0, at=now(request))
    try:
        async with db.begin_nested():  # on PostgreSQL a repeat waits here for the first one's commit
            db.add(claim)
    except IntegrityError:
        return _again(await db.get_one(IdempotentAnswer, (who, key)), request, sent)
    response = await handler(request)
    claim.status = response.status
    if isinstance(response, web.Response) and response.content_type == "application/json":
        claim.body = json.loads(response.text or "null")
    return response


def _again(kept: IdempotentAnswer, request: web.Request, sent: str) -> web.Response:
    if kept.path != request.path or kept.body_sha256 not in (None, sent):
        raise Conflict("This Idempotency-Key was used for another request.", reason="key_reused")
    if kept.body is None:
        return web.Response(status=204)
    response = web.json_response(kept.body, status=kept.status, headers={"Cache-Control": "no-store"})
    if isinstance(kept.body, dict) and "version" in kept.body:
        response.etag = str(kept.body["version"])  # as `endpoint` set it the first time
    return response
