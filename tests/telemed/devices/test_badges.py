"""Somebody signs in at a device by their badge and PIN, and nowhere else."""

from typing import Any

import pytest
from sqlalchemy import delete, update

from telemed.access import badges
from telemed.access.badge_rules import check, plain
from telemed.access.model import Account, AccountPolicy, Badge, Role, SecondFactor, SignIn, SignInFailure
from telemed.access.passwords import hash_now
from telemed.administration import command_line
from telemed.audit.model import AuditEvent
from telemed.devices.model import DeviceStay
from telemed.errors import Invalid
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.devices.conftest import Screen, ask, registered

PASSWORD = "a long walk home"
BADGE, PIN = "0012 3456-ab", "480259"
MINE = {"current": PASSWORD, "badge": BADGE, "pin": PIN}


@pytest.fixture(autouse=True)
async def passwords(world: World) -> None:
    async with world.db.write() as db:
        await db.exec(update(Account).values(password_hash=hash_now(PASSWORD)))


async def enter(screen: Screen, badge: str = BADGE, pin: str = PIN) -> tuple[int, Any]:
    return await ask(screen, "POST", "devices/badge", json={"badge": badge, "pin": pin})


async def refused(screen: Screen, badge: str = BADGE, pin: str = PIN) -> tuple[int, str]:
    status, answer = await enter(screen, badge, pin)
    return status, answer["reason"]


async def test_a_badge_and_its_pin_sign_their_person_in_at_a_device(
    call: Call, screen: Screen, world: World, clock: FakeClock
) -> None:
    made = await registered(call, screen, who="wuxi_admin")
    assert (await call("doctor", "PUT", "/account/badge", json=MINE))[0] == 204
    assert (await call("doctor", "GET", "/account"))[1]["badge_since"] is not None
    assert await enter(screen, "００１２３４５６ＡＢ", "４８０２５９") == (200, {"entered": True})
    session = (await ask(screen, "GET", "session"))[1]
    assert (session["actor"]["username"], session["at_device"]) == ("doctor", True)
    assert (await ask(screen, "GET", "home"))[0] == 200
    (stay,) = await rows(world.db, DeviceStay)
    assert (stay.staff_id, str(stay.by)) == (world.ids["doctor"], "badge")
    told = {(each.action, each.reason) for each in await rows(world.db, AuditEvent) if each.device_id}
    assert {("session.signed_in", None), ("device.entered", "badge")} <= told
    clock.move(minutes=5)
    assert (await ask(screen, "GET", "home"))[0] == 401, "as after any way to sign in"
    assert made["name"] == "一号车"


async def test_neither_number_can_be_read_from_the_database(call: Call, world: World) -> None:
    assert (await call("doctor", "PUT", "/account/badge", json=MINE))[0] == 204
    (kept,) = await rows(world.db, Badge)
    assert kept.pin_hash.startswith("$argon2id$")
    assert not {plain(BADGE), PIN} & {kept.number_hmac, kept.pin_hash}
    assert all(plain(BADGE) not in repr(each) for each in await rows(world.db, AuditEvent))


async def test_what_is_wrong_is_answered_alike(call: Call, screen: Screen, world: World) -> None:
    await registered(call, screen, who="wuxi_admin")
    for who, badge in (("doctor", "A-1000"), ("jiashan_doctor", "A-2000"), ("doctor2", "A-3000")):
        assert (await call(who, "PUT", "/account/badge", json=MINE | {"badge": badge}))[0] == 204
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["doctor2"])).disabled_at = (await rows(world.db, Badge))[0].set_at
    answers = [
        await enter(screen, "A-9999"),  # nobody's
        await enter(screen, "A-1000", "480250"),
        await enter(screen, "A-2000"),  # of a hospital without an agreement with the device's
        await enter(screen, "A-3000"),  # disabled
    ]
    assert {(status, body["reason"]) for status, body in answers} == {(401, "badge_wrong")}
    assert len({str(body | {"instance": ""}) for _, body in answers}) == 1
    assert (await ask(screen, "GET", "session"))[1]["actor"] is None


