"""Hospitals, departments, wards, venues and agreements in the hands of administrators."""

from datetime import date
from typing import Any

import pytest

from telemed.access.model import Actor
from telemed.administration import agreements, departments, hospitals, venues, wards
from telemed.administration.place_schemas import AgreementIn, DepartmentIn, HospitalIn, VenueIn, WardIn
from telemed.administration.saving import Result
from telemed.audit.model import AuditEvent
from telemed.people.model import Bed, Department, HospitalKind
from tests.telemed.conftest import NOW, Call, World, rows

WARD: dict[str, Any] = {"hospital_id": "wuxi", "code": "CCU", "name": "心内科监护病房", "beds": ["01", "02", "03"]}
VENUE: dict[str, Any] = {"hospital_id": "wuxi", "name": "CCU 会诊室", "place": "住院楼 3 层", "places": 6}
AGREEMENT: dict[str, Any] = {
    "branch_id": "wuxi",
    "hub_id": "ruijin",
    "number": "协-2",
    "services": ["consultation"],
    "valid_from": "2026-01-01",
    "valid_until": "2028-12-31",
}


async def audited(world: World, action: str) -> list[dict[str, Any]]:
    return [each.change or {} for each in await rows(world.db, AuditEvent) if each.action == action]


async def test_the_hubs_administrator_makes_a_hospital_and_a_branchs_does_not(world: World, call: Call) -> None:
    new = {"id": "kunshan", "kind": "branch", "name": "昆山分院", "licence_name": "瑞金医院昆山分院"}
    assert (await call("wuxi_admin", "POST", "/admin/hospitals", json=new))[0] == 403
    status, made = await call("admin", "POST", "/admin/hospitals", json=new)
    assert (status, made["name_en"]) == (201, "昆山分院")
    status, problem = await call("admin", "POST", "/admin/hospitals", json=new)
    assert (status, problem["reason"]) == (409, "hospital_code_taken")
    _, seen = await call("admin", "GET", "/admin/hospitals")
    assert [each["id"] for each in seen["items"] if not each["administrators"]] == ["kunshan"]
    assert [each["id"] for each in seen["items"] if each["may_edit"]] == ["ruijin"]
    _, seen = await call("wuxi_admin", "GET", "/admin/hospitals")
    assert ([each["id"] for each in seen["items"]], seen["may_create"]) == (["wuxi"], False)


@pytest.mark.parametrize("kind", ["departments", "wards", "venues"])
async def test_a_branchs_administrator_finds_neither_the_other_branch_nor_the_hub(call: Call, kind: str) -> None:
    new: dict[str, Any] = {"departments": {"name": "x", "specialty": "cardiology"}, "wards": WARD, "venues": VENUE}[
        kind
    ]
    for other in ("jiashan", "ruijin"):
        assert (await call("wuxi_admin", "POST", f"/admin/{kind}", json=new | {"hospital_id": other}))[0] == 404
        _, seen = await call("wuxi_admin", "GET", f"/admin/{kind}", params={"hospital_id": other})
        assert seen["items"] == []
    status, problem = await call("admin", "POST", f"/admin/{kind}", json=new | {"hospital_id": "jiashan"})
    assert (status, problem["reason"]) == (403, "own_administrator")
    assert (await call("doctor", "GET", f"/admin/{kind}"))[0] == 403
    assert (await call(None, "GET", f"/admin/{kind}"))[0] == 401


async def test_another_hospitals_row_is_not_found_by_its_id(world: World, call: Call) -> None:
    theirs = str(world.departments["jiashan", "cardiology"])
    change = {"name": "心内"}
    assert (await call("wuxi_admin", "PUT", f"/admin/departments/{theirs}", match=1, json=change))[0] == 404
    assert (await call("admin", "PUT", f"/admin/departments/{theirs}", match=1, json=change))[0] == 404


