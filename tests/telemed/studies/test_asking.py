"""Whose a study is, and how many images it has, is asked with a moment; who is asked is reminded, and then others."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from telemed.access.model import Account, Role
from telemed.kit.events import Outbox
from telemed.people import patients
from telemed.people.duty import on_duty
from telemed.people.model import Allergy, IdentifierKind, Patient, Sex
from telemed.studies import intake
from telemed.studies.judging import ask_who_is_there
from telemed.studies.model import StudyLink, StudyView
from telemed.studies.quiet import QUIET, ask_for_counts
from telemed.studies.rules import asked_at
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


async def test_a_hidden_study_of_a_hospital_without_imaging_staff_is_judged_by_its_medical_office(
    world: World, call: Call
) -> None:
    async with world.db.write() as db:
        patient = Patient(
            hospital_id="jiashan", name="陈远山", sex=Sex.male, birth_date=date(1968, 4, 12), allergy=Allergy.none
        )
        db.add(patient)
        await db.flush()
        patients.add_identifier(db, patient, IdentifierKind.admission, "0026118842")
    link = await arrives(world, "1.1", hospital="jiashan", **ANOTHERS)
    (view,) = await rows(world.db, StudyView)
    assert view.hidden
    assert (await call("jiashan_reviewer", "GET", "/home"))[1]["work"]["waiting"] == {"identity": 1}
    assert [each["id"] for each in (await call("jiashan_reviewer", "GET", "/studies"))[1]["items"]] == [str(link.id)]
    for who, expected in ((None, 401), ("jiashan_doctor", 404), ("reviewer", 404), ("jiashan_reviewer", 200)):
        assert (await call(who, "GET", f"/studies/{link.id}"))[0] == expected
    said = {"reason": "系另一患者的影像"}
    for who, expected in ((None, 401), ("jiashan_doctor", 404), ("reviewer", 404), ("jiashan_reviewer", 200)):
        status, found = await call(who, "POST", f"/studies/{link.id}/reject", match=1, json=said)
        assert status == expected, found
    assert await running(world) == []


async def test_where_imaging_has_somebody_the_medical_office_sees_no_hidden_study(world: World, call: Call) -> None:
    assert (await call("doctor", "POST", "/patients/admitted", json={"number": "0026118842"}))[0] == 200
    link = await arrives(world, "1.1", **ANOTHERS)
    assert (await call("reviewer", "GET", f"/studies/{link.id}"))[0] == 404
    assert (await call("reviewer", "GET", "/studies"))[1]["items"] == []
    assert "identity" not in (await call("reviewer", "GET", "/home"))[1]["work"]["waiting"]


async def test_what_is_asked_follows_who_is_there(world: World, call: Call) -> None:
    """Also what was asked before of a role that nobody has."""

    async def opens(who: str, on: bool, pass_at: datetime) -> str | None:
        async with world.db.write() as db:
            account = await db.get_one(Account, world.ids[who])
            account.disabled_at = None if on else NOW
            await db.flush()
            assert await ask_who_is_there(db, pass_at) == {}
        (item,) = await rows(world.db, WorkItem)
        return item.role

    await arrives(world, "1.1", **ANOTHERS)
    assert await opens("radiographer", False, NOW) == "reviewer"
    assert await told(world, NOW + TWO_HOURS) == ["reviewer"]
    assert await opens("reviewer", False, NOW) == "requesting_doctor"
    assert await opens("reviewer", True, NOW) == "reviewer"
    assert await opens("radiographer", True, NOW) == "radiographer"
    moved = [each for each in await rows(world.db, Outbox) if each.type == "work.changed"]
    assert len(moved) == 1 + 2 * 4, "each home is told that something has gone or come"


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


@pytest.mark.parametrize(
    ("held", "role"),
    [
        ({"radiographer", "radiologist", "reviewer"}, Role.radiographer),
        ({"radiologist", "reviewer"}, Role.radiologist),
        ({"reviewer", "requesting_doctor"}, Role.reviewer),
        ({"requesting_doctor"}, Role.requesting_doctor),
        (set[str](), Role.radiographer),
    ],
)
def test_asked_is_a_role_that_somebody_has(held: set[str], role: Role) -> None:
    assert asked_at(held) is role
