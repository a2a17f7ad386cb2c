"""A draft is kept as it is typed, by its own people only, and nothing typed is lost."""

from typing import Any

import pytest

from telemed.audit.model import AuditEvent
from telemed.consultations.model import Consultation
from tests.telemed.conftest import Call, World, rows
from tests.telemed.requests.helpers import CONTENT, change, complete, consent, draft, get, patient, submit, upload


async def test_a_stranger_is_asked_to_sign_in(call: Call) -> None:
    assert (await call(None, "POST", "/requests", json={}))[0] == 401


@pytest.mark.parametrize("who", ["chief", "reviewer", "radiographer", "coordinator", "expert", "admin"])
async def test_only_a_requesting_doctor_begins_one(call: Call, who: str) -> None:
    assert (await call(who, "POST", "/requests", json={}))[0] == 403


@pytest.mark.parametrize(
    "body",
    [
        {"urgency": "soon"},
        {"patient": "x"},
        {"content": {"pulse": 1}},
        {"content": {"wishes": [{"start": "2026-03-02T01:00:00", "end": "2026-03-02T01:00:00"}]}},
        {"content": {"studies": [{"uid": "1.2.3.x"}]}},
        {"content": {"studies": [{"uid": "1..2"}]}},
    ],
)
async def test_what_the_form_does_not_know_is_refused(call: Call, body: dict[str, Any]) -> None:
    row = await draft(call)
    assert (await call("doctor", "PATCH", f"/requests/{row['id']}", match=1, json=body))[0] == 422


async def test_a_new_request_says_what_is_missing_and_who_gets_it(call: Call) -> None:
    row = await draft(call)
    assert row["missing"][:3] == ["patient", "department", "ward"]
    assert {"consent", "studies", "wishes", "title_wanted"} <= set(row["missing"])
    receiver = row["receiver"]
    assert (receiver["action"], receiver["people"][0]["name"], receiver["within_minutes"]) == ("endorse", "chief", 5)
    assert row["accompanying_id"] is not None  # who may accompany does, until somebody else is chosen
    assert row["agreement"]["number"] == "A-wuxi"


async def test_where_endorsement_is_off_the_reviewer_gets_it(call: Call) -> None:
    _, row = await call("jiashan_doctor", "POST", "/requests", json={})
    assert (row["receiver"]["action"], row["receiver"]["people"][0]["name"]) == ("review", "jiashan_reviewer")


async def test_only_what_is_given_changes_and_paragraphs_stay(call: Call) -> None:
    row = await change(call, await draft(call), content={"history": "一\n\n二", "bed": "3"})
    row = await change(call, row, mode="written", content={"purpose": "问题"})
    assert (row["content"]["history"], row["content"]["bed"], row["mode"]) == ("一\n\n二", "3", "written")
    assert row["version"] == 3
    assert "wishes" not in row["missing"]  # a written answer needs no time


async def test_a_ward_asks_its_own_specialty_until_another_is_chosen(call: Call) -> None:
    row = await change(call, await draft(call), content={"department": "cardiology"})  # the world's names are words
    assert row["content"]["specialty"] == "cardiology"
    row = await change(call, row, content={"specialty": "neurology"})
    row = await change(call, row, content={"department": "cardiology", "bed": "3"})
    assert row["content"]["specialty"] == "neurology"
    other = await change(call, await draft(call), content={"department": "急诊内科"})
    assert "specialty" in other["missing"]


async def test_a_stale_version_is_answered_with_what_is_there_now(call: Call) -> None:
    row = await draft(call)
    await change(call, row, who="doctor2", content={"purpose": "同事先写的"})
    status, problem = await call("doctor", "PATCH", f"/requests/{row['id']}", match=1, json={"mode": "written"})
    assert (status, problem["current"]["content"]["purpose"], problem["current"]["version"]) == (412, "同事先写的", 2)


async def test_a_draft_does_not_exist_for_anybody_else(call: Call) -> None:
    row = await draft(call)
    for who in ("jiashan_doctor", "chief", "reviewer", "coordinator", "expert", "nurse"):
        assert (await call(who, "GET", f"/requests/{row['id']}"))[0] == 404
    assert (await call("jiashan_doctor", "PATCH", f"/requests/{row['id']}", match=1, json={}))[0] == 404
    assert (await call("jiashan_doctor", "GET", "/requests"))[1]["items"] == []
    assert [each["id"] for each in (await call("doctor", "GET", "/requests"))[1]["items"]] == [row["id"]]