async def test_the_same_work_is_done_for_a_badge_that_is_nobodys(
    call: Call, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    await registered(call, screen, who="wuxi_admin")
    checked: list[str | None] = []

    async def matches(kept: str | None, password: str) -> bool:
        checked.append(kept)
        return False

    monkeypatch.setattr("telemed.access.badges.matches", matches)
    assert await refused(screen) == (401, "badge_wrong")
    assert checked == [None], "argon2 against the hash of nobody"


@pytest.mark.parametrize("known", [True, False])
async def test_five_wrong_pins_shut_a_badge_for_a_quarter_of_an_hour_known_or_not(
    call: Call, screen: Screen, clock: FakeClock, known: bool
) -> None:
    await registered(call, screen, who="wuxi_admin")
    if known:
        assert (await call("doctor", "PUT", "/account/badge", json=MINE))[0] == 204
    for _ in range(5):
        assert await refused(screen, pin="480250") == (401, "badge_wrong")
    assert await refused(screen) == (429, "too_many_attempts")
    assert (await call("doctor", "PUT", "/account/badge", json=MINE | {"badge": "A-7777"}))[0] == 204
    if known:
        assert await refused(screen, "A-7777") == (429, "too_many_attempts"), "another badge does not open it"
    clock.move(minutes=15)
    assert await enter(screen, "A-7777") == (200, {"entered": True})


async def test_many_badges_at_one_device_are_slowed_and_another_device_is_not(
    call: Call, screen: Screen, world: World, other_screen: Screen
) -> None:
    await registered(call, screen, who="wuxi_admin")
    await registered(call, other_screen, who="wuxi_admin")
    assert (await call("doctor", "PUT", "/account/badge", json=MINE))[0] == 204
    for number in range(20):
        assert await refused(screen, f"B-{1000 + number}") == (401, "badge_wrong")
    assert await refused(screen) == (429, "too_many_from_here")
    assert await enter(other_screen) == (200, {"entered": True})


async def test_only_a_registered_device_takes_a_badge(call: Call, screen: Screen) -> None:
    assert (await call("doctor", "PUT", "/account/badge", json=MINE))[0] == 204
    assert await refused(screen) == (401, "no_device")
    made = await registered(call, screen, who="wuxi_admin")
    path = f"/admin/devices/{made['id']}/revoke"
    assert (await call("wuxi_admin", "POST", path, match=made["version"]))[0] == 200
    assert await refused(screen) == (401, "device_revoked")


async def test_a_device_outside_the_hospitals_networks_takes_none(call: Call, screen: Screen, world: World) -> None:
    await registered(call, screen, who="wuxi_admin")
    assert (await call("doctor", "PUT", "/account/badge", json=MINE))[0] == 204
    async with world.db.write() as db:
        db.add(AccountPolicy(hospital_id="wuxi", networks=["10.0.0.0/8"]))
    assert await refused(screen) == (403, "badge_outside")
    assert await rows(world.db, SignInFailure) == []


async def test_the_device_is_the_second_factor_and_where_more_is_owed_the_password_comes_first(
    call: Call, screen: Screen, world: World, clock: FakeClock
) -> None:
    await registered(call, screen, who="wuxi_admin")
    assert (await call("doctor", "PUT", "/account/badge", json=MINE))[0] == 204
    async with world.db.write() as db:
        db.add(SecondFactor(account_id=world.ids["doctor"], secret="sealed"))
        db.add(AccountPolicy(hospital_id="wuxi", second_factor_roles=[Role.bed_doctor], expires_days=30))
        (await db.get_one(Account, world.ids["doctor"])).password_at = clock.now
    assert await enter(screen) == (200, {"entered": True})
    clock.move(days=31)
    signed_in = len(await rows(world.db, SignIn))
    assert await refused(screen) == (403, "badge_owes"), "the password has expired"
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["doctor"])).password_at = clock.now
        await db.exec(delete(SecondFactor))
    assert await refused(screen) == (403, "badge_owes"), "none is enrolled"
    assert len(await rows(world.db, SignIn)) == signed_in


