"""One time of a series is moved or taken back while its series ends or is carried on: what was decided of it stands."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select, text

from telemed.activities.kinds import Kinds
from telemed.scheduling import busy
from telemed.scheduling.model import BookingSeries
from telemed.scheduling.schemas import BusyTimes
from telemed.scheduling.series_making import unbooked
from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.scheduling.series_kit import PATH, agenda, planned, put, series_of, times

WAITS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


async def until_somebody_waits(world: World) -> None:
    async with asyncio.timeout(10):
        while True:
            async with world.db.read() as db:
                if (await (await db.connection()).execute(WAITS)).scalar_one():
                    return


async def test_one_that_is_moved_while_the_series_ends_stays_where_it_was_moved(
    call: Call, world: World, clock: FakeClock
) -> None:
    if world.db.is_sqlite:  # whose writers take turns
        return
    made = await planned(call, world)
    (first, *_) = await agenda(call, "doctor")
    to = BusyTimes(
        starts_at=datetime.fromisoformat("2026-03-04T06:00:00Z"), ends_at=datetime.fromisoformat("2026-03-04T07:00:00Z")
    )
    last = {"last": "2026-03-10", "reason": "项目结束"}
    async with world.db.write() as db:
        await busy.move(db, world.actor("doctor"), UUID(first["id"]), first["version"], to, Kinds(()), clock.now)
        path = f"{PATH}/{made['id']}/end"
        ends = asyncio.ensure_future(call("coordinator", "POST", path, json=last, match=made["version"]))
        await until_somebody_waits(world)
    assert (await ends)[0] == 200
    assert await times(call) == ["2026-03-04T06:00:00Z", "2026-03-10T06:00:00Z"]


@pytest.mark.parametrize(
    ("dragged", "becomes"),
    [("2026-03-04T06:00:00Z", "2026-03-04T06:00:00Z"), ("2026-03-03T06:00:00Z", "2026-03-03T08:00:00Z")],
    ids=["elsewhere", "to its rule again"],
)
async def test_one_that_is_dragged_while_its_rule_changes_is_as_if_it_had_been_dragged_before(
    call: Call, world: World, clock: FakeClock, dragged: str, becomes: str
) -> None:
    if world.db.is_sqlite:  # whose writers take turns
        return
    made = await planned(call, world)
    (first, *_) = await agenda(call, "doctor")
    elsewhere = {"starts_at": "2026-03-05T06:00:00Z", "ends_at": "2026-03-05T07:00:00Z"}
    path = f"/calendar/busy/{first['id']}/move"
    status, moved = await call("doctor", "POST", path, json=elsewhere, match=first["version"])
    assert status == 200, moved
    start = datetime.fromisoformat(dragged)
    to = BusyTimes(starts_at=start, ends_at=start + timedelta(hours=1))
    version = moved["items"][0]["version"]
    async with world.db.write() as db:
        await busy.move(db, world.actor("doctor"), UUID(first["id"]), version, to, Kinds(()), clock.now)
        changes = asyncio.ensure_future(put(call, made, series_of(world, at="16:00")))
        await until_somebody_waits(world)
    assert (await changes)[0] == 200
    assert (await times(call))[:2] == [becomes, "2026-03-10T08:00:00Z"]


class Between:
    """A session, and what others do after its first look at the times of a series."""

    def __init__(self, db: Any, act: Callable[[], Awaitable[object]]) -> None:
        self._db, self._act, self._done, self.info = db, act, False, db.info

    async def exec(self, query: Any) -> Any:
        found = await self._db.exec(query)
        if not self._done and "booking" in str(query):
            self._done = True
            await self._act()
        return found


async def test_one_that_is_taken_back_while_its_next_ones_are_looked_for_is_none_of_them(
    call: Call, world: World, clock: FakeClock
) -> None:
    if world.db.is_sqlite:  # whose writers take turns
        return
    await planned(call, world)
    (first, *_) = await agenda(call, "doctor")

    async def takes_back() -> None:
        path = f"/calendar/busy/{first['id']}"
        assert (await call("doctor", "DELETE", path, match=first["version"]))[0] == 204

    async with world.db.write() as db:
        rows = (await db.exec(select(BookingSeries).order_by(col(BookingSeries.id)))).all()
        assert await unbooked(Between(db, takes_back), rows, clock.now) == {rows[0].id: []}  # type: ignore[arg-type]