async def test_a_hospital_changes_its_own_names_only(call: Call) -> None:
    change = {"coordinator_phone": "0510-0000-1234"}
    status, changed = await call("wuxi_admin", "PUT", "/admin/hospitals/wuxi", match=1, json=change)
    assert (status, changed["coordinator_phone"], changed["name"]) == (200, "0510-0000-1234", "wuxi")
    assert (await call("wuxi_admin", "PUT", "/admin/hospitals/ruijin", match=1, json=change))[0] == 404
    status, problem = await call("wuxi_admin", "PUT", "/admin/hospitals/wuxi", match=1, json=change)
    assert (status, problem["current"]["coordinator_phone"]) == (412, "0510-0000-1234")
    wrong = {"time_zone": "Mars/Olympus"}
    assert (await call("wuxi_admin", "PUT", "/admin/hospitals/wuxi", match=2, json=wrong))[1]["reason"] == (
        "unknown_time_zone"
    )


async def test_the_standard_code_says_the_specialty(world: World, call: Call) -> None:
    new = {"hospital_id": "wuxi", "name": "呼吸科", "code": "03.01"}
    _, made = await call("wuxi_admin", "POST", "/admin/departments", json=new)
    assert (made["specialty"], made["name_en"]) == ("respiratory", "Respiratory medicine")
    named = {"hospital_id": "wuxi", "name": "神外", "specialty": "neurosurgery"}
    assert (await call("wuxi_admin", "POST", "/admin/departments", json=named))[1]["code"] == "04.02"
    for wrong, reason in (
        ({"code": "99"}, "unknown_code"),
        ({"specialty": "magic"}, "unknown_specialty"),
        ({"code": "03.05", "specialty": "cardiology"}, "code_contradicts_specialty"),
    ):
        status, problem = await call("wuxi_admin", "POST", "/admin/departments", json=named | {"name": "x"} | wrong)
        assert (status, problem["reason"]) == (422, reason)
    _, seen = await call("wuxi_admin", "GET", "/admin/departments")
    assert {"03.04", ""} <= {each["code"] for each in seen["subjects"]}
    async with world.db.read() as db:
        found = await departments.called(db, "wuxi", "03.01")
    assert found is not None
    assert found.name == "呼吸科"


async def test_two_administrators_at_one_department(world: World, call: Call) -> None:
    path = f"/admin/departments/{world.departments['wuxi', 'cardiology']}"
    assert (await call("wuxi_admin", "PUT", path, match=1, json={"name": "心内一科"}))[0] == 200
    status, problem = await call("wuxi_admin", "PUT", path, match=1, json={"name": "心内二科"})
    assert (status, problem["current"]["name"]) == (412, "心内一科")


async def test_a_ward_keeps_the_rows_of_the_beds_that_stay(world: World, call: Call) -> None:
    _, made = await call("wuxi_admin", "POST", "/admin/wards", json=WARD)
    assert made["beds"] == ["01", "02", "03"]
    before = {each.name: each.id for each in await rows(world.db, Bed)}
    path = f"/admin/wards/{made['id']}"
    _, changed = await call("wuxi_admin", "PUT", path, match=1, json={"beds": ["02", "03", "加1"]})
    assert (changed["beds"], changed["name"]) == (["02", "03", "加1"], WARD["name"])
    after = {each.name: each.id for each in await rows(world.db, Bed)}
    assert after["02"] == before["02"]
    status, problem = await call("wuxi_admin", "PUT", path, match=2, json={"beds": ["02", "02"]})
    assert (status, problem["reason"]) == (422, "bed_twice")
    (said,) = await audited(world, "ward.changed")
    assert (said["before"]["beds"], said["after"]["beds"]) == (["01", "02", "03"], ["02", "03", "加1"])


async def test_venues_at_both_ends_can_be_booked(call: Call) -> None:
    _, made = await call("wuxi_admin", "POST", "/admin/venues", json=VENUE)
    assert made["places"] == 6
    period = {"start": "2026-03-02T00:00:00Z", "end": "2026-03-03T00:00:00Z", "hospital_id": "wuxi"}
    _, calendar = await call("coordinator", "GET", "/calendar", params=period)
    assert made["id"] in {each["id"] for each in calendar["resources"]}


