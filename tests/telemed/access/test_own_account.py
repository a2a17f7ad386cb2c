"""My own account: changing the password, and where I am signed in."""

import pytest

from telemed.access.browsers import named
from telemed.access.model import Account, SignIn
from telemed.access.passwords import hash_now
from telemed.kit.events import Outbox
from telemed.people.ended import end_all
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows

OLD, NEW = "the old one still", "a long walk home"
HASH = hash_now(OLD)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Mobile MicroMessenger/8.0"


@pytest.fixture(autouse=True)
async def password(world: World) -> None:
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["doctor"])).password_hash = HASH


async def sign_in(call: Call, password: str, agent: str = EDGE) -> int:
    """Through the browser of the tests, in the place of who was signed in there."""
    named = {"username": "doctor", "password": password}
    return (await call(None, "POST", "/session", json=named, headers={"User-Agent": agent}))[0]


async def change(call: Call, current: str, new: str) -> tuple[int, str]:
    status, found = await call(None, "PUT", "/account/password", json={"current": current, "password": new})
    return status, found["reason"] if found else ""


async def test_who_knows_the_password_changes_it_and_stays_signed_in(call: Call, world: World) -> None:
    await sign_in(call, OLD)
    assert await change(call, OLD, NEW) == (204, "")
    status, mine = await call(None, "GET", "/account")
    assert (status, mine["password_at"], len(mine["sign_ins"])) == (200, "2026-03-02T01:00:00Z", 1)
    assert (await call("doctor", "GET", "/account"))[0] == 401  # the other sign-in has ended
    assert [await sign_in(call, each) for each in (OLD, NEW)] == [401, 200]
    for who, found in (("wuxi_admin", ["account.password_changed"]), ("admin", [])):
        _, changes = await call(who, "GET", "/audit?about=settings")
        assert [each["action"] for each in changes["items"]] == found


async def test_a_wrong_current_one_counts_as_a_failed_sign_in(call: Call, world: World, clock: FakeClock) -> None:
    await sign_in(call, OLD)
    said = [await change(call, "guess", NEW) for _ in range(6)]
    assert said == [(403, "current_password_wrong")] * 5 + [(429, "too_many_attempts")]
    assert await sign_in(call, OLD) == 429
    clock.move(minutes=16)
    assert await change(call, OLD, OLD) == (422, "password_used")
    assert await change(call, OLD, "short") == (422, "password_short")
    assert await change(call, OLD, NEW) == (204, "")


async def test_i_see_where_i_am_signed_in_and_end_it_there(call: Call, world: World) -> None:
    await sign_in(call, OLD, PHONE)
    _, mine = await call("doctor", "GET", "/account")
    assert [(each["browser"], each["here"]) for each in mine["sign_ins"]] == [("", True), ("WeChat · iPhone", False)]
    assert {each["address"] for each in mine["sign_ins"]} == {"", "127.0.0.1"}
    here, there = (each["id"] for each in mine["sign_ins"])
    assert (await call("doctor2", "DELETE", f"/account/sign-ins/{there}"))[0] == 404
    assert (await call("doctor", "DELETE", f"/account/sign-ins/{here}"))[0] == 404  # one signs out of here otherwise
    assert (await call("doctor", "DELETE", f"/account/sign-ins/{there}"))[0] == 204
    assert (await call(None, "GET", "/account"))[0] == 401
    ended = [each for each in await rows(world.db, Outbox) if each.type == "session.ended"]
    assert [each.data["sid"] for each in ended] == [there]


async def test_i_sign_out_everywhere_else_at_once(call: Call, world: World) -> None:
    await sign_in(call, OLD)
    assert (await call(None, "DELETE", "/account/sign-ins"))[0] == 204
    assert (await call("doctor", "GET", "/account"))[0] == 401
    assert len((await call(None, "GET", "/account"))[1]["sign_ins"]) == 1
    assert len(await rows(world.db, SignIn)) == len(world.tokens)  # other people's stay


async def test_what_is_unfinished_or_was_not_used_for_long_is_no_sign_in(call: Call, clock: FakeClock) -> None:
    await sign_in(call, OLD)
    clock.move(hours=13)
    _, mine = await call("doctor", "GET", "/account")
    assert [each["here"] for each in mine["sign_ins"]] == [True]


async def test_all_sign_ins_of_an_account_end_with_their_sockets(call: Call, world: World) -> None:
    await sign_in(call, OLD)
    async with world.db.write() as db:
        assert await end_all(db, await db.get_one(Account, world.ids["doctor"]), NOW) == 2
    assert (await call("doctor", "GET", "/account"))[0] == (await call(None, "GET", "/account"))[0] == 401
    assert len([each for each in await rows(world.db, Outbox) if each.type == "session.ended"]) == 2


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (EDGE, "Edge · Windows"),
        (PHONE, "WeChat · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Safari · macOS"),
        ("curl/8.5.0", ""),
        ("", ""),
        ("x" * 5000 + "Firefox", ""),
    ],
)
def test_browsers_have_the_names_that_people_know(agent: str, said: str) -> None:
    assert named(agent) == said
