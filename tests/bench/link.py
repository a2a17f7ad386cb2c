"""A link of so many Mbit/s and milliseconds before a server, which all connections share; a program of its own.

The browser's own throttling leaves out workers and the setting up of connections.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PIECE, UNDER_WAY = 4096, 16
"""One connection has 64 KiB under way at most: more than 20 Mbit/s hold in 20 ms."""


@contextmanager
def link_to(port: int, mbit: float = 20, rtt_ms: float = 20) -> Iterator[int]:
    """The port at which the server answers over the link."""
    command = [sys.executable, str(Path(__file__)), str(port), str(mbit), str(rtt_ms)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield int(running.stdout.readline())
        finally:
            running.terminate()


class Way:
    """One direction: one byte after the other, whoever sends them."""

    def __init__(self, mbit: float, delay: float) -> None:
        self._per_byte, self._delay, self._free = 8 / (mbit * 1e6), delay, 0.0

    def arrival(self, size: int) -> float:
        self._free = max(self._free, time.monotonic()) + size * self._per_byte
        return self._free + self._delay


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Way) -> None:
    under_way = asyncio.Queue[tuple[float, bytes]](UNDER_WAY)

    async def take() -> None:
        data = b"-"
        while data:
            try:
                data = await reader.read(PIECE)
            except ConnectionError:
                data = b""
            await under_way.put((way.arrival(len(data)), data))

    taking = asyncio.create_task(take())
    try:
        while True:
            arrives, data = await under_way.get()
            await asyncio.sleep(max(0.0, arrives - time.monotonic()))
            if not data:
                return
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass  # the browser has cancelled; what is under way is lost, as on a real link
    finally:
        taking.cancel()
        writer.close()


async def _serve(port: int, mbit: float, rtt: float) -> None:
    there, back = Way(mbit, rtt / 2), Way(mbit, rtt / 2)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(rtt)  # a connection takes a round trip
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port, limit=2 * PIECE)
        await asyncio.gather(_carry(reader, far_writer, there), _carry(far_reader, writer, back))

    server = await asyncio.start_server(connected, "127.0.0.1", 0, limit=2 * PIECE)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]) / 1000))
