"""People in the hands of administrators: entered, found, given roles, registered at branches."""

from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import Account, AccountPolicy, Role
from telemed.administration import rules, staffing
from telemed.administration.staff_schemas import StaffIn
from telemed.audit.model import AuditEvent
from telemed.errors import Conflict, Invalid
from telemed.people.model import Registration, Staff
from tests.telemed.administration.entering import NEW, enter
from tests.telemed.conftest import NOW, PEOPLE, Call, World, rows


async def test_a_new_person_has_an_account_without_a_password(world: World, call: Call) -> None:
    made = await enter(call)
    assert (made["username"], made["name_en"], made["pinyin"]) == ("wuxi.w0099", "Ye Xiazhi", "ye xia zhi")
    assert (made["licence"], made["roles"]) == ("11031000000009" + "9", ["bed_doctor", "requesting_doctor"])
    (account,) = [each for each in await rows(world.db, Account) if each.username == "wuxi.w0099"]
    assert (account.password_hash, account.name, account.hospital_id) == ("", "叶夏至", "wuxi")
    (audited,) = [each for each in await rows(world.db, AuditEvent) if each.action == "staff.created"]
    assert audited.owner_id == "wuxi"
    assert (audited.change or {})["after"]["roles"] == ["bed_doctor", "requesting_doctor"]


@pytest.mark.parametrize("q", ["oyld", "oy", "ouyang", "ouyanglidong", "欧阳", "立冬"])
async def test_a_family_name_of_two_characters_is_found_by_its_initials(call: Call, q: str) -> None:
    await enter(call, name="欧阳立冬")
    status, page = await call("wuxi_admin", "GET", f"/admin/staff?q={q}")
    assert (status, [each["name"] for each in page["items"]]) == (200, ["欧阳立冬"])


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"phone": "1390000"}, "telephone"),
        ({"email": "nobody"}, "email"),
        ({"name": ""}, "missing"),
    ],
)
async def test_what_is_wrong_is_named_with_its_field(call: Call, more: dict[str, Any], reason: str) -> None:
    status, problem = await call("wuxi_admin", "POST", "/admin/staff", json=NEW | more)
    assert (status, problem["reason"], problem["fields"]) == (422, reason, list(more))


async def test_a_number_a_name_to_sign_in_by_and_a_licence_are_one_persons(call: Call) -> None:
    await enter(call)
    again = NEW | {"number": "W0100"}
    for more, reason in (
        ({"number": "W0099"}, "staff_number_taken"),
        ({"licence": "", "username": "wuxi.w0099"}, "username_taken"),
        ({}, "licence_taken"),
    ):
        status, problem = await call("wuxi_admin", "POST", "/admin/staff", json=again | more)
        assert (status, problem["reason"]) == (409, reason)
    status, problem = await call("jiashan_admin", "POST", "/admin/staff", json=again | {"hospital_id": "jiashan"})
    assert (status, problem["reason"]) == (409, "licence_taken")
    assert "name" not in problem, "of another hospital's staff nothing is said"


async def test_people_are_found_by_characters_pinyin_initials_and_number(call: Call) -> None:
    made = await enter(call)
    for q in ("夏至", "yexia", "yxz", "W0099", "w009", "Xiazhi", "叶 w00"):
        _, seen = await call("wuxi_admin", "GET", "/admin/staff", params={"q": q})
        assert [each["id"] for each in seen["items"]] == [made["id"]], q
    for q in ("%", "zzz", "叶 w01"):
        assert (await call("wuxi_admin", "GET", "/admin/staff", params={"q": q}))[1]["items"] == []


async def test_the_hub_sees_branches_read_only_and_a_branch_only_itself(world: World, call: Call) -> None:
    _, hub = await call("admin", "GET", "/admin/staff")
    assert (hub["all"], hub["hospitals"]) == (len(await rows(world.db, Staff)), 3)
    assert {each["hospital_id"] for each in hub["items"] if each["may_edit"]} == {"ruijin"}
    _, wuxi = await call("wuxi_admin", "GET", "/admin/staff")
    assert {each["hospital_id"] for each in wuxi["items"]} == {"wuxi"}
    for other in ("jiashan_doctor", "expert"):
        path = f"/admin/staff/{world.ids[other]}"
        assert (await call("wuxi_admin", "GET", path))[0] == 404
        assert (await call("wuxi_admin", "PUT", path, match=1, json={"phone": ""}))[0] == 404
    path = f"/admin/staff/{world.ids['doctor']}"
    status, problem = await call("admin", "PUT", path, match=1, json={"phone": ""})
    assert (status, problem["reason"]) == (403, "own_administrator")


