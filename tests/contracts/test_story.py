"""The product as it is served, on PostgreSQL: one consultation over HTTP and the rooms' WebSocket to its end.

Imaging's index and the rooms' log stay SQLite. On SQLite alone the browser tests tell the story.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from aiohttp import ClientSession

from telemed.access.model import Account
from telemed.config import Settings
from telemed.db import Database
from telemed.kit.quarantine import Quarantine
from telemed.serve import running
from tests.contracts.conftest import url_of
from tests.contracts.within import within
from tests.fakes.patients import FakePatients
from tests.imaging.conftest import FRAMES, multipart
from tests.imaging.made import made, uid
from tests.signaling.kit import ORIGIN, Client, dial, hello
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.actions import AT, act, booking_body, state_of
from tests.telemed.consultations.conftest import venue
from tests.telemed.opinions.helpers import HASH, board, opinion, save, sign
from tests.telemed.requests.helpers import complete, submit

pytestmark = pytest.mark.databases_differ

__all__ = ("venue",)
STUDY = uid("story")
HEADER: dict[str, Any] = {
    "name": "Chen^Yuanshan=陈^远山",
    "PatientID": "0026118842",
    "PatientSex": "M",
    "PatientBirthDate": "19680412",
}


class Site(NamedTuple):
    """The served product: `call` as in other tests, and `fetch` for what is not JSON under /api."""

    call: Call
    fetch: Callable[..., Awaitable[tuple[int, bytes]]]
    rooms: int  # port


@asynccontextmanager
async def served(world: World, url: str, folder: Path, clock: FakeClock) -> AsyncIterator[Site]:
    settings = Settings(
        data_dir=folder / "served",
        database_url=url,
        http_port=0,
        signal_port=0,
        public_url=str(ORIGIN),
        idle_minutes=10**6,
        _env_file=None,  # type: ignore[call-arg]
    )
    async with running(settings, FakePatients(), clock=clock) as product, ClientSession() as session:
        base = f"http://127.0.0.1:{product.http_port}"

        async def fetch(who: str, method: str, path: str, **more: Any) -> tuple[int, bytes]:
            headers = {"Authorization": f"Bearer {world.tokens[who]}"} | more.pop("headers", {})
            async with session.request(method, base + path, headers=headers, **more) as answer:
                return answer.status, await answer.read()

        async def call(
            who: str | None, method: str, path: str, *, match: int | None = None, json: Any = None, **more: Any
        ) -> tuple[int, Any]:
            headers = {"Authorization": f"Bearer {world.tokens[who]}"} if who else {}
            if match is not None:
                headers["If-Match"] = f'"{match}"'
            api = path if path.startswith("/healthz") else f"/api{path}"
            async with session.request(method, base + api, headers=headers, json=json, **more) as answer:
                whole = await (answer.json() if answer.content_type.endswith("json") else answer.read())
                return answer.status, whole

        yield Site(call, fetch, product.rooms.port)


async def until(look: Callable[[], Awaitable[bool]]) -> None:
    """The tasks of the product work beside us; each look is a request to it."""
    async with asyncio.timeout(30):
        while not await look():
            pass


async def _requested(here: Site) -> UUID:
    """A request with consent and a CT that the archive has and that proves to be the patient's."""
    row = await complete(here.call)
    files = [made("story", number, **HEADER) for number in (1, 2)]
    boundary = {"Content-Type": 'multipart/related; type="application/dicom"; boundary="B"'}
    path, body = "/dicomweb/studies", multipart(files)
    status, told = await here.fetch("radiographer", "POST", path, data=body, headers=boundary)
    assert status == 200, told

    async def confirmed() -> bool:
        _, found = await here.call("radiographer", "GET", "/studies")
        return [(each["state"], each["received"]) for each in found["items"]] == [("confirmed", 2)]

    await until(confirmed)
    _, found = await here.call("radiographer", "GET", "/studies")
    (link,) = found["items"]
    path = f"/studies/{link['id']}/declare"
    status, link = await here.call("radiographer", "POST", path, match=link["version"], json={"count": 2})
    assert (status, link["complete"]) == (200, True)
    uploaded = {"study_uids": [STUDY]}
    status, row = await here.call("doctor", "POST", f"/consultations/{row['id']}/uploaded", json=uploaded)
    assert status == 200, row
    status, done = await submit(here.call, row)
    assert (status, done["state"]) == (200, "submitted"), done
    return UUID(row["id"])


async def _scheduled(here: Site, world: World, id: UUID, room: UUID) -> None:
    for who, what in (("chief", "endorse"), ("reviewer", "approve")):
        assert (await act(here.call, who, id, what))[0] == 200
    status, told = await act(here.call, "coordinator", id, "booking", booking_body(world, room))
    assert (status, told["state"]) == (200, "scheduling"), told
    assert (await act(here.call, "expert", id, "answer", {"answer": "accepted"}))[0] == 200
    for who in ("doctor", "expert"):
        devices = {"camera": True, "microphone": True, "network": True}
        assert (await here.call(who, "POST", "/device-tests", json=devices))[0] == 201


async def _readable(here: Site, who: str) -> int:
    return (await here.fetch(who, "GET", f"/dicomweb/studies/{STUDY}/metadata"))[0]


