"""The second factor: enrolled, asked for, each code good once, recovered, and asked for by role and network."""

import asyncio
from typing import Any

import pyotp
import pytest

from telemed.access import one_time
from telemed.access.account_policy import outside
from telemed.access.model import Account, AccountPolicy, RecoveryCode, SecondFactor, SignIn
from telemed.access.passwords import hash_now
from telemed.audit.model import AuditEvent
from tests.telemed.access.enrolling import OLD, enrol
from tests.telemed.conftest import Call, FakeClock, World, rows

HASH = hash_now(OLD)


@pytest.fixture(autouse=True)
async def password(world: World) -> None:
    async with world.db.write() as db:
        for who in ("doctor", "chief"):
            (await db.get_one(Account, world.ids[who])).password_hash = HASH


async def sign_in(call: Call, who: str = "doctor") -> tuple[int, Any]:
    return await call(None, "POST", "/session", json={"username": who, "password": OLD})


async def step(call: Call, code: str) -> tuple[int, Any]:
    return await call(None, "POST", "/session/second-factor", json={"code": code})


async def test_once_enrolled_it_is_asked_for_before_anything_else(call: Call, world: World, clock: FakeClock) -> None:
    totp, codes = await enrol(call, clock)
    assert len(set(codes)) == 10
    assert (await sign_in(call))[1]["owed"]["owes"] == "second_factor"
    status, problem = await call(None, "GET", "/departments")
    assert (status, problem["reason"]) == (403, "second_factor_first")
    status, problem = await step(call, "000000")
    assert (status, problem["reason"]) == (403, "code_wrong")
    half = {each.id for each in await rows(world.db, SignIn)}
    status, found = await step(call, f"{totp.at(clock())[:3]} {totp.at(clock())[3:]}")
    assert (status, found["actor"]["username"], found["owed"]) == (200, "doctor", None)
    now = {each.id for each in await rows(world.db, SignIn)}
    assert (len(now - half), len(half - now)) == (1, 1)  # a new session, and the half one is gone
    assert (await call(None, "GET", "/departments"))[0] == 200
    actions = [each.action for each in await rows(world.db, AuditEvent)]
    assert actions.count("session.begun") == actions.count("session.signed_in") == 1
    assert "session.signed_out" not in actions


async def test_a_code_is_good_once_and_none_before_it(call: Call, clock: FakeClock) -> None:
    totp, _ = await enrol(call, clock)
    code = totp.at(clock())
    await sign_in(call)
    assert (await step(call, code))[0] == 200
    await sign_in(call)
    assert [(await step(call, each))[0] for each in (code, totp.at(clock(), counter_offset=-1))] == [403, 403]
    assert (await step(call, totp.at(clock(), counter_offset=1)))[0] == 200  # a telephone that is half a minute ahead


async def test_two_at_once_do_not_take_the_same_code(call: Call, world: World, clock: FakeClock) -> None:
    totp, _ = await enrol(call, clock)
    code, tokens = totp.at(clock()), []
    for _ in range(2):
        await sign_in(call)
        tokens.append(code)
    said = await asyncio.gather(*(step(call, each) for each in tokens))
    assert sorted(status for status, _ in said)[0] == 200
    assert [status for status, _ in said].count(200) == 1


@pytest.mark.parametrize(("steps", "status"), [(-2, 403), (-1, 403), (0, 200), (1, 200), (2, 403)])
async def test_a_clock_may_drift_by_one_step(call: Call, clock: FakeClock, steps: int, status: int) -> None:
    totp, _ = await enrol(call, clock)  # -1 is the code of the enrolment, which was taken
    await sign_in(call)
    assert (await step(call, totp.at(clock(), counter_offset=steps)))[0] == status


async def test_wrong_codes_lock_however_often_the_password_is_right(call: Call, clock: FakeClock) -> None:
    totp, _ = await enrol(call, clock)
    said = []
    for _ in range(6):
        assert (await sign_in(call))[0] == 200
        said.append((await step(call, "12345６"))[0])
    assert said == [403] * 5 + [429]
    assert (await step(call, totp.at(clock())))[0] == 429
    clock.move(minutes=16)
    await sign_in(call)
    assert (await step(call, totp.at(clock())))[0] == 200


async def test_a_recovery_code_stands_in_once(call: Call, world: World, clock: FakeClock) -> None:
    _, codes = await enrol(call, clock)
    await sign_in(call)
    assert (await step(call, codes[0].upper().replace("-", " ")))[0] == 200
    await sign_in(call)
    assert (await step(call, codes[0]))[0] == 403
    assert (await step(call, codes[1]))[0] == 200
    assert (await call(None, "GET", "/account"))[1]["second_factor"]["codes_left"] == 8
    assert "account.recovery_code_used" in {each.action for each in await rows(world.db, AuditEvent)}
    kept = await rows(world.db, RecoveryCode)
    assert not any(code in each.sha256 for each in kept for code in codes)


async def test_its_secret_is_sealed_and_belongs_to_its_account(call: Call, world: World, clock: FakeClock) -> None:
    totp, _ = await enrol(call, clock)
    (row,) = await rows(world.db, SecondFactor)
    assert row.secret.startswith("sealed1:")
    assert totp.secret not in row.secret
    await sign_in(call, "chief")
    assert (await call(None, "GET", "/account"))[1]["second_factor"] == {
        "since": None,
        "codes_left": 0,
        "needed": False,
        "reset_at": None,
        "reset_by": "",
    }


