"""Requesting a reading: who may, what the hub then sees and for how long; and that nobody else sees anything."""

from uuid import UUID

from telemed.access.model import CaseGrant, Role
from telemed.app import kinds
from telemed.bridge.grants import by_activity
from telemed.people.model import Agreement
from telemed.reading.activity import READING
from telemed.reading.model import Reading
from telemed.reading.words import ReadingState as State
from telemed.studies.model import LinkState, StudyLink
from telemed.work.model import Deadline
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.reading.helpers import STUDY, another, asked, issued, listed, person, requested
from tests.telemed.reading.helpers import study as another_study

ASK = "POST", "/readings"


async def test_a_request_goes_anonymous_forbidden_invalid_good(call: Call, study: UUID) -> None:
    assert (await call(None, *ASK, json=asked(study)))[0] == 401
    for who in ("nurse", "reviewer", "expert"):
        assert (await call(who, *ASK, json=asked(study)))[0] == 403, who
    assert (await call("doctor", *ASK, json=asked(study, question=" ")))[0] == 422
    assert (await call("doctor", *ASK, json=asked(study, part="thorax")))[0] == 422
    out = await requested(call, study)
    assert (out["state"], out["modality"], out["examination"], out["subspecialty"]) == (
        "requested", "CT", "胸部平扫", "chest",
    )  # fmt: skip
    assert out["due_at"] == "2026-03-02T05:00:00Z", "urgent: four hours"
    assert (out["patient"]["name"], out["actions"], out["has_history"]) == ("陈远山", ["withdraw"], True)


async def test_a_study_of_another_hospital_does_not_exist(call: Call, study: UUID) -> None:
    status, answer = await call("jiashan_doctor", *ASK, json=asked(study))
    assert (status, answer["code"]) == (404, "not_found")


async def test_it_must_be_confirmed_whose_it_is(call: Call, world: World, study: UUID) -> None:
    async with world.db.write() as db:
        (await db.get_one(StudyLink, study)).state = LinkState.proposed
    assert (await call("doctor", *ASK, json=asked(study)))[1]["reason"] == "study_not_confirmed"


async def test_an_agreement_must_cover_reading(call: Call, world: World, study: UUID) -> None:
    (one, *_) = [each for each in await rows(world.db, Agreement) if each.branch_id == "wuxi"]
    async with world.db.write() as db:
        (await db.get_one(Agreement, one.id)).services = ["consultation"]
    assert (await call("doctor", *ASK, json=asked(study)))[1]["reason"] == "no_reading_agreement"


async def test_a_study_is_read_once_at_a_time(call: Call, study: UUID) -> None:
    await requested(call, study)
    status, answer = await call("radiographer", *ASK, json=asked(study))
    assert (status, answer["reason"]) == (409, "already_requested")


async def test_the_hubs_radiologists_see_that_study_and_its_priors_alone(call: Call, world: World, study: UUID) -> None:
    prior = await another(world, study, STUDY + ".1")
    await another(world, study, STUDY + ".2", description="双膝关节正位", modalities=["DX"])
    out = await requested(call, study)
    opened = [("wuxi", STUDY), ("wuxi", STUDY + ".1")]
    async with world.db.read() as db:
        assert await READING.studies(db, [UUID(out["id"])]) == {UUID(out["id"]): opened}
        found = await by_activity(db, kinds(), NOW, {})
    granted = [row for each in found.values() for row in each.values()]
    assert {row.subject for row in granted} == {"role:ruijin:radiologist"}
    assert sorted((row.hospital, row.study_uid) for row in granted) == opened
    _, shown = await call("reader", "GET", f"/readings/{out['id']}")
    assert [each["study_uid"] for each in shown["priors_held"]] == [STUDY + ".1"]
    assert shown["priors"] == 1
    assert (await call("reader", "GET", f"/studies/{prior}"))[0] == 404, "whose it is is the branch's to say"
    assert (await call("reader", "GET", f"/patients/{out['patient']['id']}"))[0] == 200


