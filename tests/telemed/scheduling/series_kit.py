"""A teleclinic every Tuesday, and short ways to plan, change and read one."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from telemed.people.model import Agreement
from telemed.scheduling.model import LIVE, Booking
from telemed.work.model import Notice
from tests.telemed.conftest import NOW, Call, World, rows

Json = dict[str, Any]
PATH = "/calendar/series"
TUESDAYS = "FREQ=WEEKLY;BYDAY=TU"


def series_of(world: World, **more: Any) -> Json:
    """Every Tuesday at 14:00 an hour of the expert and the branch's doctor."""
    return {
        "kind": "teleclinic",
        "title": "心内科远程门诊",
        "rrule": TUESDAYS,
        "starts_on": "2026-03-02",
        "at": "14:00",
        "minutes": 60,
        "resources": [str(world.ids["expert"]), str(world.ids["doctor"])],
    } | more


async def planned(call: Call, world: World, **more: Any) -> Json:
    status, out = await call("coordinator", "POST", PATH, json=series_of(world, **more))
    assert status == 201, out
    return out  # type: ignore[no-any-return]


async def put(call: Call, made: Json, body: Json, who: str = "coordinator") -> tuple[int, Json]:
    return await call(who, "PUT", f"{PATH}/{made['id']}", json=body, match=made["version"])


async def put_one(call: Call, made: Json, on: str, **body: Any) -> tuple[int, Json]:
    path = f"{PATH}/{made['id']}/occurrences/{on}"
    return await call("coordinator", "PUT", path, json=body, match=made["version"])


async def agenda(call: Call, who: str, until: str = "2026-04-10") -> list[Json]:
    status, out = await call(who, "GET", f"/calendar/mine?from=2026-03-01T00:00:00Z&to={until}T00:00:00Z")
    assert status == 200, out
    return out["items"]  # type: ignore[no-any-return]


async def times(call: Call, who: str = "expert") -> list[str]:
    return [each["starts_at"] for each in await agenda(call, who)]


async def series(call: Call, who: str = "coordinator") -> list[Json]:
    status, out = await call(who, "GET", PATH)
    assert status == 200, out
    return out["items"]  # type: ignore[no-any-return]


async def live(world: World) -> list[Booking]:
    async with world.db.read() as db:
        query = select(Booking).where(col(Booking.series_id).is_not(None), LIVE).order_by(col(Booking.starts_at))
        return list((await db.exec(query)).all())


async def told(world: World, before: Collection[UUID] = ()) -> list[tuple[str, str, str]]:
    """Who was told what of which time, but for the notices of `before`."""
    names = {id: name for name, id in world.ids.items()}
    notices = [each for each in await rows(world.db, Notice) if each.id not in before]
    return sorted((names[each.staff_id], str(each.ladder), f"{each.due_at:%m-%d %H:%M}") for each in notices)


async def notices(world: World) -> set[UUID]:
    return {each.id for each in await rows(world.db, Notice)}


async def covered_for(world: World, days: int) -> None:
    """The agreement with the branch ends so many days from the world's beginning."""
    async with world.db.write() as db:
        for each in (await db.exec(select(Agreement).where(Agreement.branch_id == "wuxi"))).all():
            each.valid_until = (NOW + timedelta(days=days)).date()
