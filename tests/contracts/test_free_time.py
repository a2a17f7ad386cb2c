"""What a search for free time reads is the same on both databases, and stands in one index."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event, text

from telemed.people.rules import Span
from telemed.scheduling import agendas, service
from telemed.scheduling.intervals import Time
from tests.telemed.conftest import NOW, Call, World
from tests.telemed.scheduling.kit import at, book, venues


def second(moment: datetime) -> int:
    return int(moment.timestamp())


def time(start: float, end: float) -> Time:
    return second(at(start)), second(at(end))


async def test_what_takes_time_is_rounded_outwards_to_whole_seconds(world: World) -> None:
    rooms = await venues(world)
    odd = timedelta(microseconds=400_000)
    async with world.db.write() as db:
        made = await book(world, ["expert"], 1, 2, db=db, venue=rooms["会诊室 1"])
        assert made.activity_id
        await service.rebook(
            db,
            activity_id=made.activity_id,
            people=[world.ids["expert"]],
            venue=rooms["会诊室 1"],
            start=at(1) + odd,
            end=at(2) + odd,
            by=None,
            now=NOW,
        )
    await book(world, ["expert"], 3, 4)
    await book(world, ["expert"], 30, 31)
    over = await book(world, ["doctor"], 3, 4, expires_at=at(0.5))
    who = [world.ids["expert"], rooms["会诊室 1"], world.ids["doctor"], world.ids["expert2"]]
    async with world.db.read() as db:
        assert await agendas.not_counted(db, None, at(0.4)) == []
        but = await agendas.not_counted(db, made.activity_id, at(0.5))
        assert set(but) == {made.id, over.id}
        found = await agendas.taken(db, who, Span(at(0), at(9)))
        assert found == {
            who[0]: [(second(at(1)), second(at(2)) + 1), time(3, 4)],
            who[1]: [(second(at(1)), second(at(2)) + 1)],
            who[2]: [time(3, 4)],
        }
        assert await agendas.taken(db, who, Span(at(0), at(9)), but) == {who[0]: [time(3, 4)]}


async def test_a_time_is_found_over_http_on_both(world: World, call: Call) -> None:
    await book(world, ["expert"], 1, 8.5)
    windows = [{"starts_at": at(0).isoformat(), "ends_at": at(8.5).isoformat()}]
    lines = [{"key": "a", "people": [str(world.ids["expert"])]}, {"key": "b", "specialty": "neurology"}]
    asked = {"lines": lines, "minutes": 60, "windows": windows}
    status, found = await call("coordinator", "POST", "/scheduling/find", json=asked)
    assert (status, found["found"]) == (200, [])
    assert {each["change"] for each in found["relaxations"]} >= {"instead", "left_out"}
    assert [clash["kind"] for clash in found["misses"][0]["blocks"][0]["clashes"]] == ["consultation"]


async def test_the_table_of_occupancies_is_not_touched(world: World) -> None:
    """PostgreSQL reads so small a table whole, unless it is told not to."""
    await book(world, ["expert"], 1, 2)
    asked: list[tuple[str, Any]] = []

    def note(_conn: object, _cursor: object, statement: str, parameters: object, *_more: object) -> None:
        if "FROM occupancy" in statement:
            asked.append((statement, parameters))

    async with world.db.read() as db:
        connection = await db.connection()
        event.listen(world.db.readers.sync_engine, "before_cursor_execute", note)
        await agendas.taken(db, [world.ids["expert"], world.ids["doctor"]], Span(at(0), at(9)), [world.ids["doctor"]])
        event.remove(world.db.readers.sync_engine, "before_cursor_execute", note)
        ((statement, given),) = asked
        if not world.db.is_sqlite:
            for way in ("seqscan", "bitmapscan", "sort"):
                await connection.execute(text(f"SET LOCAL enable_{way} = off"))
        how = "EXPLAIN QUERY PLAN" if world.db.is_sqlite else "EXPLAIN"
        plan = "\n".join(str(line[-1]) for line in await connection.exec_driver_sql(f"{how} {statement}", given))
    wanted = "USING COVERING INDEX ix_occupancy_resource_time (resource_id=? AND ends_at>?)"
    assert (wanted if world.db.is_sqlite else "Index Only Scan using ix_occupancy_resource_time") in plan, plan
