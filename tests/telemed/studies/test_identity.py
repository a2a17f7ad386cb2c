"""Whose study it is: confirmed by itself when all agrees, otherwise held for a person, side by side."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.cases.model import ItemKind
from telemed.cases.schemas import PacketItemIn
from telemed.history.model import EventRow
from telemed.kit.events import Outbox
from telemed.studies import intake, quiet, service
from telemed.studies.model import StudyLink, StudyView
from telemed.studies.rules import same_name
from telemed.work.model import WorkItem
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.studies.header import AGREES


async def _arrives(world: World, **other: Any) -> StudyLink:
    async with world.db.write() as db:
        await intake.happened(db, "study.received", AGREES | other, NOW, NOW)
    return (await rows(world.db, StudyLink))[-1]


async def _hidden(world: World) -> list[bool]:
    """What the archive was ordered to do."""
    on = {"study.hidden": True, "study.shown": False}
    return [on[each.type] for each in await rows(world.db, Outbox) if each.type in on]


async def _patient(call: Call) -> UUID:
    _, found = await call("doctor", "POST", "/patients/admitted", json={"number": "0026118842"})
    return UUID(found["patient"]["id"])


@pytest.mark.parametrize(
    "header",
    ["陈^远山", "陈远山", "Chen^Yuanshan", "YUANSHAN^CHEN", "CHEN^YUAN SHAN", "Chen^Yuanshan=陈^远山", "=陈^远山"],
)
def test_these_are_the_same_name(header: str) -> None:
    assert same_name(header, "陈远山")


@pytest.mark.parametrize("header", ["", "Chen^Yuan", "陈^远", "王^远山", "Wang^Yuanshan", "^", "="])
def test_these_are_not(header: str) -> None:
    assert not same_name(header, "陈远山")


def test_a_name_with_more_spellings_than_can_be_listed_is_compared_syllable_by_syllable() -> None:
    assert same_name("HE^" + "HUO" * 31 + "HE" * 32, "和" * 64)
    assert same_name("HUO" * 31 + "HE" * 32 + "^HE", "和" * 64)
    assert not same_name("HE^" + "HUO" * 31 + "HE" * 31 + "N", "和" * 64)
    assert not same_name("HE^" * 63, "和" * 64)
    assert not same_name("1", "·")  # neither has a syllable


async def test_a_header_that_says_more_than_it_may_is_kept_as_far_as_a_request_can_name_it(
    call: Call, world: World
) -> None:
    patient = await _patient(call)
    await _arrives(world, StudyDescription="长" * 5000, StudyDate="00010101")
    async with world.db.read() as db:
        (held,) = await service.of_patient(db, "wuxi", patient)
    assert held.taken_at is None
    assert len(PacketItemIn(kind=ItemKind.study, study_uid=held.study_uid, title=held.description).title) == 200


async def test_of_the_side_of_its_images_only_what_is_a_side_is_kept(world: World) -> None:
    async def kept(told: Any) -> str:
        await _arrives(world, Laterality=told)
        async with world.db.read() as db:
            return (await db.get_one(StudyView, ("wuxi", AGREES["study_uid"]))).laterality

    assert [await kept(each) for each in ("R", None, "<b>", ["L"])] == ["R", "", "", ""]


async def test_the_accession_number_is_kept_without_nuls_and_of_an_archive_that_tells_none_is_empty(
    call: Call, world: World
) -> None:
    patient = await _patient(call)
    for told, kept in ((None, ""), ("CT26\x000302", "CT260302"), ("9" * 500, "9" * 200)):
        await _arrives(world, AccessionNumber=told)
        async with world.db.read() as db:
            (held,) = await service.of_patient(db, "wuxi", patient)
        assert held.accession_number == kept
    _, found = await call("doctor", "GET", f"/studies?patient_id={patient}")
    assert [each["accession_number"] for each in found["items"]] == ["9" * 200]


async def test_when_number_name_sex_and_birth_date_agree_it_is_confirmed_by_itself(call: Call, world: World) -> None:
    patient = await _patient(call)
    link = await _arrives(world)
    assert (link.state, link.patient_id) == ("confirmed", patient)
    async with world.db.read() as db:
        (held,) = await service.of_patient(db, "wuxi", patient)
    assert (held.received, held.complete, held.differs) == (612, True, False)
    assert held.taken_at is not None
    assert held.taken_at.isoformat() == "2026-03-02T00:20:46+00:00"


@pytest.mark.parametrize(
    "other", [{"PatientName": "王^远山"}, {"PatientSex": "F"}, {"PatientBirthDate": "19690412"}, {"PatientSex": ""}]
)
async def test_any_disagreement_is_held_for_a_person(call: Call, world: World, other: dict[str, str]) -> None:
    patient = await _patient(call)
    link = await _arrives(world, **other)
    assert link.state == "proposed"
    _, home = await call("radiographer", "GET", "/home")
    assert [each["kind"] for each in home["work"]["items"]] == ["identity"]
    async with world.db.read() as db:
        assert await service.of_patient(db, "wuxi", patient) == []
        assert len(await service.waiting_for_identity(db, "wuxi", patient)) == 1


async def test_an_unknown_number_is_held_and_may_be_given_to_a_patient_with_a_reason(call: Call, world: World) -> None:
    patient = await _patient(call)
    link = await _arrives(world, PatientID="A-1")
    assert (link.state, link.patient_id) == ("proposed", None)
    status, shown = await call("radiographer", "GET", f"/studies/{link.id}")
    assert (status, shown["header_name"]) == (200, AGREES["PatientName"])
    said = {"patient_id": str(patient), "reason": "门诊号与住院号不同，已核对腕带"}
    status, done = await call("radiographer", "POST", f"/studies/{link.id}/confirm", match=1, json=said)
    assert (status, done["state"], done["evidence"]["number"]["agrees"]) == (200, "confirmed", False)
    assert (await call("radiographer", "GET", "/home"))[1]["work"]["items"] == []
    assert (await call("radiographer", "POST", f"/studies/{link.id}/confirm", match=1, json=said))[0] == 412


async def test_how_the_archive_read_a_name_is_shown_beside_it(call: Call, world: World) -> None:
    told = {"text_reading": "repaired", "charset_label": "ISO_IR 100"}
    for number, more in enumerate(({}, told, {"text_reading": "a later archive's word"})):
        link = await _arrives(world, PatientID="A-1", study_uid=f"1.2.{number}", **more)
        _, shown = await call("radiographer", "GET", f"/studies/{link.id}")
        expected = told if more is told else {"text_reading": "as_labelled", "charset_label": ""}
        assert {name: shown[name] for name in told} == expected


async def test_somebody_elses_images_are_hidden_and_seen_by_imaging_roles_only(call: Call, world: World) -> None:
    await _patient(call)
    link = await _arrives(world, PatientName="王^五", PatientSex="F", PatientBirthDate="19500101")
    assert await _hidden(world) == [True]
    assert (await call("radiographer", "GET", f"/studies/{link.id}"))[0] == 200
    assert (await call("doctor", "GET", f"/studies/{link.id}"))[0] == 404
    assert (await call("doctor", "GET", "/studies"))[1]["items"] == []


async def test_confirmed_after_all_it_is_hidden_no_longer(call: Call, world: World) -> None:
    patient = await _patient(call)
    link = await _arrives(world, PatientName="王^五", PatientSex="F", PatientBirthDate="19500101")
    async with world.db.write() as db:  # what the archive says of it was written before it was told
        more = {"PatientName": "王^五", "PatientSex": "F", "PatientBirthDate": "19500101", "hidden": False}
        await intake.happened(db, "study.grew", AGREES | more, NOW, NOW)
    said = {"patient_id": str(patient), "reason": "无名氏入院时登记，已核对腕带"}
    assert (await call("radiographer", "POST", f"/studies/{link.id}/confirm", match=1, json=said))[0] == 200
    assert await _hidden(world) == [True, False]
    assert (await call("doctor", "GET", f"/studies/{link.id}"))[1]["hidden"] is False


async def test_a_page_read_before_the_study_confirmed_itself_judges_nothing(call: Call, world: World) -> None:
    await _patient(call)
    link = await _arrives(world, PatientSex="")
    async with world.db.write() as db:  # the next slice says the sex
        await intake.happened(db, "study.grew", AGREES | {"instance_count": 613}, NOW, NOW)
    path, why = f"/studies/{link.id}/reject", {"reason": "性别未填"}
    assert (await call("radiographer", "POST", path, match=1, json=why))[0] == 412


async def test_another_hospital_sees_nothing_of_it(call: Call, world: World) -> None:
    await _patient(call)
    link = await _arrives(world)
    assert (await call("jiashan_doctor", "GET", f"/studies/{link.id}"))[0] == 404
    assert (await call("jiashan_doctor", "GET", "/studies"))[1]["items"] == []
    assert (await call("expert", "GET", f"/studies/{link.id}"))[0] == 404


async def test_a_rejected_study_leaves_the_patient(call: Call, world: World) -> None:
    patient = await _patient(call)
    link = await _arrives(world)
    assert (await call("doctor", "POST", f"/studies/{link.id}/reject", match=1, json={"reason": "同名"}))[0] == 200
    async with world.db.read() as db:
        assert await service.of_patient(db, "wuxi", patient) == []


async def test_a_study_nobody_counted_is_ticked_by_a_person_and_only_as_it_is(call: Call, world: World) -> None:
    await _patient(call)
    link = await _arrives(world, declared_count=None, complete=False)
    path = f"/studies/{link.id}/declare"
    status, problem = await call("radiographer", "POST", path, match=1, json={"count": 600})
    assert (status, problem["reason"], problem["received"]) == (409, "count_changed", 612)
    status, done = await call("radiographer", "POST", path, match=1, json={"count": 612})
    assert (status, done["complete"], done["expected"]) == (200, True, 612)


async def test_a_second_patient_in_a_confirmed_study_recalls_it(call: Call, world: World) -> None:
    patient = await _patient(call)
    assert (await _arrives(world)).state == "confirmed"
    async with world.db.write() as db:
        more = {"instance_count": 613, "mixed_patients": True}
        await intake.happened(db, "study.grew", AGREES | more, NOW, NOW)
    (link,) = await rows(world.db, StudyLink)
    assert (link.state, link.evidence["patients"]["agrees"]) == ("proposed", False)
    assert await _hidden(world) == [True]
    assert [each["kind"] for each in (await call("radiographer", "GET", "/home"))[1]["work"]["items"]] == ["identity"]
    async with world.db.read() as db:
        assert await service.of_patient(db, "wuxi", patient) == []
    said = {"patient_id": str(patient), "reason": "已核对"}
    status, problem = await call("radiographer", "POST", f"/studies/{link.id}/confirm", match=link.version, json=said)
    assert (status, problem["reason"]) == (409, "mixed_patients")


async def test_whoever_looks_at_it_hears_of_it_whoever_the_header_names_now(call: Call, world: World) -> None:
    patient = await _patient(call)
    await _arrives(world)
    async with world.db.write() as db:
        more = {"instance_count": 613, "mixed_patients": True, "PatientID": "0099999999"}
        await intake.happened(db, "study.grew", AGREES | more, NOW, NOW)
    (link,) = await rows(world.db, StudyLink)
    assert (link.state, link.patient_id) == ("proposed", None)
    (said,) = [each for each in await rows(world.db, EventRow) if each.type == "study.unconfirmed"]
    assert said.patient_id == patient, "rooms about this patient stop showing it"


async def test_an_event_that_is_heard_late_takes_no_image_away(call: Call, world: World) -> None:
    await _patient(call)
    await _arrives(world)
    async with world.db.write() as db:
        older = {"instance_count": 200, "series_count": 1, "complete": False, "declared_count": None}
        await intake.happened(db, "study.grew", AGREES | older | {"ModalitiesInStudy": []}, NOW, NOW)
    (view,) = await rows(world.db, StudyView)
    assert (view.received, view.series, view.expected, view.complete, view.modalities) == (612, 3, 612, True, ["CT"])


async def test_ten_quiet_minutes_after_an_uncounted_study_a_person_is_asked_once(call: Call, world: World) -> None:
    await _patient(call)
    await _arrives(world, declared_count=None, complete=False)

    async def asked_at(minutes: float) -> list[str]:
        async with world.db.write() as db:
            await quiet.ask_for_counts(db, NOW + timedelta(minutes=minutes))
        return [each["kind"] for each in (await call("radiographer", "GET", "/home"))[1]["work"]["items"]]

    assert await asked_at(9) == []
    assert await asked_at(10) == ["declare"]
    assert await asked_at(30) == ["declare"]


async def test_an_uncounted_study_that_cannot_be_read_keeps_no_other_from_being_asked_about(
    call: Call, world: World
) -> None:
    await _patient(call)
    await _arrives(world, declared_count=None, complete=False)
    await _arrives(world, declared_count=None, complete=False, study_uid="1.2.4")
    async with world.db.write() as db:
        broken = "UPDATE studyview SET modalities = '[' WHERE study_uid = '1.2.3'"
        await (await db.connection()).exec_driver_sql(broken)
    async with world.db.write() as db:
        failed = await quiet.ask_for_counts(db, NOW + quiet.QUIET)
    links = {each.id: each.study_uid for each in await rows(world.db, StudyLink)}
    assert [links[id] for id in failed] == ["1.2.3"]
    assert [links[each.about_id] for each in await rows(world.db, WorkItem) if each.kind == "declare"] == ["1.2.4"]


async def test_a_counted_study_asks_nobody(call: Call, world: World) -> None:
    await _patient(call)
    await _arrives(world)
    async with world.db.write() as db:
        await quiet.ask_for_counts(db, NOW + timedelta(hours=1))
    assert (await call("radiographer", "GET", "/home"))[1]["work"]["items"] == []
