"""What somebody has on their page is sent with the hint that it has changed: the page need not ask for it.

It is read for that person as their page would: with the roles they have now, and sent once the audit log has it. Other
hints of the page wait behind it, a ringing among them: what takes long is not waited for, and the page asks.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import structlog
from aiohttp import web
from pydantic import BaseModel, Field, ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.access.policy import identify
from telemed.audit.model import Purpose
from telemed.audit.reads import READS, noting
from telemed.audit.seeing import merged
from telemed.db import DATABASE
from telemed.errors import TelemedError
from telemed.kit.http import Input, now

log = structlog.get_logger(__name__)
MOST: Final = 8  # things of one page: the beds that a screen of a round shows or comes to next
PATIENCE: Final = 2.0  # seconds until one is read
AT_ONCE: Final = 2  # readings: a screen has it sooner if not all are read side by side
Show = Callable[[AsyncSession, Actor, UUID, datetime], Awaitable[BaseModel]]
SHOW: web.AppKey[Show] = web.AppKey("show")
TURNS: web.AppKey[asyncio.Semaphore] = web.AppKey("turns")


class Watch(Input):
    """What a page says of itself: which things it shows."""

    watch: Annotated[list[UUID], Field(max_length=MOST)]


def watched(said: str) -> frozenset[UUID] | None:
    """None: not a page of ours says so."""
    try:
        return frozenset(Watch.model_validate_json(said).watch)
    except ValidationError:
        return None


@dataclass(frozen=True)
class Hint:
    """That a thing has changed. `anew`: the page shows it, so what it is by then is sent along."""

    topic: str | None
    id: str
    rev: int
    anew: bool = False

    def said(self, **more: Any) -> str:
        return json.dumps({"topic": self.topic, "id": self.id, "rev": self.rev} | more)


async def said(request: web.Request, hint: Hint) -> str:
    """For the person of this channel: the hint with what it is about, or without where they may not see that now."""
    if not hint.anew:
        return hint.said()
    try:
        async with asyncio.timeout(PATIENCE), request.config_dict[TURNS]:
            read = await _read(request, UUID(hint.id))
    except (TelemedError, TimeoutError):  # the page asks, and learns why, or waits for it by itself
        return hint.said()
    except Exception:  # one that cannot be read must not end the channel
        log.exception("what a page shows could not be sent along with its hint", about=hint.id)
        return hint.said()
    return hint.said(data=read.model_dump(mode="json")) if read else hint.said()


async def _read(request: web.Request, id: UUID) -> BaseModel | None:
    app, at = request.config_dict, now(request)
    who = await identify(request)
    if who is None:
        return None
    async with noting() as noted:
        async with app[DATABASE].read() as db:
            read: BaseModel = await app[SHOW](db, who, id, at)
        await app[READS].keep(who, Purpose.case, merged(noted), at)
    return read
