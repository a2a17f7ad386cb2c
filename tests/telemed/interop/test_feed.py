"""What stands in the feed of one person's bookings, and what never does."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.access.model import Account
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.kit.activity import Activity
from telemed.people.model import Staff
from telemed.scheduling import service
from telemed.scheduling.model import Booking, BookingKind
from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.interop.kit import Fetch, events, make, move
from tests.telemed.scheduling.kit import at, book, venues

PATIENT = "陈远山"


async def test_what_has_not_changed_is_not_sent_again(world: World, call: Call, fetch: Fetch) -> None:
    made = await book(world, ["expert"], 1, 2)
    _, path = await make(call)
    _, headers, body = await fetch(path)
    assert body.count(b"BEGIN:VEVENT") == 1
    known = {"If-None-Match": headers["ETag"]}
    status, again, body = await fetch(path, **known)
    assert (status, body, again["ETag"]) == (304, b"", headers["ETag"])
    assert made.activity_id is not None
    async with world.db.write() as db:
        await service.cancel(db, made.activity_id, None, NOW)
    assert (await fetch(path, **known))[0] == 200


async def test_a_booking_says_what_where_when_and_with_whom_and_no_patient(
    world: World, call: Call, fetch: Fetch
) -> None:
    rooms = await venues(world)
    made = await book(world, ["expert", "doctor"], 1, 2, venue=rooms["会诊室 1"], other_end=rooms["无锡会诊室"])
    _, path = await make(call)
    (event,) = await events(fetch, path)
    assert (event.uid, event.status, event.summary) == (
        f"booking-{made.id}@telemed",
        "CONFIRMED",
        "远程会诊 · wuxi",
    )
    assert event.fields["location"] == "会诊室 1（ruijin）"
    assert (event.fields["dtstart"], event.fields["dtend"]) == (at(1), at(2))
    link = f"/consultations/{made.activity_id}"
    assert event.fields["url"].endswith(link)
    assert event.fields["description"].startswith("与会：doctor（wuxi）\n")
    _, _, body = await fetch(path)
    assert PATIENT not in body.decode().replace("\r\n ", ""), "though the booking's own title names them"
    _, theirs = await make(call, "doctor")
    (branch,) = await events(fetch, theirs)
    assert (branch.uid, branch.fields["location"]) == (event.uid, "无锡会诊室（wuxi）")


async def test_busy_time_says_its_kind_and_nothing_that_was_typed(world: World, call: Call, fetch: Fetch) -> None:
    typed: dict[str, Any] = {"activity": None, "title": f"手术 {PATIENT}", "note": PATIENT, "hospital_id": "ruijin"}
    await book(world, ["expert"], 1, 2, kind=BookingKind.surgery, **typed)
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["expert"])).language = "en"
    _, path = await make(call)
    (event,) = await events(fetch, path)
    assert event.summary == "Surgery"
    assert event.fields["description"].startswith("Sign in to see more: ")
    assert PATIENT not in str(event)


async def test_a_moved_booking_is_the_same_one_with_a_higher_sequence(
    world: World, call: Call, fetch: Fetch, clock: FakeClock
) -> None:
    made = await book(world, ["expert", "doctor"], 1, 2, expires_at=at(0.5))
    _, path = await make(call)
    (held,) = await events(fetch, path)
    assert (held.status, held.sequence) == ("TENTATIVE", 0)
    assert made.activity_id is not None
    clock.move(minutes=1)
    async with world.db.write() as db:
        await service.confirm(db, made.activity_id, None, clock())
    (certain,) = await events(fetch, path)
    assert (certain.uid, certain.status, certain.sequence) == (held.uid, "CONFIRMED", 1)
    await move(world, made.activity_id, ["expert", "doctor"], at(3), clock())
    (moved,) = await events(fetch, path)
    assert (moved.uid, moved.sequence, moved.fields["dtstart"]) == (held.uid, 2, at(3))
    assert moved.fields["last-modified"] == moved.fields["dtstamp"] == clock()


async def test_a_cancelled_booking_stands_for_thirty_days(
    world: World, call: Call, fetch: Fetch, clock: FakeClock
) -> None:
    made = await book(world, ["expert"], 24 * 60, 24 * 60 + 1)
    _, path = await make(call)
    assert made.activity_id is not None
    async with world.db.write() as db:
        await service.cancel(db, made.activity_id, None, NOW)
    (gone,) = await events(fetch, path)
    assert (gone.status, gone.sequence, gone.summary) == ("CANCELLED", 1, "已取消：远程会诊")
    clock.move(days=29)
    assert len(await events(fetch, path)) == 1
    clock.move(days=1)
    assert await events(fetch, path) == []


async def test_a_hold_that_is_over_is_cancelled_before_anybody_releases_it(
    world: World, call: Call, fetch: Fetch, clock: FakeClock
) -> None:
    await book(world, ["expert"], 2, 3, expires_at=at(1))
    _, path = await make(call)
    clock.move(hours=1)
    (over,) = await events(fetch, path)
    assert (over.status, over.sequence) == ("CANCELLED", 1)
    async with world.db.write() as db:
        await book(world, ["doctor"], 5, 6, db=db, now=clock())  # releases what is over
    (released,) = await events(fetch, path)
    assert (released.status, released.sequence) == ("CANCELLED", 1)


@pytest.mark.parametrize(("days", "stands"), [(-31, False), (-29, True), (365, True), (368, False)])
async def test_the_feed_goes_from_thirty_days_back_to_a_year_ahead(
    world: World, call: Call, fetch: Fetch, clock: FakeClock, days: int, stands: bool
) -> None:
    hours = (40 + days) * 24
    await book(world, ["expert"], hours, hours + 1, activity=None, kind=BookingKind.meeting, hospital_id="ruijin")
    clock.move(days=40)
    _, path = await make(call)
    assert bool(await events(fetch, path)) is stands


async def test_who_is_invited_though_busy_finds_it_and_who_declined_does_not(
    world: World, call: Call, fetch: Fetch
) -> None:
    made = await book(world, ["expert", "doctor"], 1, 2)
    assert made.activity_id is not None
    activity = Activity("consultation", made.activity_id)
    async with world.db.write() as db:
        await participants.put(db, activity, world.ids["expert2"], "expert", required=False)
        declined = await participants.put(db, activity, world.ids["doctor"], "accompanying")
        declined.answer = Answer.declined
    _, path = await make(call, "expert2")
    (event,) = await events(fetch, path)
    assert "doctor" not in event.fields["description"]
    _, theirs = await make(call, "doctor")
    assert await events(fetch, theirs) == []


async def test_nobody_finds_what_is_anothers(world: World, call: Call, fetch: Fetch) -> None:
    await book(world, ["expert"], 1, 2)
    _, path = await make(call, "expert2")
    assert await events(fetch, path) == []
    async with world.db.read() as db:
        assert len((await db.exec(select(Booking))).all()) == 1


async def test_names_with_any_signs_come_through(world: World, call: Call, fetch: Fetch) -> None:
    name = '王"小\\n明", 主任;\n👩🏽‍⚕️' + "查" * 300
    async with world.db.write() as db:
        (await db.get_one(Staff, world.ids["doctor"])).name = name
    await book(world, ["expert", "doctor"], 1, 2)
    _, path = await make(call)
    (event,) = await events(fetch, path)
    assert event.fields["description"].startswith(f"与会：{name}（wuxi）\n")
    assert isinstance(UUID(event.uid.removeprefix("booking-").removesuffix("@telemed")), UUID)
