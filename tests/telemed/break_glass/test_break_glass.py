"""What break-glass opens, to whom and for how long; and that nothing else is opened by it."""

from dataclasses import replace
from uuid import UUID

import pytest
from aiohttp.test_utils import make_mocked_request

from telemed.access.model import AccountRole, Role
from telemed.access.policy import ACTOR
from telemed.app import kinds
from telemed.audit.model import AuditEvent, Purpose
from telemed.audit.reads import Reads
from telemed.break_glass.model import BreakGlass
from telemed.bridge.grants import by_activity
from telemed.bridge.image_reads import ImageReads
from telemed.consultations.model import Consultation
from telemed.consultations.rules.table import capacities
from telemed.consultations.words import State
from telemed.people.model import Agreement, Patient
from telemed.studies.model import LinkState, StudyLink
from tests.telemed.break_glass.helpers import WHO, body, opened
from tests.telemed.conftest import NOW, Call, FakeClock, World, add_hub, rows
from tests.telemed.opinions.helpers import STUDY, consultation, signed


async def _reads(world: World, who: str = WHO) -> list[AuditEvent]:
    found = [each for each in await rows(world.db, AuditEvent) if each.action == "read"]
    return [each for each in found if each.actor_id == world.ids[who]]


async def test_it_opens_the_patient_the_cases_and_what_is_confirmed(
    call: Call, world: World, case: Consultation
) -> None:
    paths = f"/patients/{case.patient_id}", f"/consultations/{case.id}", f"/consultations/{case.id}/opinion"
    assert [(await call(WHO, "GET", path))[0] for path in paths] == [404, 404, 404]
    found = await opened(call, case)
    assert found["patient"]["name"] == "陈远山"
    assert [each["id"] for each in found["cases"]] == [str(case.id)]
    assert [(each["hospital_id"], each["study_uid"]) for each in found["studies"]] == [("wuxi", STUDY)]
    assert [(await call(WHO, "GET", path))[0] for path in paths] == [200, 200, 200]
    _, shown = await call(WHO, "GET", f"/consultations/{case.id}")
    assert shown["actions"] == []
    assert shown["by_break_glass"] == {"id": found["id"], "until": found["until"]}
    assert (await call("expert", "GET", f"/consultations/{case.id}"))[1]["by_break_glass"] is None
    assert (await call("doctor", "GET", f"/consultations/{case.id}"))[1]["by_break_glass"] is None


async def test_it_offers_no_room(call: Call, world: World) -> None:
    await consultation(world, State.in_progress)
    (case,) = await rows(world.db, Consultation)
    assert (await call("expert", "GET", f"/consultations/{case.id}"))[1]["may_join"]
    await opened(call, case)
    assert not (await call(WHO, "GET", f"/consultations/{case.id}"))[1]["may_join"]


async def test_every_read_under_it_is_kept_as_such_with_its_id(
    call: Call, world: World, case: Consultation, clock: FakeClock
) -> None:
    id = (await opened(call, case))["id"]
    for path in (f"/patients/{case.patient_id}", f"/consultations/{case.id}", f"/break-glass/{id}", "/break-glass"):
        clock.move(minutes=6)
        before = len(await _reads(world))
        assert (await call(WHO, "GET", path))[0] == 200
        assert len(await _reads(world)) == before + 1, path
    kept = await _reads(world)
    assert {(each.purpose, each.reason, each.patient_id) for each in kept} == {
        (Purpose.break_glass, id, case.patient_id)
    }
    assert {each.case_id for each in kept} == {None, case.case_id}


async def test_what_one_sees_anyway_is_kept_as_ever(call: Call, world: World, case: Consultation) -> None:
    await opened(call, case, "expert")  # who leads it
    assert (await call("expert", "GET", f"/consultations/{case.id}"))[0] == 200
    assert Purpose.case in {each.purpose for each in await _reads(world, "expert")}


