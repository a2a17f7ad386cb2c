"""One-time passwords and the first sign-in: nothing is open before a password is chosen."""

from datetime import timedelta
from uuid import UUID

import pytest

from telemed.access import one_time
from telemed.access.model import Account, AccountPolicy, FormerPassword, OneTimePassword, SignIn
from telemed.access.passwords import hash_now
from telemed.access.sessions import UNFINISHED, forget_old
from telemed.errors import NotFound
from telemed.kit.events import Outbox
from telemed.kit.table import new_id
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows

NEW = "a long walk home"


async def issued(world: World, who: str) -> str:
    async with world.db.write() as db:
        return await one_time.issue(db, world.ids[who], NOW)


async def sign_in(call: Call, username: str, password: str) -> tuple[int, dict[str, object]]:
    return await call(None, "POST", "/session", json={"username": username, "password": password})


async def test_it_is_twenty_clear_characters_and_kept_only_as_a_hash(world: World) -> None:
    plain = await issued(world, "doctor")
    letters = plain.replace("-", "")
    assert (len(letters), plain.count("-")) == (20, 3)
    assert not set(letters) & set("01oil")
    assert letters == letters.lower()
    (kept,) = await rows(world.db, OneTimePassword)
    assert plain not in kept.sha256
    assert (len(kept.sha256), kept.valid_until - kept.issued_at) == (64, timedelta(hours=72))


async def test_nobody_has_none(world: World) -> None:
    async with world.db.write() as db:
        with pytest.raises(NotFound):
            await one_time.issue(db, new_id(), NOW)


async def test_it_leads_to_choosing_a_password_and_to_nothing_else(call: Call, world: World) -> None:
    plain = await issued(world, "doctor")
    status, found = await sign_in(call, "doctor", plain)
    assert (status, found["actor"], found["unsent_key"]) == (200, None, None)
    assert found["owed"] == {
        "owes": "new_password",
        "username": "doctor",
        "name": "doctor",
        "name_en": "doctor",
        "password_length": 10,
    }
    for method, path in (("GET", "/departments"), ("GET", "/staff"), ("PATCH", "/session")):
        status, problem = await call(None, method, path, json={} if method != "GET" else None)
        assert (status, problem["reason"]) == (403, "password_first")
    assert (await call(None, "GET", "/live"))[0] == 403
    assert (await call(None, "GET", "/session"))[1]["owed"]["owes"] == "new_password"
    status, found = await call(None, "PUT", "/session/password", json={"password": NEW})
    assert (status, found["actor"]["username"], found["owed"]) == (200, "doctor", None)
    assert (await call(None, "GET", "/departments"))[0] == 200
    assert await rows(world.db, OneTimePassword) == []
    assert (await sign_in(call, "doctor", plain))[0] == 401  # it was good for that only
    assert (await sign_in(call, "doctor", NEW))[1]["owed"] is None


async def test_it_is_read_as_people_type_it(call: Call, world: World) -> None:
    plain = await issued(world, "doctor")
    assert (await sign_in(call, "doctor", f" {plain.replace('-', ' ').upper()} "))[0] == 200
    wide = "".join(chr(ord(each) + 0xFEE0) for each in plain)
    assert (await sign_in(call, "doctor", wide))[0] == 200


async def test_it_ends_after_three_days_and_with_the_next(call: Call, world: World, clock: FakeClock) -> None:
    first, second = await issued(world, "doctor"), await issued(world, "doctor")
    assert [(await sign_in(call, "doctor", each))[0] for each in (first, second)] == [401, 200]
    clock.move(hours=72)
    assert (await sign_in(call, "doctor", second))[0] == 401
    async with world.db.write() as db:
        await forget_old(db, clock())
    assert await rows(world.db, OneTimePassword) == []


