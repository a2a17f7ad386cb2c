"""A request counts only images that arrived and are not another patient's, and offers a way out of others."""

from typing import Any

import pytest

from telemed.history.model import EventRow
from telemed.studies import intake
from telemed.studies.model import LinkState, StudyLink, StudyView
from telemed.work.model import WorkItem
from tests.telemed.conftest import NEW_PATIENT, NOW, Call, World, rows
from tests.telemed.requests.helpers import change, complete, get, submit
from tests.telemed.studies.header import AGREES

OTHERS: dict[str, Any] = AGREES | {
    "study_uid": "1.2.77",
    "PatientID": NEW_PATIENT["number"],
    "PatientName": "Wu^Songnian=吴^松年",
    "PatientBirthDate": "19620102",
}


async def _arrives(world: World, header: dict[str, Any]) -> None:
    async with world.db.write() as db:
        await intake.happened(db, "study.received", header, NOW, NOW)


async def _another_patients(call: Call, world: World) -> str:
    """A study that is confirmed by itself as another patient's of the same hospital."""
    assert (await call("doctor", "POST", "/patients", json=NEW_PATIENT))[0] == 201
    await _arrives(world, OTHERS)
    (link,) = await rows(world.db, StudyLink)
    assert link.state is LinkState.confirmed
    return link.study_uid


async def _sent(call: Call, row: dict[str, Any], *uids: str, who: str = "doctor") -> dict[str, Any]:
    status, told = await call(who, "POST", f"/consultations/{row['id']}/uploaded", json={"study_uids": list(uids)})
    assert status == 200, told
    kept: dict[str, Any] = told
    return kept


async def _wants_images(call: Call, *studies: dict[str, Any]) -> dict[str, Any]:
    row = await complete(call)
    asked = any("uid" not in each for each in studies)
    content = {"no_images": False, "studies": list(studies), "images_from_radiographer": asked}
    return await change(call, row, content=content)


async def test_another_patients_study_is_not_named_and_the_sender_is_told_whose_it_is(call: Call, world: World) -> None:
    uid = await _another_patients(call, world)
    row = await _wants_images(call)
    told = await _sent(call, row, uid)
    assert [(each["study_uid"], each["header_number"]) for each in told["refused"]] == [(uid, NEW_PATIENT["number"])]
    assert (told["content"]["studies"], told["missing"], told["version"]) == ([], ["studies"], row["version"])
    await _arrives(world, AGREES)
    told = await _sent(call, row, uid, "1.2.3")
    assert [each["uid"] for each in told["content"]["studies"]] == ["1.2.3"]
    assert (len(told["refused"]), told["missing"]) == (1, [])


async def test_a_study_that_the_scanner_sent_by_itself_is_used_for_the_one_that_was_asked_for_in_words(
    call: Call, world: World
) -> None:
    row = await _wants_images(call, {"description": "主动脉 CTA"})
    assert (await submit(call, row))[0] == 200
    await _arrives(world, AGREES)
    _, found = await call("radiographer", "GET", f"/studies?patient_id={row['patient']['id']}&state=confirmed")
    (held,) = found["items"]
    told = await _sent(call, row, held["study_uid"], who="radiographer")
    assert [(each["uid"], each["description"]) for each in told["content"]["studies"]] == [("1.2.3", "主动脉 CTA")]
    assert [each.outcome for each in await rows(world.db, WorkItem) if each.kind == "upload"] == ["done"]


async def test_whose_a_hidden_study_is_only_imaging_roles_are_told(call: Call, world: World) -> None:
    uid = await _another_patients(call, world)
    async with world.db.write() as db:
        (await db.get_one(StudyView, ("wuxi", uid))).hidden = True
    row = await _wants_images(call, {"description": "主动脉 CTA"})
    assert (await submit(call, row))[0] == 200
    for who, name in (("doctor", ""), ("radiographer", OTHERS["PatientName"])):
        (refused,) = (await _sent(call, row, uid, who=who))["refused"]
        assert (refused["study_uid"], refused["header_name"]) == (uid, name)


async def test_a_study_of_another_patient_fulfils_nothing_that_the_radiographer_was_asked_for(
    call: Call, world: World
) -> None:
    uid = await _another_patients(call, world)
    row = await _wants_images(call, {"description": "主动脉 CTA"})
    assert (await submit(call, row))[0] == 200
    await _sent(call, row, uid, who="radiographer")
    (item,) = [each for each in await rows(world.db, WorkItem) if each.kind == "upload"]
    assert item.done_at is None
    assert [each["uid"] for each in (await get(call, row["id"]))["content"]["studies"]] == [None]


async def test_a_study_of_which_nothing_arrived_counts_for_nothing_until_it_does(call: Call, world: World) -> None:
    row = await _wants_images(call, {"uid": AGREES["study_uid"]})
    assert row["missing"] == ["studies"]
    assert (await submit(call, row))[0] == 409
    await _arrives(world, AGREES)
    assert (await get(call, row["id"]))["missing"] == []


async def test_one_that_proves_to_be_another_patients_must_leave_the_draft(call: Call, world: World) -> None:
    await _arrives(world, AGREES | {"PatientID": "", "study_uid": "1.2.77"})  # nobody's yet: somebody must check it
    row = await _wants_images(call, {"uid": "1.2.77"}, {"description": "主动脉 CTA"})
    assert (row["missing"], row["others"]) == ([], [])
    async with world.db.write() as db:
        (await db.get_one(StudyLink, (await rows(world.db, StudyLink))[0].id)).state = LinkState.rejected
    row = await get(call, row["id"])
    assert (row["missing"], [each["study_uid"] for each in row["others"]]) == (["studies"], ["1.2.77"])


@pytest.mark.parametrize("who", ["doctor", "radiographer"])
async def test_out_of_a_submitted_request_it_is_taken_and_the_radiographer_is_asked(
    call: Call, world: World, who: str
) -> None:
    await _arrives(world, AGREES | {"PatientID": "", "study_uid": "1.2.77"})
    row = await _wants_images(call, {"uid": "1.2.77", "description": "主动脉 CTA"})
    assert (await submit(call, row))[0] == 200
    path = f"/consultations/{row['id']}/uploaded/1.2.77"
    status, problem = await call(who, "DELETE", path)
    assert (status, problem["reason"]) == (409, "study_stays")  # it may yet prove to be this patient's
    async with world.db.write() as db:
        (await db.get_one(StudyLink, (await rows(world.db, StudyLink))[0].id)).state = LinkState.rejected
    for other, expected in ((None, 401), ("expert", 403), ("jiashan_doctor", 404)):
        assert (await call(other, "DELETE", path))[0] == expected
    for reader, may in ((who, True), ("reviewer", False)):
        (study,) = (await call(reader, "GET", f"/consultations/{row['id']}"))[1]["studies"]
        assert (study["link"], study["withdrawable"]) == ("rejected", may)
    status, told = await call(who, "DELETE", path)
    assert (status, [(each["uid"], each["description"]) for each in told["content"]["studies"]]) == (
        200,
        [(None, "主动脉 CTA")],
    )
    assert (await call("radiographer", "GET", "/home"))[1]["work"]["waiting"]["upload"] == 1
    assert (await call(who, "DELETE", path))[0] == 409
    assert [each.type for each in await rows(world.db, EventRow) if each.type == "packet.withdrawn"] == []
