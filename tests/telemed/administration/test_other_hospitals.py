"""A branch's administrator cannot touch another branch or the hub: each route for administrators answers 404."""

from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import Account, AccountRole
from telemed.administration.model import RoleProposal
from telemed.app import FEATURES
from telemed.devices.model import Device, DeviceKind
from telemed.kit.table import Table
from telemed.people.model import Agreement, Department, Hospital, Registration, Staff, Ward
from telemed.reading.model import ReadingClause, ReadingRule
from telemed.rosters.model import Covers, Roster, RosterKind
from telemed.scheduling.model import Resource
from telemed.sources.model import AeTitle, HospitalSystem
from tests.telemed.conftest import NOW, Call, World, register, rows

ROSTER = {"covers": "always", "day_starts": "08:00", "night_starts": "18:00"}
PLAN = {
    "first": "2026-03-02",
    "days": 7,
    "places": [None],
    "rest_hours": 10,
    "nights_in_a_row": 1,
    "people": [],
    "kept": [],
}
PERSON = {"number": "X1", "name": "吴松年", "title": "attending", "roles": ["trainee"]}
PERIOD = {"valid_from": "2026-01-01", "valid_until": "2028-01-01"}
RUNG = {"when": "due", "minutes": 0, "to": "asked"}
# What names something of another hospital, by its id: method, route, body. None of it is found.
FOREIGN: dict[tuple[str, str], Any] = {
    ("GET", "/admin/departments?hospital_id={hospital}"): None,
    ("POST", "/admin/departments"): {"hospital_id": "{hospital}", "name": "新", "specialty": "cardiology"},
    ("PUT", "/admin/departments/{department}"): {"name": "改"},
    ("GET", "/admin/wards?hospital_id={hospital}"): None,
    ("POST", "/admin/wards"): {"hospital_id": "{hospital}", "code": "N", "name": "新", "beds": []},
    ("PUT", "/admin/wards/{ward}"): {"name": "改"},
    ("GET", "/admin/venues?hospital_id={hospital}"): None,
    ("POST", "/admin/venues"): {"hospital_id": "{hospital}", "name": "新"},
    ("PUT", "/admin/venues/{venue}"): {"name": "改"},
    ("PUT", "/admin/hospitals/{hospital}"): {"name": "改"},
    ("PUT", "/admin/agreements/{agreement}"): {"number": "改"},
    ("GET", "/admin/staff?hospital_id={hospital}"): None,
    ("POST", "/admin/staff"): PERSON | {"hospital_id": "{hospital}"},
    ("GET", "/admin/staff/{person}"): None,
    ("PUT", "/admin/staff/{person}"): {"name": "改"},
    ("GET", "/admin/staff/{person}/waiting"): None,
    ("GET", "/admin/staff/{person}/shifts"): None,
    ("POST", "/admin/staff/{person}/disable"): {},
    ("POST", "/admin/staff/{person}/enable"): {},
    ("PUT", "/admin/staff/{person}/registrations"): {"hospital_id": "wuxi", "number": "N", **PERIOD},
    ("DELETE", "/admin/staff/{person}/registrations/{registration}"): None,
    ("PUT", "/admin/registrations/{person}"): {"hospital_id": "{elsewhere}", "number": "N", **PERIOD},
    ("GET", "/admin/registrations/{person}/{registration}/file"): None,
    ("PUT", "/admin/registrations/{person}/{registration}/file"): {"file_id": "{person}"},
    ("DELETE", "/admin/registrations/{person}/{registration}/file"): None,
    ("GET", "/admin/staff/{person}/signature"): None,
    ("PUT", "/admin/staff/{person}/signature"): {"file_id": "{person}"},
    ("DELETE", "/admin/staff/{person}/signature"): None,
    ("POST", "/admin/staff/one-time-passwords"): {"ids": ["{person}"]},
    ("POST", "/admin/role-proposals/{proposal}"): {"confirm": True},
    ("POST", "/admin/accounts/{person}/unlock"): None,
    ("POST", "/admin/accounts/{person}/second-factor-reset"): None,
    ("POST", "/admin/accounts/{person}/badge-removal"): None,
    ("POST", "/admin/rosters"): ROSTER | {"kind": "department", "subject": "{department}"},
    ("GET", "/admin/rosters/{roster}?first=2026-03-02"): None,
    ("PUT", "/admin/rosters/{roster}"): ROSTER,
    ("PUT", "/admin/rosters/{roster}/shifts"): {"first": "2026-03-02", "days": 7, "shifts": []},
    ("GET", "/admin/rosters/{roster}/planning?first=2026-03-02"): None,
    ("POST", "/admin/rosters/{roster}/planning"): PLAN,
    ("POST", "/admin/rosters/{roster}/close"): None,
    ("PUT", "/admin/devices/{device}"): {"name": "改", "kind": "cart"},
    ("POST", "/admin/devices/{device}/revoke"): None,
    ("DELETE", "/admin/sources/ae-titles/{title}"): None,
    ("PUT", "/admin/ladders/approval"): {"hospital_id": "{hospital}", "rungs": [RUNG]},
    ("POST", "/admin/ladders/approval/give-up"): {"hospital_id": "{hospital}", "planned_only": False},
}
RULE = {
    "name": "夜间 CT", "purpose": "primary", "modality": "CT", "days": "1111111", "starts": "00:00", "ends": "00:00",
    "share": 100, "urgency": "routine", "part": "chest", "question": "常规诊断", "contact_id": "{person}",
}  # fmt: skip
BRANCH = {"id": "{hospital}", "kind": "branch", "name": "X", "licence_name": "X"}
AGREED = {"branch_id": "{hospital}", "hub_id": "{hospital}", "number": "X", **PERIOD, "services": ["consultation"]}
# What only a hub's administrator may do, whatever it names: 403 tells a branch's nothing.
OF_HUB: dict[tuple[str, str], Any] = {
    ("POST", "/admin/hospitals"): BRANCH,
    ("POST", "/admin/agreements"): AGREED,
    ("POST", "/admin/reading-rules"): RULE | {"branch_id": "{hospital}"},
    ("PUT", "/admin/reading-rules/{person}"): RULE,
    ("POST", "/admin/reading-clauses"): {"agreement_id": "{agreement}", "text": "X", "valid_from": "2026-01-01"},
}
# What acts on the caller's own hospital and names no other; a workbook may, see below.
OWN = {
    ("GET", "/admin/registrations"), ("GET", "/admin/registrations/own"), ("GET", "/admin/role-proposals"),
    ("GET", "/admin/rosters"), ("GET", "/admin/sources"), ("PUT", "/admin/sources/system"),
    ("DELETE", "/admin/sources/system"), ("POST", "/admin/sources/system/try"), ("POST", "/admin/sources/ae-titles"),
    ("GET", "/admin/devices"), ("POST", "/admin/devices"), ("GET", "/admin/first-steps"), ("GET", "/admin/ladders"),
    ("GET", "/admin/calendar"), ("PUT", "/admin/calendar/days"), ("POST", "/admin/calendar/read"),
    ("PUT", "/admin/calendar/hours"), ("GET", "/admin/account-policy"), ("PUT", "/admin/account-policy"),
    ("GET", "/admin/accounts"), ("GET", "/admin/hospitals"), ("GET", "/admin/agreements"),
    ("POST", "/admin/import/{kind}"), ("POST", "/admin/import/{kind}/check"), ("POST", "/admin/import/{kind}/faulty"),
    ("GET", "/admin/import/{kind}/template"), ("GET", "/admin/reading-rules"),
}  # fmt: skip
TABLES: tuple[type[Table], ...] = (
    Account, AccountRole, AeTitle, Agreement, Department, Device, Hospital, HospitalSystem, ReadingClause, ReadingRule,
    Registration, Resource, RoleProposal, Roster, Staff, Ward,
)  # fmt: skip


