"""A hospital's database of our own, with the documented views, an account that may only read, and one patient."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import pytest
from pytest_aiohttp import AiohttpClient

from telemed.kit.ports import free_port
from telemed.kit.table import new_id
from telemed.sources.columns import OPTIONAL, PATIENT
from tests.contracts.postgres import ADMIN, postgres
from tests.fakes.outside import HERE
from tests.telemed.conftest import Call, FakeClock, World, caller, sources_of

DDL = Path(__file__).resolve().parents[3] / "docs" / "howto" / "hospital-system.sql"
PASSWORD = "reads only 只读"
NUMBER = "ZY0042"


@dataclass
class His:
    """`address` leads there from outside; `run` works in it as its owner."""

    address: str
    owner: asyncpg.Connection

    @property
    def system(self) -> dict[str, Any]:
        """As an administrator enters it."""
        said = {"kind": "views", "name": "无锡 HIS", "address": self.address, "account": "reader", "secret": PASSWORD}
        return said | {"mapping": {}}

    async def run(self, statement: str, *values: Any) -> None:
        await self.owner.execute(statement, *values)

    async def add(self, view: str, **values: Any) -> None:
        names = ", ".join(values)
        places = ", ".join(f"${place + 1}" for place in range(len(values)))
        await self.run(f"INSERT INTO t_{view} ({names}) VALUES ({places})", *values.values())


@dataclass
class Server:
    folder: Path
    port: int


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    port = free_port()
    with postgres(port) as folder:
        yield Server(folder, port)


@asynccontextmanager
async def database(server: Server, encoding: str = "UTF8") -> AsyncIterator[His]:
    """As after running the documented file: the views are there and have no rows. Behind each lies a table `t_…`."""
    name = f"his_{new_id().hex}"
    where = {"user": ADMIN, "host": str(server.folder), "port": server.port}
    root = await asyncpg.connect(database=ADMIN, **where)
    if not await root.fetchval("SELECT 1 FROM pg_roles WHERE rolname = 'reader'"):
        await root.execute(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'")
    await root.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING '{encoding}'")
    await root.close()
    owner = await asyncpg.connect(database=name, **where)
    await owner.execute("SET client_encoding TO 'UTF8'")
    await owner.execute(DDL.read_text())
    for view in (PATIENT, *OPTIONAL):
        await owner.execute(f"CREATE TABLE t_{view.name} AS TABLE telemed_{view.name}")
        await owner.execute(f"CREATE OR REPLACE VIEW telemed_{view.name} AS SELECT * FROM t_{view.name}")
        await owner.execute(f"GRANT SELECT ON telemed_{view.name} TO reader")
    yield His(f"postgresql://{HERE}:{server.port}/{name}", owner)
    await owner.close()


PERSON: dict[str, str] = {"name": "吴松年", "sex": "1", "birth_date": "19620102"}


@pytest.fixture
async def his(server: Server) -> AsyncIterator[His]:
    """With one patient."""
    async with database(server) as made:
        await made.add("patient", patient_number=NUMBER, **PERSON)
        yield made


@pytest.fixture
async def call(world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock) -> Call:
    """Systems may be on this machine, and are waited for long: a busy machine is no slow system."""
    return await _caller(world, aiohttp_client, tmp_path, clock, 60.0)


@pytest.fixture
async def hasty(world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock) -> Call:
    """Waits as long as is needed to hear what does answer, on a busy machine too."""
    return await _caller(world, aiohttp_client, tmp_path, clock, 2.0)


async def _caller(world: World, client: AiohttpClient, tmp_path: Path, clock: FakeClock, patience: float) -> Call:
    sources = sources_of(world, clock, HERE, patience=patience)
    return await caller(world, client, tmp_path, clock, sources=sources)


async def connect(call: Call, system: Mapping[str, Any], version: int = 0) -> None:
    status, said = await call("wuxi_admin", "PUT", "/admin/sources/system", match=version, json=system)
    assert status == 200, said


async def look_up(call: Call, number: str = NUMBER) -> tuple[int, Any]:
    return await call("doctor", "POST", "/patients/admitted", json={"number": number})
