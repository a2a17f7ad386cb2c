"""Every change that an administrator can make leaves a row with what was before and after."""

from collections.abc import Awaitable, Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pyotp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from PIL import Image
from pytest_aiohttp import AiohttpClient

from telemed.access.model import Account, Role
from telemed.access.passwords import hash_now
from telemed.app import FEATURES
from telemed.audit.model import AuditEvent
from telemed.kit.http import Operation
from telemed.notify.allowed import Allowed
from telemed.notify.outside import Outside
from tests.telemed.audit.changed_fields import FIELDS, has_action, has_word, named_in
from tests.telemed.conftest import SEAL, Call, FakeClock, World, app_of, caller, rows
from tests.telemed.rosters.rosters import EXPERTS, SETTINGS, shift

ADMINISTRATORS = "/admin/"
WORDS = "add it to web/src/i18n/*/audit.ts, then make client"
# What administrators send that changes no setting, person or account; why.
NO_CHANGE = {
    "POST /admin/calendar/read": "shows what a list would change",
    "POST /admin/rosters/{id}/planning": "proposes shifts, which saving them notes",
    "POST /admin/sources/system/try": "asks the hospital system, and says so",
    "POST /admin/import/{kind}/check": "shows what a file would change",
    "POST /admin/import/{kind}/faulty": "gives the faulty rows back",
    "POST /admin/import/{kind}": "each row of the file leaves its own, as the page does",
    "POST /notices/robots/{id}/test": "sends a test message",
    "POST /sites/tests": "asks devices to test themselves, and says so",
    "POST /audit/export": "a read, and noted as one",
}
CHAT = "https://chat.example"
PASSWORD = "a-password-of-theirs"
SYSTEM = {"kind": "views", "name": "HIS", "address": "oracle://10.20.0.5:1521/", "account": "t", "secret": "s3cret"}
HOURS = {"starts": "08:00", "ends": "17:30", "week": ["08:00-17:30"] * 5 + ["", ""]}
POLICY = {"length": 12, "history": 5, "expires_days": 180, "second_factor_roles": [], "networks": []}
DAY = {"date": "2027-01-01", "before": None, "kind": "off", "name": "元旦"}
RUNGS = [
    {"when": "due", "minutes": 0, "to": "asked"},
    {"when": "after", "minutes": 5, "to": "role", "role": "duty_officer"},
]
AGREEMENT = {"branch_id": "wuxi", "hub_id": "ruijin", "number": "2", "services": ["consultation"]} | {
    "valid_from": "2026-01-01",
    "valid_until": "2028-12-31",
}
RULE = {
    "name": "夜间",
    "purpose": "primary",
    "modality": "CT",
    "days": "1111111",
    "starts": "17:30",
    "ends": "08:00",
} | {
    "share": 100,
    "urgency": "routine",
    "part": "chest",
    "question": "诊断",
}
OTHER_RULE = {"name": "白天", "purpose": "over_read", "modality": "", "days": "1111100", "retired": True} | {
    "starts": "08:00",
    "ends": "17:30",
    "share": 5,
    "urgency": "urgent",
    "part": "head",
    "question": "复核",
}
PERSON = {"hospital_id": "wuxi", "number": "W9", "name": "叶夏至", "title": "attending", "roles": ["bed_doctor"]}
Done = Callable[..., Awaitable[Any]]
Screen = TestClient[web.Request, web.Application]


def changing() -> dict[str, Operation]:
    """Every route by which an administrator writes."""
    every = (each for feature in FEATURES for each in feature.routes.operations if each.method != "GET")
    return {
        f"{each.method} {each.path}": each
        for each in every
        if each.path.startswith(ADMINISTRATORS) or str(Role.administrator) in each.policy.name.split(" or ")
    }


@pytest.fixture
async def screen(world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock) -> Screen:
    return await aiohttp_client(app_of(world, tmp_path, clock))


@pytest.fixture
async def call(world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock) -> Call:
    return await caller(world, aiohttp_client, tmp_path, clock, outside=Outside(SEAL, allowed=Allowed.of([CHAT])))


@pytest.fixture
def changed(call: Call, world: World) -> tuple[Done, set[str]]:
    """`await do("PUT", "/admin/wards/{id}", …, id=…)` expects a row with a change; the set holds what was done."""
    done = set[str]()

    async def do(
        method: str, route: str, *, who: str = "admin", match: int | None = None, json: Any = None, **of: Any
    ) -> Any:
        before = {each.id for each in await rows(world.db, AuditEvent)}
        status, answer = await call(who, method, route.format(**of), match=match, json=json)
        assert status in (200, 201, 204), (route, answer)
        new = [each for each in await rows(world.db, AuditEvent) if each.id not in before and each.change is not None]
        assert new, f"{method} {route} leaves no row with before and after"
        for each in new:
            assert each.change is not None
            assert each.change.keys() == {"before", "after"}
            assert each.change["before"] != each.change["after"], (route, each.change)
            assert each.owner_id, route
            assert not [secret for secret in ("s3cret", PASSWORD) if secret in str(each.change)]
        done.add(f"{method} {route}")
        return answer

    return do, done


