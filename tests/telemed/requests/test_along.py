"""An emergency takes the patient's newest studies along; a study that is taken meanwhile comes too."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from telemed.requests import papers
from telemed.requests.along import MOST, newest
from telemed.studies import intake
from telemed.studies.model import LinkState
from telemed.studies.service import Held
from tests.telemed.conftest import NOW, Call, World
from tests.telemed.requests.helpers import change, draft, patient, submit
from tests.telemed.studies.header import AGREES

CT = Held(
    hospital_id="wuxi",
    study_uid="1.2.1",
    description="胸部平扫",
    accession_number="",
    taken_at=NOW,
    modalities=["CT"],
    laterality="",
    series=1,
    received=3,
    expected=3,
    complete=True,
    link=LinkState.confirmed,
    differs=False,
    hidden=False,
    by=None,
)


async def _arrives(world: World, uid: str, **more: Any) -> None:
    async with world.db.write() as db:
        await intake.happened(db, "study.received", AGREES | {"study_uid": uid} | more, NOW, NOW)


async def _confirmed(world: World, patient_id: str) -> None:
    """As the bridge passes it on."""
    async with world.db.write() as db:
        await papers.study_confirmed(db, UUID(patient_id), NOW)


async def _stat(call: Call, **content: Any) -> dict[str, Any]:
    row = await draft(call, urgency="stat", patient_id=(await patient(call))["id"])
    return await change(call, row, content={"ward": "CCU", "purpose": "是否急诊冠脉造影？"} | content)


async def _shown(call: Call, id: str, who: str = "expert") -> list[tuple[str, bool]]:
    status, found = await call(who, "GET", f"/consultations/{id}")
    assert status == 200, found
    return [(each["study_uid"], each["taken_along"]) for each in found["studies"]]


def test_of_each_kind_the_newest_comes_along_and_not_what_is_empty_or_hidden() -> None:
    older = replace(CT, study_uid="1.2.2", taken_at=NOW - timedelta(days=3))
    head = replace(CT, study_uid="1.2.3", description="头颅平扫")
    chest = replace(CT, study_uid="1.2.4", modalities=["DX"])
    empty, hidden = replace(CT, modalities=["MR"], received=0), replace(CT, modalities=["US"], hidden=True)
    assert newest([CT, older, head, chest, empty, hidden]) == [CT, head, chest]
    many = [replace(CT, study_uid=f"1.3.{n}", description=str(n)) for n in range(9)]
    assert newest(many) == many[:MOST]


async def test_a_stat_call_takes_the_patients_study_along_for_whoever_is_rung(call: Call, world: World) -> None:
    await patient(call)
    await _arrives(world, "1.2.3")
    row = await _stat(call)
    assert row["content"]["studies"] == []
    status, sent = await submit(call, row)
    assert status == 200, sent
    assert await _shown(call, row["id"]) == [("1.2.3", True)]
    _, found = await call("doctor", "GET", f"/consultations/{row['id']}")
    assert [(each["kind"], each["study_uid"]) for each in found["packet"]] == [("study", "1.2.3")]


async def test_a_study_taken_while_it_rings_comes_too_and_makes_nobodys_page_stale(call: Call, world: World) -> None:
    row = await _stat(call)
    _, sent = await submit(call, row)
    assert await _shown(call, row["id"]) == []
    await _arrives(world, "1.2.3")
    await _confirmed(world, row["patient"]["id"])
    assert await _shown(call, row["id"]) == [("1.2.3", True)]
    _, found = await call("expert", "GET", f"/consultations/{row['id']}")
    assert found["version"] == sent["version"]


async def test_where_the_doctor_has_chosen_the_system_adds_nothing(call: Call, world: World) -> None:
    await patient(call)
    for uid in ("1.2.3", "1.2.4"):
        await _arrives(world, uid)
    chosen = await _stat(call, studies=[{"uid": "1.2.4", "description": "CT"}])
    await submit(call, chosen)
    assert await _shown(call, chosen["id"]) == [("1.2.4", False)]
    none = await _stat(call, no_images=True)
    await submit(call, none)
    assert await _shown(call, none["id"]) == []


async def test_only_an_emergency_takes_along(call: Call, world: World) -> None:
    row = await draft(call, urgency="urgent", patient_id=(await patient(call))["id"])
    await _arrives(world, "1.2.3")
    await _confirmed(world, row["patient"]["id"])
    _, found = await call("doctor", "GET", f"/requests/{row['id']}")
    assert found["content"]["studies"] == []
