"""值守: once per shift, with the second factor; it ends with the shift, or when one leaves."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import Account
from telemed.access.passwords import hash_now
from telemed.audit.model import AuditEvent
from telemed.errors import Conflict
from telemed.kit.table import new_id
from telemed.rosters import standby
from telemed.rosters.model import Shift, Standby
from telemed.rosters.rules import UNROSTERED, stands_until
from tests.telemed.access.enrolling import OLD as WORD
from tests.telemed.access.enrolling import enrol
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.rosters.rosters import HOUR, kept, shift


def own(start: float, end: float, staff: UUID | None = None) -> Shift:
    starts, ends = NOW + timedelta(hours=start), NOW + timedelta(hours=end)
    return Shift(roster_id=new_id(), staff_id=staff or new_id(), starts=starts, ends=ends)


@pytest.mark.parametrize(
    ("shifts", "hours"),
    [
        ([(-1, 8)], 8),
        ([(-1, 8), (-2, 3)], 8),
        ([(-1, 8), (8, 16)], 8),
        ([(-1, 8), (2, 4)], 8),
        ([(1, 8)], UNROSTERED / HOUR),
        ([(-8, 0)], UNROSTERED / HOUR),
        ([], UNROSTERED / HOUR),
    ],
)
def test_it_lasts_until_the_shift_ends_and_the_next_one_is_begun_anew(
    shifts: list[tuple[float, float]], hours: float
) -> None:
    assert stands_until([own(*each) for each in shifts], NOW) == NOW + timedelta(hours=hours)


@pytest.fixture
async def word(world: World) -> str:
    """The password of everybody in these tests."""
    async with world.db.write() as db:
        for who in ("expert", "coordinator"):
            (await db.get_one(Account, world.ids[who])).password_hash = hash_now(WORD)
    return WORD


async def state(call: Call, who: str = "expert") -> Any:
    status, found = await call(who, "GET", "/standby")
    assert status == 200, found
    return found


async def begin(call: Call, proof: str, who: str = "expert") -> tuple[int, Any]:
    return await call(who, "POST", "/standby", json={"proof": proof})


async def test_whoever_is_on_duty_stands_by_until_their_shift_ends(
    call: Call, world: World, clock: FakeClock, word: str
) -> None:
    await kept(call, [shift(world.ids["expert"])])
    before = await state(call)
    assert (before["now"], before["rostered"], before["proof"]) == (None, True, "password")
    status, found = await begin(call, word)
    assert status == 200, found
    assert found["now"]["until"] == (NOW + HOUR).isoformat().replace("+00:00", "Z")
    assert (await state(call, "coordinator"))["others"] == [str(world.ids["expert"])]
    clock.now = NOW + HOUR
    over = await state(call)
    assert (over["now"], over["last"]["left_at"]) == (None, None)
    assert (await state(call, "coordinator"))["others"] == []


async def test_a_wrong_proof_begins_nothing_and_says_so(call: Call, world: World, word: str) -> None:
    status, refused = await begin(call, "wrong")
    assert (status, refused["reason"]) == (403, "current_password_wrong")
    assert (await state(call))["now"] is None
    assert [each.action for each in await rows(world.db, AuditEvent) if each.action.startswith("standby")] == []


async def test_whoever_has_a_second_factor_gives_its_code_which_is_good_once(
    call: Call, world: World, clock: FakeClock, word: str
) -> None:
    totp, codes = await enrol(call, clock, "expert")
    assert (await state(call))["proof"] == "code"
    code = totp.at(clock())
    assert (await begin(call, word))[1]["reason"] == "code_wrong"
    assert (await begin(call, code))[0] == 200
    assert (await begin(call, code))[1]["reason"] == "code_wrong"
    assert (await call("expert", "POST", "/standby/leave"))[0] == 200
    assert (await begin(call, codes[0]))[0] == 200
    used = [each.action for each in await rows(world.db, AuditEvent)]
    assert used.count("account.recovery_code_used") == 1


def test_at_a_device_of_the_ward_nobody_stands_by(world: World) -> None:
    with pytest.raises(Conflict, match="signed out"):
        standby.refuse_at_device(replace(world.actor("expert"), device_id=new_id()))
    standby.refuse_at_device(world.actor("expert"))


async def test_it_is_left_and_begun_again_and_each_is_on_record(call: Call, world: World, word: str) -> None:
    assert (await begin(call, word))[0] == 200
    assert (await begin(call, word))[0] == 200  # a second page: nothing begins twice
    status, found = await call("expert", "POST", "/standby/leave")
    assert (status, found["now"]) == (200, None)
    assert found["last"]["left_at"] is not None
    assert (await call("expert", "POST", "/standby/leave"))[0] == 200
    assert (await begin(call, word))[1]["now"]["left_at"] is None
    kept_ones = [each.action for each in await rows(world.db, AuditEvent) if each.action.startswith("standby")]
    assert kept_ones == ["standby.began", "standby.left", "standby.began"]


async def test_without_a_roster_it_lasts_half_a_day(call: Call, word: str) -> None:
    assert (await state(call))["rostered"] is False
    assert (await begin(call, word))[1]["now"]["until"] == (NOW + UNROSTERED).isoformat().replace("+00:00", "Z")


async def test_only_at_whom_emergencies_ring_stand_by(call: Call) -> None:
    for who in ("doctor", "reviewer", "admin", "radiographer"):
        assert (await begin(call, "any", who))[0] == 403
        assert (await call(who, "GET", "/standby"))[0] == 403


async def test_begun_in_two_windows_at_once_it_is_left_in_one_press(call: Call, world: World, clock: FakeClock) -> None:
    async with world.db.write() as db:
        for hours in (8, 9):
            until = clock() + timedelta(hours=hours)
            db.add(Standby(hospital_id="ruijin", staff_id=world.ids["expert"], began_at=clock(), until=until))
    clock.move(minutes=1)
    assert (await state(call))["now"] is not None
    status, out = await call("expert", "POST", "/standby/leave")
    assert (status, out["now"]) == (200, None)


async def away(call: Call, minutes: int, who: str = "expert") -> tuple[int, Any]:
    return await call(who, "POST", "/standby/away", json={"minutes": minutes})


async def test_whoever_stands_by_is_away_until_they_said_or_return_or_leave(
    call: Call, world: World, clock: FakeClock, word: str
) -> None:
    assert (await away(call, 20))[1]["reason"] == "not_standing_by"
    assert (await begin(call, word))[0] == 200
    status, found = await away(call, 20)
    assert (status, [each["staff_id"] for each in found["away"]]) == (200, [str(world.ids["expert"])])
    assert (await state(call, "coordinator"))["away"] == found["away"]
    later = (await away(call, 40))[1]["away"]  # said anew: one, with the later time
    assert len(later) == 1
    assert later[0]["until"] > found["away"][0]["until"]
    assert (await call("expert", "POST", "/standby/back"))[1]["away"] == []
    assert (await away(call, 20))[0] == 200
    clock.move(minutes=20)
    assert (await state(call))["away"] == []
    assert (await away(call, 20))[0] == 200
    assert (await call("expert", "POST", "/standby/leave"))[1]["away"] == []
    said = [each.action for each in await rows(world.db, AuditEvent) if each.action.startswith("standby")]
    assert said.count("standby.away") == 4
    assert said.count("standby.back") == 3  # it also ended twice by being said anew or left, once by itself


async def test_nobody_is_away_for_longer_than_their_standing_by_or_two_hours(
    call: Call, world: World, word: str
) -> None:
    await kept(call, [shift(world.ids["expert"])])
    assert (await begin(call, word))[0] == 200
    assert (await away(call, 121))[0] == 422
    assert (await away(call, 120))[1]["away"][0]["until"] == (NOW + HOUR).isoformat().replace("+00:00", "Z")


async def test_only_at_whom_emergencies_ring_are_away(call: Call) -> None:
    assert (await away(call, 20, "doctor"))[0] == 403
    assert (await call("doctor", "POST", "/standby/back"))[0] == 403
