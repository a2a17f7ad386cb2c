"""SQLite for an async session, without a thread for each call.

Statements run in the event loop: one takes microseconds, less than handing it to a thread and back (aiosqlite does
that four times a query). COMMIT and BEGIN IMMEDIATE, which wait for the disk or another process, run in a thread.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar
from weakref import WeakSet

from sqlalchemy import URL, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import await_

T = TypeVar("T")
STATEMENTS_KEPT = 512  # prepared statements cached per connection; we use more than the driver's default of 128


class DirectSQLite(SQLiteDialect_pysqlite):
    """The standard library's driver, usable with `create_async_engine`."""

    driver = "direct"
    is_async = True
    has_terminate = True  # closing needs no event loop
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, _url: URL) -> type[Pool]:
        return AsyncAdaptedQueuePool

    def do_begin(self, dbapi_connection: Any) -> None:
        dbapi_connection.begin()  # here, so that a lock that is not given becomes an error of SQLAlchemy

    def do_execute(self, cursor: Any, statement: str, parameters: Any, _context: Any = None) -> None:
        await_(asyncio.sleep(0))  # lets other tasks run between two statements
        cursor.execute(statement, parameters)

    def do_executemany(self, cursor: Any, statement: str, parameters: Any, _context: Any = None) -> None:
        await_(asyncio.sleep(0))
        cursor.executemany(statement, parameters)

    def do_terminate(self, dbapi_connection: Any) -> None:
        dbapi_connection.close()


registry.register("sqlite.direct", __name__, DirectSQLite.__name__)


class Rows(sqlite3.Cursor):
    async def _async_soft_close(self) -> None:
        """Does nothing: SQLAlchemy has async drivers fetch all rows here, but these can be fetched at any time."""


class Connection(sqlite3.Connection):
    """At the end of a transaction its unread rows are closed: they would keep the connection at what it read then."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._given = WeakSet[Rows]()

    def cursor(self, factory: Any = Rows) -> Any:
        rows = super().cursor(factory)
        self._given.add(rows)
        return rows

    def commit(self) -> None:
        self._close_rows()
        super().commit()

    def rollback(self) -> None:
        self._close_rows()
        super().rollback()

    def _close_rows(self) -> None:
        for rows in list(self._given):
            rows.close()
        self._given.clear()


class Reading(Connection):
    """A connection that only reads. It never waits: in WAL mode a reader needs no lock that a writer holds."""

    def begin(self) -> None:
        self.execute("BEGIN DEFERRED")


class Changes:
    """Tells whether anybody has committed, also in another process: SQLite counts it in memory that all share."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, timeout=0, isolation_level=None)

    def count(self) -> int | None:
        """Another number after each commit, for which it takes microseconds; None: it cannot be told just now."""
        try:
            number: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.OperationalError:
            return None
        return number

    def close(self) -> None:
        self._connection.close()


class Writing(Connection):
    """A connection that writes. The thread `disk` waits for another process's writer, and for a commit's sync."""

    def __init__(self, *given: Any, disk: ThreadPoolExecutor, **more: Any) -> None:
        super().__init__(*given, **more)
        self.disk = disk

    def begin(self) -> None:
        await_(_to_the_end(self.disk, partial(self.execute, "BEGIN IMMEDIATE")))

    def commit(self) -> None:
        self._close_rows()
        await_(_to_the_end(self.disk, partial(sqlite3.Connection.commit, self)))


async def _to_the_end(disk: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    """Runs `work` in the thread and waits for its end even if cancelled: until then the connection is in use."""
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
