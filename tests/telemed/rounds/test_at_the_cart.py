"""At the ward's cart: the bed doctor reads back by badge and PIN, and a wrong wristband is seen on every screen."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_aiohttp import AiohttpClient
from sqlalchemy import update

from telemed.access.model import Account
from telemed.access.passwords import hash_now
from telemed.audit.model import AuditEvent
from telemed.kit.table import new_id
from telemed.rounds.model import RoundAct
from tests.telemed.conftest import Call, FakeClock, World, app_of, rows
from tests.telemed.devices.conftest import Screen, ask, registered
from tests.telemed.rounds.helpers import act, at_bed, bed_of, done, instructed, item_of, live, shown

PASSWORD = "a long walk home"
PIN = "480259"
DOCTORS, NURSES, EXPERTS = "D-1000", "N-2000", "E-3000"


@pytest.fixture
async def screen(call: Call, world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock) -> Screen:
    """The ward's cart, at which nobody has signed in."""
    made = await aiohttp_client(app_of(world, tmp_path, clock))
    world.ids["cart"] = UUID((await registered(call, made, world.ids["stand"], who="wuxi_admin"))["id"])
    return made


async def nurse_at(call: Call, screen: Screen, world: World) -> None:
    """Three people have badges, and the nurse has signed in by hers."""
    async with world.db.write() as db:
        await db.exec(update(Account).values(password_hash=hash_now(PASSWORD)))
    for who, badge in (("doctor", DOCTORS), ("nurse", NURSES), ("expert", EXPERTS)):
        mine = {"current": PASSWORD, "badge": badge, "pin": PIN}
        assert (await call(who, "PUT", "/account/badge", json=mine))[0] == 204
    assert await ask(screen, "POST", "devices/badge", json={"badge": NURSES, "pin": PIN}) == (200, {"entered": True})


def said(clock: FakeClock, instruction: Any, badge: str = DOCTORS, pin: str = PIN, **more: Any) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "occurred_at": clock().isoformat(),
        "sent_at": clock().isoformat(),
        "instruction_id": instruction["id"],
        "text": "呋塞米口服四十毫克",
        "badge": badge,
        "pin": pin,
    } | more


async def read_back(screen: Screen, session: Any, body: dict[str, Any]) -> tuple[int, Any]:
    return await ask(screen, "POST", f"rounds/sessions/{session['id']}/read-backs", json=body)


