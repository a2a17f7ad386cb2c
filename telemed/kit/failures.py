"""Which failures pass by themselves and are nobody's fault: a full disk, a busy database, no descriptor left."""

import errno
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Final, TypeVar
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, TimeoutError
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.errors import Busy, NoSpace, Unavailable

log = structlog.get_logger(__name__)
V = TypeVar("V")
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
EXHAUSTED: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN})
SQLITE_FULL: Final = ("database or disk is full", "disk I/O error")
SQLITE_BUSY: Final = ("database is locked", "database table is locked", "unable to open database file")
# SQLSTATEs (PostgreSQL, appendix A): a full disk; then classes and codes with which a later try may succeed.
POSTGRES_FULL: Final = "53100"
POSTGRES_UNIQUE: Final = "23505"
SQLITE_UNIQUE: Final = "UNIQUE constraint failed"
POSTGRES_BUSY: Final = ("53", "08", "57P", "40001", "40P01", "55P03")


def passing(error: BaseException) -> Unavailable | None:
    """What to answer the caller; None if the same call would fail again, so that it is their fault or ours."""
    match error:
        case Unavailable():
            return error
        case DBAPIError():
            return _of_database(error)
        case TimeoutError():  # every connection of the pool is in use
            return Busy()
        case OSError(errno=number) if number in FULL:
            return NoSpace()
        case OSError(errno=number) if number in EXHAUSTED:
            return Busy()
    return None


def _of_database(error: DBAPIError) -> Unavailable | None:
    state = str(getattr(error.orig, "sqlstate", None) or "")
    words = "" if state else str(error.orig)
    if state == POSTGRES_FULL or any(each in words for each in SQLITE_FULL):
        return NoSpace()
    if state.startswith(POSTGRES_BUSY) or any(each in words for each in SQLITE_BUSY):
        return Busy()
    if error.connection_invalidated or isinstance(error, InterfaceError):
        return Busy()
    return None


def collides(error: BaseException) -> bool:
    """Somebody else has written the same meanwhile, of which there can be one."""
    if not isinstance(error, IntegrityError):
        return False
    return getattr(error.orig, "sqlstate", None) == POSTGRES_UNIQUE or SQLITE_UNIQUE in str(error.orig)


async def readable(
    read: Callable[[Sequence[UUID]], Awaitable[Iterable[V]]], ids: Sequence[UUID], failed: dict[UUID, Exception]
) -> list[V]:
    """Reads them together, or, if that fails, by halves, so that only what cannot be read is missing; see `failed`.

    `read` is called anew after it failed, so it must use a transaction or a savepoint of its own.
    A passing failure (`passing`) is raised.
    """
    if not ids:
        return []
    try:
        return list(await read(ids))
    except Exception as failure:
        if passing(failure) is not None:
            raise
        if len(ids) == 1:
            failed[ids[0]] = failure
            return []
    half = len(ids) // 2
    return await readable(read, ids[:half], failed) + await readable(read, ids[half:], failed)


@asynccontextmanager
async def isolated(db: AsyncSession, what: str, id: UUID, failed: dict[UUID, Exception]) -> AsyncIterator[None]:
    """Isolates work on one of many rows: a failure is noted in `failed`, its changes are undone, and the others go on.

    A passing failure (`passing`) is raised, because SQLite may have rolled back the whole transaction.
    """
    try:
        async with db.begin_nested():
            yield
    except Exception as failure:
        if passing(failure) is not None:
            raise
        log.exception("a row could not be worked on; the others go on", what=what, id=str(id))
        failed[id] = failure


async def due(
    db: AsyncSession,
    what: str,
    ids: Iterable[UUID],
    is_due: Callable[[UUID], Awaitable[bool]],
    failed: dict[UUID, Exception],
) -> list[UUID]:
    """Those of these rows with which something is to be done now; one that cannot even be looked at is noted."""
    found = []
    for id in ids:
        async with isolated(db, what, id, failed):
            if await is_due(id):
                found.append(id)
    return found
