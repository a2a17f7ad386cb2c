"""A key, tickets, a fake link, a person in a room without a socket, and a websocket that speaks frames."""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

from joserfc.jwk import KeySet, OKPKey
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from signaling.commands import Commands, is_revoked
from signaling.errors import Close
from signaling.ice import Ice
from signaling.limits import Rate, Rates
from signaling.log import RoomLog
from signaling.orders import micros
from signaling.rooms import Rooms
from signaling.ticket import TicketCheck, issue

KEY = OKPKey.generate_key("Ed25519", {"kid": "test"}, auto_kid=False)
PUBLIC = KeySet([OKPKey.import_key(KEY.as_dict(private=False))])
ORIGIN = Origin("http://127.0.0.1:8760")
NOW: Final = 1000.0
REV: Final = micros(NOW + 1)  # decided a second after the tickets of these tests were issued
LATER: Final = NOW + 2  # issued after that
UNHURRIED = Rates(all=Rate(1e9, 1e9), chat=Rate(1e9, 1e9))
Frame = dict[str, Any]
_count = itertools.count()

LEAD: Final[Frame] = {
    "hospital": "ruijin",
    "role": "expert",
    "grants": ["publish", "subscribe", "admit"],
    "booked": True,
}
BRANCH: Final[Frame] = {
    "hospital": "wuxi",
    "role": "accompanying_physician",
    "grants": ["publish", "subscribe"],
    "booked": True,
}
GUEST: Final[Frame] = {"hospital": "jiashan", "role": "trainee", "grants": ["publish", "subscribe"], "booked": False}


def unique() -> str:
    return f"unique-{next(_count)}"


def claims(who: str, **more: Any) -> Frame:
    """Anna leads; everybody else of these tests comes from Wuxi unless said otherwise."""
    usual = LEAD if who == "anna" else BRANCH
    return {
        "sub": who,
        "sid": f"sid-{who}",
        "name": who.upper(),
        "room": "r1",
        "room_kind": "consultation",
        "case": "c1",
        "device": "page",
        "jti": unique(),
        "studies": [],
        **usual,
        **more,
    }


def ticket(who: str, now: float, **more: Any) -> str:
    return issue(KEY, now, **claims(who, **more))


def say(t: str, id: str | None = None, **d: Any) -> bytes:
    return json.dumps({"v": 1, "t": t, "d": d} | ({"id": id} if id else {})).encode()


def hello(ticket: str) -> bytes:
    return say("hello", versions=[1], ticket=ticket)


def resume(welcome: Frame, last_seq: int) -> bytes:
    ask = {"session": welcome["session"], "secret": welcome["resume_secret"], "last_seq": last_seq}
    return say("hello", versions=[1], resume=ask)


def new_rooms(
    now: float,
    path: str = ":memory:",
    mint: Callable[[], str] = unique,
    rates: Rates = UNHURRIED,
    ice: Ice | None = None,
) -> Rooms:
    log = RoomLog(path, now)
    return Rooms(log, TicketCheck(lambda: PUBLIC, log.claim, is_revoked(log.used)), mint, now, ice, rates)


def commands_of(rooms: Rooms, now: float = NOW) -> Commands:
    async def durable() -> None:
        rooms.log.flush()

    return Commands(rooms, lambda: now, durable)


class FakeLink:
    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.closed: int | None = None

    def push(self, frame: bytes) -> None:
        if self.closed is None:
            self.frames.append(json.loads(frame))

    def close(self, code: Close | None) -> None:
        self.closed = code or 1000

    def refuse(self, frame: bytes, code: Close) -> None:
        self.push(frame)
        self.close(code)

    def take(self) -> list[Frame]:
        frames, self.frames = self.frames, []
        return frames


class Person:
    """Somebody who has joined, without a socket."""

    def __init__(self, rooms: Rooms, who: str, now: float = NOW, **more: Any) -> None:
        self.rooms, self.link, self.now = rooms, FakeLink(), now
        session = rooms.hello(self.link, hello(ticket(who, now, **more)), now)
        assert session is not None
        self.session = session
        self.id = session.who
        self.say("join", page=f"page-{who}")

    def say(self, t: str, id: str | None = None, /, **d: Any) -> None:
        self.rooms.receive(self.session, self.link, say(t, id, **d), self.now)

    def ask(self, t: str, /, **d: Any) -> str:
        """The code of the refusal, or "ack"."""
        id = unique()
        self.say(t, id, **d)
        answers = [frame for frame in self.link.frames if frame.get("re") == id]
        self.link.frames = [frame for frame in self.link.frames if frame.get("re") != id]
        return str(answers[0]["d"]["code"] if answers[0]["t"] == "error" else answers[0]["t"])

    def heard(self, *kinds: str) -> list[Any]:
        """The data of what came since last asked; other kinds are dropped."""
        return [frame["d"] for frame in self.link.take() if not kinds or frame["t"] in kinds]

    def last(self, kind: str) -> Any:
        return self.heard(kind)[-1]


class Client:
    """A websocket that speaks frames."""

    def __init__(self, ws: ClientConnection) -> None:
        self.ws, self.seq = ws, 0

    async def next(self) -> Frame:
        frame: Frame = json.loads(await self.ws.recv())
        self.seq = frame.get("seq", self.seq)
        return frame

    async def until(self, t: str) -> Frame:
        while True:
            if (frame := await self.next())["t"] == t:
                return frame

    async def ask_quietly(self, t: str, **d: Any) -> None:
        await self.ws.send(say(t, unique(), **d), text=True)

    async def ask(self, t: str, **d: Any) -> Frame:
        id = unique()
        await self.ws.send(say(t, id, **d), text=True)
        while True:
            if (frame := await self.next()).get("re") == id:
                return frame


@asynccontextmanager
async def dial(port: int, first: bytes | None = None, **more: Any) -> AsyncIterator[Client]:
    url = f"ws://127.0.0.1:{port}"
    async with asyncio.timeout(20), connect(url, origin=ORIGIN, compression=None, proxy=None, **more) as ws:
        if first is not None:
            await ws.send(first, text=True)
        yield Client(ws)


@asynccontextmanager
async def joined(port: int, who: str, **more: Any) -> AsyncIterator[Client]:
    async with dial(port, hello(ticket(who, time.time(), **(LEAD | more)))) as client:
        await client.until("welcome")
        await client.ask("join")
        yield client


async def closes(client: Client) -> int | None:
    with suppress(ConnectionClosed):
        while True:
            await client.ws.recv()
    return client.ws.close_code
