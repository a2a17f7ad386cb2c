"""What each test would make alike, made once: rows that are entered again, and statements that stay compiled."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Engine, event, insert
from sqlalchemy.dialects import registry
from sqlalchemy.util import LRUCache
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.kit.sqlite import DirectSQLite
from telemed.kit.table import Table


class KeptRows:
    """The rows that a session made. Each database gets copies; tests share nothing."""

    def __init__(self) -> None:
        self._made: dict[str, list[dict[str, Any]]] = defaultdict(list)

    @contextmanager
    def of(self, session: AsyncSession) -> Iterator[None]:
        """Keeps what is flushed meanwhile, as it is at the end."""
        made: list[Table] = []
        event.listen(session.sync_session, "pending_to_persistent", lambda _, row: made.append(row))
        yield
        for row in made:
            self._made[str(row.__tablename__)].append(row.model_dump())

    async def enter(self, session: AsyncSession) -> None:
        connection = await session.connection()
        for table in Table.metadata.sorted_tables:  # rows come after those they refer to
            if table.name in self._made:
                await connection.execute(insert(table), self._made[table.name])


_compiled: LRUCache[Any, Any] = LRUCache(10_000)


@cache
def _dialect(**given: Any) -> DirectSQLite:
    return DirectSQLite(**given)


class OneDialect(DirectSQLite):
    """One dialect, and what it has compiled, for the engines of all tests: each would compile its statements anew."""

    def __new__(cls, **given: Any) -> DirectSQLite:  # type: ignore[misc]  # no instance of this class is ever made
        return _dialect(**given)

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine._compiled_cache = _compiled


registry.register("sqlite.direct", __name__, OneDialect.__name__)
