"""Whose a study is, and how many images it has, is asked with a moment; who is asked is reminded, and then others."""

from datetime import datetime, timedelta
from typing import Any

from telemed.people.duty import on_duty
from telemed.studies import intake
from telemed.studies.model import StudyLink
from telemed.studies.quiet import QUIET, ask_for_counts
from telemed.work.clock import take_due
from telemed.work.model import Deadline, Notice, WorkItem, WorkKind
from telemed.work.service import finish
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.studies.header import AGREES

ANOTHERS: dict[str, Any] = {"PatientName": "Wang^Gui", "PatientBirthDate": "19500101", "PatientSex": "F"}
TWO_HOURS, DAY = timedelta(hours=2), timedelta(days=1)


async def arrives(world: World, uid: str, at: datetime = NOW, **other: Any) -> StudyLink:
    async with world.db.write() as db:
        await intake.happened(db, "study.received", AGREES | {"study_uid": uid} | other, at, at)
    (link,) = [each for each in await rows(world.db, StudyLink) if each.study_uid == uid]
    return link


async def told(world: World, at: datetime) -> list[str]:
    """Who is told by then and was not told before."""
    before = {each.id for each in await rows(world.db, Notice)}
    assert await take_due(world.db, at, on_duty) == {}
    names = {id: name for name, id in world.ids.items()}
    return sorted(names[each.staff_id] for each in await rows(world.db, Notice) if each.id not in before)


async def running(world: World) -> list[Deadline]:
    return [each for each in await rows(world.db, Deadline) if each.done_at is None]


async def answered(world: World, link: StudyLink) -> None:
    async with world.db.write() as db:
        await finish(db, link.id, [WorkKind.identity], world.actor("radiographer"), NOW)


async def test_whose_studies_are_is_due_in_two_hours_and_told_once_for_all_of_a_hospital(world: World) -> None:
    first = await arrives(world, "1.1", **ANOTHERS)
    second = await arrives(world, "1.2", NOW + timedelta(hours=1), **ANOTHERS)
    assert [each.due_at for each in await rows(world.db, WorkItem)] == [NOW + TWO_HOURS, NOW + timedelta(hours=3)]
    (deadline,) = await running(world)
    assert (deadline.ladder, deadline.hospital_id, deadline.activity, deadline.partner_id) == (
        "identity",
        "wuxi",
        None,
        None,
    )
    assert await told(world, NOW + TWO_HOURS - timedelta(seconds=1)) == []
    assert await told(world, NOW + TWO_HOURS) == ["radiographer"]
    await answered(world, first)
    assert [each.due_at for each in await running(world)] == [NOW + timedelta(hours=3)]
    assert await told(world, NOW + timedelta(hours=3)) == ["radiographer"]
    await answered(world, second)
    assert await running(world) == []


async def test_a_hospital_says_how_long_it_may_take_to_say_whose_studies_are(world: World, call: Call) -> None:
    body = {"rungs": [{"when": "due", "minutes": 30, "to": "asked"}], "hospital_id": "wuxi"}
    assert (await call("wuxi_admin", "PUT", "/admin/ladders/identity", match=0, json=body))[0] == 200
    await arrives(world, "1.1", NOW + timedelta(minutes=1), **ANOTHERS)
    due = NOW + timedelta(minutes=31)
    assert [each.due_at for each in await rows(world.db, WorkItem)] == [due]
    assert [each.due_at for each in await running(world)] == [due]


async def test_one_that_nobody_can_tell_is_asked_again_each_day_and_keeps_no_other_silent(world: World) -> None:
    await arrives(world, "1.1", **ANOTHERS)
    due = NOW + TWO_HOURS
    assert await told(world, due) == ["radiographer"]
    assert await told(world, due + DAY) == ["reviewer"]  # at once after radiologists, as there are none
    for _ in range(2):
        due += DAY
        assert await told(world, due + DAY) == ["radiographer"]
        due += timedelta(hours=1)
        assert await told(world, due + DAY) == ["reviewer"]


async def test_a_study_of_a_hospital_without_radiographers_is_told_to_its_medical_office_and_to_no_other(
    world: World,
) -> None:
    await arrives(world, "1.1", hospital="jiashan", **ANOTHERS)
    assert await told(world, NOW + TWO_HOURS) == ["jiashan_reviewer"]


async def test_how_many_images_it_has_is_due_in_a_day(call: Call, world: World) -> None:
    await call("doctor", "POST", "/patients/admitted", json={"number": "0026118842"})
    link = await arrives(world, "1.3", declared_count=None, complete=False)
    assert link.state == "confirmed"
    quiet = NOW + timedelta(minutes=11)
    async with world.db.write() as db:
        assert await ask_for_counts(db, quiet) == {}
    (deadline,) = await running(world)
    assert (deadline.ladder, deadline.due_at) == ("counts", quiet + DAY)
    assert await told(world, quiet + DAY) == ["radiographer"]


async def test_a_study_that_grows_after_somebody_confirmed_its_number_is_asked_about_again(
    call: Call, world: World
) -> None:
    await call("doctor", "POST", "/patients/admitted", json={"number": "0026118842"})
    uncounted: dict[str, Any] = {"declared_count": None, "complete": False}
    link = await arrives(world, "1.3", instance_count=2, **uncounted)
    later = NOW + timedelta(hours=1)
    for passes, at in ((1, NOW + QUIET), (1, NOW + 2 * QUIET)):  # and once only
        async with world.db.write() as db:
            assert await ask_for_counts(db, at) == {}
        assert len(await rows(world.db, WorkItem)) == passes
    status, counted = await call("radiographer", "POST", f"/studies/{link.id}/declare", match=1, json={"count": 2})
    assert (status, counted["complete"]) == (200, True), counted
    async with world.db.write() as db:
        assert await ask_for_counts(db, later) == {}
        await intake.happened(
            db, "study.grew", AGREES | {"study_uid": "1.3", "instance_count": 3} | uncounted, later, later
        )
    for at, open_items in ((later, 0), (later + QUIET, 1), (later + 2 * QUIET, 1)):
        async with world.db.write() as db:
            assert await ask_for_counts(db, at) == {}
        assert sum(each.done_at is None for each in await rows(world.db, WorkItem)) == open_items


async def test_the_bell_says_it_without_a_patient_and_names_no_activity(call: Call, world: World) -> None:
    await arrives(world, "1.1", **ANOTHERS)
    await told(world, NOW + TWO_HOURS)
    (notice,) = (await call("radiographer", "GET", "/home/notices"))[1]["items"]
    assert (notice["ladder"], notice["activity"], notice["activity_id"]) == ("identity", None, None)
    assert (notice["title"], notice["patient"]) == ("", None)
    assert (await call("coordinator", "GET", "/home/exceptions"))[1]["items"] == []
