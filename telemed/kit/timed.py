"""Time limits for HTTP connections: a header must be complete in time, and neither body nor answer may stand still.

aiohttp only limits the time between requests (`keepalive_timeout`); it waits for ever for a client that sends a byte
now and then, or that does not read. The whole time of a body is not limited: gigabytes over a slow line are fine.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from ssl import SSLContext
from typing import Any

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from telemed.kit.connections import BACKLOG, Connections, Listener, Peer

log = structlog.get_logger(__name__)
REFUSAL = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True)
class Patience:
    """The time limits, in seconds."""

    header: float = 10.0  # to receive a whole header; also for the TLS handshake
    still: float = 30.0  # without a byte of the body received, or of the answer sent
    idle: float = 75.0  # between two requests


@asynccontextmanager
async def serve_http(
    app: web.Application, host: str, port: int, connections: Connections, ssl: SSLContext | None, patience: Patience
) -> AsyncIterator[int]:
    """Serves until left; yields the port."""
    runner = web.AppRunner(app, shutdown_timeout=2)
    await runner.setup()
    manager, loop = runner.server, asyncio.get_running_loop()
    assert manager is not None
    options: dict[str, Any] = {"access_log": None, "keepalive_timeout": patience.idle}

    def accept() -> asyncio.Protocol:
        return _Anonymous(manager, loop=loop, **options)

    try:
        listener = Listener(host, port, connections)
        server = await loop.create_server(
            lambda: TimedConnection(accept(), patience, connections),
            sock=listener,
            backlog=BACKLOG,
            ssl=ssl,
            ssl_handshake_timeout=patience.header if ssl else None,
        )
        try:
            yield listener.getsockname()[1]
        finally:
            server.close()
    finally:
        await runner.cleanup()


class _Refusal(web.Response):
    async def _prepare_headers(self) -> None:
        """Sends no `Server` header. The application's own answers lose it by a signal, which this one does not get.

        Private in aiohttp, which has no public hook between setting the header and sending it; a test watches it.
        """
        await super()._prepare_headers()
        self.headers.popall("Server", None)


class _Anonymous(web.RequestHandler):
    """Answers what is not a valid request. No middleware runs for it, so here we name no program and quote nothing."""

    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        if status >= 500:
            log.error("a request failed outside the application", exc_info=exc)
        if request.writer.output_size > 0:
            raise ConnectionError("A part of the answer is sent already.")
        refusal = _Refusal(status=status, text=f"{status} {HTTPStatus(status).phrase}\n")
        refusal.force_close()
        return refusal


class Timer:
    """Calls at most one function later; setting it again replaces the call."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._handle: asyncio.TimerHandle | None = None

    def __bool__(self) -> bool:
        return self._handle is not None

    def now(self) -> float:
        return self._loop.time()

    def set(self, seconds: float, act: Callable[[], None]) -> None:
        self.clear()
        self._handle = self._loop.call_later(seconds, self._fire, act)

    def clear(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _fire(self, act: Callable[[], None]) -> None:
        self._handle = None
        act()


class TimedConnection(asyncio.Protocol):
    """Sits between the transport and aiohttp's protocol, passes everything on, and enforces the time limits."""

    def __init__(self, inner: asyncio.Protocol, patience: Patience, connections: Connections) -> None:
        self._inner, self._patience, self._connections = inner, patience, connections
        self._transport: asyncio.Transport
        self._peer: Peer = ()
        self._request: web.Request | None = None
        self._ahead = False  # bytes of the next request arrived before this one was answered
        self._moved = 0.0  # when the last byte came
        self._unread = 0  # unsent bytes of the answer at the last look
        self._stuck = False  # nothing was sent between the last two looks
        self._reading = Timer()  # while we wait for a header or for more of a body
        self._writing = Timer()  # while the client does not read the answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._peer = transport, transport.get_extra_info("peername")
        self._await_header()
        self._inner.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        self._moved = self._reading.now()
        if self._request is not None:
            self._ahead = self._ahead or self._request.content.is_eof()
        elif not self._reading:
            self._await_header()
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        self._watch_answer()
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._writing.clear()
        self._inner.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._reading.clear()
        self._writing.clear()
        self._inner.connection_lost(exc)

    def begins(self, request: web.Request) -> None:
        """The header of `request` is complete."""
        self._request, self._ahead = request, False
        self._reading.clear()
        if not request.content.is_eof():
            self._moved = self._reading.now()
            self._watch_body(self._patience.still)
        self._connections.asked(self._peer, request.remote or "")

    def signed_in(self) -> None:
        self._connections.known(self._peer)

    def ends(self) -> None:
        self._request = None
        self._reading.clear()
        if self._ahead and not self._transport.is_closing():
            self._await_header()

    def _await_header(self) -> None:
        self._reading.set(self._patience.header * 0.9, self._look_at_header)

    def _look_at_header(self) -> None:
        # If the loop was busy, bytes may have arrived that it delivers after this timer: give it a chance to.
        self._reading.set(self._patience.header * 0.1, self._refuse)

    def _refuse(self) -> None:
        if self._transport.get_write_buffer_size():
            return self._await_header()  # the client is still reading the previous answer
        self._transport.write(REFUSAL)
        self._transport.abort()

    def _watch_body(self, wait: float) -> None:
        self._reading.set(wait, self._look_at_body)

    def _look_at_body(self) -> None:
        if self._request is None or self._request.content.is_eof():
            return
        if not self._transport.is_reading():
            self._moved = self._reading.now()  # we paused reading ourselves, so the client is not to blame
        still = self._reading.now() - self._moved
        if still >= self._patience.still:
            return self._transport.abort()  # the handler sees a client that went away
        self._watch_body(self._patience.still - still)

    def _watch_answer(self, stuck: bool = False) -> None:
        self._unread, self._stuck = self._transport.get_write_buffer_size(), stuck
        self._writing.set(self._patience.still / 2, self._look_at_answer)

    def _look_at_answer(self) -> None:
        stuck = self._transport.get_write_buffer_size() >= self._unread
        if stuck and self._stuck:
            return self._transport.abort()
        self._watch_answer(stuck)


CONNECTION = web.RequestKey("connection", TimedConnection)


@web.middleware
async def timed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tells the connection when a request begins and ends. Runs after `proxied`, which finds the client's address."""
    connection = request.transport.get_protocol() if request.transport is not None else None
    if not isinstance(connection, TimedConnection):
        return await handler(request)  # served without time limits, as in most tests
    request[CONNECTION] = connection
    connection.begins(request)
    try:
        return await handler(request)
    finally:
        connection.ends()


def note_signed_in(request: web.Request) -> None:
    """The caller has signed in: its connection is no longer a stranger's."""
    if CONNECTION in request:
        request[CONNECTION].signed_in()
