"""Marks that two pages of one person save at the same moment, or two persons under one id."""

import asyncio
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import pytest

from telemed.marks.model import MarkKind, StudyMark
from tests.contracts.waiting import until_blocked
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.reading import helpers

PATH: Final = f"/marks/wuxi/{helpers.STUDY}"
MARK: Final[dict[str, Any]] = {
    "id": "0" * 31 + "1",
    "instance": "1.2.3.4",
    "frame": 1,
    "kind": "length",
    "points": [[1, 2], [3, 4]],
    "text": "",
}
OTHER: Final = MARK | {"id": "0" * 31 + "2"}


@pytest.fixture(autouse=True)
async def study(world: World) -> UUID:
    await helpers.desk(world)
    return await helpers.study(world)


def row(world: World, who: str) -> StudyMark:
    return StudyMark(
        id=UUID(MARK["id"]),
        hospital_id="wuxi",
        study_uid=helpers.STUDY,
        instance_uid="1.2.3.4",
        frame=1,
        kind=MarkKind.length,
        points=[[1, 2], [3, 4]],
        author_id=world.ids[who],
        saved_at=NOW - timedelta(seconds=1),
    )


async def saved_meanwhile(call: Call, world: World, who: str, **mark: Any) -> tuple[int, Any]:
    """The doctor saves their first marks while somebody else's page has saved one of that id, and not yet committed."""
    async with world.db.write() as db:
        db.add(row(world, who))
        await db.flush()
        body = {"put": [OTHER, MARK | mark], "deleted": []}
        saving = asyncio.ensure_future(call("doctor", "POST", PATH, json=body))
        await until_blocked(world.db, saving)
    return await saving


async def test_two_pages_save_the_same_new_mark_at_once_and_it_is_there_once(call: Call, world: World) -> None:
    status, out = await saved_meanwhile(call, world, "doctor")
    assert (status, sorted(each["id"] for each in out["items"])) == (200, [MARK["id"], OTHER["id"]])


async def test_of_two_forms_of_one_new_mark_the_later_one_stays(call: Call, world: World) -> None:
    status, _ = await saved_meanwhile(call, world, "doctor", text="later")
    assert status == 200
    assert {each.text for each in await rows(world.db, StudyMark) if each.id == UUID(MARK["id"])} == {"later"}


async def test_a_mark_that_another_person_saves_first_is_theirs(call: Call, world: World) -> None:
    status, out = await saved_meanwhile(call, world, "doctor2")
    assert (status, out["reason"]) == (409, "mark_of_another")
    (kept,) = await rows(world.db, StudyMark)
    assert kept.author_id == world.ids["doctor2"]


async def test_many_pages_save_at_once_and_none_fails(call: Call, world: World) -> None:
    marks = [MARK | {"id": f"{n:032x}"} for n in range(1, 6)]
    orders = [marks, marks[::-1], marks[2:], marks[:3]]
    answers = await asyncio.gather(
        *(call("doctor", "POST", PATH, json={"put": each, "deleted": []}) for each in orders)
    )
    assert [status for status, _ in answers] == [200] * len(orders)
    assert len(await rows(world.db, StudyMark)) == len(marks)
