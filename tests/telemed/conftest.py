"""A real database in a file, a clock that stands still until it is moved, and a client for each person."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import pytest
from aiohttp import web
from pytest_aiohttp import AiohttpClient
from sqlmodel import select

from signaling import Ice
from telemed.access import sessions
from telemed.access.model import Account, AccountRole, Role
from telemed.access.tickets import Keys
from telemed.access.unsent import UnsentKeys
from telemed.app import FEATURES, Feature, Ports, build_app, kinds
from telemed.audit.access_log import AccessLog
from telemed.audit.service import record
from telemed.bridge.doors import ActivityDoors
from telemed.bridge.identity import record_changed
from telemed.config import Settings
from telemed.db import Database
from telemed.kit.clock import Clock
from telemed.kit.sealed import Seal
from telemed.kit.table import Table
from telemed.notify.outside import Outside
from telemed.people.model import Hospital, HospitalKind, Staff, Title
from telemed.serve import open_database
from telemed.sources.ae_titles import AeTitles
from telemed.sources.handlers import Sources
from telemed.sources.reach import Reach
from telemed.sources.systems import PATIENCE, Systems
from tests.fakes.images import FakeImages
from tests.fakes.patients import FakePatients
from tests.telemed.kept import KeptRows
from tests.telemed.world import NOW as NOW
from tests.telemed.world import PEOPLE as PEOPLE
from tests.telemed.world import World as World
from tests.telemed.world import fill
from tests.telemed.world import register as register

SEAL = Seal(bytes(32))
NEW_PATIENT = {"number": "77", "name": "吴松年", "sex": "male", "birth_date": "1962-01-02"}


@dataclass
class FakeClock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated once, copied for each test."""
    path = tmp_path_factory.mktemp("database") / "empty.db"

    async def migrated() -> None:
        async with open_database(f"sqlite:///{path}"):
            pass

    asyncio.run(migrated())
    return path


@pytest.fixture
def data_folder(tmp_path: Path, empty_database: Path) -> Path:
    """A data directory of the product whose database is migrated already; from nothing it takes seconds."""
    shutil.copy(empty_database, tmp_path / "telemed.db")
    return tmp_path


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """A copy of a database that `open_database` has prepared, which need not be prepared once more."""
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture
async def db(tmp_path: Path, empty_database: Path) -> AsyncIterator[Database]:
    shutil.copy(empty_database, tmp_path / "test.db")
    async with opened(f"sqlite:///{tmp_path}/test.db") as database:
        yield database


@pytest.fixture(scope="session")
def first_world() -> list[tuple[World, KeptRows]]:
    """The world of the first test, of which the others get copies."""
    return []


@pytest.fixture
async def world(db: Database, first_world: list[tuple[World, KeptRows]]) -> World:
    async with db.write() as session:
        if first_world:
            ((first, kept),) = first_world
            await kept.enter(session)
            return World(db, dict(first.ids), dict(first.departments), dict(first.tokens))
        made, kept = World(db), KeptRows()
        with kept.of(session):
            await fill(made, session)
            await session.flush()
    first_world.append((made, kept))
    return World(db, dict(made.ids), dict(made.departments), dict(made.tokens))


async def add_hub(world: World, code: str) -> None:
    """Another hub, with which nobody has an agreement, and its coordinator, who is called as it is."""
    async with world.db.write() as session:
        session.add(Hospital(id=code, kind=HospitalKind.hub, name=code, name_en=code, licence_name=f"{code} hospital"))
        await session.flush()
        account = Account(username=code, password_hash="!", hospital_id=code, name=code)
        session.add(account)
        session.add(
            Staff(id=account.id, hospital_id=code, number=code, name=code, name_en=code, title=Title.administrator)
        )
        await session.flush()
        session.add(AccountRole(account_id=account.id, role=Role.coordinator))
        world.ids[code] = account.id
        world.tokens[code] = sessions.issue(session, account.id, NOW, timedelta(days=365))


def beside(world: World, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> list[str]:
    """Somebody else writes just before `module.name` is called; the list says that they could."""
    called, wrote = getattr(module, name), list[str]()

    async def after_a_write(*given: Any, **more: Any) -> Any:
        async with world.db.write() as other:
            record(other, None, "beside", name, NOW)
        wrote.append(name)
        return await called(*given, **more)

    monkeypatch.setattr(module, name, after_a_write)
    return wrote


Call = Callable[..., Awaitable[tuple[int, Any]]]
T = TypeVar("T", bound=Table)


def sources_of(world: World, clock: Clock, *reach: str, patience: float = PATIENCE) -> Sources:
    """Hospital systems may be within `reach`; a hospital without one has the fake."""
    systems = Systems(world.db, clock, SEAL, Reach.of(reach), FakePatients(), patience)
    return Sources(systems, AeTitles(world.db, clock, {}), "TELEMED", 0)


def app_of(
    world: World,
    folder: Path,
    clock: Clock,
    features: Sequence[Feature] = FEATURES,
    outside: Outside | None = None,
    sources: Sources | None = None,
    access: AccessLog | None = None,
    **settings: Any,
) -> web.Application:
    """The product without its leaves; `settings` beside those every test needs."""
    ports = Ports(
        keys=Keys.open(folder / "keys"),
        unsent=UnsentKeys.open(folder / "keys"),
        doors=ActivityDoors(kinds(features)),
        record_changed=record_changed,
        ice=Ice(("turn:relay.example",), "a secret of the relay"),
        outside=outside or Outside(SEAL),
        sources=sources or sources_of(world, clock),
        images=FakeImages(),
        access=access or AccessLog(),
    )
    here = Settings(data_dir=folder, demo=True, idle_minutes=10**6, _env_file=None, **settings)  # type: ignore[call-arg]
    return build_app(world.db, here, ports, {}, clock=clock, features=features)


async def caller(
    world: World,
    aiohttp_client: AiohttpClient,
    tmp_path: Path,
    clock: Clock,
    features: Sequence[Feature] = FEATURES,
    outside: Outside | None = None,
    sources: Sources | None = None,
) -> Call:
    client = await aiohttp_client(app_of(world, tmp_path, clock, features, outside, sources))

    async def send(
        who: str | None, method: str, path: str, *, match: int | None = None, json: Any = None, **more: Any
    ) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {world.tokens[who]}"} if who else {}
        headers |= more.pop("headers", {})
        if match is not None:
            headers["If-Match"] = f'"{match}"'
        async with client.request(method, f"/api{path}", headers=headers, json=json, **more) as answer:
            if answer.content_type.endswith("json"):
                return answer.status, await answer.json()
            return answer.status, await answer.read()

    return send


@pytest.fixture
async def call(world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock) -> Call:
    """`await call("doctor", "POST", "/consultations", json={...})` -> (status, body)."""
    return await caller(world, aiohttp_client, tmp_path, clock)


async def rows(db: Database, table: type[T]) -> list[T]:
    async with db.read() as session:
        return list((await session.exec(select(table))).all())
