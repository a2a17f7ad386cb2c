"""A bed that a page shows comes with the hint that it has changed: to whom it may, and noted like any reading."""

import asyncio
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiohttp import ClientWebSocketResponse
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient
from sqlmodel import delete

from telemed.access.model import AccountRole
from telemed.audit.model import AuditEvent, Purpose
from telemed.history.consumers import Consumer
from telemed.kit.events import deliver
from telemed.notify import anew
from telemed.notify.anew import MOST, Hint
from telemed.notify.live import HEARS, LIVE, Live, Tab
from tests.telemed.conftest import Call, FakeClock, World, app_of, rows
from tests.telemed.rounds.helpers import at_bed, bed_of, done, live

PATIENCE = 30  # seconds, of a machine that has much to do
Page = TestClient[Any, Any]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test machine may take long to read."""
    monkeypatch.setattr(anew, "PATIENCE", PATIENCE)


@pytest.fixture
async def page(world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock) -> Page:
    return await aiohttp_client(app_of(world, tmp_path, clock))


@pytest.fixture
async def here(page: Page, call: Call, world: World, clock: FakeClock) -> tuple[Any, Any]:
    """A round and its bed 01, where it is; nobody has still to hear of that."""
    session = await live(call, world, clock)
    item = await at_bed(call, clock, session, "01")
    await told(page, world, clock)
    return session, item


async def opened(page: Page, world: World, who: str, *shows: str) -> ClientWebSocketResponse:
    """A tab of this person that shows these beds, once the server knows."""
    before = {id(each) for each in page.app[LIVE].tabs}
    socket = await page.ws_connect("/api/live", headers={"Authorization": f"Bearer {world.tokens[who]}"})
    await socket.send_json({"watch": list(shows)})
    shown = {UUID(each) for each in shows}
    async with asyncio.timeout(PATIENCE):
        # What the server knows of a page has no event.
        while not any(id(tab) not in before and tab.shows == shown for tab in page.app[LIVE].tabs):  # noqa: ASYNC110
            await asyncio.sleep(0)
    return socket


async def told(page: Page, world: World, clock: FakeClock) -> None:
    here: Live = page.app[LIVE]
    while await deliver(world.db, {"live": Consumer("live", HEARS, here.consume)}, clock()):
        pass


async def of_bed(socket: ClientWebSocketResponse) -> dict[str, Any]:
    """The next hint of a bed."""
    while (hint := await socket.receive_json(timeout=PATIENCE))["topic"] != "round_item":
        pass
    return dict(hint)


async def test_a_bed_on_the_page_comes_with_its_hint_as_its_person_would_read_it(
    page: Page, call: Call, world: World, clock: FakeClock, here: tuple[Any, Any]
) -> None:
    session, item = here
    shows, other = await opened(page, world, "doctor", item["id"]), await opened(page, world, "doctor")
    await done(call, clock, session["id"], "expert", "say", item, text="双下肢水肿减轻")
    await told(page, world, clock)
    sent = await of_bed(shows)
    read = await bed_of(call, session, item, "doctor")
    assert sent["data"]["lines"][-1]["text"] == "双下肢水肿减轻"
    assert sent["data"] | {"server_time": ""} == read | {"server_time": ""}
    assert sent["rev"] == sent["data"]["rev"]
    assert "data" not in await of_bed(other)


async def test_a_bed_that_is_sent_is_noted_as_read(
    page: Page, call: Call, world: World, clock: FakeClock, here: tuple[Any, Any]
) -> None:
    session, item = here
    socket = await opened(page, world, "nurse", item["id"])
    clock.move(minutes=6)
    begun = clock()
    await done(call, clock, session["id"], "expert", "say", item, text="继续观察")
    await told(page, world, clock)
    assert (await of_bed(socket))["data"]["item"]["id"] == item["id"]
    noted = [each for each in await rows(world.db, AuditEvent) if each.actor_id == world.ids["nurse"]]
    patient = (await bed_of(call, session, item))["item"]["patient"]["id"]
    sent = [(each.action, each.purpose, str(each.patient_id)) for each in noted if each.at >= begun]
    assert sent == [("read", Purpose.case, patient)]


async def test_what_takes_long_to_read_is_not_waited_for(
    page: Page, call: Call, world: World, clock: FakeClock, here: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind it may wait that something rings."""
    session, item = here
    socket = await opened(page, world, "doctor", item["id"])
    monkeypatch.setattr(anew, "PATIENCE", 0)
    await done(call, clock, session["id"], "expert", "say", item, text="先告诉，后读")
    await told(page, world, clock)
    assert "data" not in await of_bed(socket)
    monkeypatch.setattr(anew, "PATIENCE", PATIENCE)
    await done(call, clock, session["id"], "expert", "say", item, text="之后照常")
    await told(page, world, clock)
    assert (await of_bed(socket))["data"]["lines"][-1]["text"] == "之后照常"


async def test_who_has_no_more_right_to_it_gets_the_hint_alone(
    page: Page, call: Call, world: World, clock: FakeClock, here: tuple[Any, Any]
) -> None:
    session, item = here
    lost, another, ended = [await opened(page, world, who, item["id"]) for who in ("nurse", "expert2", "doctor")]
    async with world.db.write() as db:
        await db.exec(delete(AccountRole).where(AccountRole.account_id == world.ids["nurse"]))  # type: ignore[arg-type]
    async with page.delete("/api/session", headers={"Authorization": f"Bearer {world.tokens['doctor']}"}) as answer:
        assert answer.status == 204
    await done(call, clock, session["id"], "expert", "say", item, text="只给看得到的人")
    await told(page, world, clock)
    for socket in (lost, another, ended):
        assert "只给看得到的人" not in json.dumps(await of_bed(socket), ensure_ascii=False)


async def test_who_did_it_is_told_last(
    page: Page, call: Call, world: World, clock: FakeClock, here: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their own page shows it, and the others wait for it."""
    session, item = here
    everybody = ("nurse", "expert", "doctor")
    for who in everybody:
        await opened(page, world, who, item["id"])
    order, send = list[Any](), Tab.send

    def sent(tab: Tab, hint: Hint) -> None:
        if hint.topic == "round_item":
            order.append(tab.actor.id)
        send(tab, hint)

    monkeypatch.setattr(Tab, "send", sent)
    for who in everybody:
        order.clear()
        await done(call, clock, session["id"], who, "say", item, text=f"{who} 说")
        await told(page, world, clock)
        assert len(order) == len(everybody)
        assert order[-1] == world.ids[who]


async def test_a_page_that_says_something_else_shows_what_it_did(
    page: Page, call: Call, world: World, clock: FakeClock, here: tuple[Any, Any]
) -> None:
    session, item = here
    socket = await opened(page, world, "doctor", item["id"])
    for each in ("", "{", "[]", json.dumps({"watch": [item["id"]] * (MOST + 1)}), json.dumps({"watch": ["x"]}), "null"):
        await socket.send_str(each)
    await done(call, clock, session["id"], "expert", "say", item, text="仍然收到")
    await told(page, world, clock)
    assert (await of_bed(socket))["data"]["lines"][-1]["text"] == "仍然收到"
