"""Whoever is not let in is told the same after the same work, so that an answer and its time say nothing of an account.

The work is counted, not timed: each check of a password and each statement to the database.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from sqlalchemy import event

from telemed.access import one_time, passwords
from telemed.access.model import Account, AccountPolicy
from telemed.access.passwords import NOBODY, hash_now
from tests.telemed.conftest import NOW, Call, FakeClock, World

HASH = hash_now("right")
WHO = ("nobody.here", "doctor", "chief", "duty", "nurse", "radiographer")
Work = tuple[int, list[str]]


@pytest.fixture
async def people(world: World) -> None:
    """A password; a disabled account with one; no password yet; a one-time password; one that is too old."""
    async with world.db.write() as db:
        for who in ("doctor", "chief"):
            (await db.get_one(Account, world.ids[who])).password_hash = HASH
        (await db.get_one(Account, world.ids["chief"])).disabled_at = NOW
        (await db.get_one(Account, world.ids["duty"])).password_hash = ""
        await one_time.issue(db, world.ids["nurse"], NOW)
        await one_time.issue(db, world.ids["radiographer"], NOW - timedelta(days=4))


@pytest.fixture
def counted(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Work]]:
    """What was done since it was last asked: checks of a password, and statements."""
    checks, statements = list[str](), list[str]()
    verify = passwords._hasher.verify

    class Counting:
        def verify(self, kept: str, typed: str) -> bool:
            checks.append(kept.rpartition("$")[0].rpartition("$")[0])  # the parameters, without salt and hash
            return bool(verify(kept, typed))

    def said(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    def taken() -> Work:
        assert len(set(checks)) <= 1, "a hash with other parameters takes another time"
        found = len(checks), statements[:]
        checks.clear()
        statements.clear()
        return found

    monkeypatch.setattr(passwords, "_hasher", Counting())
    engines = [each.sync_engine for each in {world.db.readers, world.db.writer}]
    for each in engines:
        event.listen(each, "before_cursor_execute", said)
    yield taken
    for each in engines:
        event.remove(each, "before_cursor_execute", said)


async def tried(call: Call, who: str, password: str = "wrong") -> tuple[int, Any]:
    return _without_id(await call(None, "POST", "/session", json={"username": who, "password": password}))


def _without_id(answer: tuple[int, Any]) -> tuple[int, Any]:
    """`instance` names the request in the log, and is never the same."""
    return answer[0], {name: value for name, value in answer[1].items() if name != "instance"}


@pytest.mark.usefixtures("people")
async def test_whoever_is_not_let_in_costs_one_check_and_the_same_statements(
    call: Call, counted: Callable[[], Work]
) -> None:
    answers, work = list[Any](), list[Work]()
    for who in WHO:
        counted()
        answers.append(await tried(call, who))
        work.append(counted())
    assert answers[0][0] == 401
    assert [each for each in answers if each != answers[0]] == []
    assert [checks for checks, _ in work] == [1] * len(WHO)
    assert [statements for _, statements in work if statements != work[0][1]] == []


@pytest.mark.usefixtures("people")
async def test_a_disabled_account_is_not_told_from_a_wrong_password_by_the_right_one(
    call: Call, counted: Callable[[], Work]
) -> None:
    counted()
    wrong, cost = await tried(call, "doctor"), counted()
    assert (await tried(call, "chief", "right"), counted()) == (wrong, cost)


@pytest.mark.usefixtures("people")
async def test_a_locked_account_is_told_the_same_whether_there_is_one_or_not(
    call: Call, counted: Callable[[], Work]
) -> None:
    answers, work = list[Any](), list[Work]()
    for who in ("nobody.here", "doctor", "chief"):  # fifteen failures: the address is not slowed before twenty
        for _ in range(5):
            await tried(call, who)
    for who in ("nobody.here", "doctor", "chief"):
        counted()
        answers.append(await tried(call, who, "right"))
        work.append(counted())
    assert answers[0][0] == 429
    assert [each for each in answers if each != answers[0]] == []
    assert [checks for checks, _ in work] == [0] * 3
    assert [statements for _, statements in work if statements != work[0][1]] == []


def test_the_hash_of_nobody_is_one_that_is_checked_in_full_and_fits_nothing() -> None:
    assert passwords._verify(NOBODY, "") is False
    assert NOBODY.split("$")[:4] == HASH.split("$")[:4]
    assert [len(each) for each in NOBODY.split("$")] == [len(each) for each in HASH.split("$")]


async def test_a_code_that_is_wrong_old_or_was_taken_is_answered_alike(
    call: Call, world: World, clock: FakeClock
) -> None:
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["doctor"])).password_hash = HASH
        db.add(AccountPolicy(hospital_id="wuxi"))
    _, found = await call("doctor", "POST", "/account/second-factor", json={"current": "right"})
    totp = pyotp.TOTP(found["key"].replace(" ", ""))
    taken = totp.at(clock())
    assert (await call("doctor", "PUT", "/account/second-factor", json={"code": taken}))[0] == 200
    assert (await tried(call, "doctor", "right"))[1]["owed"]["owes"] == "second_factor"
    wrong = f"{(int(taken) + 1) % 1_000_000:06d}"
    codes = [wrong, taken, totp.at(clock() - timedelta(minutes=5)), "AAAA-AAAA-AAAA-AAAA"]
    path = "/session/second-factor"
    answers = [_without_id(await call(None, "POST", path, json={"code": each})) for each in codes]
    assert answers[0][0] == 403
    assert answers[0][1]["reason"] == "code_wrong"
    assert [each for each in answers if each != answers[0]] == []