async def test_another_takes_its_place_only_when_confirmed(call: Call, clock: FakeClock) -> None:
    first, old = await enrol(call, clock)
    _, found = await call("doctor", "POST", "/account/second-factor", json={"current": OLD})
    second = pyotp.TOTP(found["key"].replace(" ", ""))
    assert (await call("doctor", "PUT", "/account/second-factor", json={"code": "000000"}))[0] == 403
    await sign_in(call)
    assert (await step(call, first.at(clock())))[0] == 200
    assert (await call("doctor", "PUT", "/account/second-factor", json={"code": second.at(clock())}))[0] == 200
    clock.move(seconds=30)
    await sign_in(call)
    for gone in (first.at(clock()), old[0]):
        assert (await step(call, gone))[0] == 403
    assert (await step(call, second.at(clock())))[0] == 200
    status, problem = await call("doctor", "PUT", "/account/second-factor", json={"code": second.at(clock())})
    assert (status, problem["reason"]) == (409, "no_enrolment")


async def test_what_changes_it_asks_for_the_password_and_is_noted(call: Call, clock: FakeClock) -> None:
    _, codes = await enrol(call, clock)
    for path in ("", "/recovery-codes", "/removal"):
        status, problem = await call("doctor", "POST", f"/account/second-factor{path}", json={"current": "guess"})
        assert (status, problem["reason"]) == (403, "current_password_wrong")
    status, renewed = await call("doctor", "POST", "/account/second-factor/recovery-codes", json={"current": OLD})
    assert (status, set(renewed["codes"]) & set(codes)) == (200, set())
    assert (await call("doctor", "POST", "/account/second-factor/removal", json={"current": OLD}))[0] == 204
    _, changes = await call("wuxi_admin", "GET", "/audit?about=settings")
    assert {each["action"]: (each["before"], each["after"]) for each in changes["items"]} == {
        "account.second_factor_enrolled": ({"second_factor": False}, {"second_factor": True}),
        "account.recovery_codes_renewed": ({}, {}),
        "account.second_factor_removed": ({"second_factor": True}, {"second_factor": False}),
    }
    assert (await sign_in(call))[1]["owed"] is None
    status, _ = await call("doctor", "POST", "/account/second-factor/recovery-codes", json={"current": OLD})
    assert status == 409


async def ask(world: World, **policy: Any) -> None:
    async with world.db.write() as db:
        await db.merge(AccountPolicy(hospital_id="wuxi", **policy))


async def test_who_must_have_one_enrols_before_anything_else(call: Call, world: World, clock: FakeClock) -> None:
    await ask(world, second_factor_roles=["requesting_doctor"])
    assert (await sign_in(call, "chief"))[1]["owed"] is None
    assert (await sign_in(call))[1]["owed"]["owes"] == "enrolment"
    assert (await call(None, "GET", "/departments"))[1]["reason"] == "enrolment_first"
    status, found = await call(None, "POST", "/session/second-factor/enrolment")
    assert status == 200
    code = pyotp.TOTP(found["key"].replace(" ", "")).at(clock())
    assert (await call(None, "PUT", "/session/second-factor/enrolment", json={"code": "000000"}))[0] == 403
    status, found = await call(None, "PUT", "/session/second-factor/enrolment", json={"code": code})
    assert (status, len(found["codes"])) == (200, 10)
    assert (await call(None, "GET", "/departments"))[0] == 200
    status, problem = await call(None, "POST", "/account/second-factor/removal", json={"current": OLD})
    assert (status, problem["reason"]) == (409, "second_factor_needed")
    assert (await sign_in(call))[1]["owed"]["owes"] == "second_factor"


async def test_from_outside_the_networks_everybody_needs_one(call: Call, world: World) -> None:
    await ask(world, networks=["10.0.0.0/8"])
    status, problem = await sign_in(call, "chief")  # the tests come from 127.0.0.1
    assert (status, problem["reason"]) == (403, "enrol_inside")
    assert (await call(None, "GET", "/session"))[1]["owed"] is None
    await ask(world, networks=["10.0.0.0/8", "127.0.0.0/8"])
    assert (await sign_in(call, "chief"))[1]["owed"] is None


async def test_from_outside_it_is_enrolled_by_a_one_time_password_and_inside_by_ones_own(
    call: Call, world: World, clock: FakeClock
) -> None:
    await ask(world, networks=["127.0.0.0/8"], second_factor_roles=["senior_doctor"])
    assert (await sign_in(call, "chief"))[1]["owed"]["owes"] == "enrolment"
    await ask(world, networks=["10.0.0.0/8"])
    async with world.db.write() as db:
        slip = await one_time.issue(db, world.ids["doctor"], clock())
    status, found = await call(None, "POST", "/session", json={"username": "doctor", "password": slip})
    assert (status, found["owed"]["owes"]) == (200, "new_password")
    status, found = await call(None, "PUT", "/session/password", json={"password": "a long walk home"})
    assert (status, found["owed"]["owes"]) == (200, "enrolment")
    _, found = await call(None, "POST", "/session/second-factor/enrolment")
    code = pyotp.TOTP(found["key"].replace(" ", "")).at(clock())
    assert (await call(None, "PUT", "/session/second-factor/enrolment", json={"code": code}))[0] == 200


@pytest.mark.parametrize(
    ("networks", "address", "is_outside"),
    [
        ([], "203.0.113.9", False),
        (["10.0.0.0/8"], "10.9.8.7", False),
        (["10.0.0.0/8"], "::ffff:10.9.8.7", False),
        (["10.0.0.0/8", "2001:db8::/32"], "2001:db8:1::9%eth0", False),
        (["10.0.0.0/8"], "11.0.0.1", True),
        (["10.0.0.0/8"], "2001:db8:1::9", True),
        (["10.0.0.0/8"], "", True),
        (["10.0.0.0/8"], "unix:", True),
    ],
)
def test_which_address_is_outside(networks: list[str], address: str, is_outside: bool) -> None:
    assert outside(AccountPolicy(hospital_id="", networks=networks), address) is is_outside