async def test_what_is_no_longer_the_patients_is_closed(call: Call, world: World, study: UUID) -> None:
    out = await requested(call, study)
    async with world.db.write() as db:
        (await db.get_one(StudyLink, study)).state = LinkState.proposed
    async with world.db.read() as db:
        assert await READING.studies(db, [UUID(out["id"])]) == {UUID(out["id"]): []}
    _, shown = await call("reader", "GET", f"/readings/{out['id']}")
    assert (shown["recalled"], shown["study"]["received"]) == (True, 0)


async def test_nobody_else_sees_it_not_in_counts_either(call: Call, world: World, study: UUID) -> None:
    id = (await requested(call, study))["id"]
    await person(world, "jiashan_reader", "jiashan", Role.radiologist)
    for who in ("jiashan_doctor", "jiashan_reader", "expert", "coordinator"):
        assert (await call(who, "GET", f"/readings/{id}"))[0] == 404, who
        found = await listed(call, who)
        assert (found["items"], set(found["counts"].values()), found["branches"]) == ([], {0}, []), who
    for act, body in (("claim", {}), ("release", None), ("return", {"code": "quality"})):
        assert (await call("jiashan_reader", "POST", f"/readings/{id}/{act}", json=body, match=1))[0] == 404, act
    assert (await call("jiashan_doctor", "POST", f"/readings/{id}/resend", json={}, match=1))[0] == 404


async def test_of_two_branches_each_sees_its_own_and_the_hub_both(call: Call, world: World, study: UUID) -> None:
    theirs = await another_study(world, STUDY + ".9", "李嘉善", "jiashan")
    await requested(call, study)
    await requested(call, theirs, "jiashan_doctor")
    for who, names in (("doctor", ["陈远山"]), ("jiashan_doctor", ["李嘉善"]), ("reader", ["陈远山", "李嘉善"])):
        found = await listed(call, who)
        assert sorted(each["patient"]["name"] for each in found["items"]) == sorted(names), who
        assert found["counts"]["to_read"] == len(names)


