"""Two aiortc peers meet through the real server and see each other's picture."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aioice.ice
import pytest
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamTrack, VideoStreamTrack
from av import VideoFrame

from signaling import Serving
from tests.signaling.kit import BRANCH, LEAD, Client, Frame, dial, hello, ticket


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """aioice leaves loopback out when it gathers; a test machine may have nothing else."""
    monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda use_ipv4, use_ipv6: ["127.0.0.1"])


class Peer:
    """The smallest client there is: joins, waits for both media seats, and negotiates with the other one."""

    def __init__(self, client: Client, polite: bool) -> None:
        self.client, self.polite = client, polite
        self.me = self.other = ""
        self.pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.pc.addTrack(VideoStreamTrack())
        self.frames: asyncio.Queue[VideoFrame] = asyncio.Queue()
        self.tasks: asyncio.TaskGroup | None = None
        self.pc.on("track", self._received)

    def _received(self, track: MediaStreamTrack) -> None:
        assert self.tasks is not None
        self.tasks.create_task(self._watch(track))

    async def _watch(self, track: MediaStreamTrack) -> None:
        for _ in range(10):  # always read: aiortc keeps what nobody takes
            frame = await track.recv()
            assert isinstance(frame, VideoFrame)
            self.frames.put_nowait(frame)

    async def run(self, tasks: asyncio.TaskGroup) -> None:
        self.tasks = tasks
        await self.client.ask_quietly("join", page=f"page-{'b' if self.polite else 'a'}")
        while True:
            frame = await self.client.next()
            match frame["t"]:
                case "joined":
                    self.me = frame["d"]["self"]
                    await self._mode(frame["d"]["mode"])
                case "mode":
                    await self._mode(frame["d"])
                case "sdp":
                    await self._description(frame["d"])

    async def _mode(self, mode: Frame) -> None:
        if len(mode["publishers"]) < 2 or self.me not in mode["publishers"] or self.other:
            return
        (self.other,) = (each for each in mode["publishers"] if each != self.me)
        if not self.polite:
            await self.pc.setLocalDescription(await self.pc.createOffer())
            await self._describe()

    async def _description(self, d: Any) -> None:
        await self.pc.setRemoteDescription(RTCSessionDescription(sdp=d["sdp"], type=d["kind"]))
        if d["kind"] == "offer":
            await self.pc.setLocalDescription(await self.pc.createAnswer())
            await self._describe()

    async def _describe(self) -> None:
        local = self.pc.localDescription
        await self.client.ask_quietly("sdp", to=self.other, pc="a.b", gen=1, kind=local.type, sdp=local.sdp)


@asynccontextmanager
async def peer(port: int, who: str, polite: bool, **kind: Any) -> AsyncIterator[Peer]:
    async with dial(port, hello(ticket(who, time.time(), **kind))) as client:
        await client.until("welcome")
        made = Peer(client, polite)
        try:
            yield made
        finally:
            await made.pc.close()


async def test_two_peers_see_each_others_picture(serving: Serving) -> None:
    async with (
        peer(serving.port, "anna", polite=False, **LEAD) as anna,
        peer(serving.port, "bert", polite=True, **BRANCH) as bert,
        asyncio.timeout(20),
        asyncio.TaskGroup() as tasks,
    ):
        running = [tasks.create_task(each.run(tasks)) for each in (anna, bert)]
        for each in (anna, bert):
            seen = [await each.frames.get() for _ in range(5)]
            assert {(frame.width, frame.height) for frame in seen} == {(640, 480)}
        for task in running:
            task.cancel()
