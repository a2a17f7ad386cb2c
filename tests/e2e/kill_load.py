"""The load of `kills`: each kind keeps writing, notes what was acknowledged, and checks later that it is there."""

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Self
from urllib.parse import urlencode
from uuid import uuid4

import aiohttp

from tests.e2e.conftest import PASSWORD

WITHIN = 30.0  # seconds after a start; what takes longer to be delivered or carried out counts as lost
SHUT_OUT = (4401, 4403)  # how a room closes to whoever signed out or was removed (docs/protocol.md)
BUSY, PATIENT = 503, 20  # how often is asked again while the service is busy
GONE = (aiohttp.ClientError, OSError, EOFError)


class Api:
    """Whoever has a token, over HTTP."""

    def __init__(self, origin: str, tokens: Mapping[str, str]) -> None:
        self.origin, self._tokens = origin, tokens
        self.http = aiohttp.ClientSession(origin, cookie_jar=aiohttp.DummyCookieJar())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.close()

    async def ask(self, who: str, method: str, path: str, body: object = None, version: int | None = None) -> Any:
        headers = {"Authorization": f"Bearer {self._tokens[who]}"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        for _ in range(PATIENT):
            async with self.http.request(method, f"/api{path}", json=body, headers=headers) as answer:
                text = await answer.text()
                if answer.status != BUSY:
                    break
                await asyncio.sleep(0.5)  # nothing was saved, and the answer says to try again in a moment
        assert answer.ok, f"{method} {path}: {answer.status} {text}"
        return json.loads(text) if text else None

    async def booked(self, lead: str) -> str:
        """The consultation that this expert leads and that is still to come."""
        rows = (await self.ask("coordinator", "GET", "/consultations?limit=100"))["items"]
        ids = [row["id"] for row in rows if row["lead_name"] == lead and row["state"] in ("scheduled", "ready")]
        return str(ids[0])

    async def free(self, who: str) -> None:
        """Takes this person's own busy times of the next days back, at whatever hour the test runs."""
        now = datetime.now(UTC)
        period = urlencode({"from": now.isoformat(), "to": (now + timedelta(days=2)).isoformat()})
        for each in (await self.ask(who, "GET", f"/calendar/mine?{period}"))["items"]:
            if each["mine"] and each["activity"] is None:
                await self.ask(who, "DELETE", f"/calendar/busy/{each['id']}", version=each["version"])

    async def socket(self, ticket: str, url: str) -> aiohttp.ClientWebSocketResponse:
        socket = await self.http.ws_connect(url, origin=self.origin)
        await _say(socket, "hello", versions=[1], ticket=ticket)
        return socket


class Load(ABC):
    lasts = True  # can be looked for at the very end, not only after the next start

    def __init__(self) -> None:
        self.acknowledged: list[Any] = []
        self._fresh: list[Any] = []
        self.noted = asyncio.Event()  # anew for each start
        self.place = ""  # a consultation's id, once known

    @abstractmethod
    async def write(self, api: Api) -> None:
        """One thing after another, each noted once it is acknowledged, until the product is gone."""

    @abstractmethod
    async def missing(self, api: Api, facts: list[Any]) -> list[str]:
        """Describes those of `facts` that are missing."""

    async def until_gone(self, api: Api) -> None:
        with suppress(*GONE):
            await self.write(api)

    def note(self, fact: Any, *, enough: bool = True) -> None:
        """`enough`: the kill need not wait for anything more of this kind."""
        self.acknowledged.append(fact)
        self._fresh.append(fact)
        if enough:
            self.noted.set()

    def take_fresh(self) -> list[Any]:
        """What was acknowledged before the last kill."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def lasting(self) -> list[Any]:
        return self.acknowledged if self.lasts else []


class Chat(Load):
    """Lines in a room, each with its own text."""

    async def write(self, api: Api) -> None:
        self.place = self.place or await api.booked("林谷雨")
        asked = await api.ask("expert2", "POST", f"/rooms/{self.place}/ticket", {})
        socket = await api.socket(asked["ticket"], asked["url"])
        await _say(socket, "join", "join", page=uuid4().hex[:31])
        while (await _heard(socket))["t"] != "joined":
            pass
        while True:
            text = uuid4().hex
            await _say(socket, "data", text, topic="chat", payload={"text": text})
            while (said := await _heard(socket)).get("re") != text:
                pass
            if said["t"] == "ack":
                self.note(text)
            else:
                await asyncio.sleep(said["d"]["retry_after"])

    async def missing(self, api: Api, facts: list[Any]) -> list[str]:
        """The room's log delivers them, after a restart too."""
        wanted: set[str] = set(facts)
        with suppress(TimeoutError):
            async with asyncio.timeout(WITHIN):
                while wanted:
                    said = await api.ask("expert2", "GET", f"/rooms/{self.place}/messages")
                    wanted -= {each["text"] for each in said["items"]}
        return [f"chat {each}" for each in wanted]


class Requests(Load):
    """A new request each, and what is typed into it."""

    async def write(self, api: Api) -> None:
        while True:
            made = await api.ask("wuxi.doctor", "POST", "/requests", {})
            purpose = uuid4().hex
            body = {"content": {"purpose": purpose}}
            await api.ask("wuxi.doctor", "PATCH", f"/requests/{made['id']}", body, made["version"])
            self.note((made["id"], purpose))

    async def missing(self, api: Api, facts: list[Any]) -> list[str]:
        out = []
        for id, purpose in facts:
            with suppress(AssertionError):
                if (await api.ask("wuxi.doctor", "GET", f"/requests/{id}"))["content"]["purpose"] == purpose:
                    continue
            out.append(f"request {id}")
        return out


class Opinion(Load):
    """One draft saved again and again, with a number that rises."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count(1)

    async def write(self, api: Api) -> None:
        self.place = self.place or await api.booked("柳春分")
        path = f"/consultations/{self.place}/opinion"
        draft = (await api.ask("expert", "GET", path))["draft"]
        version = draft["version"] if draft else 0
        for number in self._numbers:
            body = {"content": {"analysis": str(number)}}
            version = (await api.ask("expert", "PATCH", path, body, version))["version"]
            self.note(number)

    async def missing(self, api: Api, facts: list[Any]) -> list[str]:
        """The last save holds those before it; one that was not acknowledged may have come after."""
        if not facts:
            return []
        draft = (await api.ask("expert", "GET", f"/consultations/{self.place}/opinion"))["draft"]
        kept = int(draft["content"]["analysis"] or 0) if draft else 0
        return [f"opinion {number}" for number in facts if number > kept]


class SignOuts(Load):
    """An order to the rooms: whoever has signed out gets in by none of the tickets of that session."""

    lasts = False  # a ticket opens nothing after five minutes anyhow

    async def write(self, api: Api) -> None:
        self.place = self.place or await api.booked("林谷雨")
        headers = {"Origin": api.origin}
        while True:
            jar = aiohttp.CookieJar(unsafe=True)
            async with aiohttp.ClientSession(api.origin, cookie_jar=jar, headers=headers) as http:
                who = {"username": "expert2", "password": PASSWORD}
                asked = [("POST", "/api/session", who), ("POST", f"/api/rooms/{self.place}/ticket", {})]
                for method, path, body in asked:
                    async with http.request(method, path, json=body) as answer:
                        assert answer.ok, await answer.text()
                        found = await answer.json()
                async with http.delete("/api/session") as answer:
                    assert answer.ok, await answer.text()
            self.note(found["ticket"])

    async def missing(self, api: Api, facts: list[Any]) -> list[str]:
        return await _open_still(api, "expert2", self.place, facts, "sign-out")


class Removals(Load):
    """An order to the rooms and the end of a grant: an expert who is taken out again."""

    lasts = False

    async def write(self, api: Api) -> None:
        self.place = self.place or await api.booked("柳春分")
        experts = f"/consultations/{self.place}/experts"
        me = (await api.ask("radiologist2", "GET", "/session"))["actor"]["id"]
        await api.free("radiologist2")
        while True:
            await api.ask("coordinator", "POST", experts, {"staff_id": me})
            asked = await api.ask("radiologist2", "POST", f"/rooms/{self.place}/ticket", {})
            await api.ask("coordinator", "DELETE", f"{experts}/{me}")
            self.note((me, asked["ticket"]))

    async def missing(self, api: Api, facts: list[Any]) -> list[str]:
        """An expert who was added again before the kill may come in, even with an older ticket."""
        if not facts:
            return []
        case = await api.ask("coordinator", "GET", f"/consultations/{self.place}")
        added = {each["person"]["id"] for each in case["participants"]}
        out = [ticket for me, ticket in facts if me not in added]
        return await _open_still(api, "expert", self.place, out, "removal")


async def _open_still(api: Api, who: str, place: str, tickets: list[Any], what: str) -> list[str]:
    """Which of these tickets still open the room; tried one after another, because a member has one session."""
    url = (await api.ask(who, "POST", f"/rooms/{place}/ticket", {}))["url"] if tickets else ""
    return [f"{what} {ticket[-12:]}" for ticket in tickets if not await _shut_out(api, ticket, url)]


async def _shut_out(api: Api, ticket: str, url: str) -> bool:
    """Whether the ticket is refused, or its member removed soon after, when the order is carried out."""
    async with await api.socket(ticket, url) as socket:
        with suppress(*GONE, TimeoutError):
            async with asyncio.timeout(WITHIN):
                await _say(socket, "join", "join", page=uuid4().hex[:31])
                while True:
                    await _heard(socket)
        return socket.close_code in SHUT_OUT


async def _say(socket: aiohttp.ClientWebSocketResponse, t: str, id: str | None = None, **d: Any) -> None:
    await socket.send_str(json.dumps({"v": 1, "t": t, "d": d} | ({"id": id} if id else {})))


async def _heard(socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
    message = await socket.receive()
    if message.type is not aiohttp.WSMsgType.TEXT:
        raise EOFError
    frame: dict[str, Any] = json.loads(message.data)
    return frame