@pytest.mark.parametrize("meanwhile", ["removed", "other_pin", "disabled"])
async def test_a_badge_that_is_taken_back_while_its_pin_is_looked_at_signs_nobody_in(
    call: Call, screen: Screen, world: World, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    await registered(call, screen, who="wuxi_admin")
    assert (await call("doctor", "PUT", "/account/badge", json=MINE))[0] == 204
    signed_in = len(await rows(world.db, SignIn))
    fits = badges.fits

    async def slowly(key: badges.BadgeKey, badge: Badge | None, pin: str) -> bool:
        right = await fits(key, badge, pin)
        async with world.db.write() as db:
            row = await db.get_one(Badge, world.ids["doctor"])
            if meanwhile == "removed":
                await db.delete(row)
            elif meanwhile == "other_pin":
                row.pin_hash = "another"
            else:
                (await db.get_one(Account, row.account_id)).disabled_at = NOW
        return right

    monkeypatch.setattr(badges, "fits", slowly)
    assert await refused(screen) == (401, "badge_wrong")
    assert len(await rows(world.db, SignIn)) == signed_in


async def test_it_is_set_by_who_knows_the_password_and_is_one_persons(call: Call, world: World) -> None:
    wrong = MINE | {"current": "a guess"}
    assert (await call(None, "PUT", "/account/badge", json=MINE))[0] == 401
    assert (await call("doctor", "PUT", "/account/badge", json=wrong))[1]["reason"] == "current_password_wrong"
    assert (await call("doctor", "PUT", "/account/badge", json=MINE))[0] == 204
    status, taken = await call("expert", "PUT", "/account/badge", json=MINE | {"badge": "00123456AB"})
    assert (status, taken["reason"]) == (409, "badge_taken")
    assert "doctor" not in str(taken)
    assert (await call("doctor", "PUT", "/account/badge", json=MINE | {"pin": "730158"}))[0] == 204, "another PIN"
    assert (await call("doctor", "DELETE", "/account/badge"))[0] == 204
    assert (await call("doctor", "DELETE", "/account/badge"))[0] == 204, "of a double click"
    assert (await call("doctor", "GET", "/account"))[1]["badge_since"] is None
    assert (await call("expert", "PUT", "/account/badge", json=MINE))[0] == 204
    done = [each.action for each in await rows(world.db, AuditEvent) if each.action.startswith("account.badge")]
    assert sorted(done) == ["account.badge_removed", *["account.badge_set"] * 3]
    _, told = await call("wuxi_admin", "GET", "/audit?about=settings")
    assert [(each["before"], each["after"]) for each in told["items"]] == [
        ({"badge": True}, {"badge": False}),
        ({}, {}),  # another PIN
        ({"badge": False}, {"badge": True}),
    ]


@pytest.mark.parametrize(
    ("badge", "pin", "reason"),
    [
        ("-;?", PIN, "badge_unreadable"),
        ("A1", PIN, "badge_unreadable"),
        (BADGE, "48025", "pin_digits"),
        (BADGE, "4802591", "pin_digits"),
        (BADGE, "48025x", "pin_digits"),
        (BADGE, "123456", "pin_simple"),
        (BADGE, "890123", "pin_simple"),
        (BADGE, "654321", "pin_simple"),
        (BADGE, "111111", "pin_simple"),
        (BADGE, "121212", "pin_simple"),
        (BADGE, "123123", "pin_simple"),
        (BADGE, "001234", "pin_simple"),  # of the badge
        (BADGE, "260714", "pin_simple"),  # the staff number
        (BADGE, "000119", "pin_simple"),  # of the telephone number
    ],
)
def test_what_others_guess_is_no_pin_and_what_no_reader_reads_no_badge(badge: str, pin: str, reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check(badge, pin, ["x.doctor", "W-260714", "138 0000 1190"])
    assert refusal.value.extra["reason"] == reason


async def test_an_administrator_of_their_hospital_removes_a_lost_badge_and_lifts_its_lock(
    call: Call, screen: Screen, world: World
) -> None:
    await registered(call, screen, who="wuxi_admin")
    assert (await call("doctor", "PUT", "/account/badge", json=MINE))[0] == 204
    for _ in range(5):
        await refused(screen, pin="480250")
    (found,) = (await call("wuxi_admin", "GET", "/admin/accounts"))[1]["items"]
    assert (found["username"], found["badge"], found["locked_until"] is not None) == ("doctor", True, True)
    account = f"/admin/accounts/{world.ids['doctor']}"
    assert (await call("wuxi_admin", "POST", f"{account}/unlock"))[0] == 204
    assert await enter(screen) == (200, {"entered": True})
    for who, status in (("doctor2", 403), ("admin", 404), ("wuxi_admin", 204)):
        assert (await call(who, "POST", f"{account}/badge-removal"))[0] == status
    assert (await call("wuxi_admin", "POST", f"{account}/badge-removal"))[0] == 404
    assert await refused(screen) == (401, "badge_wrong")
    (told,) = [each for each in await rows(world.db, AuditEvent) if each.action == "account.badge_removed"]
    assert told.change == {
        "before": {"username": "doctor", "badge": True},
        "after": {"username": "doctor", "badge": False},
    }


async def test_a_one_time_password_and_a_disabled_account_take_the_badge_too(
    call: Call, screen: Screen, world: World
) -> None:
    await registered(call, screen, who="wuxi_admin")
    for who, badge in (("doctor", "A-1000"), ("doctor2", "A-2000"), ("chief", "A-3000"), ("nurse", "A-4000")):
        assert (await call(who, "PUT", "/account/badge", json=MINE | {"badge": badge}))[0] == 204
    slips = {"ids": [str(world.ids["doctor"])]}
    assert (await call("wuxi_admin", "POST", "/admin/staff/one-time-passwords", json=slips))[0] == 200
    path = f"/admin/staff/{world.ids['doctor2']}"
    version = (await call("wuxi_admin", "GET", path))[1]["version"]
    assert (await call("wuxi_admin", "POST", f"{path}/disable", match=version, json={}))[0] == 200
    async with world.db.write() as db:
        await command_line.disable(db, "chief", NOW)
    assert [each.account_id for each in await rows(world.db, Badge)] == [world.ids["nurse"]]
    assert (await call("expert", "PUT", "/account/badge", json=MINE | {"badge": "A-2000"}))[0] == 204, "handed on"


async def test_the_command_line_removes_a_lost_badge(call: Call, world: World) -> None:
    assert (await call("doctor", "PUT", "/account/badge", json=MINE))[0] == 204
    async with world.db.write() as db:
        assert await command_line.remove_badge(db, "doctor", NOW)
        assert not await command_line.remove_badge(db, "doctor", NOW)
    (told,) = [each for each in await rows(world.db, AuditEvent) if each.action == "account.badge_removed"]
    assert (told.actor_id, told.reason, told.owner_id) == (None, "command_line", "wuxi")