async def test_the_hub_makes_a_branchs_first_administrator_and_no_second(world: World, call: Call) -> None:
    hospital = {"id": "kunshan", "kind": "branch", "name": "昆山分院", "licence_name": "昆山分院"}
    await call("admin", "POST", "/admin/hospitals", json=hospital)
    first = NEW | {"hospital_id": "kunshan", "roles": ["administrator"]}
    doctor = first | {"roles": ["requesting_doctor"]}
    assert (await call("admin", "POST", "/admin/staff", json=doctor))[1]["reason"] == "own_administrator"
    status, made = await call("admin", "POST", "/admin/staff", json=first)
    assert (status, made["roles"], made["may_edit"]) == (201, ["administrator"], False)
    second = first | {"number": "K2", "licence": ""}
    status, problem = await call("admin", "POST", "/admin/staff", json=second)
    assert (status, problem["reason"]) == (403, "own_administrator")


async def test_another_hub_is_given_its_first_administrator_and_is_then_its_own(world: World, call: Call) -> None:
    hub = {"id": "renji", "kind": "hub", "name": "仁济医院", "licence_name": "仁济医院"}
    assert (await call("admin", "POST", "/admin/hospitals", json=hub))[0] == 201
    assert "renji" in {each["id"] for each in (await call("admin", "GET", "/admin/hospitals"))[1]["items"]}
    assert (await call("wuxi_admin", "GET", "/admin/staff?hospital_id=renji"))[1]["items"] == []
    first = NEW | {"hospital_id": "renji", "roles": ["administrator"], "licence": ""}
    assert (await call("wuxi_admin", "POST", "/admin/staff", json=first))[0] == 404
    status, made = await call("admin", "POST", "/admin/staff", json=first)
    assert (status, made["may_edit"], made["may_issue"]) == (201, False, True)
    body = {"ids": [made["id"]]}
    assert (await call("admin", "POST", "/admin/staff/one-time-passwords", json=body))[0] == 200
    async with world.db.write() as db:
        (await db.get_one(Account, UUID(made["id"]))).password_hash = "chosen at the first sign-in"
    assert (await call("admin", "GET", f"/admin/staff/{made['id']}"))[0] == 404
    assert "renji" not in {each["id"] for each in (await call("admin", "GET", "/admin/hospitals"))[1]["items"]}


async def test_what_is_not_given_stays_and_the_second_administrator_is_told(world: World, call: Call) -> None:
    made = await enter(call)
    path = f"/admin/staff/{made['id']}"
    _, changed = await call("wuxi_admin", "PUT", path, match=1, json={"title": "chief"})
    assert (changed["title"], changed["phone"], changed["roles"]) == ("chief", made["phone"], made["roles"])
    status, problem = await call("wuxi_admin", "PUT", path, match=1, json={"title": "resident"})
    assert (status, problem["current"]["title"]) == (412, "chief")


@pytest.mark.parametrize("name", ["name", "number"])
async def test_who_is_known_by_a_name_and_a_number_keeps_both(call: Call, name: str) -> None:
    made = await enter(call)
    status, problem = await call("wuxi_admin", "PUT", f"/admin/staff/{made['id']}", match=1, json={name: " "})
    assert (status, problem["reason"], problem["fields"]) == (422, "missing", [name])


async def test_roles_hold_from_the_next_request_on(world: World, call: Call) -> None:
    path = f"/admin/staff/{world.ids['radiographer']}"
    assert (await call("radiographer", "GET", "/admin/staff"))[0] == 403
    _, changed = await call("wuxi_admin", "PUT", path, match=1, json={"roles": ["quality_officer"]})
    assert changed["roles"] == ["quality_officer"]
    assert (await call("radiographer", "GET", "/session"))[1]["roles"] == ["quality_officer"]