@asynccontextmanager
async def _in_the_room(here: Site, id: UUID, who: str) -> AsyncIterator[Client]:
    status, told = await here.call(who, "POST", f"/rooms/{id}/ticket", json={})
    assert status == 200, told
    async with dial(here.rooms, hello(told["ticket"])) as client:
        await client.until("welcome")
        assert (await client.ask("join"))["t"] == "ack"
        yield client


async def _called(here: Site, id: UUID) -> None:
    """Both come into the room, and what the room tells of that starts the consultation."""
    async with AsyncExitStack() as inside:
        for who in ("doctor", "expert"):
            await inside.enter_async_context(_in_the_room(here, id, who))
        await until(lambda: _is(here, id, "in_progress"))
        assert (await act(here.call, "expert", id, "end"))[1]["state"] == "answering"


async def _is(here: Site, id: UUID, state: str) -> bool:
    return await state_of(here.call, id) == state


async def _signed_and_acknowledged(here: Site, id: UUID) -> dict[str, Any]:
    status, draft = await save(here.call, str(id), 0, opinion())
    assert status == 200, draft
    status, out = await sign(here.call, str(id), draft["version"])
    assert status == 200, out
    seen = await board(here.call, str(id))
    answers = [{"advice_id": each["id"], "reply": "adopted"} for each in seen["advice"]]
    path, version = f"/consultations/{id}/acknowledgement", seen["consultation_version"]
    status, seen = await here.call("doctor", "POST", path, match=version, json={"answers": answers})
    assert status == 200, seen
    one: dict[str, Any] = seen["signed"][0]
    return one


async def _corrected(here: Site, id: UUID) -> None:
    """The patient's sex is corrected, so the images no longer agree: they leave the packet and the expert's viewer."""
    _, page = await here.call("doctor", "GET", f"/consultations/{id}")
    path = f"/patients/{page['patient']['id']}"
    _, shown = await here.call("doctor", "GET", path)
    kept = ("name", "sex", "birth_date", "estimated_age", "allergy", "allergy_text", "ward", "bed")
    new = {each: shown[each] for each in kept} | {"sex": "female"}
    status, told = await here.call("doctor", "PUT", path, match=shown["version"], json=new)
    assert status == 200, told


async def _ready_with_images(here: Site, world: World, clock: FakeClock, room: UUID) -> UUID:
    """A consultation whose time has come, and whose images the expert can see."""
    id = await _requested(here)
    assert await _readable(here, "expert") == 404
    await _scheduled(here, world, id, room)
    clock.now = AT
    await until(lambda: _is(here, id, "ready"))

    async def readable() -> bool:
        return await _readable(here, "expert") == 200

    await until(readable)
    return id


async def _frame(here: Site, who: str) -> int:
    address = f"/dicomweb/studies/{STUDY}/series/{uid('story', 'series')}/instances/{uid('story', 'series', '1')}"
    return (await here.fetch(who, "GET", f"{address}/frames/1", headers={"Accept": FRAMES}))[0]


async def _sees_nothing(member: Client) -> None:
    """Is told by the room that no study is shown to them any more."""
    while (await member.until("grants"))["d"]["studies"]:
        pass


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
async def test_five_seconds_after_a_changed_identity_no_frame_is_read_and_everybody_in_the_room_knows(
    any_db: Database, world: World, clock: FakeClock, tmp_path: Path, venue: UUID
) -> None:
    async with served(world, url_of(any_db), tmp_path, clock) as here, AsyncExitStack() as inside:
        id = await _ready_with_images(here, world, clock, venue)
        members = [await inside.enter_async_context(_in_the_room(here, id, who)) for who in ("doctor", "expert")]
        await until(lambda: _is(here, id, "in_progress"))
        assert await _frame(here, "expert") == 200
        clock.move(seconds=1)
        async with within(5):
            await _corrected(here, id)
            await asyncio.gather(*map(_sees_nothing, members))
            while await _frame(here, "expert") != 404:
                pass


@pytest.mark.parametrize("prepared", ["postgresql"], indirect=True)
async def test_a_request_becomes_a_signed_and_answered_opinion_and_loses_its_images_when_they_are_not_the_patients(
    any_db: Database, world: World, clock: FakeClock, tmp_path: Path, venue: UUID
) -> None:
    async with any_db.write() as db:
        (await db.get_one(Account, world.ids["expert"])).password_hash = HASH
    async with served(world, url_of(any_db), tmp_path, clock) as here:
        id = await _ready_with_images(here, world, clock, venue)
        await _called(here, id)
        one = await _signed_and_acknowledged(here, id)
        _, record = await here.call("doctor", "GET", f"/opinions/{one['id']}/record")
        await _corrected(here, id)

        async def gone() -> bool:
            return await _readable(here, "expert") == 404

        await until(gone)
        for who in ("expert", "doctor"):
            _, home = await here.call(who, "GET", "/home")
            assert "reassess" in [each["kind"] for each in home["work"]["items"]]
        _, found = await here.call("doctor", "GET", f"/opinions/{one['id']}/pages")
        assert [each["kind"] for each in found["items"]] == ["answered", "recalled", "noted"]
        assert await here.call("doctor", "GET", f"/opinions/{one['id']}/record") == (200, record)
        status, verified = await here.call(None, "GET", "/verify/" + one["verify_url"].rpartition("/")[2])
        assert (status, verified["hash_matches"]) == (200, True)
        status, ready = await here.call(None, "GET", "/healthz/ready")
        assert (status, set(ready["checks"].values())) == (200, {"ok"})
    assert await rows(any_db, Quarantine) == []
