"""The composition as it really starts: no background task can be ended for good, and readiness says what fails."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

import imaging.supervise
import signaling.supervise
import telemed.kit.supervisor
from imaging import outbox
from imaging.archive import Archive
from imaging.grants import GrantRow, GrantsAnswer
from signaling.rooms import Rooms
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import micros
from telemed.config import Settings
from telemed.errors import Busy, NoSpace
from telemed.kit import events
from telemed.kit.clock import utcnow
from telemed.kit.events import publish
from telemed.kit.supervisor import Supervisor, Work
from telemed.notify.live import Live
from telemed.opinions import prints_due
from telemed.serve import Running, running
from tests.fakes.patients import FakePatients
from tests.full import full_at
from tests.telemed.conftest import NOW
from tests.telemed.health import look, ready
from tests.telemed.kit.pauses import Pauses

TASKS = {
    "ae_titles",
    "audit",
    "audit.strangers",
    "claims",
    "clock",
    "counts",
    "deadlines",
    "deliveries.mail",
    "deliveries.robot",
    "events",
    "files",
    "forgetting",
    "grants",
    "images.events",
    "images.packs",
    "images.pictures",
    "images.uploads",
    "invitations",
    "judges",
    "live",
    "orders",
    "prints",
    "proposals",
    "registrations",
    "rooms.clock",
    "rooms.courier",
    "roster gaps",
    "rounds",
    "rounds.ends",
    "rounds.left",
    "rounds.lists",
    "series",
    "years",
}


class Breakable(Supervisor):
    """Throws into a task from inside, as a bug in it would."""

    def __init__(self, pauses: Pauses) -> None:
        super().__init__(sleep=pauses.sleep, clock=pauses.clock)
        self.throw: dict[str, asyncio.Event] = {}
        self.begun: dict[str, int] = {}
        self.again: dict[str, asyncio.Event] = {}

    async def run(self, name: str, work: Work) -> None:
        self.throw[name], self.again[name], self.begun[name] = asyncio.Event(), asyncio.Event(), 0
        await super().run(name, lambda: self._until_thrown(name, work))

    async def _until_thrown(self, name: str, work: Work) -> None:
        self.begun[name] += 1
        if self.begun[name] > 1:
            self.again[name].set()
        async with asyncio.TaskGroup() as both:
            both.create_task(self._throw(self.throw[name]))
            await work()

    async def _throw(self, when: asyncio.Event) -> None:
        await when.wait()
        when.clear()
        raise RuntimeError("thrown")


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def supervisor(pauses: Pauses) -> Breakable:
    return Breakable(pauses)


@pytest.fixture
async def product(data_folder: Path, supervisor: Breakable) -> AsyncIterator[Running]:
    settings = Settings(data_dir=data_folder, http_port=0, signal_port=0, _env_file=None)  # type: ignore[call-arg]
    async with running(settings, FakePatients(), supervisor=supervisor) as product:
        yield product


@pytest.fixture
async def begun_from_nothing(tmp_path: Path, supervisor: Breakable) -> AsyncIterator[Running]:
    """In an empty folder: making the database has made its log the largest file."""
    settings = Settings(data_dir=tmp_path, http_port=0, signal_port=0, _env_file=None)  # type: ignore[call-arg]
    async with running(settings, FakePatients(), supervisor=supervisor) as product:
        yield product


async def test_it_is_not_ready_before_imaging_knows_who_may_see_what(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, snapshot = asyncio.Event(), Archive.grants_snapshot

    async def waits(archive: Archive, rows: Sequence[GrantRow], rev: int) -> GrantsAnswer:
        await go_on.wait()
        return await snapshot(archive, rows, rev)

    monkeypatch.setattr(Archive, "grants_snapshot", waits)
    settings = Settings(data_dir=data_folder, http_port=0, signal_port=0, _env_file=None)  # type: ignore[call-arg]
    async with running(settings, FakePatients()) as product:
        status, checks = await look(product)
        assert (status, {name: why for name, why in checks.items() if why != "ok"}) == (
            503,
            {"images.grants": "not_yet"},
        )
        go_on.set()
        assert (await ready(product))["images.grants"] == "ok"
        assert product.archive.grants.vouched


async def test_a_throw_in_any_task_ends_no_other_is_shown_by_name_and_is_mended_by_a_restart(
    product: Running, supervisor: Breakable, pauses: Pauses
) -> None:
    checks = await ready(product)
    others = {"database", "disk", "descriptors", "rooms.log", "images.index", "images.grants", "orders.waiting"}
    assert set(checks) == TASKS | others
    assert set(checks.values()) == {"ok"}
    for number, name in enumerate(sorted(TASKS), start=1):
        supervisor.throw[name].set()
        await pauses.wait_for(number)
        status, checks = await look(product)
        assert (status, {task: why for task, why in checks.items() if why != "ok"}) == (503, {name: "ExceptionGroup"})
        pauses.end()
        async with asyncio.timeout(5):
            await supervisor.again[name].wait()
        assert (await look(product))[0] == 200
    assert supervisor.begun == dict.fromkeys(TASKS, 2)
    url = f"http://127.0.0.1:{product.http_port}/metrics"
    async with ClientSession() as session, session.get(url) as answer:
        told = await answer.text()
    assert all(f'telemed_task_restarts_total{{task="{name}"}} 1.0' in told for name in TASKS)
    assert "telemed_outbox_oldest_seconds 0.0" in told
    assert "imaging_pack_queue 0.0" in told
    assert 'telemed_quarantined{kind="room_log"} 0.0' in told


async def test_a_full_disk_turns_readiness_red_and_room_turns_it_green_again(
    begun_from_nothing: Running, tmp_path: Path
) -> None:
    product = begun_from_nothing

    async def write() -> None:
        async with product.db.write() as db:
            publish(db, "test.filled", {"x": "x" * 10_000}, NOW)

    async def fill() -> None:
        for _ in range(2000):
            await write()

    with full_at(tmp_path / "telemed.db-wal", tmp_path / "telemed.db", more=0):
        with pytest.raises(NoSpace):
            await fill()
        status, checks = await look(product)
        assert (status, checks["database"]) == (503, "no_space")
    status, checks = await look(product)
    assert checks["database"] == "ok"
    await write()


async def _fails(*_arguments: object, **_more: object) -> None:
    raise Busy


def _fails_at_once(*_arguments: object, **_more: object) -> None:
    raise RuntimeError("王五")


def _moves_nothing(self: Rooms, _now: float) -> None:
    self.failed = {"room 1": RuntimeError("王五")}


BREAKS: dict[str, tuple[object, str, object, str]] = {
    "grants": (Archive, "heartbeat", _fails, "Busy"),
    "events": (events, "deliver", _fails, "Busy"),
    "live": (Live, "close_ended", _fails, "Busy"),
    "prints": (prints_due.Prints, "make_due", _fails, "Busy"),
    "images.events": (outbox, "tell_of_studies", _fails_at_once, "RuntimeError"),
    "rooms.clock": (Rooms, "tick", _moves_nothing, "RuntimeError"),
}


async def test_a_task_that_goes_on_while_it_fails_is_shown_and_is_well_again_by_itself(
    product: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (telemed.kit.supervisor, imaging.supervise, signaling.supervise):
        monkeypatch.setattr(each, "UNNOTICED", 0.0)

    async def until(expected: dict[str, str]) -> None:
        async with asyncio.timeout(30):
            while {task: why for task, why in (await look(product))[1].items() if task in expected} != expected:
                product.archive.outbox.wake()

    whole = {task: getattr(owner, name) for task, (owner, name, _, _) in BREAKS.items()}
    for owner, name, broken, _ in BREAKS.values():
        monkeypatch.setattr(owner, name, broken)
    await until({task: why for task, (_, _, _, why) in BREAKS.items()})
    assert (await look(product))[0] == 503
    for task, (owner, name, _, _) in BREAKS.items():
        monkeypatch.setattr(owner, name, whole[task])
    await until(dict.fromkeys(BREAKS, "ok"))


async def test_an_order_that_its_leaf_does_not_take_turns_readiness_red_after_a_minute(product: Running) -> None:
    async def metric() -> float:
        url = f"http://127.0.0.1:{product.http_port}/metrics"
        async with ClientSession() as session, session.get(url) as answer:
            lines = (await answer.text()).splitlines()
        return next(float(each.split()[1]) for each in lines if each.startswith("telemed_orders_oldest_seconds "))

    assert await metric() == 0
    for seconds in (50, 90):
        at = utcnow() - timedelta(seconds=seconds)
        order = LeafOrder(kind="of_a_newer_version", target=str(seconds), rev=micros(at), created_at=at)
        async with product.db.write() as db:
            db.add(order)
        _, checks = await look(product)
        assert checks["orders.waiting"] == ("ok" if seconds == 50 else "1 for more than 60 s")
    assert 90 <= await metric() < 150
    async with product.db.write() as db:
        order = await db.get_one(LeafOrder, order.id)
        order.confirmed_at = utcnow()
    assert (await look(product))[1]["orders.waiting"] == "ok"