async def test_it_takes_the_place_of_the_password_and_lifts_the_lock(call: Call, world: World) -> None:
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["doctor"])).password_hash = hash_now("right")
    for _ in range(5):
        await sign_in(call, "doctor", "wrong")
    plain = await issued(world, "doctor")
    assert (await sign_in(call, "doctor", "right"))[0] == 401
    assert (await sign_in(call, "doctor", plain))[0] == 200


async def test_without_any_password_nothing_opens(call: Call, world: World) -> None:
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["doctor"])).password_hash = ""
    answers = [await sign_in(call, user, "nobody") for user in ("doctor", "unknown")]
    assert [(status, found["reason"]) for status, found in answers] == [(401, "wrong_password")] * 2


async def test_a_step_that_is_not_taken_ends_soon_and_may_be_left(call: Call, world: World, clock: FakeClock) -> None:
    plain = await issued(world, "doctor")
    await sign_in(call, "doctor", plain)
    assert (await call(None, "DELETE", "/session"))[0] == 204
    assert (await call(None, "GET", "/session"))[1]["owed"] is None
    await sign_in(call, "doctor", plain)
    clock.move(seconds=UNFINISHED.total_seconds())
    assert (await call(None, "PUT", "/session/password", json={"password": NEW}))[0] == 401


async def test_choosing_begins_a_new_session_and_ends_all_others(call: Call, world: World) -> None:
    def mine(found: list[SignIn]) -> set[UUID]:
        return {each.id for each in found if each.account_id == world.ids["doctor"]}

    await sign_in(call, "doctor", await issued(world, "doctor"))
    before = mine(await rows(world.db, SignIn))
    assert len(before) == 2  # the tests' own token, and the browser
    assert (await call(None, "PUT", "/session/password", json={"password": NEW}))[0] == 200
    after = mine(await rows(world.db, SignIn))
    assert len(after) == 1
    assert not after & before
    ended = [each for each in await rows(world.db, Outbox) if each.type == "session.ended"]
    told = {UUID(each.data["sid"]) for each in ended}
    assert told
    assert told < before  # not the unfinished one, which holds no sockets
    assert (await call("doctor", "GET", "/departments"))[0] == 401


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("short", "password_short"),
        ("qwertyuiop", "password_common"),
        ("aaaaaaaaaaaa", "password_common"),
        ("radiographer", "password_own_name"),
        ("radiographer1", "password_own_name"),
        ("radiographer12345", "password_own_name"),
    ],
)
async def test_what_is_no_good_is_refused_and_the_step_stays(call: Call, world: World, new: str, reason: str) -> None:
    await sign_in(call, "radiographer", await issued(world, "radiographer"))
    status, problem = await call(None, "PUT", "/session/password", json={"password": new})
    assert (status, problem["reason"]) == (422, reason)
    assert (await call(None, "PUT", "/session/password", json={"password": NEW}))[0] == 200


async def test_a_former_password_does_not_come_back_while_it_is_remembered(call: Call, world: World) -> None:
    async def choose(new: str) -> int:
        await sign_in(call, "doctor", await issued(world, "doctor"))
        return (await call(None, "PUT", "/session/password", json={"password": new}))[0]

    async with world.db.write() as db:
        db.add(AccountPolicy(hospital_id="wuxi", length=8, history=2))
    tried = ("one of them", "two of them", "two of them", "one of them", "three of them", "one of them")
    assert [await choose(each) for each in tried] == [200, 200, 422, 422, 200, 200]
    assert all(each.ended_at >= NOW for each in await rows(world.db, FormerPassword))


async def test_an_expired_password_must_be_changed_first(call: Call, world: World, clock: FakeClock) -> None:
    await sign_in(call, "doctor", await issued(world, "doctor"))
    await call(None, "PUT", "/session/password", json={"password": NEW})
    async with world.db.write() as db:
        db.add(AccountPolicy(hospital_id="", expires_days=90))
    clock.move(days=89)
    assert (await sign_in(call, "doctor", NEW))[1]["owed"] is None
    clock.now = NOW + timedelta(days=90)
    assert (await sign_in(call, "doctor", NEW))[1]["owed"]