async def test_nobody_changes_their_own_roles(world: World, call: Call) -> None:
    path = f"/admin/staff/{world.ids['wuxi_admin']}"
    status, problem = await call("wuxi_admin", "PUT", path, match=1, json={"roles": ["administrator", "reviewer"]})
    assert (status, problem["reason"]) == (403, "own_roles")
    assert (await call("wuxi_admin", "PUT", path, match=1, json={"phone": "0510-0000-1111"}))[0] == 200


async def test_a_clinical_role_for_an_administrator_waits_for_a_second_person(world: World, call: Call) -> None:
    made = await enter(call, number="W1", licence="", roles=["administrator"])
    path = f"/admin/staff/{made['id']}"
    wanted = {"roles": ["administrator", "requesting_doctor"]}
    _, changed = await call("wuxi_admin", "PUT", path, match=1, json=wanted)
    (waits,) = changed["proposals"]
    assert (changed["roles"], waits["role"], waits["may_decide"]) == (["administrator"], "requesting_doctor", False)
    decide = f"/admin/role-proposals/{waits['id']}"
    status, problem = await call("wuxi_admin", "POST", decide, json={"confirm": True})
    assert (status, problem["reason"]) == (403, "second_person")
    assert (await call("jiashan_reviewer", "POST", decide, json={"confirm": True}))[0] == 404
    assert (await call("doctor", "POST", decide, json={"confirm": True}))[0] == 403
    assert (await call("reviewer", "POST", decide, json={"confirm": True}))[0] == 204
    assert (await call("reviewer", "POST", decide, json={"confirm": True}))[1]["reason"] == "decided"
    _, after = await call("wuxi_admin", "GET", path)
    assert (after["roles"], after["proposals"]) == (["administrator", "requesting_doctor"], [])


async def test_a_doctor_becomes_administrator_only_with_a_second_person(world: World, call: Call) -> None:
    path = f"/admin/staff/{world.ids['doctor2']}"
    before = [Role.accompanying_physician, Role.requesting_doctor]
    _, changed = await call("wuxi_admin", "PUT", path, match=1, json={"roles": [*before, "administrator"]})
    assert (changed["roles"], [each["role"] for each in changed["proposals"]]) == (before, ["administrator"])
    _, changed = await call("wuxi_admin", "PUT", path, match=2, json={"roles": before})
    assert changed["proposals"] == [], "taken back"


async def test_the_last_administrator_keeps_the_role(world: World, call: Call) -> None:
    second = await enter(call, number="W2", licence="", roles=["administrator"])
    async with world.db.write() as db:
        new = StaffIn(roles=[Role.quality_officer])
        await staffing.save(db, None, "wuxi", new, NOW, id=UUID(second["id"]))
    async with world.db.write() as db:
        with pytest.raises(Conflict) as refused:
            await staffing.save(db, None, "wuxi", new, NOW, id=world.ids["wuxi_admin"])
    assert refused.value.extra["reason"] == "last_administrator"


async def test_a_registration_is_entered_renewed_and_filtered_for(world: World, call: Call) -> None:
    path = f"/admin/staff/{world.ids['neurologist']}/registrations"
    new = {"hospital_id": "wuxi", "number": "备-1", "valid_from": "2026-01-01", "valid_until": "2026-03-20"}
    assert (await call("wuxi_admin", "PUT", path, json=new))[0] == 404
    assert (await call("admin", "PUT", path, json=new | {"hospital_id": "ruijin"}))[1]["reason"] == "own_hospital"
    backwards = new | {"valid_until": "2025-01-01"}
    assert (await call("admin", "PUT", path, json=backwards))[1]["reason"] == "ends_before_it_begins"
    assert (await call("admin", "GET", "/admin/staff", params={"shown": "ending"}))[1]["ending"] == 0
    async with world.db.write() as db:
        for each in await rows(world.db, Registration):
            if each.staff_id == world.ids["neurologist"]:
                await db.delete(await db.get_one(Registration, each.id))
    _, shown = await call("admin", "PUT", path, json=new)
    first = shown["registrations"][0]
    assert (first["hospital_id"], first["valid_until"]) == ("wuxi", "2026-03-20")
    _, ending = await call("admin", "GET", "/admin/staff", params={"shown": "ending"})
    assert [each["id"] for each in ending["items"]] == [str(world.ids["neurologist"])]
    renewed = {**new, "valid_from": "2026-03-21", "valid_until": "2029-03-20"}
    await call("admin", "PUT", path, json=renewed)
    assert (await call("admin", "GET", "/admin/staff", params={"shown": "ending"}))[1]["ending"] == 0


