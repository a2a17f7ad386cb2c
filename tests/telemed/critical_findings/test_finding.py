"""A critical finding from raised to closed: told along its ladder, read back, acted on; and who sees nothing of it."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.access.model import Account, CaseGrant, Role
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.critical_findings.model import CriticalFinding
from telemed.history.model import EventRow
from telemed.people.model import Patient
from telemed.reading.model import Reading, Report
from telemed.studies.model import LinkState, StudyLink
from telemed.work.model import Deadline, WorkItem
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.critical_findings.helpers import act, acted, climb, raised, shown, told
from tests.telemed.reading import helpers as desk
from tests.telemed.reading.helpers import person
from tests.telemed.requests.helpers import draft as begun


async def waiting(world: World) -> dict[str, UUID | str | None]:
    """By kind of whom open work about findings is asked."""
    open_ = [
        each for each in await rows(world.db, WorkItem) if each.activity == "critical_finding" and not each.done_at
    ]
    return {each.kind: each.staff_id or each.role for each in open_}


async def running(world: World) -> list[str]:
    return sorted(
        each.ladder
        for each in await rows(world.db, Deadline)
        if each.activity == "critical_finding" and not each.done_at
    )


async def test_it_is_raised_told_read_back_acted_on_and_closed(
    call: Call, world: World, reading: Any, clock: FakeClock
) -> None:
    out = await raised(call, reading)
    assert (out["state"], out["value"], out["unit"]) == ("notifying", {"zh": "30", "en": "30"}, "mL")
    assert out["found_by"]["name"] == "reader"
    assert await told(world) == ["doctor"], "who requested the reading"
    assert await waiting(world) == {"read_back": world.ids["doctor"]}
    await climb(world, clock)
    await climb(world, clock)
    assert await told(world) == ["doctor", "duty", "chief"]
    status, out = await act(call, "chief", out, "read-back", value="30.0")
    assert (status, out["state"], out["told"][0]["correct"], out["told"][0]["number"]) == (
        200,
        "read_back",
        True,
        "chief",
    )
    assert await running(world) == ["critical_action"]
    assert await waiting(world) == {"act_on_finding": world.ids["chief"]}
    await climb(world, clock, 5)
    assert await told(world) == ["doctor", "duty", "chief"], "nobody is told of the value any more"
    out = await acted(call, clock, out, "chief")
    assert (out["state"], out["doctor"], out["action"]) == ("acted", "陈医师", "已请神经外科")
    assert await waiting(world) == {"close_finding": world.ids["chief"]}
    status, out = await act(call, "nurse", out, "close")
    assert (status, out["state"], out["actions"]) == (200, "closed", [])
    assert (await waiting(world), await running(world)) == ({}, [])
    names = [each.type for each in await rows(world.db, EventRow) if each.type.startswith("critical_finding.")]
    assert names == [f"critical_finding.{each}" for each in ("raised", "notified", "repeated", "acted", "closed")]


async def test_the_ladder_goes_round_from_the_duty_doctor_until_somebody_reads_it_back(
    call: Call, world: World, reading: Any, clock: FakeClock
) -> None:
    await raised(call, reading)
    for _ in range(5):
        await climb(world, clock)
    assert await told(world) == ["doctor", "duty", "chief", "reviewer", "duty"]
    await climb(world, clock)
    assert (await told(world))[-1] == "chief", (
        "the second round; the duty officer here is the duty doctor, told just now"
    )


async def test_out_of_hours_the_duty_officer_is_told_with_the_medical_office(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    clock.move(hours=13)  # ten in the evening
    await person(world, "officer", "wuxi", Role.duty_officer)
    await raised(call, await desk.claimed(call, study))
    for _ in range(3):
        await climb(world, clock)
    found = await told(world)
    assert found[:3] == ["doctor", "duty", "chief"]
    assert sorted(found[3:]) == ["duty", "officer", "reviewer"]


async def test_who_is_away_costs_no_time(call: Call, world: World, reading: Any, clock: FakeClock) -> None:
    """The accounts of who requested it and of the duty doctor are closed: the senior doctor is told at once."""
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["doctor"])).disabled_at = clock()
        (await db.get_one(Account, world.ids["duty"])).disabled_at = clock()
    await raised(call, reading)
    assert await told(world) == ["chief"]


async def test_a_radiographers_request_is_read_back_by_who_is_on_duty(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    out = await desk.requested(call, study, "radiographer")
    await raised(call, out)
    assert await waiting(world) == {"read_back": "duty_doctor"}
    assert await told(world) == ["duty"]


async def test_ward_imaging_and_an_open_consultation_are_told_together(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    draft = await begun(call)
    async with world.db.write() as db:
        consultation = await db.get_one(Consultation, UUID(draft["id"]))
        link = await db.get_one(StudyLink, study)
        consultation.patient_id, consultation.state = link.patient_id, State.in_progress
        consultation.lead_id = world.ids["expert"]
    out = await raised(call, await desk.claimed(call, study))
    assert set(await told(world, "critical_raised")) == {"nurse", "radiographer", "expert"}
    assert (await shown(call, out["id"], "expert"))["finding"]["zh"] == "急性颅内出血"
    assert (await call("expert2", "GET", f"/critical-findings/{out['id']}"))[0] == 404
    grants = [each for each in await rows(world.db, CaseGrant) if each.activity == "critical_finding"]
    assert {each.grantee for each in grants} == {str(world.ids[who]) for who in ("expert", "reader")}, "and its finder"


async def test_wrong_twice_is_for_the_telephone(call: Call, world: World, reading: Any, clock: FakeClock) -> None:
    out = await raised(call, reading)
    assert (await act(call, "nurse", out, "read-back", value="收到"))[0] == 422, "OK is no read-back"
    status, out = await act(call, "nurse", out, "read-back", value="3")
    assert (status, out["state"], out["wrong"], out["must_telephone"]) == (200, "notifying", 1, False)
    status, out = await act(call, "nurse", out, "read-back", value="300")
    assert (out["wrong"], out["must_telephone"], out["actions"]) == (2, True, [])
    status, problem = await act(call, "nurse", out, "read-back", value="30")
    assert (status, problem["reason"]) == (409, "telephone_needed")
    assert (await waiting(world))["telephone_finding"] == world.ids["reader"]
    assert await told(world, "critical_call") == ["reader"]
    called = {"name": "周护士", "number": "N12", "phone": "0510-1"}
    status, out = await act(call, "reader", out, "tell", **called, heard="20")
    assert (status, out["state"], out["told"][-1]["correct"]) == (200, "notifying", False)
    status, out = await act(call, "reader2", out, "tell", **called, heard="30")
    assert (status, out["state"], out["read_back_at"]) == (200, "read_back", clock().isoformat().replace("+00:00", "Z"))
    assert [(each["how"], each["heard"], each["correct"]) for each in out["told"]] == [
        ("page", "3", False),
        ("page", "300", False),
        ("telephone", "20", False),
        ("telephone", "30", True),
    ]
    assert await waiting(world) == {"act_on_finding": world.ids["doctor"]}
    assert await running(world) == ["critical_action"]


async def test_a_double_click_raises_and_reads_back_once(call: Call, world: World, reading: Any) -> None:
    out = await raised(call, reading)
    path = f"/readings/{reading['id']}/critical-findings"
    status, problem = await call("reader", "POST", path, json={"code": "intracranial_bleeding", "value": "31"})
    assert (status, problem["reason"]) == (409, "already_raised")
    assert (await act(call, "nurse", out, "read-back", value="3"))[0] == 200
    assert (await act(call, "nurse", out, "read-back", value="3"))[0] == 412
    assert (await shown(call, out["id"]))["wrong"] == 1
    await raised(call, reading, code="midline_shift", value="12")
    assert len(await rows(world.db, CriticalFinding)) == 2


async def test_another_hospital_sees_nothing_of_it(call: Call, reading: Any) -> None:
    out = await raised(call, reading)
    for who in ("jiashan_doctor", "expert", "coordinator"):
        assert (await call(who, "GET", f"/critical-findings/{out['id']}"))[0] == 404, who
        for show in ("mine", "register"):
            assert (await call(who, "GET", f"/critical-findings?show={show}"))[1]["items"] == []
        by = f"/critical-findings?show=reading&reading={reading['id']}"
        assert (await call(who, "GET", by))[1]["items"] == []
    assert (await act(call, "jiashan_doctor", out, "read-back", value="30"))[0] == 404
    assert (await act(call, None, out, "read-back", value="30"))[0] == 401
    assert (await act(call, "expert", out, "read-back", value="30"))[0] == 403
    assert (await act(call, "reader", out, "read-back", value="30"))[0] == 403


async def test_the_branch_and_other_hubs_do_not_raise(call: Call, world: World, reading: Any) -> None:
    await person(world, "own_reader", "wuxi", Role.radiologist)
    await person(world, "strange_reader", "jiashan", Role.radiologist)
    path, body = f"/readings/{reading['id']}/critical-findings", {"code": "intracranial_bleeding", "value": "30"}
    assert (await call("doctor", "POST", path, json=body))[0] == 403
    assert (await call("own_reader", "POST", path, json=body))[0] == 403
    assert (await call("strange_reader", "POST", path, json=body))[0] == 404


@pytest.mark.parametrize("state", ["requested", "returned", "issued"])
async def test_it_stands_whatever_becomes_of_the_reading(call: Call, world: World, study: UUID, state: str) -> None:
    out = await desk.requested(call, study)
    if state == "issued":
        out = await desk.issued(call, out)
    elif state == "returned":
        out = (await call("reader", "POST", f"/readings/{out['id']}/claim", json={}))[1]
        out = (await desk.act(call, "reader", out, "return", code="incomplete"))[1]
    found = await raised(call, out)
    assert (await act(call, "nurse", found, "read-back", value="30"))[0] == 200


async def test_a_study_that_is_not_this_patients_any_more_raises_nothing(
    call: Call, world: World, study: UUID, reading: Any
) -> None:
    found = await raised(call, reading)
    async with world.db.write() as db:
        (await db.get_one(StudyLink, study)).state = LinkState.rejected
    path = f"/readings/{reading['id']}/critical-findings"
    status, problem = await call("reader", "POST", path, json={"code": "midline_shift", "value": "3"})
    assert (status, problem["reason"]) == (409, "study_recalled")
    assert (await shown(call, found["id"]))["recalled"]


async def test_it_concerns_who_was_told_until_it_is_closed(
    call: Call, world: World, reading: Any, clock: FakeClock
) -> None:
    async def mine(who: str) -> int:
        return len((await call(who, "GET", "/critical-findings"))[1]["items"])

    out = await raised(call, reading)
    whom = ("reader", "doctor", "nurse", "radiographer", "duty", "doctor2")
    assert [await mine(who) for who in whom] == [1, 1, 1, 1, 0, 0]
    await climb(world, clock)
    assert await mine("duty") == 1
    out = (await act(call, "duty", out, "read-back", value="30"))[1]
    out = await acted(call, clock, out)
    assert [await mine(who) for who in whom] == [1, 1, 1, 1, 1, 0]
    await act(call, "doctor", out, "close")
    assert [await mine(who) for who in whom] == [0] * 6


async def test_times_that_do_not_follow_each_other_are_refused(call: Call, reading: Any, clock: FakeClock) -> None:
    out = await raised(call, reading)
    out = (await act(call, "nurse", out, "read-back", value="30"))[1]
    clock.move(minutes=2)
    early, now, late = "2026-03-01T00:00:00Z", clock().isoformat(), "2026-03-05T00:00:00Z"
    for informed, done in ((early, now), (now, late)):
        wrong = {"doctor": "陈", "informed_at": informed, "action": "手术", "acted_at": done}
        status, problem = await act(call, "nurse", out, "act", **wrong)
        assert (status, problem["reason"]) == (422, "finding_times")


async def test_the_register_of_a_day_and_ward_is_listed_and_printed(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    async with world.db.write() as db:
        for row in (await db.exec(select(StudyLink))).all():
            patient = await db.get_one(Patient, row.patient_id)
            patient.ward, patient.bed = "神经外科一病区", "12"
    out = await raised(call, await desk.claimed(call, study))
    await act(call, "nurse", out, "read-back", value="30")
    found = (await call("duty", "GET", "/critical-findings?show=register"))[1]
    assert (found["day"], found["wards"]) == ("2026-03-02", ["神经外科一病区"])
    assert [(each["ward"], each["bed"], each["patient_number"]) for each in found["items"]] == [
        ("神经外科一病区", "12", "W498.7")
    ]
    assert (await call("duty", "GET", "/critical-findings?show=register&ward=x"))[1]["items"] == []
    assert (await call("duty", "GET", "/critical-findings?show=register&day=2026-03-01"))[1]["items"] == []
    assert (await call("duty", "GET", "/critical-findings?show=register&day=0001-01-01"))[0] == 422
    hub = (await call("reader", "GET", "/critical-findings?show=register"))[1]
    assert len(hub["items"]) == 1
    status, pdf = await call("duty", "GET", "/critical-findings/register?day=2026-03-02")
    assert status == 200
    assert pdf.startswith(b"%PDF")


async def test_the_report_is_issued_with_its_critical_findings(call: Call, world: World, reading: Any) -> None:
    await raised(call, reading)
    await raised(call, reading, code="midline_shift", value="12")
    out = await desk.issued(call, reading)
    (row,) = await rows(world.db, Reading)
    assert row.critical_words == "急性颅内出血，血肿量 30 mL；脑疝或中线明显移位，中线移位 12 mm"
    (report,) = await rows(world.db, Report)
    assert row.critical_words in (report.canonical or "")
    assert (await call("doctor", "GET", f"/reports/{out['report']['id']}/record"))[0] == 200


async def test_what_is_offered_is_of_the_modality(call: Call) -> None:
    found = (await call("reader", "GET", "/critical-findings/catalogue?modality=MR"))[1]
    assert {"cord_compression"} <= {each["code"] for each in found["items"]}
    assert len(found["sides"]) == 4
    assert (await call("doctor", "GET", "/critical-findings/catalogue?modality=MR"))[0] == 403
