"""A badge has one owner however many set it at once, and PINs tried at once are limited like those in turn."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import update

from telemed.access.model import Account, Badge
from telemed.access.passwords import hash_now
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.devices.conftest import Screen, ask, registered, screen

__all__ = ("screen",)
PASSWORD = "a long walk home"
MINE = {"current": PASSWORD, "badge": "A-1000", "pin": "480259"}


@pytest.fixture(autouse=True)
async def passwords(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("telemed.access.passwords._few", asyncio.Semaphore(2))  # of this test's loop
    async with world.db.write() as db:
        await db.exec(update(Account).values(password_hash=hash_now(PASSWORD)))


async def test_one_of_many_who_set_a_badge_at_once_has_it(call: Call, world: World) -> None:
    who = ("doctor", "doctor2", "chief", "nurse")
    answers = await asyncio.gather(*(call(each, "PUT", "/account/badge", json=MINE) for each in who))
    assert Counter(status for status, _ in answers) == {204: 1, 409: 3}
    assert {body["reason"] for status, body in answers if status == 409} == {"badge_taken"}
    (kept,) = await rows(world.db, Badge)
    assert (
        kept.account_id == world.ids[next(one for one, (status, _) in zip(who, answers, strict=True) if status == 204)]
    )


async def test_pins_tried_at_once_are_five(call: Call, screen: Screen, world: World, clock: FakeClock) -> None:
    await registered(call, screen, who="wuxi_admin")
    assert (await call("doctor", "PUT", "/account/badge", json=MINE))[0] == 204
    tries = [{"badge": "A-1000", "pin": f"48025{last}"} for last in range(9)]
    answers = await asyncio.gather(*(ask(screen, "POST", "devices/badge", json=each) for each in tries))
    assert Counter(status for status, _ in answers) == {401: 5, 429: 4}
    clock.now += timedelta(minutes=15)
    entered = await ask(screen, "POST", "devices/badge", json={"badge": "A-1000", "pin": "480259"})
    assert entered == (200, {"entered": True})
