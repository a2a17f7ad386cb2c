"""A TCP proxy that can be unplugged, and plugged into another server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Cable:
    def __init__(self, to: int) -> None:
        self.to, self.plugged, self.port = to, True, 0
        self._ends: set[asyncio.StreamWriter] = set()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.plugged:
            return writer.transport.abort()
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.to)
        except OSError:
            return writer.transport.abort()
        self._ends |= {writer, far_writer}

        async def copy(a: asyncio.StreamReader, b: asyncio.StreamWriter) -> None:
            with suppress(ConnectionError):
                while data := await a.read(65536):
                    b.write(data)
            b.close()

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(copy(reader, far_writer))
            tasks.create_task(copy(far_reader, writer))
        self._ends -= {writer, far_writer}

    def unplug(self) -> None:
        self.plugged = False
        for end in self._ends:
            end.transport.abort()
        self._ends.clear()


@asynccontextmanager
async def cable(to: int) -> AsyncIterator[Cable]:
    made = Cable(to)
    server = await asyncio.start_server(made.carry, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        made.unplug()
        server.close()
        await server.wait_closed()
