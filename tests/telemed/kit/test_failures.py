"""Which failures pass by themselves, on either database, and which are somebody's fault."""

import errno
import sqlite3

import pytest
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError

from telemed.errors import Busy, NoSpace, Unavailable
from telemed.kit.failures import passing


class OfPostgres(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__("the words of the server")
        self.sqlstate = sqlstate


def sqlite(words: str) -> OperationalError:
    return OperationalError("INSERT", {}, sqlite3.OperationalError(words))


def postgres(sqlstate: str) -> DBAPIError:
    return DBAPIError("INSERT", {}, OfPostgres(sqlstate))


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (sqlite("database or disk is full"), NoSpace),
        (sqlite("disk I/O error"), NoSpace),
        (sqlite("database is locked"), Busy),
        (sqlite("unable to open database file"), Busy),
        (postgres("53100"), NoSpace),
        (postgres("53300"), Busy),
        (postgres("57P03"), Busy),
        (postgres("08006"), Busy),
        (postgres("40001"), Busy),
        (TimeoutError("pool"), Busy),
        (InterfaceError("SELECT", {}, Exception("connection is closed")), Busy),
        (OSError(errno.ENOSPC, "x"), NoSpace),
        (OSError(errno.EFBIG, "x"), NoSpace),
        (OSError(errno.EMFILE, "x"), Busy),
        (Busy(), Busy),
    ],
)
def test_it_passes_by_itself(failure: Exception, told: type[Unavailable]) -> None:
    assert type(passing(failure)) is told


@pytest.mark.parametrize(
    "failure",
    [
        sqlite("attempt to write a readonly database"),
        sqlite("no such table: x"),
        postgres("22021"),
        postgres("23505"),
        FileNotFoundError(errno.ENOENT, "x"),
        KeyError("x"),
    ],
)
def test_it_would_fail_again(failure: Exception) -> None:
    assert passing(failure) is None
