"""For those who run the service: is it alive, can it work, what does it count."""

import asyncio
from time import perf_counter

from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from sqlalchemy import text

from telemed.db import DATABASE
from telemed.errors import TelemedError

READY_WITHIN = 2.0
REGISTRY: web.AppKey[CollectorRegistry] = web.AppKey("metrics", CollectorRegistry)
COUNTERS: web.AppKey["Counters"] = web.AppKey("counters")


class Counters:
    def __init__(self, registry: CollectorRegistry) -> None:
        self.requests = Counter("telemed_requests", "Answers", ["method", "route", "status"], registry=registry)
        self.seconds = Histogram("telemed_request_seconds", "Time to answer", ["route"], registry=registry)


@web.middleware
async def measure(request: web.Request, handler: Handler) -> web.StreamResponse:
    """By route, never by address: an address names patients."""
    counters, began, status = request.app[COUNTERS], perf_counter(), "500"
    try:
        response = await handler(request)
        status = str(response.status)
        return response
    finally:
        resource = request.match_info.route.resource
        route = resource.canonical if resource is not None else "unknown"
        counters.requests.labels(request.method, route, status).inc()
        counters.seconds.labels(route).observe(perf_counter() - began)


async def live(request: web.Request) -> web.Response:
    return web.json_response({"live": True})


async def ready(request: web.Request) -> web.Response:
    """False while the database does not answer; live stays true, so nobody restarts us for it."""
    try:
        async with asyncio.timeout(READY_WITHIN), request.app[DATABASE].read() as db:
            await (await db.connection()).execute(text("SELECT 1"))
    except (TimeoutError, TelemedError, OSError) as error:
        return web.json_response({"ready": False, "why": type(error).__name__}, status=503)
    return web.json_response({"ready": True})


async def metrics(request: web.Request) -> web.Response:
    return web.Response(body=generate_latest(request.app[REGISTRY]), headers={"Content-Type": CONTENT_TYPE_LATEST})


def add_probes(root: web.Application) -> None:
    root[REGISTRY] = CollectorRegistry()
    root[COUNTERS] = Counters(root[REGISTRY])
    root.router.add_get("/healthz/live", live)
    root.router.add_get("/healthz/ready", ready)
    root.router.add_get("/metrics", metrics)
