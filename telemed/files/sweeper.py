"""Once an hour, removes what nobody attached and bytes that no row names."""

import asyncio

import structlog

from telemed.db import Database
from telemed.files.service import sweep
from telemed.files.store import FileStore
from telemed.kit.clock import Clock

EVERY_SECONDS = 3600.0
log = structlog.get_logger(__name__)


async def run(database: Database, store: FileStore, clock: Clock) -> None:
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            await sweep(database, store, clock())
        except Exception:
            log.exception("files could not be swept; it is tried again")
