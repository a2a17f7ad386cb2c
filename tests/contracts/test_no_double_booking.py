"""Nobody and no venue is booked twice, even at the same moment: one booking succeeds, the others are told why."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from telemed.errors import Conflict
from telemed.kit.activity import Activity
from telemed.kit.table import new_id
from telemed.migrations import prepare
from telemed.scheduling import service
from telemed.scheduling.model import Booking, BookingState, Occupancy
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.scheduling.kit import at, book, venues

pytestmark = pytest.mark.databases_differ

ATTEMPTS = 50


async def attempt(world: World, *arguments: Any, **more: Any) -> Booking | Conflict:
    try:
        return await book(world, *arguments, **more)
    except Conflict as refusal:
        return refusal


def winners(results: list[Booking | Conflict]) -> list[Booking]:
    return [each for each in results if isinstance(each, Booking)]


async def test_of_many_who_book_the_same_time_at_once_exactly_one_wins(world: World) -> None:
    rooms = await venues(world)
    results = await asyncio.gather(
        *(attempt(world, ["expert", "doctor"], 2, 3, venue=rooms["会诊室 1"]) for _ in range(ATTEMPTS))
    )
    (winner,) = winners(results)
    taken = await rows(world.db, Occupancy)
    assert {each.booking_id for each in taken} == {winner.id}
    assert len(taken) == 3
    for loser in (each for each in results if isinstance(each, Conflict)):
        clashes = loser.extra["clashes"]
        assert isinstance(clashes, list)
        assert {each["booking_id"] for each in clashes} == {str(winner.id)}
        assert {each["name"] for each in clashes} == {"expert", "doctor", "会诊室 1"}


async def test_times_that_overlap_in_part_are_never_both_granted(world: World) -> None:
    rooms = await venues(world)
    people = ["expert", "expert2", "neurologist", "doctor", "doctor2"]
    results = await asyncio.gather(
        *(
            attempt(
                world,
                [people[n % 3], people[3 + n % 2]],
                2 + (n * 7 % 12) / 4,
                2.75 + (n * 7 % 12) / 4,
                venue=rooms["会诊室 1" if n % 2 else "会诊室 2"],
            )
            for n in range(ATTEMPTS)
        )
    )
    assert len(winners(results)) >= 2
    taken = [each for each in await rows(world.db, Occupancy) if each.active]
    assert len(taken) == 3 * len(winners(results))
    for one in taken:
        for other in taken:
            if one.id != other.id and one.resource_id == other.resource_id:
                assert one.ends_at <= other.starts_at or other.ends_at <= one.starts_at


async def test_of_two_who_book_the_same_consultation_one_wins(world: World) -> None:
    one = Activity("consultation", new_id())
    results = await asyncio.gather(
        *(attempt(world, [who], 2, 3, activity=one) for who in ("expert", "expert2", "neurologist"))
    )
    assert len(winners(results)) == 1
    assert {each.extra["reason"] for each in results if isinstance(each, Conflict)} == {"already_booked"}


async def test_a_booking_and_a_move_into_the_same_time_do_not_both_succeed(world: World) -> None:
    own = await book(world, ["expert"], 1, 2)
    assert own.activity_id
    own_activity = own.activity_id

    async def move() -> Booking | Conflict:
        try:
            async with world.db.write() as db:
                return await service.rebook(
                    db,
                    activity_id=own_activity,
                    people=[world.ids["expert2"]],
                    venue=None,
                    start=at(5),
                    end=at(6),
                    by=None,
                    now=NOW,
                )
        except Conflict as refusal:
            return refusal

    results = await asyncio.gather(move(), *(attempt(world, ["expert2"], 5, 6) for _ in range(8)))
    assert len(winners(results)) == 1


async def test_a_hold_within_a_transaction_that_fails_takes_no_time(world: World) -> None:
    async with world.db.write() as db:
        await book(world, ["expert"], 1, 2, db=db, expires_at=at(0.5))
        with pytest.raises(Conflict):  # a nested refusal leaves the hold before it standing
            await book(world, ["expert2", "expert"], 1.5, 2.5, db=db)
        await book(world, ["expert2"], 1.5, 2.5, db=db, expires_at=at(0.5))
    assert len(await rows(world.db, Occupancy)) == 2

    async def fails_later() -> None:
        async with world.db.write() as db:
            await book(world, ["doctor"], 1, 2, db=db, expires_at=at(0.5))
            raise RuntimeError("something else went wrong")

    with pytest.raises(RuntimeError):
        await fails_later()
    assert len(await rows(world.db, Occupancy)) == 2


async def test_cancelled_and_expired_times_are_free_again(world: World) -> None:
    cancelled = await book(world, ["expert"], 1, 2)
    await book(world, ["expert"], 3, 4, expires_at=at(0.5))
    assert cancelled.activity_id
    async with world.db.write() as db:
        await service.cancel(db, cancelled.activity_id, None, NOW)
    await book(world, ["expert"], 1, 2)
    await book(world, ["expert"], 3, 4, now=at(0.5))
    states = sorted(each.state for each in await rows(world.db, Booking))
    assert states == [BookingState.booked, BookingState.booked, BookingState.cancelled, BookingState.cancelled]


MOVED = """UPDATE occupancy SET starts_at = (SELECT starts_at FROM occupancy WHERE booking_id = :one),
    ends_at = (SELECT ends_at FROM occupancy WHERE booking_id = :one) WHERE booking_id = :other"""
REVIVED = "UPDATE occupancy SET active = :yes WHERE booking_id = :gone"
COPIED = """INSERT INTO occupancy (id, booking_id, resource_id, starts_at, ends_at, active)
    SELECT :id, :idle, resource_id, starts_at, ends_at, active FROM occupancy WHERE booking_id = :one"""


@pytest.mark.parametrize("statement", [MOVED, REVIVED, COPIED])
async def test_the_database_refuses_what_the_code_did_not_see(world: World, statement: str) -> None:
    gone = await book(world, ["expert"], 1, 2)
    async with world.db.write() as db:
        await service.cancel(db, gone.activity_id or new_id(), None, NOW)
    one, other = await book(world, ["expert"], 1, 2), await book(world, ["expert"], 5, 6)
    idle = await book(world, ["expert2"], 5, 6)
    values = {"one": one.id, "other": other.id, "idle": idle.id, "gone": gone.id, "id": new_id()}
    raw = {name: id.hex if world.db.is_sqlite else id for name, id in values.items() if f":{name}" in statement}
    with pytest.raises(IntegrityError):
        async with world.db.write() as db:
            await (await db.connection()).execute(text(statement), raw | ({"yes": True} if ":yes" in statement else {}))
    async with world.db.read() as db:
        starts = (await db.exec(select(Occupancy.starts_at).where(col(Occupancy.active)))).all()
    assert sorted(starts) == [at(1), at(5), at(5)]


async def test_the_guard_survives_a_second_preparation(world: World) -> None:
    await prepare(world.db)
    await book(world, ["expert"], 1, 2)
    assert isinstance(await attempt(world, ["expert"], 1, 2), Conflict)


async def test_the_loser_reads_in_the_answer_what_blocks(world: World, call: Call) -> None:
    entry = {"kind": "surgery", "title": "手术", "starts_at": at(4).isoformat(), "ends_at": at(8).isoformat()}
    answers = await asyncio.gather(*(call("doctor", "POST", "/calendar/busy", json=entry) for _ in range(12)))
    assert sorted(status for status, _ in answers) == [201] + [409] * 11
    problem = next(body for status, body in answers if status == 409)
    (clash,) = problem["clashes"]
    assert (problem["reason"], clash["name"], clash["title"], clash["booked_by"]) == (
        "clash",
        "doctor",
        "手术",
        "doctor",
    )
