"""A booking takes the time of everybody or of nobody; who is in the way is named."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from telemed.errors import Conflict, Invalid, NotFound
from telemed.kit.activity import Activity
from telemed.kit.events import Outbox
from telemed.kit.table import new_id
from telemed.scheduling import service
from telemed.scheduling.model import Booking, BookingKind, BookingState, Occupancy
from tests.telemed.conftest import NOW, World, rows
from tests.telemed.scheduling.kit import at, book, venues


async def refused(world: World, *who: Any, **more: Any) -> list[dict[str, Any]]:
    with pytest.raises(Conflict) as refusal:
        await book(world, *who, **more)
    assert refusal.value.extra["reason"] == "clash"
    found = refusal.value.extra["clashes"]
    assert isinstance(found, list)
    return found


async def test_a_clash_names_the_booking_that_blocks(world: World) -> None:
    rooms = await venues(world)
    await book(
        world,
        ["doctor"],
        4,
        8.5,
        activity=None,
        kind=BookingKind.surgery,
        title="手术",
        by="doctor",
        hospital_id="wuxi",
    )
    await book(world, ["expert2"], 5, 6, venue=rooms["会诊室 1"], title="肝胆 MDT")
    found = await refused(world, ["expert", "doctor"], 5.5, 6.25, venue=rooms["会诊室 1"])
    assert [(each["name"], each["kind"], each["title"]) for each in found] == [
        ("doctor", "surgery", ""),  # what was typed about it stays in Wuxi
        ("会诊室 1", "consultation", ""),
    ]
    assert (found[0]["booked_by"], found[0]["untitled"], found[1]["untitled"]) == ("doctor", False, True)
    assert found[0]["starts_at"] == "2026-03-02T05:00:00Z"
    assert len(await rows(world.db, Occupancy)) == 3  # nothing of the refused one is left


async def test_news_of_a_booking_goes_to_the_hospitals_on_whose_calendars_it_stands(world: World) -> None:
    made = await book(world, ["expert", "doctor"], 1, 2)
    (news,) = [each.data for each in await rows(world.db, Outbox) if each.type == "booking.changed"]
    assert (news["id"], news["hospitals"], news["change"]) == (str(made.id), ["ruijin", "wuxi"], "booking.made")


async def test_bookings_may_touch(world: World) -> None:
    await book(world, ["expert"], 1, 2)
    await book(world, ["expert"], 2, 3)
    await book(world, ["expert"], 0, 1)
    assert len(await refused(world, ["expert"], 1.5, 2.5)) == 2


async def test_a_cancelled_booking_frees_its_time(world: World) -> None:
    made = await book(world, ["expert", "doctor"], 1, 2)
    assert made.activity_id
    async with world.db.write() as db:
        await service.cancel(db, made.activity_id, world.actor("coordinator"), NOW)
        await service.cancel(db, made.activity_id, world.actor("coordinator"), NOW)  # nothing left to do
    again = await book(world, ["expert", "doctor"], 1, 2, activity=Activity("consultation", made.activity_id))
    assert again.state is BookingState.booked


async def test_an_activity_is_booked_once_and_then_moved(world: World) -> None:
    rooms = await venues(world)
    made = await book(world, ["expert", "doctor"], 1, 2, venue=rooms["会诊室 1"])
    with pytest.raises(Conflict, match="already"):
        await book(world, ["expert"], 5, 6, activity=Activity("consultation", made.activity_id or new_id()))
    async with world.db.write() as db:
        assert made.activity_id
        moved = await service.rebook(
            db,
            activity_id=made.activity_id,
            people=[world.ids["expert"], world.ids["doctor2"]],
            venue=rooms["会诊室 2"],
            start=at(1.5),
            end=at(2.5),
            by=world.actor("coordinator"),
            now=NOW,
        )
    assert (moved.id, moved.version, moved.starts_at) == (made.id, 2, at(1.5))
    await book(world, ["doctor", "expert2"], 1, 2, venue=rooms["会诊室 1"])


async def test_a_move_that_clashes_leaves_the_booking_where_it_was(world: World) -> None:
    made = await book(world, ["expert"], 1, 2)
    await book(world, ["expert"], 4, 5)
    assert made.activity_id
    async with world.db.write() as db:
        with pytest.raises(Conflict):
            await service.rebook(
                db,
                activity_id=made.activity_id,
                people=[world.ids["expert"]],
                venue=None,
                start=at(4.5),
                end=at(5.5),
                by=None,
                now=NOW,
            )
    async with world.db.read() as db:
        kept = await service.of_activity(db, made.activity_id)
        assert kept is not None
        assert (kept.starts_at, kept.version) == (at(1), 1)
        times = (await db.exec(select(Occupancy.starts_at).where(Occupancy.booking_id == made.id))).all()
    assert times == [at(1)]


async def test_there_is_nothing_to_move_without_a_booking(world: World) -> None:
    async with world.db.write() as db:
        with pytest.raises(NotFound):
            await service.rebook(
                db, activity_id=new_id(), people=[], venue=None, start=at(1), end=at(2), by=None, now=NOW
            )


async def test_a_hold_blocks_until_it_expires_and_may_be_confirmed_before(world: World) -> None:
    held = await book(world, ["expert"], 3, 4, expires_at=at(0.5))
    assert held.state is BookingState.held
    assert len(await refused(world, ["expert"], 3, 4)) == 1
    assert held.activity_id
    await book(world, ["expert"], 3, 4, now=at(0.5))
    async with world.db.write() as db:
        with pytest.raises(Conflict, match="expired"):
            await service.confirm(db, held.activity_id, None, at(0.5))


async def test_a_confirmed_hold_does_not_expire(world: World) -> None:
    held = await book(world, ["expert"], 3, 4, expires_at=at(0.5))
    assert held.activity_id
    async with world.db.write() as db:
        confirmed = await service.confirm(db, held.activity_id, None, at(0.25))
        assert (confirmed.state, confirmed.expires_at) == (BookingState.booked, None)
    assert len(await refused(world, ["expert"], 3, 4, now=at(2))) == 1


async def test_a_session_is_extended_only_into_free_time(world: World) -> None:
    rooms = await venues(world)
    made = await book(world, ["expert"], 1, 2, venue=rooms["会诊室 1"])
    assert made.activity_id is not None
    await book(world, ["expert2"], 3, 4, venue=rooms["会诊室 1"])
    async with world.db.write() as db:
        assert await service.extend(db, made.activity_id, at(2.5), [], None, NOW) == []
        assert await service.extend(db, made.activity_id, at(2.25), [], None, NOW) == []  # never shorter
        blocking = await service.extend(db, made.activity_id, at(3.5), [], None, NOW)
    assert [(each.name, each.starts_at) for each in blocking] == [("会诊室 1", at(3))]
    assert (await rows(world.db, Booking))[0].ends_at == at(2.5)


async def test_an_optional_expert_who_is_taken_then_does_not_keep_it_from_being_extended(world: World) -> None:
    made = await book(world, ["expert", "expert2"], 1, 2)
    assert made.activity_id is not None
    await book(world, ["expert2"], 2, 3)
    async with world.db.write() as db:
        assert await service.extend(db, made.activity_id, at(2.5), [], None, NOW) != []
        assert await service.extend(db, made.activity_id, at(2.5), [world.ids["expert2"]], None, NOW) == []
    until = {each.resource_id: each.ends_at for each in await rows(world.db, Occupancy) if each.booking_id == made.id}
    assert until == {world.ids["expert"]: at(2.5), world.ids["expert2"]: at(2)}


async def test_a_time_that_has_passed_or_runs_backwards_is_refused(world: World) -> None:
    for start, end in ((-2, -1), (2, 2), (3, 2)):
        with pytest.raises(Invalid):
            await book(world, ["expert"], start, end)


async def test_an_unknown_person_or_a_person_as_venue_does_not_exist(world: World) -> None:
    for venue in (new_id(), world.ids["expert2"]):
        with pytest.raises(NotFound):
            await book(world, ["expert"], 1, 2, venue=venue)
    await book(world, ["expert2"], 1, 2)
    with pytest.raises(NotFound):
        await book(world, ["expert"], 1, 2, venue=world.ids["expert2"])


async def test_proposals_are_the_earliest_free_times_with_a_free_venue(world: World) -> None:
    rooms = await venues(world)
    await book(world, ["expert"], 0, 1)
    await book(world, ["expert2"], 1, 2, venue=rooms["会诊室 1"])
    own = await book(world, ["doctor"], 1, 1.5)
    async with world.db.read() as db:
        found = await service.propose(
            db,
            people=[world.ids["expert"], world.ids["doctor"]],
            hospital_id="ruijin",
            wishes=[(at(-3), at(3))],
            now=NOW,
            duration=timedelta(minutes=30),
            besides=own.activity_id,
        )
        assert [(each.starts_at, each.venue.name, each.why) for each in found] == [
            (at(1), "会诊室 2", "earliest"),
            (at(1.5), "会诊室 2", "free"),
            (at(2), "会诊室 1", "free"),
        ]
        assert [each.guessed for each in found] == [[], [], []]
        nothing = await service.propose(
            db, people=[world.ids["expert"]], hospital_id="ruijin", wishes=[(at(-3), at(-1))], now=NOW
        )
        assert nothing == []


async def test_a_time_is_proposed_with_notice_and_without_where_nothing_later_is_free(world: World) -> None:
    await venues(world)
    for ends, first in ((3, 1.5), (1, 0)):
        async with world.db.read() as db:
            found = await service.propose(
                db,
                people=[world.ids["expert"]],
                hospital_id="ruijin",
                wishes=[(at(0), at(ends))],
                now=NOW,
                duration=timedelta(minutes=30),
                notice=timedelta(hours=1.5),
            )
        assert found[0].starts_at == at(first)


async def test_a_proposal_in_a_year_without_entered_holidays_says_so(world: World) -> None:
    await venues(world)
    new_year = datetime(2031, 1, 6, 1, tzinfo=UTC)
    async with world.db.read() as db:
        found = await service.propose(
            db,
            people=[world.ids["expert"]],
            hospital_id="ruijin",
            wishes=[(new_year, new_year + timedelta(hours=1))],
            now=new_year - timedelta(days=1),
        )
    assert {tuple(each.guessed) for each in found} == {(2031,)}
