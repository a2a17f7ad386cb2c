"""Signing in and out: the cookie, wrong passwords, other sites, expiry."""

import asyncio
from base64 import urlsafe_b64decode
from datetime import timedelta
from pathlib import Path

from telemed.access.model import Account, IdempotentAnswer, SignIn, SignInFailure
from telemed.access.passwords import hash_now
from telemed.access.sessions import forget_old
from telemed.access.unsent import UnsentKeys
from telemed.kit.events import Outbox
from tests.telemed.conftest import Call, FakeClock, World, rows

HASH = hash_now("right")


async def _give_password(world: World, who: str) -> None:
    async with world.db.write() as session:
        (await session.get_one(Account, world.ids[who])).password_hash = HASH


async def test_the_right_password_signs_in_and_the_session_says_who(call: Call, world: World) -> None:
    await _give_password(world, "doctor")
    status, found = await call(None, "POST", "/session", json={"username": "doctor", "password": "right"})
    assert (status, found["actor"]["hospital_id"]) == (200, "wuxi")
    assert "requesting_doctor" in found["roles"]
    status, again = await call(None, "GET", "/session")  # the client keeps the cookie
    assert again["actor"]["username"] == "doctor"
    assert again["signaling_url"].startswith("ws://")


async def test_a_wrong_password_and_an_unknown_user_are_answered_alike(call: Call, world: World) -> None:
    await _give_password(world, "doctor")
    answers = [
        await call(None, "POST", "/session", json={"username": user, "password": "wrong"}) for user in ("doctor", "x")
    ]
    assert [(status, body["reason"]) for status, body in answers] == [(401, "wrong_password")] * 2


async def test_the_sixth_attempt_in_a_quarter_of_an_hour_waits(call: Call, world: World, clock: FakeClock) -> None:
    await _give_password(world, "doctor")
    for _ in range(5):
        await call(None, "POST", "/session", json={"username": "doctor", "password": "wrong"})
    right = {"username": "doctor", "password": "right"}
    assert (await call(None, "POST", "/session", json=right))[0] == 429
    clock.move(minutes=16)
    assert (await call(None, "POST", "/session", json=right))[0] == 200


async def test_many_guesses_at_once_are_no_more_than_in_turn(call: Call, world: World) -> None:
    await _give_password(world, "doctor")
    guess = {"username": "doctor", "password": "wrong"}
    answers = await asyncio.gather(*(call(None, "POST", "/session", json=guess) for _ in range(12)))
    assert sorted(status for status, _ in answers) == [401] * 5 + [429] * 7


async def test_who_signs_in_where_somebody_still_is_takes_their_place(call: Call, world: World) -> None:
    for who in ("doctor", "chief"):
        await _give_password(world, who)
        assert (await call(None, "POST", "/session", json={"username": who, "password": "right"}))[0] == 200
    mine = [each for each in await rows(world.db, SignIn) if each.account_id == world.ids["doctor"]]
    assert len(mine) == 1  # the bearer token of the tests; the one of the browser is gone
    assert "session.ended" in [each.type for each in await rows(world.db, Outbox)]


async def test_what_has_served_its_time_is_forgotten(call: Call, world: World, clock: FakeClock) -> None:
    await call(None, "POST", "/session", json={"username": "doctor", "password": "wrong"})
    patient = {"name": "陈一", "sex": "male"}
    await call("doctor", "POST", "/patients", json=patient, headers={"Idempotency-Key": "k"})
    kept = (SignInFailure, SignIn, IdempotentAnswer)
    assert all([await rows(world.db, table) for table in kept])
    clock.move(days=400)
    async with world.db.write() as db:
        await forget_old(db, clock())
    assert [await rows(world.db, table) for table in kept] == [[], [], []]


async def test_a_cookie_write_from_another_site_is_refused(call: Call, world: World) -> None:
    await _give_password(world, "doctor")
    await call(None, "POST", "/session", json={"username": "doctor", "password": "right"})
    status, problem = await call(None, "DELETE", "/session", headers={"Origin": "https://evil.example"})
    assert (status, problem["reason"]) == (403, "other_site")
    assert (await call(None, "GET", "/session"))[1]["actor"] is not None


async def test_signing_out_ends_the_session_at_the_server(call: Call, world: World) -> None:
    before = len(await rows(world.db, SignIn))
    assert (await call("doctor", "DELETE", "/session"))[0] == 204
    assert len(await rows(world.db, SignIn)) == before - 1
    assert (await call("doctor", "GET", "/session"))[1]["actor"] is None


async def test_an_expired_sign_in_is_nobody(call: Call, world: World, clock: FakeClock) -> None:
    async with world.db.write() as session:
        for each in await rows(world.db, SignIn):
            (await session.get_one(SignIn, each.id)).expires_at = clock() + timedelta(minutes=1)
    clock.move(minutes=2)
    assert (await call("doctor", "GET", "/departments"))[0] == 401


async def test_the_key_of_unsent_text_is_a_persons_own_at_every_sign_in(
    call: Call, world: World, tmp_path: Path
) -> None:
    await _give_password(world, "doctor")
    right = {"username": "doctor", "password": "right"}
    keys = [(await call(None, "POST", "/session", json=right))[1]["unsent_key"] for _ in range(2)]
    assert keys[0] == keys[1] == UnsentKeys.open(tmp_path / "keys").of(world.ids["doctor"])
    assert len(urlsafe_b64decode(keys[0] + "=")) == 32
    assert (await call("doctor2", "GET", "/session"))[1]["unsent_key"] != keys[0]
    assert keys[0] != UnsentKeys.open(tmp_path / "another").of(world.ids["doctor"])
    assert (tmp_path / "keys" / "unsent.key").stat().st_mode & 0o077 == 0


async def test_nobody_has_no_key_of_unsent_text(call: Call) -> None:
    assert (await call(None, "GET", "/session"))[1]["unsent_key"] is None