def _form(method: str, path: str) -> tuple[str, str]:
    """A route without the names of its ids."""
    plain = path.partition("?")[0].replace("/approval", "/{}")
    parts = ["{}" if each.startswith("{") else each for each in plain.split("/")]
    return method, "/".join(parts)


def test_each_route_for_administrators_is_in_one_of_the_lists() -> None:
    routes = {(each.method, each.path) for feature in FEATURES for each in feature.routes.operations}
    there = {_form(*each) for each in routes if each[1].startswith("/admin")}
    assert there - {_form(*each) for each in (*FOREIGN, *OF_HUB, *OWN)} == set()


@pytest.fixture(params=["jiashan", "ruijin"])
async def theirs(request: pytest.FixtureRequest, world: World, call: Call) -> dict[str, str]:
    """The ids of what another hospital has, one of each."""
    hospital = str(request.param)
    elsewhere = "jiashan" if hospital == "ruijin" else "ruijin"  # where their people may practise, which is not Wuxi
    admin, person = ("admin", "expert") if hospital == "ruijin" else ("jiashan_admin", "jiashan_doctor")
    title = {"title": "OTHER_CT", "name": "CT"}
    made: dict[str, str] = {}
    for name, path, body in (
        ("ward", "/admin/wards", {"hospital_id": hospital, "code": "A", "name": "A", "beds": ["1"]}),
        ("venue", "/admin/venues", {"hospital_id": hospital, "name": "A"}),
    ):
        status, row = await call(admin, "POST", path, json=body)
        assert status == 201, row
        made[name] = row["id"]
    status, said = await call(admin, "POST", "/admin/sources/ae-titles", json=title)
    assert status in (200, 201, 204), said
    async with world.db.write() as db:
        id = world.ids[person]
        if hospital == "jiashan":
            register(db, id, elsewhere)
        device = Device(
            hospital_id=hospital, kind=DeviceKind.cart, name="A", secret_sha256="x", registered_at=NOW, registered_by=id
        )
        proposal = RoleProposal(staff_id=id, role="administrator", proposed_by=world.ids[admin], proposed_at=NOW)
        roster = Roster(hospital_id=hospital, kind=RosterKind.role, subject="duty_officer", covers=Covers.always)
        db.add_all([device, proposal, roster])
        made |= {"device": str(device.id), "proposal": str(proposal.id), "roster": str(roster.id)}
    found = await rows(world.db, Registration)
    registered = next(each for each in found if (each.staff_id, each.hospital_id) == (id, elsewhere))
    agreement = next(each for each in await rows(world.db, Agreement) if each.branch_id == "jiashan")
    made |= {
        "hospital": hospital,
        "elsewhere": elsewhere,
        "person": str(id),
        "title": "OTHER_CT",
        "registration": str(registered.id),
    }
    return made | {"department": str(world.departments[hospital, "cardiology"]), "agreement": str(agreement.id)}


