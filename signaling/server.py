"""Opens the rooms on one port: log, courier and sockets; closes them in reverse."""

import asyncio
import secrets
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from ssl import SSLContext
from typing import Final

from joserfc.jwk import KeySet
from websockets.asyncio.server import serve
from websockets.typing import Origin

from signaling.bus.base import Bus
from signaling.commands import Commands, is_revoked
from signaling.courier import Courier
from signaling.ice import Ice
from signaling.limits import Rates
from signaling.log import RoomLog
from signaling.protocol import MAX_MESSAGE
from signaling.rooms import HEARTBEAT, Rooms
from signaling.shell import Peer, Shell, nobody_counts
from signaling.supervise import Supervise, Trouble, supervise
from signaling.ticket import TicketCheck

OPEN_S: Final = 10.0  # seconds for the TLS handshake, and then for a whole WebSocket request


@dataclass(frozen=True)
class Serving:
    port: int
    commands: Commands
    stuck: Callable[[], str]
    """Why nothing can be written now, as one word; empty while all is well."""
    troubles: Mapping[str, Trouble]
    """What the rooms' own tasks fail at while they go on, by the task's name."""


@asynccontextmanager
async def serve_rooms(
    log_path: Path,
    keys: Callable[[], KeySet],
    bus: Bus,
    *,
    origins: Sequence[str],
    host: str = "127.0.0.1",
    port: int = 0,
    ssl: SSLContext | None = None,
    ice: Ice | None = None,
    rates: Rates | None = None,
    drain_s: float = 2.0,
    sock: socket.socket | None = None,
    welcomed: Callable[[Peer], None] = nobody_counts,
    supervise: Supervise = supervise,
    clock: Callable[[], float] = time.time,
) -> AsyncIterator[Serving]:
    """Serves until left. `keys` returns the current public keys; only pages from `origins` may connect.

    `sock`: a bound socket, instead of `host` and `port`. `welcomed`: called with a peer that has shown a good ticket.
    `supervise`: runs each of the rooms' own tasks under its name and restarts one that fails.
    `clock`: must agree with the clock of the tickets' issuer.
    """
    with closing(RoomLog(str(log_path), clock())) as log:
        tickets = TicketCheck(keys, log.claim, is_revoked(log.used))
        rooms = Rooms(log, tickets, lambda: secrets.token_urlsafe(32), clock(), ice, rates)
        shell = Shell(rooms, log, welcomed, clock)
        async with (
            asyncio.TaskGroup() as tasks,
            serve(
                shell.connection,
                *((host, port) if sock is None else (None, None)),
                sock=sock,
                ssl=ssl,
                origins=[Origin(each) for each in origins],
                max_size=MAX_MESSAGE,
                compression=None,
                ping_interval=HEARTBEAT,
                ping_timeout=HEARTBEAT,
                open_timeout=OPEN_S,
                close_timeout=2,
                server_header=None,
            ) as server,
        ):
            courier = Courier(log, bus)
            works = {"rooms.clock": shell.tick, "rooms.courier": courier.run}
            troubles = {"rooms.clock": shell.trouble, "rooms.courier": courier.trouble}
            background = [tasks.create_task(supervise(name, work), name=name) for name, work in works.items()]
            try:
                bound = next(iter(server.sockets)).getsockname()[1]
                yield Serving(bound, Commands(rooms, clock, shell.durable), lambda: shell.stuck, troubles)
                server.close(close_connections=False)
                await shell.drain(drain_s)
            finally:
                for task in background:
                    task.cancel()