async def test_agreements_are_the_hubs_and_the_branch_reads_its_own(call: Call) -> None:
    assert (await call("wuxi_admin", "POST", "/admin/agreements", json=AGREEMENT))[0] == 403
    fees = [{"service": "consultation", "title": "chief", "fen": 30000, "payer": "patient"}]
    status, made = await call("admin", "POST", "/admin/agreements", json=AGREEMENT | {"fees": fees})
    assert (status, made["fees"], made["registration_required"]) == (201, fees, False)
    path = f"/admin/agreements/{made['id']}"
    status, problem = await call("admin", "PUT", path, match=1, json={"valid_until": "2025-01-01"})
    assert (status, problem["reason"]) == (422, "ends_before_it_begins")
    _, changed = await call("admin", "PUT", path, match=1, json={"registration_required": True})
    assert (changed["registration_required"], changed["fees"]) == (True, fees)
    assert (await call("wuxi_admin", "PUT", path, match=2, json={"services": []}))[0] == 403
    assert (await call("jiashan_admin", "PUT", path, match=2, json={"number": "x"}))[0] == 404
    _, seen = await call("jiashan_admin", "GET", "/admin/agreements")
    assert ({each["branch_id"] for each in seen["items"]}, seen["may_edit"]) == ({"jiashan"}, False)


async def test_a_use_case_says_new_changed_or_same_and_audits_the_first_two(world: World) -> None:
    async with world.db.write() as db:
        by: Actor | None = None
        hub = HospitalIn(kind=HospitalKind.branch, name="昆山", licence_name="昆山分院")
        results = [
            (await hospitals.save(db, by, "kunshan", hub, NOW)).result,
            (await departments.save(db, by, "kunshan", DepartmentIn(name="内科", code="03"), NOW)).result,
            (await departments.save(db, by, "kunshan", DepartmentIn(name="内科"), NOW)).result,
            (await wards.save(db, by, "kunshan", WardIn(code="W1", name="一病区", beds=["1"]), NOW)).result,
            (await wards.save(db, by, "kunshan", WardIn(code="W1", name="一病区", beds=["1", "2"]), NOW)).result,
            (await venues.save(db, by, "kunshan", VenueIn(name="会诊室"), NOW)).result,
            (await venues.save(db, by, "kunshan", VenueIn(name="会诊室"), NOW)).result,
        ]
        new = AgreementIn(
            number="K-1", services=["consultation"], valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1)
        )
        results += [(await agreements.save(db, by, "kunshan", "ruijin", new, NOW)).result for _ in range(2)]
    n, c, s = Result.new, Result.changed, Result.same
    assert results == [n, n, s, n, c, n, s, n, s]
    assert len(await audited(world, "department.created")) == 1
    assert {each.name for each in await rows(world.db, Department) if each.hospital_id == "kunshan"} == {"内科"}


@pytest.mark.parametrize(
    ("who", "path", "new", "emptied"),
    [
        ("wuxi_admin", "hospitals", None, ["name", "licence_name"]),
        ("wuxi_admin", "departments", {"hospital_id": "wuxi", "name": "骨科", "specialty": "orthopaedics"}, ["name"]),
        ("wuxi_admin", "wards", WARD, ["code", "name"]),
        ("wuxi_admin", "venues", VENUE, ["name"]),
        ("admin", "agreements", AGREEMENT, ["number", "services"]),
    ],
)
async def test_what_a_row_must_have_is_not_emptied(
    call: Call, who: str, path: str, new: dict[str, Any] | None, emptied: list[str]
) -> None:
    id, match = "wuxi", 1
    if new is not None:
        status, made = await call(who, "POST", f"/admin/{path}", json=new)
        assert status == 201, made
        id, match = made["id"], made["version"]
    for name in emptied:
        change: dict[str, Any] = {name: [] if name == "services" else " "}
        status, problem = await call(who, "PUT", f"/admin/{path}/{id}", match=match, json=change)
        assert status == 422, (name, problem)
    _, seen = await call(who, "GET", f"/admin/{path}")
    assert next(each for each in seen["items"] if each["id"] == id)["version"] == match