def test_which_roles_wait_for_a_second_person() -> None:
    admin, doctor, nurse = Role.administrator, Role.requesting_doctor, Role.primary_nurse
    assert rules.to_confirm([admin], [admin, doctor]) == {doctor}
    assert rules.to_confirm([doctor], [admin, doctor, nurse]) == {admin}
    assert rules.to_confirm([], [admin, doctor]) == {doctor}
    assert rules.to_confirm([doctor], [doctor, nurse]) == rules.to_confirm([], [admin]) == frozenset()
    assert rules.to_confirm([admin, doctor], [admin, doctor, nurse]) == {nurse}


def test_a_telephone_number_in_full_width_digits_is_read() -> None:
    assert rules.telephone("１３８００００００９９") == "13800000099"
    assert rules.telephone("0510-0000-1234 转 8") == "0510-0000-1234 转 8"
    with pytest.raises(Invalid) as refused:
        rules.telephone("1390000")
    assert refused.value.extra["digits"] == 7


async def test_a_one_time_password_is_issued_to_ones_own_people_and_shown_once(world: World, call: Call) -> None:
    path, doctor = "/admin/staff/one-time-passwords", str(world.ids["doctor"])
    assert (await call("jiashan_admin", "POST", path, json={"ids": [doctor]}))[0] == 404
    assert (await call("admin", "POST", path, json={"ids": [doctor]}))[0] == 403
    own = {"ids": [str(world.ids["wuxi_admin"])]}
    assert (await call("wuxi_admin", "POST", path, json=own))[1]["reason"] == "own_password"
    status, slips = await call("wuxi_admin", "POST", path, json={"ids": [doctor]})
    (slip,) = slips["items"]
    assert (status, slip["username"]) == (200, "doctor")
    assert (await call("doctor", "GET", "/departments"))[0] == 401  # signed in by the password before
    credentials = {"username": "doctor", "password": slip["password"]}
    assert (await call(None, "POST", "/session", json=credentials))[0] == 200
    told = [each for each in await rows(world.db, AuditEvent) if each.action == "account.one_time_issued"]
    assert [each.target for each in told] == [doctor]
    assert slip["password"] not in str(told[0].model_dump())


async def test_the_hub_gives_a_branchs_first_administrator_a_password_and_nobody_else_there(
    world: World, call: Call
) -> None:
    hospital = {"id": "kunshan", "kind": "branch", "name": "昆山分院", "licence_name": "昆山分院"}
    await call("admin", "POST", "/admin/hospitals", json=hospital)
    first = await enter(call, "admin", hospital_id="kunshan", roles=["administrator"])
    path = "/admin/staff/one-time-passwords"
    assert (first["may_edit"], first["may_issue"]) == (False, True)
    assert (await call("admin", "POST", path, json={"ids": [first["id"]]}))[0] == 200
    _, people = await call("admin", "GET", "/admin/staff")
    issued = {each["name"] for each in people["items"] if each["may_issue"]}
    assert issued == {first["name"], *(who for who, (hospital, _, _) in PEOPLE.items() if hospital == "ruijin")} - {
        "admin"
    }
    others = {"ids": [str(world.ids["wuxi_admin"])]}
    assert (await call("admin", "POST", path, json=others))[0] == 403


async def test_who_is_given_a_role_that_asks_for_a_second_factor_signs_in_anew(call: Call, world: World) -> None:
    async with world.db.write() as db:
        await db.merge(AccountPolicy(hospital_id="wuxi", second_factor_roles=["senior_doctor"]))
    path = f"/admin/staff/{world.ids['nurse']}"
    for roles, status in ((["charge_nurse"], 200), (["charge_nurse", "senior_doctor"], 401)):
        version = (await call("wuxi_admin", "GET", path))[1]["version"]
        assert (await call("wuxi_admin", "PUT", path, match=version, json={"roles": roles}))[0] == 200
        assert (await call("nurse", "GET", "/departments"))[0] == status
