"""SQLite under an async session without a thread for each call.

A statement takes microseconds; to hand it to a thread and back, four times a query as aiosqlite does, takes longer than
the statement. So statements run where they are asked for, in the event loop. What waits for the disk or for another
process, COMMIT and BEGIN IMMEDIATE, runs in a thread.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import URL, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import await_

T = TypeVar("T")
STATEMENTS_KEPT = 512  # prepared statements of a connection; the driver's own 128 are fewer than ours


class DirectSQLite(SQLiteDialect_pysqlite):
    """The driver of the standard library, for `create_async_engine`."""

    driver = "direct"
    is_async = True
    has_terminate = True  # closing needs no event loop
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, _url: URL) -> type[Pool]:
        return AsyncAdaptedQueuePool

    def do_execute(self, cursor: Any, statement: str, parameters: Any, _context: Any = None) -> None:
        await_(asyncio.sleep(0))  # others have their turn between two statements, as with a driver that waits
        cursor.execute(statement, parameters)

    def do_terminate(self, dbapi_connection: Any) -> None:
        dbapi_connection.close()


registry.register("sqlite.direct", __name__, DirectSQLite.__name__)


class Rows(sqlite3.Cursor):
    async def _async_soft_close(self) -> None:
        """SQLAlchemy asks its async drivers to have all rows by now; these can be fetched at any time."""


class Connection(sqlite3.Connection):
    def cursor(self, factory: Any = Rows) -> Any:
        return super().cursor(factory)


class Reading(Connection):
    """Never waits: in WAL mode a reader needs no lock that a writer holds."""

    def begin(self) -> None:
        self.execute("BEGIN DEFERRED")


class Writing(Connection):
    """Waits in `disk` for the writer of another process, and until a commit is on the disk."""

    def __init__(self, *given: Any, disk: ThreadPoolExecutor, **more: Any) -> None:
        super().__init__(*given, **more)
        self.disk = disk

    def begin(self) -> None:
        await_(_to_the_end(self.disk, partial(self.execute, "BEGIN IMMEDIATE")))

    def commit(self) -> None:
        await_(_to_the_end(self.disk, super().commit))


async def _to_the_end(disk: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    """Also when the task is cancelled: nobody else may use the connection before the thread has left it."""
    running = asyncio.get_running_loop().run_in_executor(disk, work)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        while not running.done():
            try:
                await asyncio.wait([running])
            except asyncio.CancelledError:
                continue
        raise