async def test_a_repeated_creation_makes_one_draft(call: Call, world: World) -> None:
    key = {"Idempotency-Key": "once"}
    first = await call("doctor", "POST", "/requests", json={}, headers=key)
    assert await call("doctor", "POST", "/requests", json={}, headers=key) == first
    assert len(await rows(world.db, Consultation)) == 1


async def test_a_source_and_its_time_stand_beside_the_field(call: Call) -> None:
    filled = {"history": {"source": "入院记录", "at": "2026-03-02T00:30:00Z"}}
    row = await change(call, await draft(call), content={"history": "突发胸痛", "filled": filled})
    assert row["content"]["filled"] == filled


async def test_with_papers_filed_the_patient_cannot_be_another(call: Call) -> None:
    row = await complete(call)
    other = {"number": "9", "name": "吴松年", "sex": "male", "birth_date": "1962-01-02"}
    _, someone = await call("doctor", "POST", "/patients", json=other)
    path = f"/requests/{row['id']}"
    status, problem = await call("doctor", "PATCH", path, match=row["version"], json={"patient_id": someone["id"]})
    assert (status, problem["reason"]) == (409, "patient_has_papers")


async def test_the_accompanying_physician_is_one_of_the_branchs(call: Call, world: World) -> None:
    row = await draft(call)
    for who in ("expert", "chief", "jiashan_doctor"):
        body = {"accompanying_id": str(world.ids[who])}
        status, problem = await call("doctor", "PATCH", f"/requests/{row['id']}", match=1, json=body)
        assert (status, problem["reason"]) == (422, "not_accompanying")
    row = await change(call, row, accompanying_id=str(world.ids["doctor2"]))
    assert row["accompanying_id"] == str(world.ids["doctor2"])
    assert "accompanying" in (await change(call, row, accompanying_id=None))["missing"]


async def test_a_discarded_draft_is_gone_and_its_papers_are_kept_with_the_case(call: Call, world: World) -> None:
    empty, row = await draft(call), await complete(call)
    assert (await call("doctor", "DELETE", f"/requests/{empty['id']}", match=1))[0] == 204
    assert (await call("doctor", "DELETE", f"/requests/{row['id']}", match=row["version"]))[0] == 204
    left = await rows(world.db, Consultation)
    assert [(str(each.id), each.state) for each in left] == [(row["id"], "discarded")]
    assert (await call("doctor", "GET", "/requests"))[1]["items"] == []


async def test_an_earlier_consultation_is_copied_into_the_same_case(call: Call) -> None:
    earlier = await complete(call)
    assert (await submit(call, earlier))[0] == 200
    again = await draft(call, copy_from=earlier["id"])
    assert again["case_id"] == (await get(call, earlier["id"]))["case_id"]
    assert again["patient"]["name"] == "陈远山"
    assert (again["content"]["history"], again["content"]["vitals"]) == (CONTENT["history"], [])
    assert again["content"]["filled"]["history"]["source"].startswith("HZ-")
    assert [each["number"] for each in again["earlier"]] == [again["content"]["filled"]["history"]["source"]]


async def test_another_hospitals_consultation_cannot_be_copied(call: Call) -> None:
    earlier = await complete(call)
    await submit(call, earlier)
    status, _ = await call("jiashan_doctor", "POST", "/requests", json={"copy_from": earlier["id"]})
    assert status == 404


async def test_everything_written_is_audited(call: Call, world: World) -> None:
    row = await change(call, await draft(call, patient_id=(await patient(call))["id"]), content={"bed": "1"})
    await consent(call, row["id"], file_id=await upload(call, "consent"))
    actions = {each.action for each in await rows(world.db, AuditEvent)}
    assert {"request.created", "request.changed", "consent.recorded"} <= actions


async def test_templates_prompt_in_both_languages(call: Call) -> None:
    _, found = await call("doctor", "GET", "/request-templates")
    assert {each["specialty"] for each in found["items"]} >= {"cardiology", "respiratory", ""}
    for words in (field for each in found["items"] for field in each["fields"].values()):
        assert words["zh"]
        assert words["en"]
        assert words["zh"] != words["en"]
