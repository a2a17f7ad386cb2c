"""Each kind of consent: when it counts, who approves, what a withdrawal ends."""

from typing import Any

import pytest
from sqlmodel import select

from telemed.access.model import CaseGrant
from telemed.cases import service as cases
from telemed.cases.model import Consent
from telemed.history.model import EventRow
from telemed.kit.events import Outbox
from telemed.work.model import WORK_DUE, Deadline, WorkItem
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.requests.helpers import (
    CONTENT,
    answer_checklist,
    change,
    consent,
    draft,
    get,
    patient,
    submit,
    upload,
)


async def _without_consent(call: Call) -> dict[str, Any]:
    row = await change(call, await draft(call, patient_id=(await patient(call))["id"]), content=CONTENT)
    await answer_checklist(call, row["id"])
    return await get(call, row["id"])


async def _missing(call: Call, row: dict[str, Any]) -> list[str]:
    missing: list[str] = (await get(call, row["id"]))["missing"]
    return missing


async def test_the_patients_consent_counts_once_its_paper_is_filed(call: Call, world: World) -> None:
    row = await _without_consent(call)
    made = await consent(call, row["id"])
    assert (made["state"], made["number"].startswith("TY-20260302-")) == ("paper", True)
    assert await _missing(call, row) == ["consent"]
    path = f"/consents/{made['id']}/paper"
    status, filed = await call("doctor", "POST", path, json={"file_id": await upload(call, "consent")})
    assert (status, filed["state"]) == (200, "in_force")
    assert await _missing(call, row) == []
    (kept,) = await rows(world.db, Consent)
    assert kept.file_sha256 is not None
    status, _ = await call("doctor", "PUT", f"/consents/{made['id']}", match=filed["version"], json={"kind": "patient"})
    assert status == 409  # what was signed stands


@pytest.mark.parametrize("scopes", [["consult"], ["imaging"], ["consult", "recording"]])
async def test_a_consent_without_both_needed_scopes_does_not_count(call: Call, scopes: list[str]) -> None:
    row = await _without_consent(call)
    made = await consent(call, row["id"], scopes=scopes, file_id=await upload(call, "consent"))
    assert made["state"] == "incomplete"
    assert await _missing(call, row) == ["consent"]


async def test_a_relatives_consent_says_who_and_why(call: Call) -> None:
    row = await _without_consent(call)
    made = await consent(call, row["id"], kind="relative", file_id=await upload(call, "consent"))
    assert (made["state"], made["lacking"]) == ("incomplete", ["given_by", "relation", "reason"])
    told = {"given_by": "陈小山", "relation": "父子", "reason": "患者意识不清"}
    made = await consent(call, row["id"], kind="relative", file_id=await upload(call, "consent"), **told)
    assert made["state"] == "in_force"
    assert await _missing(call, row) == []


@pytest.mark.parametrize("witnesses", [[], ["方寒露"], ["方寒露", "方寒露"], ["方寒露", " "]])
async def test_by_telephone_two_people_witness(call: Call, witnesses: list[str]) -> None:
    row = await _without_consent(call)
    told = {"given_by": "陈小山", "relation": "父子", "witnesses": witnesses}
    assert (await consent(call, row["id"], kind="telephone", **told))["lacking"] == ["witnesses"]


async def test_the_paper_of_a_telephone_consent_follows_and_is_asked_for(call: Call, world: World) -> None:
    row = await _without_consent(call)
    told = {"given_by": "陈小山", "relation": "父子", "witnesses": ["方寒露", "秦霜降"]}
    made = await consent(call, row["id"], kind="telephone", **told)
    assert (made["state"], made["paper_due"]) == ("in_force", True)
    assert (await submit(call, await get(call, row["id"])))[0] == 200
    (item,) = [each for each in await rows(world.db, WorkItem) if each.kind == "consent"]
    assert item.staff_id == world.ids["doctor"]
    path = f"/consents/{made['id']}/paper"
    _, filed = await call("doctor", "POST", path, json={"file_id": await upload(call, "consent")})
    assert filed["paper_due"] is False
    (item,) = [each for each in await rows(world.db, WorkItem) if each.kind == "consent"]
    assert item.outcome == "done"