async def test_the_most_pressing_comes_first_and_pages_follow(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    await requested(call, study, urgency="routine")
    names = {"甲": "routine", "乙": "stat", "丙": "urgent", "丁": "stat"}
    for n, (name, urgency) in enumerate(names.items()):
        clock.move(minutes=1)
        await requested(call, await another_study(world, f"{STUDY}.{n}1", name), urgency=urgency)
    await requested(
        call, await another_study(world, STUDY + ".77", "戊", received=1, expected=9, complete=False), urgency="stat"
    )
    inorder = ["乙", "丁", "戊", "丙", "陈远山", "甲"]
    found: list[str] = []
    after: str | None = None
    for _ in range(len(inorder)):
        page = await listed(call, "reader", limit="1", **({"after": after} if after else {}))
        found += [each["patient"]["name"] for each in page["items"]]
        after = page["next"]
    assert found == inorder
    assert after is None
    assert (await call("doctor", "GET", f"/readings?after={page['next'] or 'x'}"))[0] == 422


async def test_it_is_found_by_its_accession_number_in_lists_and_among_issued_reports(
    call: Call, world: World, study: UUID
) -> None:
    numbered = await another_study(world, STUDY + ".5", "李嘉善", "jiashan", accession_number="CT2603_0007")
    assert (await requested(call, study))["accession_number"] == "", "its header has none"
    theirs = await requested(call, numbered, "jiashan_doctor")
    assert (theirs["accession_number"], theirs["study"]["accession_number"]) == ("CT2603_0007",) * 2
    for q, names in (
        ("CT2603_0007", ["李嘉善"]),
        ("CT2603", ["李嘉善"]),
        ("CT26030", []),
        ("2603", []),
    ):
        found = await listed(call, "reader", q=q)
        assert [each["patient"]["name"] for each in found["items"]] == names, q
    assert (await listed(call, "doctor", q="CT2603"))["items"] == [], "another branch's"
    await issued(call, theirs)
    [done] = (await listed(call, "reader", "issued", q="CT2603_0007"))["items"]
    assert (done["id"], done["accession_number"]) == (theirs["id"], "CT2603_0007")


async def test_it_is_filtered_by_modality_branch_urgency_and_name(call: Call, world: World, study: UUID) -> None:
    await requested(call, study, urgency="stat")
    film = await another_study(world, STUDY + ".5", "李嘉善", "jiashan", modalities=["DX"])
    await requested(call, film, "jiashan_doctor", urgency="routine", part="spine")
    for by, names in (
        ({"modality": "DX"}, ["李嘉善"]),
        ({"branch": "wuxi"}, ["陈远山"]),
        ({"urgency": "stat"}, ["陈远山"]),
        ({"part": "spine"}, ["李嘉善"]),
        ({"subspecialty": "chest"}, ["陈远山"]),
        ({"subspecialty": "bones", "part": "chest"}, []),
        ({"q": "lijia"}, ["李嘉善"]),
        ({"q": "远山"}, ["陈远山"]),
        ({"q": "%"}, []),
    ):
        found = await listed(call, "reader", **by)
        assert [each["patient"]["name"] for each in found["items"]] == names, by
        assert (found["counts"]["to_read"], found["modalities"]) == (2, ["CT", "DX"])


async def test_the_clock_begins_when_all_images_are_there(call: Call, world: World, clock: FakeClock) -> None:
    half = await another_study(world, STUDY + ".6", received=118, expected=240, complete=False)
    out = await requested(call, half)
    assert (out["due_at"], out["waits_for_images"]) == (None, True)
    assert await rows(world.db, Deadline) == []
    clock.move(hours=2)
    await _arrived(world, STUDY + ".6", clock)
    _, shown = await call("reader", "GET", f"/readings/{out['id']}")
    assert (shown["due_at"], shown["waits_for_images"]) == ("2026-03-02T07:00:00Z", False)
    (deadline,) = await rows(world.db, Deadline)
    assert deadline.due_at.hour == 7
    await _arrived(world, STUDY + ".6", clock)
    assert len(await rows(world.db, Deadline)) == 1, "a repeat is no news"


async def _arrived(world: World, uid: str, clock: FakeClock) -> None:
    from telemed.reading.service import images_came
    from telemed.studies.model import StudyView

    async with world.db.write() as db:
        view = await db.get_one(StudyView, ("wuxi", uid))
        view.received, view.complete = 240, True
        await db.flush()
        await images_came(db, "wuxi", uid, clock())


async def test_home_asks_the_radiologists_and_names_the_patient(call: Call, study: UUID) -> None:
    id = (await requested(call, study))["id"]
    (item,) = (await call("reader", "GET", "/home"))[1]["work"]["items"]
    assert (item["kind"], item["activity"], item["activity_id"], item["due_at"]) == (
        "read", "reading", id, "2026-03-02T05:00:00Z",
    )  # fmt: skip
    assert (item["patient"]["name"], item["title"], item["actions"]) == ("陈远山", "CT 胸部平扫", ["claim", "return"])
    assert (await call("expert", "GET", "/home"))[1]["work"]["items"] == []


async def test_the_grant_is_of_the_case_of_its_own(call: Call, world: World, study: UUID) -> None:
    await requested(call, study)
    (row,) = await rows(world.db, Reading)
    (grant,) = await rows(world.db, CaseGrant)
    assert (grant.case_id, grant.activity, grant.activity_id) == (row.case_id, "reading", row.id)
    assert row.state is State.requested


async def test_the_medical_office_sees_that_radiologists_may_see_the_patient(
    call: Call, world: World, study: UUID
) -> None:
    patient = (await requested(call, study))["patient"]["id"]
    _, found = await call("reviewer", "GET", f"/audit/can-see?patient={patient}")
    (theirs,) = [each for each in found["items"] if each["hospital_id"] == "ruijin"]
    assert (theirs["why"], theirs["role"], theirs["consultation_id"]) == ("reads", "radiologist", None)
