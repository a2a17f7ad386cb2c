"""Two people do the same thing at once: one succeeds and the other is told, on SQLite and PostgreSQL."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from telemed.opinions.model import Advice
from telemed.people.model import CalendarDay, Patient
from telemed.rooms.model import Room
from telemed.studies import intake
from telemed.studies.model import StudyLink
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.consultations.actions import make_scheduled
from tests.telemed.consultations.conftest import Made, submitted, venue
from tests.telemed.opinions.helpers import signed
from tests.telemed.requests.helpers import complete, consent
from tests.telemed.studies.header import AGREES

pytestmark = pytest.mark.databases_differ

__all__ = ("submitted", "venue")


async def _both(call: Call, *people: str, **request: Any) -> list[int]:
    answers = await asyncio.gather(*(call(who, **request) for who in people))
    return sorted(status for status, _ in answers)


async def test_an_order_is_recorded_once(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    answers = [{"advice_id": each["id"], "reply": "adopted"} for each in out["advice"]]
    path = f"/consultations/{id}/acknowledgement"
    status, out = await call("doctor", "POST", path, match=out["consultation_version"], json={"answers": answers})
    assert status == 200, out
    first = out["advice"][0]
    order = {"order_number": "1", "ordered_by": "许知遥"}
    done = await _both(
        call,
        "doctor",
        "doctor2",
        method="POST",
        path=f"/advice/{first['id']}/execution",
        match=first["version"],
        json=order,
    )
    assert done[0] == 200
    assert done[1] in (409, 412)
    kept = next(each for each in await rows(world.db, Advice) if each.id == UUID(first["id"]))
    assert kept.version == first["version"] + 1


async def test_a_study_is_judged_once(call: Call, world: World) -> None:
    _, found = await call("doctor", "POST", "/patients/admitted", json={"number": "0026118842"})
    async with world.db.write() as db:
        await intake.happened(db, "study.received", AGREES | {"PatientSex": ""}, NOW, NOW)
    (link,) = await rows(world.db, StudyLink)
    said = {"patient_id": found["patient"]["id"], "reason": "已核对腕带"}
    path = f"/studies/{link.id}/confirm"
    assert await _both(call, "doctor", "radiographer", method="POST", path=path, match=1, json=said) == [200, 412]


async def test_a_consent_is_withdrawn_once(call: Call, world: World) -> None:
    row = await complete(call)
    made = await consent(call, row["id"])
    path = f"/consents/{made['id']}/withdraw"
    both = await _both(call, "doctor", "doctor2", method="POST", path=path, json={"reason": "家属撤回"})
    assert both == [200, 409]


async def test_a_patient_is_changed_by_one_of_two_who_read_the_same(call: Call, world: World) -> None:
    new = {"name": "陈一", "sex": "male"}
    _, made = await call("doctor", "POST", "/patients", json=new)
    path = f"/patients/{made['id']}"
    both = await _both(call, "doctor", "doctor2", method="PUT", path=path, match=made["version"], json=new)
    assert both == [200, 412]


async def test_a_patient_read_for_the_first_time_by_two_is_kept_once(call: Call, world: World) -> None:
    read = {"path": "/patients/admitted", "json": {"number": "0026118842"}}
    assert await _both(call, "doctor", "doctor2", method="POST", **read) == [200, 200]
    assert len(await rows(world.db, Patient)) == 1


async def test_both_sides_come_to_the_door_at_once(call: Call, submitted: Made, world: World, venue: UUID) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    path = f"/rooms/{id}/ticket"
    assert await _both(call, "doctor", "expert", method="POST", path=path, json={}) == [200, 200]
    assert len(await rows(world.db, Room)) == 1


async def test_the_first_two_requests_of_a_day_get_a_number_each(call: Call, world: World) -> None:
    drafts = [await complete(call) for _ in range(2)]
    answers = await asyncio.gather(
        *(call("doctor", "POST", f"/requests/{each['id']}/submit", match=each["version"]) for each in drafts)
    )
    assert [status for status, _ in answers] == [200, 200]
    assert len({done["number"] for _, done in answers}) == 2


async def test_a_day_is_entered_and_changed_by_one_of_two(call: Call, world: World) -> None:
    for before, kind in ((None, "off"), ("off", "work")):
        day = {"date": "2031-01-01", "before": before, "kind": kind, "name": "元旦"}
        for who, of_all in (("admin", True), ("wuxi_admin", False)):
            days = {"of_all": of_all, "days": [day]}
            both = await _both(call, who, who, method="PUT", path="/admin/calendar/days", json=days)
            assert both == [204, 409]
    found = [each for each in await rows(world.db, CalendarDay) if each.date.year == 2031]
    assert sorted((each.hospital_id, each.kind) for each in found) == [("", "work"), ("wuxi", "work")]
