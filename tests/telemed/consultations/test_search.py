"""Looking for patients, cases and people from anywhere."""

from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import Account
from telemed.audit.model import AuditEvent
from telemed.consultations.model import Consultation
from telemed.home import service
from telemed.people import patients
from telemed.people.model import Patient
from tests.telemed.conftest import NOW, Call, World, beside, rows
from tests.telemed.consultations.actions import make_approved
from tests.telemed.consultations.conftest import Made

NUMBER = "HZ-2026-004711"


async def search(call: Call, who: str | None, q: str) -> tuple[int, Any]:
    return await call(who, "POST", "/home/search", json={"q": q})


async def a_case(call: Call, submitted: Made, world: World) -> UUID:
    """Approved, with a number, its patient known to the search."""
    id = await make_approved(call, submitted)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        row.number = NUMBER
        await patients.index(db, await db.get_one(Patient, row.patient_id))
    return id


async def test_strangers_find_nothing_and_nothing_is_not_searched_for(call: Call) -> None:
    assert (await search(call, None, "陈"))[0] == 401
    assert (await search(call, "doctor", " "))[0] == 422


async def test_a_case_is_found_by_its_patient_and_by_its_number(call: Call, submitted: Made, world: World) -> None:
    id = await a_case(call, submitted, world)
    for q in ("陈远山", "cys", "chen", NUMBER[-4:], NUMBER.lower()):
        _, found = await search(call, "doctor", q)
        assert [(each["activity_id"], each["number"]) for each in found["cases"]] == [(str(id), NUMBER)], q
    assert [each["name"] for each in (await search(call, "doctor", "陈远山"))[1]["patients"]] == ["陈远山"]
    assert (await search(call, "doctor", "%"))[1]["cases"] == []


async def test_only_what_one_may_see_is_found(call: Call, submitted: Made, world: World) -> None:
    await a_case(call, submitted, world)
    for who in ("jiashan_doctor", "admin"):
        _, found = await search(call, who, "陈远山")
        assert (found["patients"], found["cases"]) == ([], [])
    _, found = await search(call, "coordinator", "陈远山")  # the case is granted; the patient is another hospital's
    assert (found["patients"], len(found["cases"])) == ([], 1)


async def test_people_are_found_by_name_and_letters(call: Call, world: World) -> None:
    _, everybody = await call("doctor", "GET", "/staff")
    someone = everybody["items"][0]
    for q in (someone["name"], someone["name_en"].replace(" ", "")[:6].lower()):
        assert someone["id"] in {each["id"] for each in (await search(call, "doctor", q))[1]["people"]}


async def test_the_audit_log_says_who_looked_and_not_for_whom(call: Call, submitted: Made, world: World) -> None:
    await a_case(call, submitted, world)
    await search(call, "doctor", "陈远山")
    (noted,) = [each for each in await rows(world.db, AuditEvent) if each.action == "searched"]
    assert (noted.actor_id, noted.target) == (world.ids["doctor"], "1 patients, 1 cases")


async def test_a_search_keeps_nobody_from_writing(
    call: Call, submitted: Made, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_case(call, submitted, world)
    wrote = beside(world, monkeypatch, service, "departments_en")
    assert [len((await search(call, "doctor", "陈远山"))[1][of]) for of in ("patients", "cases")] == [1, 1]
    assert wrote


async def test_whose_account_is_closed_is_not_found(call: Call, world: World) -> None:
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["expert2"])).disabled_at = NOW
    assert [each["name"] for each in (await search(call, "doctor", "expert"))[1]["people"]] == ["expert"]
