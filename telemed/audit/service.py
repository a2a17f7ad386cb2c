"""Writes the audit log: a change in its own transaction, a refusal in a new one after the rollback."""

from datetime import datetime

from aiohttp import web
from aiohttp.typedefs import Handler
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.access.policy import ACTOR
from telemed.audit.model import AuditEvent
from telemed.db import DATABASE
from telemed.errors import NotAllowed, NotFound
from telemed.kit.http import now


def record(
    db: AsyncSession,
    who: Actor | None,
    action: str,
    target: str,
    at: datetime,
    outcome: str = "ok",
    reason: str | None = None,
) -> None:
    """Adds a row in the caller's transaction; `who` is None for the system."""
    db.add(
        AuditEvent(
            at=at,
            actor_id=who.id if who else None,
            hospital_id=who.hospital_id if who else None,
            action=action,
            target=target,
            outcome=outcome,
            reason=reason,
        )
    )


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except (NotAllowed, NotFound) as refusal:
        if ACTOR in request:  # strangers are in the access log only: many of them must not block the database
            async with request.config_dict[DATABASE].write() as db:
                record(db, request[ACTOR], request.method, request.path, now(request), refusal.code)
        raise
