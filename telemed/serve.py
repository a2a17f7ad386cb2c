"""The composition root: opens everything in order and closes it in reverse."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager

from aiohttp import web

from telemed.app import Ports, build_app
from telemed.config import Settings
from telemed.db import Database


@asynccontextmanager
async def http(app: web.Application, settings: Settings) -> AsyncIterator[int]:
    """Serves until left; yields the port."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.http_port, ssl_context=tls(settings))
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.tls_certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(settings.tls_certificate, settings.tls_key)
    return context


@asynccontextmanager
async def background(*work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """If one of them dies the group cancels us too: better down than half alive."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(each) for each in work]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    from telemed.migrations import prepare

    database = Database(url)
    try:
        await prepare(database)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def running(settings: Settings, ports: Ports) -> AsyncIterator[Database]:
    """The whole product; yields when it serves."""
    async with AsyncExitStack() as stack:
        db = await stack.enter_async_context(open_database(settings.database))
        await stack.enter_async_context(http(build_app(db, settings, ports, {}), settings))
        yield db
