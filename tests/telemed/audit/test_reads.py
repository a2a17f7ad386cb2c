"""One row per window, one commit for many readers, and nothing shown that could not be noted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.audit.model import AuditEvent, Purpose
from telemed.audit.reads import WINDOW, Reads, Unaudited
from telemed.audit.seeing import Seen, merged
from telemed.db import Database
from telemed.errors import NoSpace
from telemed.kit.table import new_id
from tests.telemed.conftest import NOW, Call, World, rows

SEEN = Seen("wuxi", new_id(), new_id())


async def _kept(db: Database) -> list[AuditEvent]:
    return [each for each in await rows(db, AuditEvent) if each.action == "read"]


async def test_a_second_look_within_five_minutes_costs_nothing(world: World) -> None:
    reads, who = Reads(world.db), world.actor("doctor")
    for seconds in (0, 10, 299):
        await reads.keep(who, Purpose.case, [SEEN], NOW + timedelta(seconds=seconds))
    assert len(await _kept(world.db)) == 1
    await reads.keep(who, Purpose.opinion, [SEEN], NOW)
    await reads.keep(world.actor("expert"), Purpose.case, [SEEN], NOW)
    await reads.keep(who, Purpose.case, [SEEN], NOW + WINDOW)
    found = await _kept(world.db)
    assert len(found) == 4, "another purpose, another person, another window"
    assert {(each.owner_id, each.patient_id, each.case_id, each.outcome) for each in found} == {(*SEEN[:3], "ok")}


async def test_first_looks_of_many_share_a_commit_and_are_on_disk_when_they_return(world: World) -> None:
    written, reads, who = list[int](), Reads(world.db), world.actor("doctor")
    opened = world.db.write

    @asynccontextmanager
    async def counted() -> AsyncIterator[AsyncSession]:
        async with opened() as session:
            written.append(1)
            yield session

    world.db.write = counted  # type: ignore[method-assign]

    async def look() -> None:
        mine = Seen("wuxi", new_id())
        await reads.keep(who, Purpose.patient, [mine, SEEN], NOW)
        there = {each.patient_id for each in await _kept(world.db)}
        assert {mine.patient_id, SEEN.patient_id} <= there

    await asyncio.gather(*(look() for _ in range(40)))
    found = await _kept(world.db)
    assert len(found) == 41, "what all of them looked at has one row"
    assert len(written) <= 3


async def test_whoever_is_cancelled_while_it_writes_takes_no_row_along(world: World) -> None:
    reads, who, writing = Reads(world.db), world.actor("doctor"), asyncio.Event()
    opened = world.db.write

    @asynccontextmanager
    async def slow() -> AsyncIterator[AsyncSession]:
        writing.set()
        await asyncio.Event().wait()
        async with opened() as session:
            yield session

    world.db.write = slow  # type: ignore[method-assign]
    first = asyncio.create_task(reads.keep(who, Purpose.case, [SEEN], NOW))
    await writing.wait()
    others = [asyncio.create_task(reads.keep(who, Purpose.case, [SEEN], NOW)) for _ in range(3)]
    world.db.write = opened  # type: ignore[method-assign]
    first.cancel()
    await asyncio.gather(*others)
    assert len(await _kept(world.db)) == 1


async def test_what_cannot_be_noted_is_not_shown(call: Call, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    new = {"number": "77", "name": "吴松年", "sex": "male", "birth_date": "1962-01-02", "allergy": "none"}
    status, made = await call("doctor", "POST", "/patients", json=new)
    assert status == 201, made
    path = f"/patients/{made['id']}"

    @asynccontextmanager
    async def full() -> AsyncIterator[AsyncSession]:
        raise NoSpace
        yield

    monkeypatch.setattr(world.db, "write", full)
    status, problem = await call("doctor2", "GET", path)
    assert (status, problem["code"], problem["reason"]) == (503, "unaudited", "unaudited")
    assert "吴松年" not in str(problem)
    assert (await call("doctor", "GET", path))[0] == 200, "whose row of this window is there"
    monkeypatch.undo()
    assert (await call("doctor2", "GET", path))[0] == 200


async def test_reading_a_patient_and_their_case_is_one_row(world: World) -> None:
    assert merged({Seen("wuxi", SEEN.patient_id), SEEN, Seen("wuxi", None)}) == {SEEN}


async def test_a_failure_is_told_to_all_who_wait(world: World) -> None:
    reads, who = Reads(world.db), world.actor("doctor")

    @asynccontextmanager
    async def full() -> AsyncIterator[AsyncSession]:
        raise NoSpace
        yield

    world.db.write = full  # type: ignore[method-assign]
    found: list[Any] = await asyncio.gather(
        *(reads.keep(who, Purpose.case, [Seen("wuxi", new_id())], NOW) for _ in range(5)), return_exceptions=True
    )
    assert [type(each) for each in found] == [Unaudited] * 5
