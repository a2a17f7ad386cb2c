"""Liveness, readiness and metrics, for those who run the service."""

import asyncio
import os
import resource
import shutil
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.db import DATABASE, Database
from telemed.errors import Unavailable
from telemed.kit import events, quarantine
from telemed.kit.http import CLOCK
from telemed.kit.supervisor import Supervisor

READY_WITHIN: Final = 2.0  # seconds for each check
LEAST_FREE: Final = 64 << 20  # bytes free on the disk; below this writes will soon fail
LEAST_DESCRIPTORS: Final = 64
Check = Callable[[], Awaitable[str]]  # returns "ok", or a word for why not, without personal data
Oldest = Callable[[AsyncSession], Awaitable[datetime | None]]
REGISTRY: web.AppKey[CollectorRegistry] = web.AppKey("metrics", CollectorRegistry)
COUNTERS: web.AppKey["Counters"] = web.AppKey("counters")
HEALTH: web.AppKey["Health"] = web.AppKey("health")


@dataclass(frozen=True)
class Health:
    """What readiness checks: data directory, background tasks, and the leaves' own reports."""

    data_dir: Path = Path(".")
    supervisor: Supervisor = field(default_factory=Supervisor)
    more: Mapping[str, Check] = field(default_factory=dict)
    aside: Mapping[str, Callable[[], int]] = field(default_factory=dict)  # by kind: how much a leaf has set aside
    oldest_order: Oldest | None = None  # finds since when the oldest order to a leaf waits
    pack_queue: Callable[[], Awaitable[int]] | None = None  # how many series wait for a pack

    async def checks(self, database: Database) -> dict[str, str]:
        asked: dict[str, Check] = {
            "database": lambda: _database(database),
            "disk": lambda: asyncio.to_thread(_disk, self.data_dir),
            "descriptors": lambda: asyncio.to_thread(_descriptors),
            **self.more,
        }
        answers = await asyncio.gather(*map(_answer, asked.values()))
        tasks = {name: self.supervisor.why(name) or "ok" for name in self.supervisor.restarts}
        return dict(zip(asked, answers, strict=True)) | tasks


async def _answer(check: Check) -> str:
    try:
        async with asyncio.timeout(READY_WITHIN):
            return await check()
    except Unavailable as why:
        return why.code
    except Exception as failure:  # anything, even a damaged database file, is reported as a failed check
        return type(failure).__name__  # never its message, which may name a patient


async def _database(database: Database) -> str:
    async with database.read() as db:
        await (await db.connection()).execute(text("SELECT 1"))
    await database.look_for_space()
    return "ok"


def _disk(data_dir: Path) -> str:
    free = shutil.disk_usage(data_dir).free
    return "ok" if free >= LEAST_FREE else f"no_space: {free >> 20} MB free"


def _descriptors() -> str:
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    used = len(os.listdir("/dev/fd"))
    return "ok" if limit - used >= LEAST_DESCRIPTORS else f"{used} of {limit} in use"


class Counters:
    def __init__(self, registry: CollectorRegistry) -> None:
        self.requests = Counter("telemed_requests", "Answers", ["method", "route", "status"], registry=registry)
        self.quarantined = Gauge("telemed_quarantined", "Events set aside", ["kind"], registry=registry)
        self.oldest = Gauge("telemed_outbox_oldest_seconds", "Age of the oldest event not delivered", registry=registry)
        self.orders = Gauge("telemed_orders_oldest_seconds", "Age of the oldest order not confirmed", registry=registry)
        self.packs = Gauge("imaging_pack_queue", "Series of images that wait for a pack", registry=registry)
        self.seconds = Histogram("telemed_request_seconds", "Time to answer", ["route"], registry=registry)


class Restarts(Collector):
    """The restarts of tasks, read from the supervisor when the metrics are asked for."""

    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor

    def collect(self) -> Iterable[Metric]:
        family = CounterMetricFamily("telemed_task_restarts", "Background tasks started again", labels=["task"])
        for name, count in self._supervisor.restarts.items():
            family.add_metric([name], count)
        yield family


@web.middleware
async def measure(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Counts requests by route and not by URL, because URLs identify patients."""
    counters, began, status = request.app[COUNTERS], perf_counter(), "500"
    try:
        response = await handler(request)
        status = str(response.status)
        return response
    finally:
        matched = request.match_info.route.resource
        route = matched.canonical if matched is not None else "unknown"
        counters.requests.labels(request.method, route, status).inc()
        counters.seconds.labels(route).observe(perf_counter() - began)


async def live(request: web.Request) -> web.Response:
    return web.json_response({"live": True})


async def ready(request: web.Request) -> web.Response:
    """All checks by name. `/healthz/live` does not depend on them, so that a failed check does not cause a restart."""
    checks = await request.app[HEALTH].checks(request.app[DATABASE])
    status = 200 if all(each == "ok" for each in checks.values()) else 503
    return web.json_response({"checks": checks}, status=status)


async def metrics(request: web.Request) -> web.Response:
    with suppress(Unavailable):  # without the database, its counts stay as last seen
        await _look(request.app)
    return web.Response(body=generate_latest(request.app[REGISTRY]), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _look(root: web.Application) -> None:
    counters, oldest_order = root[COUNTERS], root[HEALTH].oldest_order
    async with root[DATABASE].read() as db:
        kinds, event = await quarantine.counts(db), await events.oldest_waiting(db)
        order = await oldest_order(db) if oldest_order else None
    if (pack_queue := root[HEALTH].pack_queue) is not None:
        counters.packs.set(await pack_queue())
    for kind, count in root[HEALTH].aside.items():
        kinds[kind] = await asyncio.to_thread(count)
    counters.quarantined.clear()
    for kind, number in kinds.items():
        counters.quarantined.labels(kind).set(number)
    for gauge, since in ((counters.oldest, event), (counters.orders, order)):
        gauge.set((root[CLOCK]() - since).total_seconds() if since else 0)


def add_probes(root: web.Application, health: Health) -> None:
    root[HEALTH] = health
    root[REGISTRY] = CollectorRegistry()
    root[COUNTERS] = Counters(root[REGISTRY])
    root[REGISTRY].register(Restarts(health.supervisor))
    root.router.add_get("/healthz/live", live)
    root.router.add_get("/healthz/ready", ready)
    root.router.add_get("/metrics", metrics)
