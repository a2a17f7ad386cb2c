"""The index's engine: runs functions of a session, reads in threads and writes in one thread with group commits."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar

from sqlalchemy import Connection, Engine, Select, create_engine, event, inspect, make_url, text
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from imaging.errors import NoSpace
from imaging.failures import passing

T = TypeVar("T")
HEAD = "0012"
"""The newest of `imaging/migrations`; a test checks it."""
READERS = 4
GROUP = 64
LOOK_WAITS = 0.1  # seconds for a lock, which a reader needs only while the file is repaired after a crash
STATEMENTS_KEPT = 512


def _engine(url: str, begin: str, *pragmas: str, **pool: int) -> Engine:
    # An error must not carry a row's values into the log: one of them may be a patient's name.
    engine = create_engine(url, hide_parameters=True, **pool)

    @event.listens_for(engine, "connect")
    def on_connect(sqlite: Any, _record: object) -> None:
        sqlite.isolation_level = None  # keeps the driver from sending BEGIN
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", *pragmas):
            sqlite.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)  # we send it, because SQLAlchemy does not

    return engine


class Look(NamedTuple):
    """A query as SQLite reads it. To be made once: that takes longer than to ask."""

    text: str
    given: Mapping[str, Any]
    """The values that stand in the query itself; a value of another parameter that is not given is an error."""

    @classmethod
    def of(cls, query: Select[*tuple[Any, ...]]) -> Self:
        compiled = query.compile(dialect=dialect(paramstyle="named"))
        return cls(str(compiled), {name: value for name, value in compiled.params.items() if value is not None})


class Index:
    """Runs plain functions of a Session in transactions.

    Writes that wait at the same time commit together: two hundred files uploaded at once cost a few disk syncs, not
    two hundred. Each has a savepoint of its own, so that one that fails undoes only itself.
    """

    def __init__(self, url: str) -> None:
        self._readers = _engine(url, "BEGIN DEFERRED", "query_only = ON", "mmap_size = 1073741824", pool_size=READERS)
        self._writer = _engine(url, "BEGIN IMMEDIATE", pool_size=1, max_overflow=0)
        self._read_threads = ThreadPoolExecutor(READERS, "imaging-index-read")
        self._write_thread = ThreadPoolExecutor(1, "imaging-index-write")
        self._looker = sqlite3.connect(
            make_url(url).database or "", timeout=LOOK_WAITS, isolation_level=None, cached_statements=STATEMENTS_KEPT
        )
        for pragma in ("query_only = ON", "mmap_size = 1073741824"):
            self._looker.execute(f"PRAGMA {pragma}")
        self._waiting: list[tuple[Callable[[Session], Any], asyncio.Future[Any]]] = []
        self._writing: asyncio.Task[None] | None = None
        self.no_space = False  # the last write found the disk full

    async def read(self, work: Callable[[Session], T]) -> T:
        def run() -> T:
            with Session(self._readers, expire_on_commit=False) as session:
                return work(session)

        return await asyncio.get_running_loop().run_in_executor(self._read_threads, run)

    def look(self, asked: Look, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """All rows, at once and on the event loop: for what takes less time than handing it to a thread."""
        return self._looker.execute(asked.text, {**asked.given, **values}).fetchall()

    async def write(self, work: Callable[[Session], T]) -> T:
        """Runs `work` in a write transaction; durable once it has returned."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await done

    async def has_space(self) -> bool:
        """Whether the last write found room; after one that did not, tries a small one."""
        if self.no_space:
            with suppress(NoSpace):
                await self.write(_change_little)
        return not self.no_space

    async def _write_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            group, self._waiting = self._waiting[:GROUP], self._waiting[GROUP:]
            try:
                outcomes = await loop.run_in_executor(self._write_thread, self._commit, [work for work, _ in group])
                self.no_space = False
            except Exception as failure:
                why = passing(failure)
                self.no_space = self.no_space or isinstance(why, NoSpace)
                outcomes = [(None, why or failure)] * len(group)
            for (_, done), (result, error) in zip(group, outcomes, strict=True):
                if done.cancelled():
                    continue
                if error is not None:
                    done.set_exception(error)
                else:
                    done.set_result(result)

    def _commit(self, group: list[Callable[[Session], Any]]) -> list[tuple[Any, Exception | None]]:
        if len(group) == 1:
            return [self._commit_one(group[0])]
        outcomes: list[tuple[Any, Exception | None]] = []
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            for work in group:
                session.expunge_all()  # rows loaded by the failed one may be stale
                try:
                    with session.begin_nested():
                        outcomes.append((work(session), None))
                except OperationalError:
                    raise  # SQLite may have rolled back the whole group, so all of it has failed
                except Exception as failure:
                    outcomes.append((None, failure))
        return outcomes

    def _commit_one(self, work: Callable[[Session], Any]) -> tuple[Any, Exception | None]:
        """Without a savepoint, because there is nobody else whose part must survive a failure."""
        try:
            with Session(self._writer, expire_on_commit=False) as session, session.begin():
                return work(session), None
        except OperationalError:
            raise
        except Exception as failure:
            return None, failure

    async def close(self) -> None:
        if self._writing is not None:
            await self._writing
        self._read_threads.shutdown()
        self._write_thread.shutdown()
        self._looker.close()
        self._readers.dispose()
        self._writer.dispose()

    async def migrate(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._write_thread, self._migrate)

    def _migrate(self) -> None:
        """Migrates the tables to `HEAD`; does not import Alembic if they are up to date."""
        with self._writer.begin() as connection:
            if _revision(connection) == HEAD:
                return
            from alembic.command import upgrade
            from alembic.config import Config

            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
            config.attributes["connection"] = connection
            upgrade(config, "head")


def _change_little(session: Session) -> None:
    connection = session.connection()
    number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    connection.exec_driver_sql(f"PRAGMA user_version = {(number + 1) % 1000}")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


@asynccontextmanager
async def open_index(path: Path) -> AsyncIterator[Index]:
    index = Index(f"sqlite:///{path}")
    try:
        await index.migrate()
        yield index
    finally:
        await index.close()