async def test_each_of_them_says_what_was_and_what_is(
    call: Call, world: World, clock: FakeClock, screen: Screen, changed: tuple[Done, set[str]]
) -> None:
    do, done = changed
    await _places(do, call)
    await _people(do, call, world, clock)
    await _papers(do, call, world)
    await _rosters(do, world)
    await _machines(do, screen)
    await _telling(do, call)
    expected = changing().keys() - NO_CHANGE.keys()
    assert expected - done == set(), "make this change above, or say in NO_CHANGE why it is none"
    assert NO_CHANGE.keys() <= changing().keys()
    changes = [each for each in await rows(world.db, AuditEvent) if each.change]
    said = {pair for each in changes for pair in named_in(each)}
    assert ("roster", "staff_id") in said, "the shifts' fields too"
    for language in ("zh-CN", "en"):
        assert {each for each in said | FIELDS if not has_word(language, *each)} == set(), WORDS
        assert {each.action for each in changes if not has_action(language, each.action)} == set(), WORDS


async def _places(do: Done, call: Call) -> None:
    new = {"id": "kunshan", "kind": "branch", "name": "昆山", "licence_name": "昆山分院"}
    await do("POST", "/admin/hospitals", json=new)
    await do("PUT", "/admin/hospitals/{id}", match=1, json={"name": "瑞金"}, id="ruijin")
    settings = {"endorsement": True, "review": True, "coordinator_phone": "021-64370045"}
    await do("PUT", "/hospitals/{id}/settings", match=2, json=settings, id="ruijin")
    here = {"hospital_id": "ruijin"}
    for kind, of in (
        ("departments", {"specialty": "cardiology"}),
        ("wards", {"code": "CCU", "beds": ["01"]}),
        ("venues", {"places": 6}),
    ):
        made = await do("POST", f"/admin/{kind}", json=here | of | {"name": "一"})
        await do("PUT", f"/admin/{kind}/{{id}}", match=1, json={"name": "二"}, id=made["id"])
    made = await do("POST", "/admin/agreements", json=AGREEMENT)
    await do("PUT", "/admin/agreements/{id}", match=1, json={"registration_required": True}, id=made["id"])
    reads = AGREEMENT | {"number": "3", "services": ["reading"], "branch_id": "wuxi"}
    made = await do("POST", "/admin/agreements", json=reads)
    clause = {"agreement_id": made["id"], "text": "双方同意", "valid_from": "2026-01-01"}
    await do("POST", "/admin/reading-clauses", json=clause)
    contact = (await call("admin", "GET", "/admin/reading-rules"))[1]["contacts"][0]["id"]
    rule = RULE | {"contact_id": contact}
    made = await do("POST", "/admin/reading-rules", json=rule | {"branch_id": "wuxi"})
    await do("PUT", "/admin/reading-rules/{id}", match=1, json=rule | OTHER_RULE, id=made["id"])
    await do("PUT", "/admin/calendar/days", json={"of_all": True, "days": [DAY]})
    await do("PUT", "/admin/calendar/hours", match=3, json=HOURS)
    own = {"hospital_id": "wuxi"}
    saved = await do(
        "PUT", "/admin/ladders/{ladder}", who="wuxi_admin", match=0, json={"rungs": RUNGS} | own, ladder="approval"
    )
    gone = own | {"planned_only": False}
    await do(
        "POST",
        "/admin/ladders/{ladder}/give-up",
        who="wuxi_admin",
        match=saved["version"],
        json=gone,
        ladder="approval",
    )