def _filled(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _filled(each, ids) for name, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, ids) for each in value]
    return value.format(**ids) if isinstance(value, str) else value


async def _kept(world: World) -> list[str]:
    return sorted([str(each.model_dump()) for table in TABLES for each in await rows(world.db, table)])


async def test_nothing_of_another_hospital_is_found_or_changed(
    world: World, call: Call, theirs: dict[str, str]
) -> None:
    before = await _kept(world)
    told = {}
    for (method, path), body in FOREIGN.items():
        status, said = await call("wuxi_admin", method, path.format(**theirs), match=1, json=_filled(body, theirs))
        empty = status == 200 and method == "GET" and "?hospital_id" in path and not said["items"]
        if status != 404 and not empty:
            told[method, path] = status, said
    assert told == {}
    for (method, path), body in OF_HUB.items():
        status, _ = await call("wuxi_admin", method, path.format(**theirs), match=1, json=_filled(body, theirs))
        assert status == 403, path
    assert await _kept(world) == before


async def test_what_is_not_there_at_all_is_answered_alike(call: Call, theirs: dict[str, str]) -> None:
    """Whoever guesses ids learns nothing."""
    nowhere = dict.fromkeys(theirs, str(UUID(int=7))) | {"hospital": "nowhere", "title": "NOBODYS"}
    nowhere["elsewhere"] = theirs["elsewhere"]
    for (method, path), body in FOREIGN.items():
        answers = [
            await call("wuxi_admin", method, path.format(**ids), match=1, json=_filled(body, ids))
            for ids in (theirs, nowhere)
        ]
        statuses = {status for status, _ in answers}
        reasons = {str(said.get("reason")) for _, said in answers if isinstance(said, dict)}
        assert (len(statuses), len(reasons)) == (1, 1), (method, path, answers)


async def test_lists_of_ones_own_hold_nothing_of_others(call: Call, world: World, theirs: dict[str, str]) -> None:
    ids = {each for name, each in theirs.items() if name not in ("hospital", "elsewhere", "registration")}
    there = {each.path for feature in FEATURES for each in feature.routes.operations}
    asked = {path for method, path in OWN if method == "GET" and "{" not in path and path in there}
    asked.discard("/admin/registrations")  # who may practise at Wuxi is named there, whosever people they are
    for path in asked | {"/admin/departments", "/admin/wards", "/admin/venues", "/admin/staff"}:
        status, said = await call("wuxi_admin", "GET", path + ("?year=2026" if path.endswith("calendar") else ""))
        assert status == 200, path
        assert {each for each in ids if each in str(said)} == set(), path


@pytest.mark.parametrize("kind", ["staff", "departments", "wards", "venues"])
async def test_a_workbook_that_names_another_hospital_changes_nothing(
    call: Call, world: World, theirs: dict[str, str], kind: str
) -> None:
    heads = {
        "staff": ("工号,姓名,职称,任职", "X1,吴松年,主治医师,进修医师"),
        "departments": ("科室,专业", "新科,心血管内科"),
        "wards": ("病区代码,病区名称", "N,新"),
        "venues": ("会诊室", "新"),
    }
    head, row = heads[kind]
    before = await _kept(world)
    book = f"机构,{head}\n{theirs['hospital']},{row}\n".encode()
    status, said = await call("wuxi_admin", "POST", f"/admin/import/{kind}?language=zh", data=book)
    assert (status, said["counts"]["wrong"]) == (200, 1), said
    assert await _kept(world) == before