async def test_the_bed_doctor_reads_back_by_badge_where_a_nurse_is_signed_in(
    call: Call, screen: Screen, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    await nurse_at(call, screen, world)
    item = await at_bed(call, clock, session, "01")
    given = await instructed(call, clock, session, item)
    status, refused = await act(call, clock, session["id"], "nurse", "read_back", instruction_id=given["id"], text="好")
    assert (status, refused["reason"]) == (403, "capacity"), "the nurse herself reads nothing back"
    body = said(clock, given)
    status, out = await read_back(screen, session, body)
    assert (status, out["outcome"]) == (200, "done"), out
    clock.move(seconds=40)
    assert (await read_back(screen, session, body | {"sent_at": clock().isoformat()}))[1] == out, "sent again"
    now = (await bed_of(call, session, item))["instructions"][0]
    assert (now["state"], now["read_back_by"]["name"], now["heard"]) == ("to_execute", "doctor", "呋塞米口服四十毫克")
    kept = [each for each in await rows(world.db, RoundAct) if each.kind == "read_back"]
    assert [each.by for each in kept] == [world.ids["doctor"]]
    assert PIN not in str(kept), "neither PIN"
    assert DOCTORS not in str(kept), "nor badge is kept"
    audit = {each.action: each for each in await rows(world.db, AuditEvent)}
    assert audit["instruction.read_back"].actor_id == world.ids["doctor"]
    beside = audit["instruction.read_back_by_badge"]
    assert (beside.actor_id, beside.reason) == (world.ids["nurse"], str(world.ids["doctor"]))
    assert (await ask(screen, "GET", "session"))[1]["actor"]["username"] == "nurse", "who is signed in still is"


async def test_a_wrong_pin_reads_nothing_back_and_five_shut_the_badge(
    call: Call, screen: Screen, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    await nurse_at(call, screen, world)
    item = await at_bed(call, clock, session, "01")
    given = await instructed(call, clock, session, item)
    for _ in range(5):
        status, refused = await read_back(screen, session, said(clock, given, pin="480250"))
        assert (status, refused["reason"]) == (403, "badge_wrong")
    assert (await read_back(screen, session, said(clock, given)))[1]["reason"] == "too_many_attempts"
    assert (await bed_of(call, session, item))["instructions"][0]["state"] == "to_read_back"
    clock.move(minutes=15)
    # The nurse's sign-in at the cart has ended by then; her badge opens it anew.
    await ask(screen, "POST", "devices/badge", json={"badge": NURSES, "pin": PIN})
    assert (await read_back(screen, session, said(clock, given)))[0] == 200


async def test_only_the_wards_doctors_badge_reads_back_and_only_at_a_device(
    call: Call, screen: Screen, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    await nurse_at(call, screen, world)
    item = await at_bed(call, clock, session, "01")
    given = await instructed(call, clock, session, item)
    for badge in (NURSES, EXPERTS):
        status, refused = await read_back(screen, session, said(clock, given, badge))
        assert (status, refused["reason"]) == (403, "capacity"), badge
    path = f"/rounds/sessions/{session['id']}/read-backs"
    status, refused = await call("nurse", "POST", path, json=said(clock, given))
    assert (status, refused["reason"]) == (409, "badge_at_device")
    assert (await bed_of(call, session, item))["instructions"][0]["state"] == "to_read_back"


async def test_a_wrong_wristband_is_on_every_screen_until_it_is_known_who_lies_there(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    item = item_of(session, "01")
    await done(call, clock, session["id"], "expert", "present", item)
    before = (await shown(call, session["id"]))["rev"]
    clock.move(seconds=5)
    await act(call, clock, session["id"], "nurse", "identify", item, how="wristband", number="W2602")
    alarm = clock().isoformat()[:-6] + "Z"
    for who in ("expert", "doctor", "nurse"):
        seen = await shown(call, session["id"], who)
        assert (item_of(seen, "01")["wrong_band_at"], seen["rev"]) == (alarm, before + 1), who
        assert item_of(seen, "02")["wrong_band_at"] is None
    clock.move(seconds=5)
    await done(call, clock, session["id"], "nurse", "identify", item, how="wristband", number="W2601")
    assert item_of(await shown(call, session["id"], "expert"), "01")["wrong_band_at"] is None


async def test_the_wristband_of_another_is_an_alarm_also_where_it_was_known_who_lies_there(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    item = await at_bed(call, clock, session, "01")
    assert item_of(await shown(call, session["id"]), "01")["identified_at"] is not None
    status, out = await act(call, clock, session["id"], "nurse", "identify", item, how="wristband", number="W2601")
    assert (status, out["outcome"]) == (200, "already")
    # A reader also reads badges and packages.
    status, out = await act(call, clock, session["id"], "nurse", "identify", item, how="wristband", number=DOCTORS)
    assert (status, out["reason"]) == (409, "unknown_band")
    assert item_of(await shown(call, session["id"]), "01")["identified_at"] is not None
    clock.move(seconds=5)
    status, out = await act(call, clock, session["id"], "nurse", "identify", item, how="wristband", number="W2602")
    assert (status, out["outcome"]) == (200, "wrong_wristband")
    seen = item_of(await shown(call, session["id"]), "01")
    assert (seen["identified_at"], seen["identified_by"], seen["wrong_band_at"] is None) == (None, [], False)
    given: dict[str, Any] = {"instruction": "observe", "text": "记出入量"}
    given["due_at"] = (clock() + timedelta(hours=4)).isoformat()
    status, refused = await act(call, clock, session["id"], "expert", "instruct", item, **given)
    assert (status, refused["reason"]) == (409, "not_identified")
    clock.move(seconds=5)
    await done(call, clock, session["id"], "nurse", "identify", item, how="wristband", number="W2601")
    assert item_of(await shown(call, session["id"]), "01")["wrong_band_at"] is None
    await done(call, clock, session["id"], "expert", "instruct", item, **given)


async def test_the_alarm_of_a_bed_that_was_left_does_not_come_again(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock)
    one, two = item_of(session, "01"), item_of(session, "02")
    await done(call, clock, session["id"], "expert", "present", one)
    await act(call, clock, session["id"], "nurse", "identify", one, how="wristband", number="W2602")
    await done(call, clock, session["id"], "expert", "present", two)
    assert item_of(await shown(call, session["id"]), "01")["wrong_band_at"] is None
    await done(call, clock, session["id"], "expert", "present", one)
    assert item_of(await shown(call, session["id"]), "01")["wrong_band_at"] is None


async def test_the_cart_says_in_which_round_it_waits_and_names_nobody(
    call: Call, screen: Screen, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    here = (await ask(screen, "GET", "devices/here"))[1]["registered"]
    assert (here["room"], here["activity"]) == (session["id"], "round")
    assert "卫长庚" not in str(here)
    clock.now += timedelta(hours=5)
    here = (await ask(screen, "GET", "devices/here"))[1]["registered"]
    assert (here["room"], here["activity"]) == (None, "")
