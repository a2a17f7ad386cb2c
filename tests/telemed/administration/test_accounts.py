"""Administrators see to the accounts of their own hospital: policy, locked ones, a lost second factor."""

from typing import Any

import pyotp
import pytest

from telemed.access.model import Account, SecondFactor
from telemed.access.passwords import hash_now
from telemed.audit.model import AuditEvent
from telemed.kit.events import Outbox
from tests.telemed.conftest import Call, FakeClock, World, rows

OLD = "the old one still"
HASH = hash_now(OLD)
POLICY = {"length": 12, "history": 5, "expires_days": 180, "second_factor_roles": ["expert"], "networks": []}


@pytest.fixture(autouse=True)
async def password(world: World) -> None:
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["doctor"])).password_hash = HASH


async def sign_in(call: Call, password: str = OLD) -> int:
    return (await call(None, "POST", "/session", json={"username": "doctor", "password": password}))[0]


async def lock(call: Call) -> None:
    for _ in range(5):
        await sign_in(call, "wrong")
    assert await sign_in(call) == 429


async def enrol(call: Call, clock: FakeClock) -> None:
    _, found = await call("doctor", "POST", "/account/second-factor", json={"current": OLD})
    code = pyotp.TOTP(found["key"].replace(" ", "")).at(clock())
    assert (await call("doctor", "PUT", "/account/second-factor", json={"code": code}))[0] == 200


async def test_a_policy_is_a_hospitals_own(call: Call, world: World) -> None:
    _, before = await call("wuxi_admin", "GET", "/admin/account-policy")
    assert (before["version"], before["length"], before["your_address"]) == (0, 10, "127.0.0.1")
    new = POLICY | {"networks": ["10.1.2.3/8", " 2001:db8::/32"]}
    status, saved = await call("wuxi_admin", "PUT", "/admin/account-policy", match=0, json=new)
    assert (status, saved["version"], saved["networks"]) == (200, 1, ["10.0.0.0/8", "2001:db8::/32"])
    assert (await call("jiashan_admin", "GET", "/admin/account-policy"))[1]["length"] == 10
    assert (await call("wuxi_admin", "PUT", "/admin/account-policy", match=0, json=new))[0] == 412
    assert (await call("doctor", "GET", "/admin/account-policy"))[0] == 403
    (row,) = [each for each in await rows(world.db, AuditEvent) if each.action == "account_policy.changed"]
    assert row.change is not None
    assert (row.change["before"]["length"], row.change["after"]["length"]) == (10, 12)


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"networks": ["the hospital"]}, 422), ({"length": 7}, 422), ({"second_factor_roles": ["king"]}, 422)],
)
async def test_a_policy_that_means_nothing_is_refused(call: Call, wrong: dict[str, Any], status: int) -> None:
    answer = await call("wuxi_admin", "PUT", "/admin/account-policy", match=0, json=POLICY | wrong)
    assert answer[0] == status


async def test_a_locked_account_is_listed_and_unlocked_by_its_own_administrator(call: Call, world: World) -> None:
    assert (await call("wuxi_admin", "GET", "/admin/accounts"))[1]["items"] == []
    await lock(call)
    (found,) = (await call("wuxi_admin", "GET", "/admin/accounts"))[1]["items"]
    assert (found["username"], found["locked_until"]) == ("doctor", "2026-03-02T01:15:00Z")
    for who in ("jiashan_admin", "admin"):
        assert (await call(who, "GET", "/admin/accounts"))[1]["items"] == []
        assert (await call(who, "POST", f"/admin/accounts/{found['id']}/unlock"))[0] == 404
    assert (await call("doctor", "POST", f"/admin/accounts/{found['id']}/unlock"))[0] == 403
    assert (await call("wuxi_admin", "POST", f"/admin/accounts/{found['id']}/unlock"))[0] == 204
    assert await sign_in(call) == 200
    assert "account.unlocked" in {each.action for each in await rows(world.db, AuditEvent)}


async def test_accounts_are_found_by_what_they_are_called(call: Call) -> None:
    for q, names in (("doct", ["doctor", "doctor2"]), ("  DOCTOR2", ["doctor2"]), ("jiashan", [])):
        _, found = await call("wuxi_admin", "GET", "/admin/accounts", params={"q": q})
        assert [each["username"] for each in found["items"]] == names


async def test_a_lost_second_factor_is_taken_away_and_its_person_reads_by_whom(
    call: Call, world: World, clock: FakeClock
) -> None:
    await enrol(call, clock)
    id = world.ids["doctor"]
    for who, status in (("jiashan_admin", 404), ("admin", 404), ("doctor", 403)):
        assert (await call(who, "POST", f"/admin/accounts/{id}/second-factor-reset"))[0] == status
    assert (await call("wuxi_admin", "POST", f"/admin/accounts/{id}/second-factor-reset"))[0] == 204
    assert await rows(world.db, SecondFactor) == []
    assert (await call("doctor", "GET", "/account"))[0] == 401  # signed out everywhere
    assert "session.ended" in {each.type for each in await rows(world.db, Outbox)}
    assert await sign_in(call) == 200
    factor = (await call(None, "GET", "/account"))[1]["second_factor"]
    assert (factor["since"], factor["reset_by"], factor["reset_at"]) == (None, "wuxi_admin", "2026-03-02T01:00:00Z")
    assert (await call("wuxi_admin", "POST", f"/admin/accounts/{id}/second-factor-reset"))[0] == 404
    assert "account.second_factor_reset" in {each.action for each in await rows(world.db, AuditEvent)}


async def test_nobody_takes_their_own_away_here(call: Call, world: World) -> None:
    own = world.ids["wuxi_admin"]
    status, problem = await call("wuxi_admin", "POST", f"/admin/accounts/{own}/second-factor-reset")
    assert (status, problem["reason"]) == (409, "own_second_factor")
