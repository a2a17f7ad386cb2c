"""The branch's medical office is told at once and reviews it; if nobody does, the ladder climbs after a day."""

from typing import Any

import pytest

from telemed.break_glass.reviewing import REVIEWED
from telemed.consultations.model import Consultation
from telemed.work.clock import take_due
from telemed.work.duty import on_duty
from telemed.work.model import Notice
from tests.telemed.break_glass.helpers import WHO, body, opened
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.owed import running

FINE = {"verdict": "appropriate", "note": ""}


@pytest.fixture
async def glass(call: Call, case: Consultation) -> Any:
    return await opened(call, case)


async def _told(world: World) -> list[str]:
    people = {id: name for name, id in world.ids.items()}
    found = [each for each in await rows(world.db, Notice) if each.ladder == REVIEWED]
    return [people[each.staff_id] for each in sorted(found, key=lambda each: (each.told_at, each.n))]


async def test_the_office_is_told_at_once_of_each_and_it_waits_on_its_home_page(
    call: Call, world: World, case: Consultation, glass: Any
) -> None:
    assert await _told(world) == ["reviewer"]
    _, home = await call("reviewer", "GET", "/home")
    (item,) = [each for each in home["work"]["items"] if each["kind"] == "review_break_glass"]
    assert (item["about_id"], item["patient"]["name"]) == (glass["id"], "陈远山")
    assert (await call("coordinator", "POST", "/break-glass", json=body(case)))[0] == 201
    assert await _told(world) == ["reviewer", "reviewer"], "though one waits already"
    assert (await call("coordinator", "GET", "/home"))[1]["work"]["waiting"] == {}


async def test_after_a_day_it_climbs_until_somebody_has_reviewed_it(
    call: Call, world: World, glass: Any, clock: FakeClock
) -> None:
    clock.move(hours=23)
    assert not await take_due(world.db, clock.now, on_duty)
    assert await _told(world) == ["reviewer"]
    clock.move(hours=1, minutes=6)
    assert not await take_due(world.db, clock.now, on_duty)
    assert "duty" in await _told(world)
    (item,) = [each for each in (await call("duty", "GET", "/home/work"))[1]["items"] if "glass" in each["kind"]]
    status, found = await call("duty", "POST", f"/break-glass/reviews/{item['about_id']}", match=1, json=FINE)
    assert (status, found["verdict"], found["reviewed_by"]) == (200, "appropriate", "duty")
    assert await running(world, REVIEWED) == []
    for who in ("duty", "reviewer"):
        assert "review_break_glass" not in (await call(who, "GET", "/home"))[1]["work"]["waiting"]


async def test_it_is_reviewed_with_what_was_read_once_and_its_person_reads_the_verdict(
    call: Call, world: World, case: Consultation, glass: Any
) -> None:
    await call(WHO, "GET", f"/consultations/{case.id}")
    path = f"/break-glass/reviews/{glass['id']}"
    _, found = await call("reviewer", "GET", path)
    assert (found["by"]["name"], found["patient_name"], found["words"]) == (WHO, "陈远山", glass["words"])
    assert [(each["what"], each["outcome"]) for each in found["reads"]] == [("patient", "ok"), ("case", "ok")]
    bad = {"verdict": "inappropriate", "note": " "}
    assert (await call("reviewer", "POST", path, match=1, json=bad))[1]["reason"] == "say_why"
    bad["note"] = "当时并非紧急"
    assert (await call("reviewer", "POST", path, match=1, json=bad))[0] == 200
    assert (await call("duty", "POST", path, match=1, json=FINE))[1]["reason"] == "already_reviewed"
    _, mine = await call(WHO, "GET", f"/break-glass/{glass['id']}")
    assert (mine["verdict"], mine["note"]) == ("inappropriate", "当时并非紧急")
    (listed,) = (await call("reviewer", "GET", "/break-glass/reviews"))[1]["items"]
    assert (listed["verdict"], listed["reads"]) == ("inappropriate", [])


async def test_another_hospitals_office_and_other_people_do_not_know_of_it(call: Call, glass: Any) -> None:
    path = f"/break-glass/reviews/{glass['id']}"
    assert (await call("jiashan_reviewer", "GET", path))[0] == 404
    assert (await call("jiashan_reviewer", "POST", path, match=1, json=FINE))[0] == 404
    assert (await call("jiashan_reviewer", "GET", "/break-glass/reviews"))[1]["items"] == []
    for who in ("doctor", "chief", WHO, "wuxi_admin"):
        assert (await call(who, "GET", path))[0] == 403