async def _people(do: Done, call: Call, world: World, clock: FakeClock) -> None:
    who = "wuxi_admin"
    id = (await do("POST", "/admin/staff", who=who, json=PERSON))["id"]
    roles = ["requesting_doctor", "administrator"]
    person = await do("PUT", "/admin/staff/{id}", who=who, match=1, json={"roles": roles}, id=id)
    (waits,) = person["proposals"]
    await do("POST", "/admin/role-proposals/{id}", who="reviewer", json={"confirm": True}, id=waits["id"])
    await do("POST", "/admin/staff/one-time-passwords", who=who, json={"ids": [id]})
    version = (await call(who, "GET", f"/admin/staff/{id}"))[1]["version"]
    await do("POST", "/admin/staff/{id}/disable", who=who, match=version, json={}, id=id)
    await do("POST", "/admin/staff/{id}/enable", who=who, match=version + 1, id=id)
    expert = world.ids["expert"]
    registration = {"hospital_id": "wuxi", "number": "备-1", "valid_from": "2026-01-01", "valid_until": "2028-12-31"}
    person = await do("PUT", "/admin/staff/{id}/registrations", json=registration, id=expert)
    gone = next(each["id"] for each in person["registrations"] if each["hospital_id"] == "wuxi")
    await do("DELETE", "/admin/staff/{id}/registrations/{registration_id}", id=expert, registration_id=gone)
    renewed = registration | {"valid_until": "2029-12-31"}
    await do("PUT", "/admin/registrations/{staff_id}", json=renewed, staff_id=expert)
    await do("PUT", "/admin/account-policy", match=0, json=POLICY)
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["coordinator"])).password_hash = hash_now(PASSWORD)
    _, factor = await call("coordinator", "POST", "/account/second-factor", json={"current": PASSWORD})
    code = pyotp.TOTP(factor["key"].replace(" ", "")).at(clock())
    assert (await call("coordinator", "PUT", "/account/second-factor", json={"code": code}))[0] == 200
    for _ in range(5):
        await call(None, "POST", "/session", json={"username": "coordinator", "password": "wrong"})
    await do("POST", "/admin/accounts/{id}/unlock", id=world.ids["coordinator"])
    mine = {"current": PASSWORD, "badge": "A-1000", "pin": "480259"}
    assert (await call("coordinator", "PUT", "/account/badge", json=mine))[0] == 204
    await do("POST", "/admin/accounts/{id}/badge-removal", id=world.ids["coordinator"])
    await do("POST", "/admin/accounts/{id}/second-factor-reset", id=world.ids["coordinator"])


async def _papers(do: Done, call: Call, world: World) -> None:
    expert = world.ids["expert"]
    person = (await call("admin", "GET", f"/admin/staff/{expert}"))[1]
    registration = next(each["id"] for each in person["registrations"] if each["hospital_id"] == "wuxi")
    drawn = BytesIO()
    Image.new("RGB", (60, 20), "white").save(drawn, "PNG")
    for route, of in (
        ("/admin/registrations/{staff_id}/{id}/file", {"staff_id": expert, "id": registration}),
        ("/admin/staff/{id}/signature", {"id": expert}),
    ):
        sent = (await call("admin", "POST", "/files?kind=attachment&name=1.png", data=drawn.getvalue()))[1]
        await do("PUT", route, json={"file_id": sent["id"]}, **of)
        await do("DELETE", route, **of)


async def _rosters(do: Done, world: World) -> None:
    id = (await do("POST", "/admin/rosters", json=SETTINGS | EXPERTS))["id"]
    await do("PUT", "/admin/rosters/{id}", match=1, json=SETTINGS | {"night_starts": "20:00"}, id=id)
    week = {"first": "2026-03-02", "days": 7, "shifts": [shift(world.ids["expert"])]}
    await do("PUT", "/admin/rosters/{id}/shifts", match=2, json=week, id=id)
    await do("POST", "/admin/rosters/{id}/close", match=3, id=id)


async def _machines(do: Done, screen: Screen) -> None:
    await do("PUT", "/admin/sources/system", match=0, json=SYSTEM | {"mapping": {}})
    await do("DELETE", "/admin/sources/system", match=1)
    await do("POST", "/admin/sources/ae-titles", json={"title": "CT1", "name": "CT"})
    await do("DELETE", "/admin/sources/ae-titles/{title}", title="CT1")
    async with screen.post("/api/devices/code") as answer:
        code = (await answer.json())["code"]
    new = {"code": code, "name": "一号车", "kind": "cart", "venue_id": None}
    id = (await do("POST", "/admin/devices", json=new))["id"]
    moved = {"name": "二号车", "kind": "cart", "venue_id": None}
    await do("PUT", "/admin/devices/{id}", match=1, json=moved, id=id)
    await do("POST", "/admin/devices/{id}/revoke", match=2, id=id)


async def _telling(do: Done, call: Call) -> None:
    version = (await call("admin", "GET", "/notices/outside"))[1]["allowed"]["version"]
    await do("PUT", "/notices/outside", match=version, json={"mail": False, "robots": False})
    robot = {"kind": "wecom", "name": "会诊群", "role": "coordinator", "department_id": None}
    id: UUID = (await do("POST", "/notices/robots", json=robot | {"url": f"{CHAT}/send?key={PASSWORD}"}))["id"]
    await do("PUT", "/notices/robots/{id}", match=1, json=robot | {"url": f"{CHAT}/send?key={PASSWORD}"}, id=id)
    await do("DELETE", "/notices/robots/{id}", id=id)
