"""How often a secret may be tried: by one account, by one address over many, and by a hospital behind one address."""

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import attempts
from telemed.access.attempts import OF_ACCOUNT, OF_ADDRESS, attempt, place
from telemed.access.model import Account, FamiliarAddress, SignInFailure
from telemed.access.passwords import hash_now
from telemed.errors import Busy, NoSpace, NotSignedIn, TooMany, Unavailable
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows

HASH = hash_now("right")


async def _give_password(world: World, *people: str) -> None:
    async with world.db.write() as session:
        for who in people:
            (await session.get_one(Account, world.ids[who])).password_hash = HASH


async def test_one_address_does_not_go_through_all_accounts(call: Call, world: World, clock: FakeClock) -> None:
    await _give_password(world, "doctor")
    answers = [
        await call(None, "POST", "/session", json={"username": f"account{n}", "password": "guess"}) for n in range(40)
    ]
    assert [status for status, _ in answers] == [401] * OF_ADDRESS + [429] * (40 - OF_ADDRESS)
    assert answers[-1][1]["reason"] == "too_many_from_here"
    right = {"username": "doctor", "password": "right"}
    assert (await call(None, "POST", "/session", json=right))[0] == 429  # never seen at this address
    clock.move(minutes=16)
    assert (await call(None, "POST", "/session", json=right))[0] == 200


async def test_a_name_spelled_otherwise_is_the_same_account_and_gives_no_more_tries(call: Call, world: World) -> None:
    await _give_password(world, "doctor")
    tried = [
        await call(None, "POST", "/session", json={"username": name, "password": "guess"})
        for name in ("doctor", "Doctor", "ｄoctor", "doc tor", "DOCTOR")
    ]
    assert {status for status, _ in tried} == {401}
    right = {"username": "doctor", "password": "right"}
    assert (await call(None, "POST", "/session", json=right))[0] == 429


async def test_whoever_has_signed_in_from_there_is_not_shut_out_by_a_colleague(
    call: Call, world: World, clock: FakeClock
) -> None:
    await _give_password(world, "doctor")
    right = {"username": "doctor", "password": "right"}
    assert (await call(None, "POST", "/session", json=right))[0] == 200
    clock.move(hours=20)
    for n in range(OF_ADDRESS + 1):
        status, _ = await call(None, "POST", "/session", json={"username": f"account{n}", "password": "guess"})
    assert status == 429
    assert (await call(None, "POST", "/session", json=right))[0] == 200
    for _ in range(OF_ACCOUNT):
        status, _ = await call(None, "POST", "/session", json=right | {"password": "guess"})
    assert (status, (await call(None, "POST", "/session", json=right))[0]) == (401, 429)


async def test_right_ones_at_once_are_not_taken_for_wrong_ones(world: World) -> None:
    inside = 0

    async def right() -> None:
        nonlocal inside
        async with attempt(world.db, "sign|somebody", NOW):
            inside += 1
            await asyncio.sleep(0)

    await asyncio.gather(*(right() for _ in range(3 * OF_ACCOUNT)))
    assert (inside, await rows(world.db, SignInFailure)) == (3 * OF_ACCOUNT, [])


async def test_wrong_ones_at_once_are_no_more_than_in_turn(world: World) -> None:
    tried = 0

    async def wrong() -> None:
        nonlocal tried
        async with attempt(world.db, "sign|somebody", NOW):
            tried += 1
            await asyncio.sleep(0)
            raise NotSignedIn("wrong")

    said = await asyncio.gather(*(wrong() for _ in range(3 * OF_ACCOUNT)), return_exceptions=True)
    assert tried == OF_ACCOUNT
    late = [each for each in said if isinstance(each, TooMany)]
    assert len(late) == 2 * OF_ACCOUNT
    assert late[0].extra["retry_after"] == attempts.WINDOW.total_seconds()


async def test_a_hospital_behind_one_address_signs_in_side_by_side(world: World) -> None:
    together = asyncio.Barrier(3)

    async def right(who: str) -> None:
        async with attempt(world.db, who, NOW, address="10.0.0.1", account=world.ids[who]):
            await together.wait()  # all three look at a secret at the same time

    async with asyncio.timeout(10):
        await asyncio.gather(*(right(who) for who in ("doctor", "doctor2", "chief")))
    assert await rows(world.db, SignInFailure) == []


async def test_many_right_ones_at_one_address_are_not_taken_for_wrong_ones(world: World) -> None:
    inside = most = 0

    async def right(n: int) -> None:
        nonlocal inside, most
        async with attempt(world.db, f"account{n}", NOW, address="10.0.0.1"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(right(n) for n in range(2 * OF_ADDRESS)))
    assert await rows(world.db, SignInFailure) == []
    assert most <= OF_ADDRESS


async def test_wrong_ones_at_once_at_one_address_are_no_more_than_in_turn(world: World) -> None:
    tried = 0

    async def wrong(n: int) -> None:
        nonlocal tried
        async with attempt(world.db, f"account{n}", NOW, address="10.0.0.1"):
            tried += 1
            await asyncio.sleep(0)
            raise NotSignedIn("wrong")

    said = await asyncio.gather(*(wrong(n) for n in range(3 * OF_ADDRESS)), return_exceptions=True)
    assert tried == OF_ADDRESS
    assert len([each for each in said if isinstance(each, TooMany)]) == 2 * OF_ADDRESS


@pytest.mark.parametrize("failure", [Busy, NoSpace])
async def test_a_database_that_was_busy_shuts_nobody_out(world: World, failure: type[Unavailable]) -> None:
    for _ in range(OF_ACCOUNT + 1):
        with pytest.raises(failure):
            async with attempt(world.db, "somebody", NOW, address="10.0.0.1"):
                raise failure
    async with attempt(world.db, "colleague", NOW, address="10.0.0.1"):
        pass
    assert await rows(world.db, SignInFailure) == []


async def test_a_right_one_that_could_not_be_noted_is_no_failure(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_db: object, _row: object) -> None:
        raise NoSpace

    def right() -> AbstractAsyncContextManager[None]:
        return attempt(world.db, "somebody", NOW, address="10.0.0.1", account=world.ids["doctor"])

    with monkeypatch.context() as patch:
        patch.setattr(AsyncSession, "merge", full)
        for _ in range(OF_ACCOUNT + 1):
            with pytest.raises(NoSpace):
                async with right():
                    pass
    async with right():
        pass
    assert await rows(world.db, SignInFailure) == []


async def test_what_is_old_is_forgotten(world: World) -> None:
    with pytest.raises(NotSignedIn):
        async with attempt(world.db, "a", NOW):
            raise NotSignedIn("wrong")
    async with attempt(world.db, "b", NOW, address="10.0.0.1", account=world.ids["doctor"]):
        pass
    async with world.db.write() as db:
        await attempts.forget_old(db, NOW + timedelta(days=1))
    assert (await rows(world.db, SignInFailure), len(await rows(world.db, FamiliarAddress))) == ([], 1)
    async with world.db.write() as db:
        await attempts.forget_old(db, NOW + attempts.FAMILIAR_FOR)
    assert await rows(world.db, FamiliarAddress) == []


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9%eth0", "2001:db8:1:2::/64"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_a_house_is_one_address(address: str, counted_as: str) -> None:
    assert place(address) == counted_as
