"""A small site whose pages answer, read, wait or send much, for tests of connections."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from telemed.kit.connections import Connections
from telemed.kit.timed import Patience, note_signed_in, serve_http, timed

NEVER = Patience(header=600, still=600, idle=600)
Wire = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Site:
    """`GET /` answers at once, with `?me` to somebody signed in; `POST /` reads its body; `/wait` waits for `go`."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.begun: asyncio.Queue[str] = asyncio.Queue()
        self.port = 0
        self._wires: list[asyncio.StreamWriter] = []

    async def get(self, request: web.Request) -> web.Response:
        if "me" in request.query:
            note_signed_in(request)
        return web.Response(text="hello")

    async def post(self, request: web.Request) -> web.Response:
        self.begun.put_nowait("post")
        try:
            return web.Response(text=str(len(await request.read())))
        except ConnectionResetError:
            self.begun.put_nowait("gone")
            raise

    async def wait(self, request: web.Request) -> web.Response:
        self.begun.put_nowait(request.remote or "")
        await self.go.wait()
        return web.Response(text="waited")

    async def much(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": str(64 << 20)})
        await answer.prepare(request)
        await answer.write(bytes(64 << 20))
        self.begun.put_nowait("gone" if request.transport is None else "taken")
        return answer

    async def wire(self, first: bytes = b"") -> Wire:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._wires.append(writer)
        writer.write(first)
        return reader, writer

    def hang_up(self) -> None:
        self.go.set()
        for each in self._wires:
            each.transport.abort()


@asynccontextmanager
async def site(
    patience: Patience, connections: Connections | None = None, *middlewares: object, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Site]:
    made = Site()
    app = web.Application(middlewares=[*middlewares, timed])  # type: ignore[list-item]
    app.add_routes([web.get("/", made.get), web.post("/", made.post), web.get("/wait", made.wait)])
    app.router.add_get("/much", made.much)
    async with serve_http(
        app, "127.0.0.1", 0, Connections(1000) if connections is None else connections, tls, patience
    ) as made.port:
        try:
            yield made
        finally:
            made.hang_up()