async def test_an_emergency_is_submitted_at_once_and_in_force_by_the_duty_officers_tap(
    call: Call, world: World
) -> None:
    row = await _without_consent(call)
    told = {"reason": "生命垂危", "attempts": "10:02、10:05 两次致电其子，无人接听"}
    made = await consent(call, row["id"], kind="emergency", **told)
    assert made["state"] == "approval"
    assert (await submit(call, await get(call, row["id"])))[0] == 200
    async with world.db.read() as db:
        assert not await cases.consented(db, (await rows(world.db, Consent))[0].activity_id)
    path = f"/consents/{made['id']}/approve"
    for who, expected in ((None, 401), ("doctor", 403), ("chief", 403), ("jiashan_reviewer", 404)):
        assert (await call(who, "POST", path))[0] == expected
    status, approved = await call("duty", "POST", path)
    assert (status, approved["state"], approved["approved_by_name"]) == (200, "in_force", "duty")
    assert (await call("duty", "POST", path))[0] == 409
    asked = {each.kind: each.done_at for each in await rows(world.db, WorkItem)}
    assert asked["approve_consent"] is not None
    assert asked["consent"] is None
    async with world.db.read() as db:
        assert await cases.consented(db, (await rows(world.db, Consent))[0].activity_id)


async def test_an_emergency_whose_paper_is_filed_still_waits_for_the_tap(call: Call, world: World) -> None:
    row = await _without_consent(call)
    filed = {
        "kind": "emergency",
        "reason": "生命垂危",
        "attempts": "两次致电其子",
        "file_id": await upload(call, "consent"),
    }
    made = await consent(call, row["id"], **filed)
    assert (made["state"], made["paper_due"]) == ("approval", False)
    assert (await submit(call, await get(call, row["id"])))[0] == 200
    (asked,) = [each for each in await rows(world.db, WorkItem) if each.kind in ("consent", "approve_consent")]
    assert (asked.kind, asked.role, asked.done_at) == ("approve_consent", "duty_officer", None)
    (climbs,) = [each for each in await rows(world.db, Deadline) if each.kind == WORK_DUE]
    assert (climbs.due_at, climbs.done_at) == (asked.due_at, None)


async def test_what_a_signed_one_lacks_is_added_and_what_it_says_stays(call: Call) -> None:
    row = await _without_consent(call)
    said = {"kind": "emergency", "reason": "昏迷"}
    made = await consent(call, row["id"], **said, file_id=await upload(call, "consent"))
    assert (made["state"], made["lacking"]) == ("incomplete", ["attempts"])
    path, whole = f"/consents/{made['id']}", said | {"attempts": "三次拨打登记电话无人接听"}
    status, problem = await call("doctor", "PUT", path, match=made["version"], json=whole | {"reason": "家属失联"})
    assert (status, problem["reason"]) == (409, "consent_signed")
    status, done = await call("doctor", "PUT", path, match=made["version"], json=whole)
    assert (status, done["state"], done["lacking"], done["file_id"]) == (200, "approval", [], made["file_id"])
    status, problem = await call("doctor", "PUT", path, match=done["version"], json=whole | {"relation": "子"})
    assert (status, problem["reason"]) == (409, "consent_signed")


async def test_what_an_approved_emergency_lacks_is_added_and_what_it_says_stays(call: Call) -> None:
    row = await _without_consent(call)
    said = {"kind": "emergency", "reason": "昏迷"}
    made = await consent(call, row["id"], **said)
    path = f"/consents/{made['id']}"
    _, approved = await call("duty", "POST", f"{path}/approve")
    assert (approved["state"], approved["lacking"]) == ("in_force", ["attempts"])
    for other in ({"reason": "家属失联"}, {"kind": "telephone"}, {"scopes": ["consult"]}):
        status, problem = await call("doctor", "PUT", path, match=approved["version"], json=said | other)
        assert (status, problem["reason"]) == (409, "consent_signed")
    whole = said | {"attempts": "三次拨打登记电话无人接听"}
    status, done = await call("doctor", "PUT", path, match=approved["version"], json=whole)
    assert (status, done["state"], done["lacking"], done["approved_at"]) == (
        200,
        "in_force",
        [],
        approved["approved_at"],
    )


