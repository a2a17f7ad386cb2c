"""Every test here runs on both SQLite and PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from telemed.db import Database
from telemed.kit.table import new_id
from telemed.serve import open_database
from tests.contracts.postgres import create_database, postgres
from tests.telemed.conftest import call, clock, world

__all__ = ("call", "clock", "world")


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[Path]:
    with postgres() as socket:
        yield socket


@pytest.fixture(params=["sqlite", "postgresql"])
async def any_db(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database with all tables and guards, of both kinds in turn."""
    url = f"sqlite:///{tmp_path}/test.db"
    if request.param == "postgresql":
        url = await create_database(request.getfixturevalue("postgres_socket"), f"test_{new_id().hex}")
    async with open_database(url) as database:
        yield database


def url_of(database: Database) -> str:
    """The address to open it by once more."""
    return database.writer.url.render_as_string(hide_password=False)


@pytest.fixture
def db(any_db: Database) -> Database:
    """The database that `world` and `call` use."""
    return any_db
