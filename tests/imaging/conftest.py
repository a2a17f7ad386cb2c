"""An archive on a folder of its own, served on a free port, with people of two hospitals asking."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pydicom
import pytest
from aiohttp import ClientResponse, ClientSession, web

from imaging.actor import Actor, Authenticate
from imaging.apps import build_apps
from imaging.archive import Archive, open_archive
from imaging.grants import GrantRow
from imaging.limits import Limits
from imaging.outbox import Event
from imaging.reads import Reads
from tests.imaging.made import uid

FRAMES = "multipart/related; type=application/octet-stream; transfer-syntax=*"

T = TypeVar("T")
BUNDLED = Path(pydicom.__file__).parent / "data"
PEOPLE = {
    "wuxi": Actor("u-wuxi", frozenset(("u-wuxi", "role:wuxi:radiographer")), "wuxi", True, True, True),
    "wuxi.colleague": Actor("u-colleague", frozenset(("u-colleague",)), "wuxi", True, True),
    "wuxi.doctor": Actor("u-doctor", frozenset(("u-doctor", "role:wuxi:requesting_doctor")), "wuxi", True),
    "jiashan": Actor("u-jiashan", frozenset(("u-jiashan", "role:jiashan:radiographer")), "jiashan", True, True, True),
    "expert": Actor("u-expert", frozenset(("u-expert", "role:ruijin:expert")), "ruijin", True),
}


class Time:
    """Both clocks of an archive, moved by the test."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 3, 2, 8, tzinfo=UTC)
        self.ticks = 1000.0

    def pass_(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.ticks += seconds


def grant(
    time: Time, name: str = "g1", subject: str = "u-expert", hospital: str = "wuxi", hours: float = 1, **more: str
) -> GrantRow:
    study = more.get("study", "study")
    actions = frozenset(more.get("actions", "read annotate download").split())
    return GrantRow(name, subject, hospital, uid(study), actions, time.wall + timedelta(hours=hours))


class Asker:
    """HTTP as one person; `as_` gives the same archive to another."""

    def __init__(self, session: ClientSession, base: str, archive: Archive, who: str = "wuxi") -> None:
        self.session = session
        self.base = base
        self.archive = archive
        self.who = who

    def as_(self, who: str) -> "Asker":
        return Asker(self.session, self.base, self.archive, who)

    @asynccontextmanager
    async def ask(self, method: str, path: str, **options: Any) -> AsyncIterator[ClientResponse]:
        headers = {"X-Who": self.who, **options.pop("headers", {})}
        async with self.session.request(method, self.base + path, headers=headers, **options) as response:
            yield response

    async def get(self, path: str, accept: str = "*/*", **headers: str) -> tuple[int, bytes, "Headers"]:
        async with self.ask("GET", path, headers={"Accept": accept, **headers}) as response:
            return response.status, await response.read(), Headers(response.headers)

    async def json(self, path: str) -> Any:
        async with self.ask("GET", path) as response:
            assert response.status == 200, await response.text()
            return msgspec.json.decode(await response.read())

    async def status(self, path: str, accept: str = "*/*") -> int:
        return (await self.get(path, accept))[0]

    async def store(self, *files: bytes, path: str = "/dicomweb/studies", boundary: str = "B") -> tuple[int, Any]:
        headers = {"Content-Type": f'multipart/related; type="application/dicom"; boundary="{boundary}"'}
        async with self.ask("POST", path, data=BytesIO(multipart(files, boundary)), headers=headers) as response:
            return response.status, msgspec.json.decode(await response.read())

    async def post(self, path: str, body: object = None) -> tuple[int, Any]:
        async with self.ask("POST", path, data=msgspec.json.encode(body or {})) as response:
            return response.status, msgspec.json.decode(await response.read())


class Headers(dict[str, str]):
    """Response headers by any spelling."""

    def __getitem__(self, name: str) -> str:
        return next(value for key, value in self.items() if key.lower() == name.lower())


def multipart(files: Iterable[bytes], boundary: str = "B") -> bytes:
    parts = (f"--{boundary}\r\nContent-Type: application/dicom\r\n\r\n".encode() + file + b"\r\n" for file in files)
    return b"".join(parts) + f"--{boundary}--\r\n".encode()


async def until(look: Callable[[], Awaitable[T]], good: Callable[[T], bool]) -> T:
    """Calls `look` until its result is `good`."""
    async with asyncio.timeout(60):
        while not good(seen := await look()):  # noqa: ASYNC110  another program's state has no event
            await asyncio.sleep(0.02)
        return seen


class Events:
    """What the archive published, and a way to wait for more."""

    def __init__(self) -> None:
        self.all: list[Event] = []
        self._more = asyncio.Condition()

    async def publish(self, event: Event) -> None:
        async with self._more:
            self.all.append(event)
            self._more.notify_all()

    async def wait_for(self, kind: str, source: str = "") -> Event:
        return await self._first(lambda each: each.type == kind and source in ("", each.source))

    async def wait_for_images(self, count: int) -> Event:
        """What is told once the study has so many: those of one upload may be told in two events."""
        return await self._first(lambda each: each.data.get("instance_count") == count)

    async def _first(self, wanted: Callable[[Event], bool]) -> Event:
        def them() -> list[Event]:
            return [each for each in self.all if wanted(each)]

        async with asyncio.timeout(60), self._more:
            await self._more.wait_for(them)
        return them()[0]


async def by_header(request: web.Request) -> Actor | None:
    return PEOPLE.get(request.headers.get("X-Who", ""))


@asynccontextmanager
async def served(
    folder: Path,
    *,
    events: Events | None = None,
    time: Time | None = None,
    limits: Limits | None = None,
    heartbeat_within: float | None = None,
    authenticate: Authenticate | None = None,
    reads: Reads | None = None,
) -> AsyncIterator[Asker]:
    time = time or Time()
    opened = open_archive(
        folder,
        publish=(events or Events()).publish,
        limits=limits or Limits(workers=1),
        heartbeat_within=heartbeat_within,
        now=lambda: time.wall,
        clock=lambda: time.ticks,
    )
    async with opened as archive:
        root = web.Application()
        for prefix, app in build_apps(archive, authenticate or by_header, reads).items():
            root.add_subapp(prefix, app)
        runner = web.AppRunner(root)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            async with ClientSession() as session:
                yield Asker(session, f"http://127.0.0.1:{runner.addresses[0][1]}", archive)
        finally:
            await runner.cleanup()


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def wuxi(tmp_path: Path, events: Events, time: Time) -> AsyncIterator[Asker]:
    async with served(tmp_path, events=events, time=time) as asker:
        yield asker


def bundled(name: str) -> bytes:
    """A real file of pydicom's wheel."""
    found = sorted(BUNDLED.rglob(name))
    assert found, name
    return found[0].read_bytes()
