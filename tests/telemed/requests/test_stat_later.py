"""What an emergency was sent without follows while help is on the way."""

from typing import Any, Final
from uuid import UUID

import pytest

from telemed.cases.events import ConsentRecorded, PacketAdded
from telemed.cases.model import ConsentKind, ItemKind, PacketItem
from telemed.consultations.hearing import consents_changed
from telemed.history.events import About
from telemed.history.model import EventRow
from telemed.opinions.service import OpinionsOf
from telemed.people.events import PatientChanged, PatientIdentityChanged
from telemed.requests.completing import COMPLETE_IT, added
from telemed.studies.model import LinkState, StudyLink, StudyView
from telemed.work.model import Deadline, Notice, WorkItem
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.news import news
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

HEARD: Final[dict[str, type[PatientChanged | PatientIdentityChanged]]] = {
    each.type: each for each in (PatientChanged, PatientIdentityChanged) if each in COMPLETE_IT
}


async def test_the_rest_of_a_stat_request_follows_while_help_is_on_the_way(call: Call, world: World) -> None:
    row = await draft(call, urgency="stat", patient_id=(await patient(call))["id"])
    row = await change(call, row, content={"ward": "CCU", "purpose": "是否夹层？"})
    _, done = await submit(call, row)
    row = await get(call, row["id"])
    assert {"bed", "diagnosis", "consent"} <= set(row["missing"])
    row = await change(call, row, content={"bed": "3", "diagnosis": "夹层？"})
    assert row["version"] == done["version"] + 1
    (tap,) = row["consents"]
    assert (await call("duty", "POST", f"/consents/{tap['id']}/approve"))[0] == 200
    row = await change(call, row, content=CONTENT)
    await answer_checklist(call, row["id"])
    assert (await get(call, row["id"]))["missing"] == []
    row = await change(call, row, content={"bed": "4"})
    open_kinds = {each.kind for each in await rows(world.db, WorkItem) if each.done_at is None}
    assert open_kinds == {"consent"}  # the signed paper is still due
    path = f"/requests/{row['id']}"
    status, problem = await call("doctor", "PATCH", path, match=row["version"], json={"urgency": "routine"})
    assert (status, problem["reason"]) == (409, "wrong_state")


async def test_whoever_adds_the_last_that_a_stat_request_lacks_ends_what_the_doctor_is_asked_for(
    call: Call, world: World
) -> None:
    row = await draft(call, urgency="stat", patient_id=(await patient(call))["id"])
    row = await change(call, row, content={"ward": "CCU", "purpose": "是否夹层？"})
    assert (await submit(call, row))[0] == 200
    content = {each: value for each, value in CONTENT.items() if each != "wishes"}  # it has begun: for no time
    await change(call, await get(call, row["id"]), content=content)
    heard = news(PacketAdded(id=UUID(row["id"]), kind=ItemKind.not_done, title="", version=1), about_it(row["id"]))

    async def asked() -> bool:
        async with world.db.write() as db:
            await added(db, heard)
        return "complete" in {each.kind for each in await rows(world.db, WorkItem) if each.done_at is None}

    assert await asked()
    await answer_checklist(call, row["id"])
    assert await asked(), "a consent is still missing"
    await consent(call, row["id"], file_id=await upload(call, "consent"))
    assert not await asked()