async def test_it_only_reads_and_is_in_no_list(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    (case,) = await rows(world.db, Consultation)
    await opened(call, case)
    record = out["signed"][0]["id"]
    refused = (
        ("POST", f"/rooms/{id}/ticket", {"device": "page"}),
        ("GET", f"/rooms/{id}/messages", None),
        ("GET", f"/opinions/{record}/record", None),
        ("GET", f"/opinions/{record}/together", None),
        ("POST", f"/consultations/{id}/opinion/amendment", {"reason": "补充"}),
    )
    for method, path, sent in refused:
        status, answer = await call(WHO, method, path, json=sent, match=1)
        assert (status, answer.get("reason")) == (403, "break_glass_only_reads"), (path, answer)
    assert (await call(WHO, "GET", f"/opinions/{record}/pages"))[0] == 200
    assert (await call(WHO, "GET", "/consultations"))[1]["items"] == []
    assert (await call(WHO, "POST", "/home/search", json={"q": "陈远"}))[1]["cases"] == []
    text = (await call(WHO, "POST", "/consultations/export", json={"language": "en"}))[1].decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 1, "only the heads of the columns"


async def test_who_is_coordinator_of_the_same_hub_gets_no_capacity_by_it(world: World, case: Consultation) -> None:
    coordinator = world.actor("coordinator")
    assert capacities(case, coordinator)
    assert case.patient_id is not None
    assert not capacities(case, replace(coordinator, opened={case.patient_id: case.id}))


async def test_after_two_hours_it_is_over_by_itself_and_names_nobody(
    call: Call, world: World, case: Consultation, clock: FakeClock
) -> None:
    id = (await opened(call, case))["id"]
    clock.move(hours=1, minutes=59)
    assert (await call(WHO, "GET", f"/consultations/{case.id}"))[0] == 200
    clock.move(minutes=1)
    assert (await call(WHO, "GET", f"/consultations/{case.id}"))[0] == 404
    _, found = await call(WHO, "GET", f"/break-glass/{id}")
    assert (found["patient"], found["cases"], found["studies"]) == (None, [], [])
    assert found["ended_at"] == found["until"]
    (one,) = (await call(WHO, "GET", "/break-glass"))[1]["items"]
    assert (one["patient_name"], one["ended_at"]) == ("", found["until"])
    assert (await opened(call, case))["id"] != id, "and it may be opened again"


async def test_its_person_ends_it_before_and_nobody_else_knows_of_it(
    call: Call, world: World, case: Consultation
) -> None:
    id = (await opened(call, case))["id"]
    for who in ("expert", "coordinator"):
        assert (await call(who, "GET", f"/break-glass/{id}"))[0] == 404
        assert (await call(who, "POST", f"/break-glass/{id}/end"))[0] == 404
    for _ in range(2):
        assert (await call(WHO, "POST", f"/break-glass/{id}/end"))[0] == 200
    assert (await call(WHO, "GET", f"/consultations/{case.id}"))[0] == 404
    assert (await call(WHO, "GET", f"/break-glass/{id}"))[1]["ended_at"] is not None


async def test_a_number_may_be_typed_in_capital_or_small_letters(call: Call, world: World, case: Consultation) -> None:
    small = body(case, number=str(case.patient_id).lower())
    assert (await call(WHO, "POST", "/break-glass", json=small))[0] == 201
    large = body(case, number=str(case.patient_id).upper())
    assert (await call("coordinator", "POST", "/break-glass", json=large))[0] == 201


async def test_one_that_is_open_is_answered_again(call: Call, world: World, case: Consultation) -> None:
    first, second = await opened(call, case), await opened(call, case)
    assert first["id"] == second["id"]
    assert len(await rows(world.db, BreakGlass)) == 1
    other = await opened(call, case, "coordinator")
    assert other["id"] != first["id"], "each person opens it for themselves"


@pytest.mark.parametrize(
    "asked",
    [
        {"number": "77"},
        {"hospital_id": "jiashan"},
        {"hospital_id": "ruijin"},
        {"hospital_id": "nowhere"},
        {"number": "", "name": "陈远山", "birth_date": "1968-01-01"},
    ],
)
async def test_what_is_not_there_and_what_is_not_allowed_answer_the_same(
    call: Call, world: World, case: Consultation, asked: dict[str, str]
) -> None:
    status, answer = await call(WHO, "POST", "/break-glass", json=body(case, **asked))
    assert (status, answer["reason"]) == (404, "no_such_patient")
    async with world.db.write() as db:
        for each in await rows(world.db, Agreement):
            (await db.get_one(Agreement, each.id)).valid_until = NOW.date().replace(month=1)
    status, again = await call(WHO, "POST", "/break-glass", json=body(case))
    assert (status, again["detail"]) == (404, answer["detail"])
    await add_hub(world, "huashan")
    assert (await call("huashan", "POST", "/break-glass", json=body(case)))[1]["detail"] == answer["detail"]


async def test_only_who_may_and_only_an_exact_name_with_the_birth_date(
    call: Call, world: World, case: Consultation
) -> None:
    for who in ("doctor", "reviewer", "duty", "dispatcher", "hub_duty", "admin"):
        assert (await call(who, "POST", "/break-glass", json=body(case)))[0] == 403, who
    async with world.db.write() as db:
        db.add(AccountRole(account_id=world.ids["radiographer"], role=Role.radiologist))  # of the branch itself
    assert (await call("radiographer", "POST", "/break-glass", json=body(case)))[0] == 404
    assert case.patient_id is not None
    async with world.db.write() as db:
        (await db.get_one(Patient, case.patient_id)).birth_date = NOW.date().replace(year=1968)
    named = {"number": "", "name": "陈远山", "birth_date": f"{NOW.date().replace(year=1968)}"}
    assert (await call(WHO, "POST", "/break-glass", json=body(case, **named | {"name": "陈远"})))[0] == 404
    assert (await call(WHO, "POST", "/break-glass", json=body(case, **named)))[0] == 201
    status, answer = await call(WHO, "POST", "/break-glass", json=body(case, number=""))
    assert (status, answer["reason"]) == (422, "patient_of_whom")
    assert (await call(WHO, "POST", "/break-glass", json=body(case, words="急")))[0] == 422


async def test_it_is_no_search(call: Call, world: World, case: Consultation) -> None:
    for number in range(5):
        assert (await call(WHO, "POST", "/break-glass", json=body(case, number=f"00{number}")))[0] == 404
    status, answer = await call(WHO, "POST", "/break-glass", json=body(case))
    assert (status, answer["reason"]) == (429, "too_many_attempts")
    refused = [each for each in await rows(world.db, AuditEvent) if each.outcome == "not_found"]
    assert len([each for each in refused if each.actor_id == world.ids[WHO]]) == 1  # of five minutes


async def test_imaging_is_told_to_show_the_confirmed_studies_until_then_and_to_give_none_away(
    call: Call, world: World, case: Consultation, clock: FakeClock
) -> None:
    id = UUID((await opened(call, case))["id"])
    async with world.db.write() as db:
        db.add(
            StudyLink(
                hospital_id="wuxi", study_uid="1.2.9", patient_id=case.patient_id, state=LinkState.proposed, at=NOW
            )
        )
    async with world.db.read() as db:
        told = (await by_activity(db, kinds(), NOW, {}))[id]
    (row,) = told.values()
    until = clock.now.replace(hour=clock.now.hour + 2)
    assert (row.subject, row.hospital, row.study_uid) == (str(world.ids[WHO]), "wuxi", STUDY)
    assert (row.actions, row.until) == (frozenset({"read"}), until)
    await call(WHO, "POST", f"/break-glass/{id}/end")
    async with world.db.read() as db:
        assert id not in await by_activity(db, kinds(), NOW, {})


async def test_images_read_under_it_are_kept_as_such(
    call: Call, world: World, case: Consultation, clock: FakeClock
) -> None:
    reads = Reads(world.db)
    images, request = ImageReads(world.db, reads, clock), make_mocked_request("GET", "/")
    request[ACTOR] = world.actor(WHO)
    id = (await opened(call, case))["id"]
    await call(WHO, "GET", f"/patients/{case.patient_id}")
    for _ in range(3):
        await images.read(request, [("wuxi", STUDY)])
    kept = (await _reads(world))[-1]
    assert (kept.purpose, kept.reason, kept.target) == (Purpose.break_glass, id, f"wuxi/{STUDY}")
    _, review = await call("reviewer", "GET", f"/break-glass/reviews/{id}")
    assert [each["what"] for each in review["reads"]] == ["patient", "images"]
    await call(WHO, "POST", f"/break-glass/{id}/end")
    await images.refused(request, STUDY, "not_found")
    last = (await _reads(world))[-1]
    assert (last.purpose, last.outcome) == (Purpose.images, "not_found")


async def test_images_that_were_just_seen_by_another_right_are_kept_anew(
    call: Call, world: World, case: Consultation, clock: FakeClock
) -> None:
    reads = Reads(world.db)
    images, request = ImageReads(world.db, reads, clock), make_mocked_request("GET", "/")
    request[ACTOR] = world.actor(WHO)
    await images.read(request, [("wuxi", STUDY)])
    await opened(call, case)
    reads.anew.add(world.ids[WHO])
    clock.move(minutes=1)
    await images.read(request, [("wuxi", STUDY)])
    assert [each.purpose for each in await _reads(world) if "/" in each.target] == [
        Purpose.images,
        Purpose.break_glass,
    ]
