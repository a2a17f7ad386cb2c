"""The database: many readers and one writer on SQLite, one pool on PostgreSQL; one transaction per request.

Its errors name the statement and never the values in it, which may be a patient's.
"""

import asyncio
import gc
import json
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any, Final

from aiohttp import web
from aiohttp.typedefs import Handler
from sqlalchemy import ExceptionContext, event, make_url, text
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.errors import Busy, NoSpace
from telemed.kit.failures import passing
from telemed.kit.http import OPERATION
from telemed.kit.sqlite import STATEMENTS_KEPT, Changes, Reading, Writing

# JSON is stored with unescaped Chinese: escaped it is twice as long, and rows longer than a page are slow to read.
HOW: Final[dict[str, Any]] = {
    "hide_parameters": True,
    "json_serializer": partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
}
# Any commit empties the page caches of all connections; memory-mapped pages stay.
PRAGMAS: Final = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", f"mmap_size = {1 << 30}")
OLDEST_WRITE = """
    SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_xid IS NOT NULL
"""


def _sqlite(url: str, connect: Callable[..., Reading | Writing], *pragmas: str, **pool: int) -> AsyncEngine:
    ours = make_url(url).set(drivername="sqlite+direct")
    kind = {"factory": connect, "cached_statements": STATEMENTS_KEPT}
    engine = create_async_engine(ours, **HOW, connect_args=kind, **pool)

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(sqlite: Any, _record: object) -> None:
        sqlite.isolation_level = None  # keeps the driver from sending BEGIN
        for pragma in (*PRAGMAS, *pragmas):
            sqlite.execute(f"PRAGMA {pragma}").close()

    return engine


def _without_the_row(context: ExceptionContext) -> None:
    """Removes the refused row, with all its values, from PostgreSQL's error, because tracebacks print it."""
    cause = context.original_exception.__cause__
    if cause is not None and hasattr(cause, "detail"):  # asyncpg's, which SQLite does not import
        cause.detail = None


@asynccontextmanager
async def _begun(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """A session in a transaction. Raises Unavailable if the database is busy or away."""
    async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
        try:
            await session.connection()  # begins now; session.begin() would wait for the first query
        except (OperationalError, InterfaceError, TimeoutError, OSError) as busy:
            raise passing(busy) or Busy() from busy
        yield session


class Database:
    """`read` gives a session that cannot write; `write` one that on SQLite holds the write lock.

    `committed` is set after each write.
    """

    def __init__(self, url: str) -> None:
        self._url, self.is_sqlite = url, url.startswith("sqlite")
        self.committed = asyncio.Event()
        self.no_space = False  # the last write found the disk full
        self._cancelled_midway = False
        if self.is_sqlite:
            self.readers = _sqlite(url, Reading, "query_only = ON", "busy_timeout = 100", pool_size=8)
            # SQLite has one writer; waiting writers queue for its connection and leave the readers' free.
            self._disk = ThreadPoolExecutor(1, "telemed-disk")
            writing = partial(Writing, disk=self._disk)
            self.writer = _sqlite(url, writing, "busy_timeout = 5000", pool_size=1, max_overflow=0, pool_timeout=5)
            self._changes: Changes | None = None
        else:
            self.readers = self.writer = create_async_engine(url, **HOW, pool_size=10, max_overflow=10, pool_timeout=5)
            event.listen(self.writer.sync_engine, "handle_error", _without_the_row)

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
        try:
            async with _begun(engine) as session:
                yield session
        except asyncio.CancelledError:
            self._cancelled_midway = True
            raise
        except Exception as failure:
            why = passing(failure)
            self.no_space = self.no_space or isinstance(why, NoSpace)
            if why is None or why is failure:
                raise
            raise why from failure

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with self._transaction(self.readers) as session:
            if not self.is_sqlite:
                await (await session.connection()).execute(
                    text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                )
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with self._transaction(self.writer) as session:
            yield session
        self.committed.set()

    def changes(self) -> int | None:
        """Another number after each commit of any process; None: it cannot be told, as on PostgreSQL."""
        if not self.is_sqlite:
            return None
        if self._changes is None:  # not before the first writer has made the file
            self._changes = Changes(make_url(self._url).database or "")
        return self._changes.count()

    async def oldest_write(self) -> timedelta:
        """The age of the oldest open transaction that has written. Zero on SQLite, whose writers take turns."""
        if self.is_sqlite:
            return timedelta(0)
        async with self.read() as session:
            found = await (await session.connection()).execute(text(OLDEST_WRITE))
            return timedelta(seconds=float(found.scalar_one()))

    async def look_for_space(self) -> None:
        """After a write found the disk full, tries a small one. Raises NoSpace while it fails."""
        if not self.no_space:
            return
        async with self.write() as session:
            connection = await session.connection()
            if self.is_sqlite:
                number = (await connection.exec_driver_sql("PRAGMA user_version")).scalar_one()
                await connection.exec_driver_sql(f"PRAGMA user_version = {(number + 1) % 1000}")
            else:
                await connection.exec_driver_sql("CREATE TEMPORARY TABLE space ON COMMIT DROP AS SELECT 1")
        self.no_space = False

    async def count_rows(self) -> None:
        """Has SQLite count how selective its indexes are; PostgreSQL does it by itself.

        Without this it guesses, and may read all rows of a hospital to find those of one patient.
        """
        if self.is_sqlite:
            async with self.write() as session:
                connection = await session.connection()
                await connection.exec_driver_sql(
                    "PRAGMA analysis_limit = 400"
                )  # rows per index: writers wait meanwhile
                await connection.exec_driver_sql("PRAGMA optimize = 0x10002")  # all tables that have grown

    async def close(self) -> None:
        await self.readers.dispose()
        await self.writer.dispose()
        if self.is_sqlite:
            self._disk.shutdown()
            if self._changes is not None:
                self._changes.close()
        if self.is_sqlite and self._cancelled_midway:
            # SQLite keeps a closed connection, and the lock it holds, until the last of its cursors is gone; of a
            # transaction that was cancelled midway one lies in a cycle with its exception.
            gc.collect()


DATABASE = web.AppKey("database", Database)
DB = web.RequestKey("db", AsyncSession)


@web.middleware
async def transaction(request: web.Request, handler: Handler) -> web.StreamResponse:
    if not request[OPERATION].transaction:
        return await handler(request)
    database = request.config_dict[DATABASE]
    opened = database.read() if request.method == "GET" else database.write()
    async with opened as session:
        request[DB] = session
        return await handler(request)
