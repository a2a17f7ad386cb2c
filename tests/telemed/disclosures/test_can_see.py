"""Who can see a patient now is read from what decides it, and says why."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from telemed.audit.model import AuditEvent
from telemed.consultations import sharing
from telemed.consultations.model import Consultation
from telemed.critical_findings.work import PURPOSE as TOLD
from telemed.disclosures.can_see import WHY
from telemed.kit.table import new_id
from telemed.people.model import Department
from telemed.reading.sharing import PURPOSE, WAITING
from telemed.reading.together import PURPOSE as TOGETHER
from tests.telemed.break_glass.helpers import WHO, opened
from tests.telemed.conftest import PEOPLE, Call, FakeClock, World, rows
from tests.telemed.opinions.helpers import consultation


@pytest.fixture
async def case(world: World) -> Consultation:
    """Asked for by "doctor" of wuxi's cardiology, led by "expert"; the coordinators of the hub hold no grant."""
    await consultation(world)
    async with world.db.write() as db:
        (row,) = await rows(world.db, Consultation)
        row = await db.get_one(Consultation, row.id)
        row.request = row.request | {"department": "cardiology"}
    return row


async def listed(call: Call, case: Consultation, who: str = "reviewer") -> list[dict[str, Any]]:
    status, found = await call(who, "GET", f"/audit/can-see?patient={case.patient_id}")
    assert status == 200, found
    items: list[dict[str, Any]] = found["items"]
    return items


def means(item: dict[str, Any], world: World, who: str) -> bool:
    hospital, _, roles = PEOPLE[who]
    if item["person"]:
        return bool(item["person"]["id"] == str(world.ids[who]))
    if item["role"]:
        return item["hospital_id"] == hospital and item["role"] in roles
    return item["hospital_id"] == hospital and any(role != "administrator" for role in roles)


async def test_it_names_exactly_those_who_can(call: Call, world: World, case: Consultation) -> None:
    await opened(call, case)
    items = await listed(call, case)
    for who in PEOPLE:
        path = f"/patients/{case.patient_id}"
        sees = (await call(who, "GET", path))[0] == 200
        assert sees is any(means(each, world, who) for each in items), who


async def test_each_with_its_reason_and_break_glass_until_it_is_over(
    call: Call, world: World, case: Consultation, clock: FakeClock
) -> None:
    until = clock.now + timedelta(hours=2)
    await opened(call, case)
    items = await listed(call, case)
    assert [(each["why"], each["department"]) for each in items[:2]] == [
        ("treating", "cardiology"),
        ("own_hospital", ""),
    ]
    by_person = {each["person"]["name"]: each for each in items if each["person"]}
    assert (by_person["expert"]["why"], by_person["expert"]["until"]) == ("lead", None)
    assert (by_person[WHO]["why"], by_person[WHO]["downloads"]) == ("break_glass", False)
    assert by_person[WHO]["until"].startswith(until.isoformat()[:16])
    clock.move(hours=2)
    assert WHO not in {each["person"]["name"] for each in await listed(call, case) if each["person"]}


def test_every_reason_of_a_grant_has_its_word() -> None:
    source = Path(sharing.__file__).read_text(encoding="utf-8")
    given = set(re.findall(r'_give\(\s*db,[^"]*"([a-z ]+)"', source)) | {
        "accept",
        "stat",
        "name the lead expert",
        "late",
        PURPOSE,
        WAITING,
        TOLD,
        TOGETHER,
    }
    assert given == WHY.keys()


async def test_whoever_may_read_the_patient_at_their_hospital_may_ask(
    call: Call, world: World, case: Consultation
) -> None:
    for who in ("doctor", "doctor2", "nurse", "radiographer"):
        assert await listed(call, case, who)
    path = f"/audit/can-see?patient={case.patient_id}"
    assert (await call("jiashan_reviewer", "GET", path))[0] == 404
    assert (await call("jiashan_doctor", "GET", path))[0] == 404
    assert (await call("expert", "GET", path))[0] == 404, "of another hospital, though they see the patient"
    await opened(call, case)
    assert (await call(WHO, "GET", path))[0] == 404, "nor by break-glass"
    assert (await call("wuxi_admin", "GET", path))[0] == 403
    assert (await call("doctor", "GET", f"/audit/can-see?patient={new_id()}"))[0] == 404


async def test_a_clinician_from_outside_the_department_is_recorded_and_not_blocked(
    call: Call, world: World, case: Consultation
) -> None:
    async with world.db.write() as db:
        row = await db.get_one(Consultation, case.id)
        row.request = row.request | {"department": "neurology"}
        db.add(Department(hospital_id="wuxi", specialty="neurology", name="neurology", name_en="neurology"))
    assert await listed(call, case, "doctor2")
    read = [each for each in await rows(world.db, AuditEvent) if each.actor_id == world.ids["doctor2"]]
    assert [(each.purpose, each.patient_id) for each in read if each.purpose] == [("audit", case.patient_id)]