@pytest.mark.parametrize(
    ("lacks", "mended"),
    [
        ({"allergy": "not_asked"}, {"allergy": "none"}),
        ({"birth_date": None}, {"estimated_age": 60}),
        ({"number": None}, {"temporary": True}),
        ({"number": None}, {"number": "0099"}),
        ({"birth_date": None}, {"birth_date": "1961-03-04"}),
    ],
    ids=["allergy", "estimated age", "unknown person", "number", "birth date"],
)
async def test_the_last_that_a_stat_request_lacks_may_be_mended_in_the_patients_record(
    call: Call, world: World, lacks: dict[str, Any], mended: dict[str, Any]
) -> None:
    whole = {"name": "陈远山", "sex": "male", "birth_date": "1961-03-04", "number": "0077", "allergy": "none"}
    known = {name: value for name, value in (whole | lacks).items() if value is not None}
    status, one = await call("doctor", "POST", "/patients", json=known)
    assert status == 201, one
    row = await draft(call, urgency="stat", patient_id=one["id"])
    row = await change(call, row, content={"ward": "CCU", "purpose": "是否夹层？"})
    assert (await submit(call, row))[0] == 200
    content = {each: value for each, value in CONTENT.items() if each != "wishes"}
    await change(call, await get(call, row["id"]), content=content)
    await answer_checklist(call, row["id"])
    await consent(call, row["id"], file_id=await upload(call, "consent"))
    assert len((await get(call, row["id"]))["missing"]) == 1
    status, shown = await call("doctor", "PUT", f"/patients/{one['id']}", match=1, json=known | mended)
    assert status == 200, shown
    told = [each for each in await rows(world.db, EventRow) if each.type in HEARD]
    assert [(each.activity_id, each.actor_id) for each in told] == [(UUID(row["id"]), world.ids["doctor"])]
    heard = HEARD[told[0].type].model_validate(told[0].data)
    async with world.db.write() as db:
        await added(db, news(heard, about_it(row["id"])))
    assert "complete" not in {each.kind for each in await rows(world.db, WorkItem) if each.done_at is None}


async def test_an_emergency_whose_consent_was_withdrawn_in_the_draft_rings_once_there_is_another(
    call: Call, world: World
) -> None:
    row = await draft(call, urgency="stat", patient_id=(await patient(call))["id"])
    row = await change(call, row, content={"ward": "CCU", "purpose": "是否夹层？"})
    first = await consent(call, row["id"], file_id=await upload(call, "consent"))
    said = {"reason": "家属改变主意"}
    path = f"/consents/{first['id']}/withdraw"
    assert (await call("doctor", "POST", path, match=first["version"], json=said))[0] == 200
    assert (await submit(call, await get(call, row["id"])))[0] == 200
    running = [each for each in await rows(world.db, Deadline) if each.done_at is None]
    assert "ring" not in {each.kind for each in running}
    assert "renew" in {each.kind for each in await rows(world.db, WorkItem) if each.done_at is None}
    made = await consent(call, row["id"], file_id=await upload(call, "consent"))
    async with world.db.write() as db:
        event = ConsentRecorded(id=UUID(made["id"]), number="C", kind=ConsentKind.patient, scopes=(), paper_due=False)
        await consents_changed(db, news(event, about_it(row["id"])), OpinionsOf())
    (ring,) = [each for each in await rows(world.db, Deadline) if each.kind == "ring" and each.done_at is None]
    assert ring.partner_id == "ruijin"
    assert {each.staff_id for each in await rows(world.db, Notice) if each.kind == "ring"} >= {world.ids["expert"]}


def about_it(id: str) -> About:
    return About("wuxi", activity="consultation", activity_id=UUID(id))


async def test_a_confirmed_study_that_a_stat_request_names_later_comes_into_its_packet(
    call: Call, world: World
) -> None:
    """What the opinion may rest on is in the packet; a study that is only named is not."""
    one = await patient(call)
    row = await draft(call, urgency="stat", patient_id=one["id"])
    row = await change(call, row, content={"ward": "CCU", "purpose": "是否夹层？"})
    await submit(call, row)
    async with world.db.write() as db:
        db.add(StudyView(hospital_id="wuxi", study_uid="1.2.9", received_at=NOW, changed_at=NOW))
        link = StudyLink(hospital_id="wuxi", study_uid="1.2.9", state=LinkState.confirmed, at=NOW)
        link.patient_id = UUID(one["id"])
        db.add(link)
    await change(call, await get(call, row["id"]), content={"studies": [{"uid": "1.2.9"}]})
    assert [each.study_uid for each in await rows(world.db, PacketItem) if each.kind == "study"] == ["1.2.9"]
