"""The access log: one line for each answer, without patient data, rotated; and who was turned away is counted.

A line holds ids and no words: of the path what the routes name, and of that only ids and UIDs, never a query.
"""

import logging
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from logging.handlers import RotatingFileHandler
from pathlib import Path
from time import perf_counter
from typing import Any, Final, NamedTuple

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler
from sqlalchemy import insert

from telemed.access.policy import ACTOR
from telemed.audit.model import AuditEvent
from telemed.db import Database
from telemed.kit.http import now
from telemed.kit.paths import path_of
from telemed.kit.table import new_id

BYTES, FILES = 20 << 20, 20
EVERY: Final = timedelta(seconds=10)
MOST: Final = 1000  # addresses of a minute that are counted one by one
OTHERS: Final = "others"
SIGN_IN: Final = ("/api/session", "/api/devices/badge")
TURNED_AWAY: Final = frozenset({401, 429})


class Stranger(NamedTuple):
    minute: datetime
    address: str
    action: str


class AccessLog:
    """`path`: of the file; None: nothing is written, as in tests."""

    def __init__(self, path: Path | None = None) -> None:
        self._strangers = Counter[Stranger]()
        self._file = logging.Logger("access")
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file.addHandler(RotatingFileHandler(path, maxBytes=BYTES, backupCount=FILES, encoding="utf-8"))

    def note(self, request: web.Request, status: int, seconds: float, at: datetime) -> None:
        actor = request.get(ACTOR)
        if self._file.handlers:
            line = {
                "at": at.isoformat(),
                "method": request.method,
                "path": path_of(request),
                "status": status,
                "ms": round(seconds * 1000, 1),
                "address": request.remote or "",
                "account": str(actor.id) if actor else "",
            }
            self._file.info(msgspec.json.encode(line).decode())
        if actor is None and status in TURNED_AWAY:
            signs_in = request.method == "POST" and request.path.startswith(SIGN_IN)
            self._count(request.remote or "", "sign_in.failed" if signs_in else "stranger.refused", at)

    def _count(self, address: str, action: str, at: datetime) -> None:
        one = Stranger(at.replace(second=0, microsecond=0), address, action)
        self._strangers[
            one if one in self._strangers or len(self._strangers) < MOST else one._replace(address=OTHERS)
        ] += 1

    def close(self) -> None:
        for handler in self._file.handlers:
            handler.close()

    async def write_counts(self, database: Database, at: datetime) -> Mapping[Any, Exception]:
        """Adds a row for each address and minute that is over. A restart loses the counts of the running minute."""
        over = {one: times for one, times in self._strangers.items() if one.minute + timedelta(minutes=1) <= at}
        if over:
            async with database.write() as db:
                await (await db.connection()).execute(insert(AuditEvent), [_row(*each) for each in over.items()])
            for one in over:
                del self._strangers[one]
        return {}


def _row(one: Stranger, times: int) -> dict[str, Any]:
    of = {"at": one.minute, "action": one.action, "target": one.address, "outcome": "refused", "times": times}
    return {"id": new_id(), **of}


ACCESS_LOG: web.AppKey[AccessLog] = web.AppKey("access_log", AccessLog)


@web.middleware
async def answered(request: web.Request, handler: Handler) -> web.StreamResponse:
    began: float = perf_counter()
    status = 500
    try:
        response = await handler(request)
        status = response.status
        return response
    finally:
        request.config_dict[ACCESS_LOG].note(request, status, perf_counter() - began, now(request))
