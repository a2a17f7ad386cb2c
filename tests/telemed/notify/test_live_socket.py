"""The live channel as a page has it: one WebSocket, which hears what its person may, and ends with the sign-in."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from telemed.history.consumers import Consumer
from telemed.history.events import About
from telemed.history.service import hint
from telemed.kit.events import deliver
from telemed.kit.table import new_id
from telemed.notify.anew import Hint
from telemed.notify.live import GAP, HEARS, LIVE, MOST_KEPT, MOST_TABS, QUEUE, SIGNED_OUT, SLOW, Live
from telemed.work.events import WorkChanged
from tests.telemed.conftest import NOW, FakeClock, World, app_of

Open = Callable[..., Awaitable[ClientWebSocketResponse]]
PATIENCE = 30  # seconds, of a machine that has much to do


@pytest.fixture
async def page(world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock) -> TestClient[Any, Any]:
    return await aiohttp_client(app_of(world, tmp_path, clock))


@pytest.fixture
def live(page: TestClient[Any, Any]) -> Live:
    here: Live = page.app[LIVE]
    return here


@pytest.fixture
def open_tab(page: TestClient[Any, Any], live: Live, world: World) -> Open:
    """A tab of this person that is open and has heard what it missed."""

    async def open_one(who: str) -> ClientWebSocketResponse:
        mark = await tell(live, world, str(world.ids[who]))
        socket = await connect(page, world, who, seconds=60)
        await heard(socket, mark)
        return socket

    return open_one


async def connect(page: TestClient[Any, Any], world: World, who: str | None, **query: Any) -> ClientWebSocketResponse:
    headers = {"Authorization": f"Bearer {world.tokens[who]}"} if who else {}
    return await page.ws_connect("/api/live", params=query, headers=headers)


async def tell(live: Live, world: World, to: str) -> UUID:
    """Work that this person or role is told of; returns what it is about."""
    about = new_id()
    async with world.db.write() as db:
        hint(db, WorkChanged(to=to, about_id=about), About("wuxi"), NOW)
    while await deliver(world.db, {"live": Consumer("live", HEARS, live.consume)}, NOW):
        pass
    return about


async def heard(socket: ClientWebSocketResponse, until: UUID) -> list[UUID]:
    """What the hints were about, up to and with this one."""
    found: list[UUID] = []
    while until not in found:
        found.append(UUID((await socket.receive_json(timeout=PATIENCE))["id"]))
    return found


async def closed_with(socket: ClientWebSocketResponse) -> int | None:
    message = await socket.receive(timeout=PATIENCE)
    assert message.type is WSMsgType.CLOSE, message
    return socket.close_code


async def test_every_tab_hears_what_its_person_may_and_another_hospital_s_account_does_not(
    world: World, live: Live, open_tab: Open
) -> None:
    first, second = await open_tab("reviewer"), await open_tab("reviewer")
    others = {who: await open_tab(who) for who in ("jiashan_reviewer", "coordinator", "doctor")}
    about = await tell(live, world, "role:wuxi:reviewer")
    for socket in (first, second):
        await heard(socket, about)
    for who, socket in others.items():
        own = await tell(live, world, str(world.ids[who]))
        assert await heard(socket, own) == [own], f"{who} has heard of it"


async def test_a_stranger_hears_nothing_and_a_page_does_not_ask_for_more_than_is_kept(
    page: TestClient[Any, Any], world: World
) -> None:
    for who, seconds, refused in ((None, 0, 401), ("doctor", 61, 422), ("doctor", -1, 422)):
        with pytest.raises(WSServerHandshakeError) as why:
            await connect(page, world, who, seconds=seconds)
        assert why.value.status == refused


async def test_signing_out_closes_the_tabs_of_that_sign_in_alone(
    page: TestClient[Any, Any], world: World, live: Live, open_tab: Open, clock: FakeClock
) -> None:
    mine, another = await open_tab("doctor"), await open_tab("chief")
    async with page.delete("/api/session", headers={"Authorization": f"Bearer {world.tokens['doctor']}"}) as answer:
        assert answer.status == 204
    await live.close_ended(world.db, clock())
    assert await closed_with(mine) == SIGNED_OUT
    about = await tell(live, world, str(world.ids["chief"]))
    assert await heard(another, about) == [about]
    assert live.present() == {world.ids["chief"]}


async def test_a_sign_in_that_has_run_out_closes_its_tabs(
    world: World, live: Live, open_tab: Open, clock: FakeClock
) -> None:
    socket = await open_tab("doctor")
    await live.close_ended(world.db, clock())
    clock.move(days=366)
    await live.close_ended(world.db, clock())
    assert await closed_with(socket) == SIGNED_OUT


async def test_a_page_hears_what_came_while_it_was_opening_and_one_that_asks_for_nothing_does_not(
    page: TestClient[Any, Any], world: World, live: Live
) -> None:
    missed = await tell(live, world, "role:wuxi:reviewer")
    late, fresh = [await connect(page, world, "reviewer", seconds=each) for each in (60, 0)]
    assert await heard(late, missed) == [missed]
    after = await tell(live, world, "role:wuxi:reviewer")
    assert (await heard(late, after), await heard(fresh, after)) == ([after], [after])


async def test_where_more_was_missed_than_is_kept_or_it_cannot_be_told_the_page_reads_everything_again(
    page: TestClient[Any, Any], world: World, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world.db.write() as db:
        for _ in range(MOST_KEPT):
            hint(db, WorkChanged(to="role:wuxi:reviewer", about_id=new_id()), About("wuxi"), NOW)
    await tell(live, world, "role:jiashan:reviewer")
    socket = await connect(page, world, "doctor", seconds=60)
    assert await socket.receive_str(timeout=PATIENCE) == GAP.said()

    async def broken(*_: object) -> None:
        raise RuntimeError("an event that nobody can read")

    monkeypatch.setattr(live, "catch_up", broken)
    socket = await connect(page, world, "doctor", seconds=60)
    assert await socket.receive_str(timeout=PATIENCE) == GAP.said()
    about = await tell(live, world, str(world.ids["doctor"]))
    assert await heard(socket, about) == [about], "it is open all the same"


async def test_a_reader_who_falls_behind_is_closed_and_nobody_else_is(world: World, live: Live, open_tab: Open) -> None:
    slow, other = await open_tab("doctor"), await open_tab("chief")
    (tab,) = (each for each in live.tabs if each.actor.id == world.ids["doctor"])
    for n in range(QUEUE + 1):  # before anything can be written
        tab.send(Hint("beat", str(n), 0))
    assert await closed_with(slow) == SLOW
    about = await tell(live, world, str(world.ids["chief"]))
    assert await heard(other, about) == [about]


async def test_a_page_that_goes_or_sends_too_much_leaves_no_tab(world: World, live: Live, open_tab: Open) -> None:
    leaves, floods, stays = [await open_tab(who) for who in ("doctor", "doctor2", "chief")]
    await leaves.close()
    await floods.send_str("x" * 2000)
    assert await closed_with(floods) == 1009
    about = await tell(live, world, str(world.ids["chief"]))
    assert await heard(stays, about) == [about]
    assert live.present() == {world.ids["chief"]}


async def test_of_one_sign_in_only_so_many_tabs_are_open_and_the_next_waits_for_one_to_close(
    page: TestClient[Any, Any], world: World, live: Live, open_tab: Open
) -> None:
    tabs = [await open_tab("doctor") for _ in range(MOST_TABS)]
    with pytest.raises(WSServerHandshakeError) as why:
        await connect(page, world, "doctor")
    assert why.value.status == 429
    await open_tab("chief")
    await tabs[0].close()
    await open_tab("doctor")
    about = await tell(live, world, str(world.ids["doctor"]))
    await heard(tabs[1], about)


async def test_a_page_that_hears_nothing_hears_that_the_server_is_there(
    open_tab: Open, world: World, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = await open_tab("doctor")
    monkeypatch.setattr("telemed.notify.live.HEARTBEAT", 0.05)
    await tell(live, world, str(world.ids["doctor"]))  # from here on it waits so long
    while (await tab.receive_json(timeout=PATIENCE))["topic"] != "beat":
        pass