async def test_a_withdrawn_consent_ends_what_it_opened(call: Call, world: World) -> None:
    row = await _without_consent(call)
    made = await consent(call, row["id"], file_id=await upload(call, "consent"))
    _, done = await submit(call, await get(call, row["id"]))
    for who in ("chief", "reviewer"):
        step = "endorse" if who == "chief" else "approve"
        status, done = await call(who, "POST", f"/consultations/{row['id']}/{step}", match=done["version"])
        assert status == 200, done
    assert (await call("coordinator", "GET", f"/consents/{made['id']}"))[0] == 200
    path = f"/consents/{made['id']}/withdraw"
    assert (await call("doctor", "POST", path, json={"reason": " "}))[0] == 422
    assert (await call("coordinator", "POST", path, json={"reason": "x"}))[0] == 403
    status, gone = await call("reviewer", "POST", path, json={"reason": "患者撤回"})
    assert (status, gone["state"], gone["withdrawn_reason"]) == (200, "withdrawn", "患者撤回")
    assert (await call("coordinator", "GET", f"/consents/{made['id']}"))[0] == 404
    assert all(each.ended_at for each in await rows(world.db, CaseGrant))
    assert "consent.withdrawn" in {each.type for each in await rows(world.db, Outbox)}
    assert "consent.withdrawn" in {each.type for each in await rows(world.db, EventRow)}


async def test_while_another_consent_stands_the_grants_stay(call: Call, world: World) -> None:
    row = await _without_consent(call)
    first = await consent(call, row["id"], file_id=await upload(call, "consent"))
    await consent(call, row["id"], file_id=await upload(call, "consent"))
    await call("doctor", "POST", f"/consents/{first['id']}/withdraw", json={"reason": "重签"})
    async with world.db.read() as db:
        event = (await db.exec(select(EventRow).where(EventRow.type == "consent.withdrawn"))).one()
    assert event.data["still_consented"] is True
    assert await _missing(call, row) == []


async def test_a_consent_is_numbered_by_its_hospitals_day(call: Call, clock: FakeClock) -> None:
    row = await _without_consent(call)
    clock.move(hours=21, minutes=27)  # 06:27 of the next day in Shanghai, still the day before in UTC
    assert (await consent(call, row["id"]))["number"].startswith("TY-20260303-")


async def test_the_form_is_printed_with_its_number(call: Call) -> None:
    row = await _without_consent(call)
    made = await consent(call, row["id"])
    status, pdf = await call("doctor", "GET", f"/consents/{made['id']}/form")
    assert (status, pdf[:5]) == (200, b"%PDF-")
    for who, expected in ((None, 401), ("jiashan_doctor", 404), ("expert", 404)):
        assert (await call(who, "GET", f"/consents/{made['id']}/form"))[0] == expected


async def test_a_file_of_another_kind_or_person_is_not_a_consent(call: Call) -> None:
    row = await _without_consent(call)
    made = await consent(call, row["id"])
    path = f"/consents/{made['id']}/paper"
    for file, expected in (
        (await upload(call, "attachment"), 422),
        (await upload(call, "consent", "doctor2"), 404),
    ):
        assert (await call("doctor", "POST", path, json={"file_id": file}))[0] == expected


async def test_before_there_is_a_patient_there_is_no_consent(call: Call) -> None:
    row = await draft(call)
    status, problem = await call("doctor", "POST", f"/consultations/{row['id']}/consents", json={"kind": "patient"})
    assert (status, problem["reason"]) == (409, "patient_first")
