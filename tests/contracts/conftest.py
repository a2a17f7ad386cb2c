"""Every test here runs on both SQLite and PostgreSQL.

On PostgreSQL `make test` runs those whose file says that the databases differ there (`databases_differ`: locks, races,
migrations); the others are the long part `postgres`.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from telemed.db import Database
from telemed.kit.table import new_id
from telemed.serve import open_database
from tests.contracts.postgres import create_database, postgres
from tests.telemed.conftest import call, clock, empty_database, first_world, opened, world

__all__ = ("call", "clock", "empty_database", "first_world", "world")
PREPARED = "prepared"


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[Path]:
    with postgres() as socket:
        yield socket


@pytest.fixture(scope="session")
def prepared_postgres(postgres_socket: Path) -> Path:
    """Its server, with a database that is migrated once and copied for each test."""

    async def migrated() -> None:
        async with open_database(await create_database(postgres_socket, PREPARED)):
            pass

    asyncio.run(migrated())
    return postgres_socket


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    chosen = any("prepared" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "prepared" in metafunc.fixturenames and not chosen:
        differ = metafunc.definition.get_closest_marker("databases_differ") is not None
        long = pytest.param("postgresql", marks=pytest.mark.full("postgres"))
        metafunc.parametrize("prepared", ["sqlite", "postgresql" if differ else long], indirect=True)


@pytest.fixture
def prepared(request: pytest.FixtureRequest) -> tuple[str, Path]:
    """Which of both it is, and where the one is that is copied."""
    kept: Path = request.getfixturevalue("empty_database" if request.param == "sqlite" else "prepared_postgres")
    return request.param, kept


@pytest.fixture
async def any_db(prepared: tuple[str, Path], tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database with all tables and guards, of both kinds in turn."""
    kind, kept = prepared
    if kind == "sqlite":
        url = f"sqlite:///{shutil.copy(kept, tmp_path / 'test.db')}"
    else:
        url = await create_database(kept, f"test_{new_id().hex}", template=PREPARED)
    async with opened(url) as database:
        yield database


def url_of(database: Database) -> str:
    """The address to open it by once more."""
    return database.writer.url.render_as_string(hide_password=False)


@pytest.fixture
def db(any_db: Database) -> Database:
    """The database that `world` and `call` use."""
    return any_db
