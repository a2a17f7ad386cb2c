"""A time for several people and rooms over HTTP: proposals, what blocks, and changes that are one click."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlmodel import select

from telemed.access.model import Account
from telemed.kit.activity import Activity
from telemed.kit.table import new_id
from telemed.people.model import Staff, Title
from telemed.scheduling.model import BookingKind, Occupancy
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.scheduling.kit import at, book, venues


def iso(hours: float) -> str:
    return at(hours).isoformat()


def question(*lines: dict[str, Any], start: float = 0, end: float = 8.5, **more: Any) -> dict[str, Any]:
    windows = [{"starts_at": iso(start), "ends_at": iso(end)}]
    return {"lines": list(lines), "minutes": 60, "windows": windows} | more


def people(world: World, key: str, *who: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "people": [str(world.ids[each]) for each in who]} | more


def hours_of(times: list[dict[str, Any]]) -> list[float]:
    return [(datetime.fromisoformat(each["starts_at"]) - NOW) / timedelta(hours=1) for each in times]


async def ask(call: Call, asked: dict[str, Any], who: str = "coordinator") -> dict[str, Any]:
    status, found = await call(who, "POST", "/scheduling/find", json=asked)
    assert status == 200, found
    answer: dict[str, Any] = found
    return answer


async def titled(world: World, **titles: Title) -> None:
    async with world.db.write() as db:
        for who, title in titles.items():
            (await db.exec(select(Staff).where(Staff.id == world.ids[who]))).one().title = title


async def test_only_who_books_may_ask(world: World, call: Call) -> None:
    asked = question(people(world, "a", "expert"))
    for who, status in ((None, 401), ("expert", 403), ("doctor", 403), ("coordinator", 200), ("hub_duty", 200)):
        assert (await call(who, "POST", "/scheduling/find", json=asked))[0] == status


async def test_a_line_may_be_called_by_the_id_of_whom_it_names(world: World, call: Call) -> None:
    key = f"expert-{world.ids['expert']}"  # as the page calls those who are on the booking already
    found = await ask(call, question(people(world, key, "expert")))
    assert [each["key"] for each in found["lines"]] == [key]


@pytest.mark.parametrize(
    "change",
    [
        {"lines": []},
        {"minutes": 10},
        {"lines": [{"key": "a"}]},
        {"lines": [{"key": "a", "specialty": "cardiology", "venues_of": "ruijin"}]},
        {"lines": [{"key": "a", "specialty": "x"}, {"key": "a", "venues_of": "ruijin"}]},
        {"windows": [{"starts_at": iso(2), "ends_at": iso(1)}]},
        {"windows": [{"starts_at": iso(0), "ends_at": iso(24 * 90)}]},
    ],
)
async def test_a_question_that_is_none_is_refused(call: Call, world: World, change: dict[str, Any]) -> None:
    asked = question(people(world, "a", "expert")) | change
    assert (await call("coordinator", "POST", "/scheduling/find", json=asked))[0] == 422


async def test_a_time_that_is_over_and_somebody_who_does_not_exist_are_said(world: World, call: Call) -> None:
    past = question(people(world, "a", "expert"), start=-5, end=0.5)
    status, problem = await call("coordinator", "POST", "/scheduling/find", json=past)
    assert (status, problem["reason"]) == (422, "no_window")
    nobody = question({"key": "a", "people": [str(new_id())]})
    status, problem = await call("coordinator", "POST", "/scheduling/find", json=nobody)
    assert (status, problem["reason"]) == (404, "unknown_resource")
    twice = question({"key": "a", "specialty": "cardiology"}, {"key": "b", "specialty": "cardiology"})
    status, problem = await call("coordinator", "POST", "/scheduling/find", json=twice)
    assert (status, problem["reason"]) == (422, "same_line")


async def test_who_has_left_is_not_found_free(world: World, call: Call) -> None:
    async with world.db.write() as db:
        (await db.exec(select(Account).where(Account.id == world.ids["expert"]))).one().disabled_at = NOW
    status, problem = await call("coordinator", "POST", "/scheduling/find", json=question(people(world, "a", "expert")))
    assert (status, problem["reason"]) == (404, "unknown_resource")


async def test_people_and_any_room_are_found_at_the_earliest_time_all_are_free(world: World, call: Call) -> None:
    rooms = await venues(world)
    await book(world, ["expert"], 1, 2.25)
    await book(world, ["doctor"], 3.5, 4.1, venue=rooms["会诊室 1"])
    asked = question(
        people(world, "lead", "expert"), people(world, "beside", "doctor"), {"key": "room", "venues_of": "ruijin"}
    )
    found = await ask(call, asked)
    assert hours_of(found["found"]) == pytest.approx([2.25, 4 + 1 / 6, 5 + 1 / 6])
    first = found["found"][0]
    assert (first["earliest"], first["missing"], first["out_of_hours"]) == (True, [], False)
    assert {each["line"]: each["resources"] for each in first["who"]}["room"] == [str(rooms["会诊室 1"])]
    assert {each["name"] for each in found["resources"]} == {"expert", "doctor", "会诊室 1", "会诊室 2"}
    assert (found["misses"], found["relaxations"]) == ([], [])
    lead = next(each for each in found["lines"] if each["key"] == "lead")
    assert hours_of(lead["taken"]) == [1]
    assert lead["days_without"] is None
    (day,) = found["days"]
    assert day["minutes"] == (17.5 - 9) * 60 - 4.1 * 60  # from ten past one until the end of the day


async def test_a_specialty_is_any_of_its_experts_with_at_least_the_title(world: World, call: Call) -> None:
    await titled(world, expert=Title.attending)
    asked = question({"key": "a", "specialty": "cardiology", "title": "associate_chief"})
    found = await ask(call, asked)
    assert found["lines"][0]["candidates"] == [str(world.ids["expert2"])]
    any_title = await ask(call, question({"key": "a", "specialty": "cardiology"}))
    assert set(any_title["lines"][0]["candidates"]) == {str(world.ids[each]) for each in ("expert", "expert2")}
    both = question({"key": "a", "specialty": "cardiology", "count": 2}, people(world, "b", "expert"))
    assert (await ask(call, both))["lines"][0]["candidates"] == [str(world.ids["expert2"])]  # the other is named


async def test_an_optional_line_that_cannot_come_is_missing_and_nothing_else(world: World, call: Call) -> None:
    await book(world, ["neurologist"], 0, 8.5)
    asked = question(people(world, "a", "expert"), people(world, "b", "neurologist", required=False))
    first = (await ask(call, asked))["found"][0]
    assert (first["missing"], [each["line"] for each in first["who"]]) == (["b"], ["a"])


async def blocked(world: World) -> dict[str, UUID]:
    """All day long one of the two experts has something, and both rooms are taken in the afternoon."""
    rooms = await venues(world)
    await book(world, ["expert"], 0, 4, kind=BookingKind.surgery, activity=None, hospital_id="ruijin", title="手术")
    await book(world, ["neurologist"], 4, 8.5, title="肝胆 MDT")
    return rooms


def of_blocked(world: World, **more: Any) -> dict[str, Any]:
    return question(
        people(world, "lead", "expert", stays=True),
        people(world, "second", "neurologist"),
        {"key": "room", "venues_of": "ruijin"},
        **more,
    )


async def test_where_there_is_no_time_the_bookings_in_the_way_are_named_as_far_as_one_may_know(
    world: World, call: Call
) -> None:
    await blocked(world)
    found = await ask(call, of_blocked(world))
    assert found["found"] == []
    named = {
        (block["line"], clash["kind"], clash["title"], clash["untitled"])
        for miss in found["misses"]
        for block in miss["blocks"]
        for clash in block["clashes"]
    }
    # The meeting is Wuxi's, and its coordinator's grant is not this one's: that it is busy, and no more.
    assert named == {("lead", "surgery", "手术", False), ("second", "consultation", "", True)}
    assert {each["key"]: each["days_without"] for each in found["lines"]} == {"lead": 1, "second": 1, "room": 0}
    assert found["days"][0]["minutes"] == 0


async def test_of_bookings_that_touch_only_those_at_that_time_are_named(world: World, call: Call) -> None:
    for hour in range(0, 9):
        await book(world, ["neurologist"], hour, hour + 1)
    found = await ask(call, question(people(world, "a", "expert"), people(world, "b", "neurologist")))
    (miss,) = found["misses"]
    assert hours_of([miss]) == [1]
    assert hours_of(miss["blocks"][0]["clashes"]) == [1]


async def test_every_relaxation_is_a_question_that_finds_what_it_shows(world: World, call: Call) -> None:
    await blocked(world)
    await titled(world, expert=Title.associate_chief, expert2=Title.chief)
    found = await ask(call, of_blocked(world, end=12))
    by = {each["change"]: each for each in found["relaxations"]}
    assert set(by) == {"instead", "after_hours", "later", "left_out"}
    assert by["instead"]["instead"] == [str(world.ids["expert2"])]
    assert by["left_out"]["line"] == "second"  # the lead stays
    assert by["after_hours"]["found"]["out_of_hours"] is True
    for each in found["relaxations"]:
        again = await ask(call, each["question"])
        assert again["found"][0]["starts_at"] == each["found"]["starts_at"], each["change"]
        assert again["found"][0]["who"] == each["found"]["who"]


async def test_a_later_time_is_free_of_what_is_booked_beyond_the_window(world: World, call: Call) -> None:
    await blocked(world)
    for asked in (of_blocked(world), of_blocked(world, after_hours=True)):
        (offered,) = (each for each in (await ask(call, asked))["relaxations"] if each["change"] == "later")
        (before,) = hours_of([offered["found"]])
        await book(world, ["neurologist"], before, before + 2)
        (offered,) = (each for each in (await ask(call, asked))["relaxations"] if each["change"] == "later")
        assert hours_of([offered["found"]]) == [before + 2]


async def test_a_meeting_in_two_names_both_times(world: World, call: Call) -> None:
    await book(world, ["expert2"], 0, 6)
    await book(world, ["neurologist"], 5, 8.5)
    lines = (people(world, key, who) for key, who in (("second", "expert2"), ("third", "neurologist")))
    found = await ask(call, question(people(world, "lead", "expert", stays=True), *lines))
    (parts,) = [each for each in found["relaxations"] if each["change"] == "in_two"]
    first, then = ({each["line"] for each in time["who"]} for time in (parts["found"], parts["second"]))
    assert (first & then, first | then) == ({"lead"}, {"lead", "second", "third"})


async def test_a_substitute_has_the_specialty_and_at_least_the_title(world: World, call: Call) -> None:
    await blocked(world)
    await titled(world, expert=Title.chief, expert2=Title.associate_chief)
    found = await ask(call, of_blocked(world))
    assert "instead" not in {each["change"] for each in found["relaxations"]}


async def test_another_room_of_the_hospital_is_offered(world: World, call: Call) -> None:
    rooms = await venues(world)
    await book(world, [], 0, 8.5, venue=rooms["会诊室 1"], activity=None, hospital_id="ruijin")
    room = {"key": "room", "venues": [str(rooms["会诊室 1"])]}
    found = await ask(call, question(people(world, "lead", "expert", stays=True, replaceable=False), room))
    (instead,) = [each for each in found["relaxations"] if each["change"] == "instead"]
    assert instead["instead"] == [str(rooms["会诊室 2"])]
    assert instead["question"]["lines"][1]["venues"] == [str(rooms["会诊室 1"]), str(rooms["会诊室 2"])]
    not_this = question(people(world, "lead", "expert"), room | {"replaceable": False})
    kept = (await ask(call, not_this))["relaxations"]
    assert "instead" not in {each["change"] for each in kept}


async def test_a_shorter_meeting_says_how_long(world: World, call: Call) -> None:
    await book(world, ["expert"], 0, 2)
    await book(world, ["doctor"], 2.75, 8.5)
    found = await ask(call, question(people(world, "a", "expert"), people(world, "b", "doctor")))
    (shorter,) = [each for each in found["relaxations"] if each["change"] == "shorter"]
    assert (shorter["minutes"], shorter["question"]["minutes"]) == (45, 45)
    assert found["days"][0]["minutes"] == 45


async def test_the_own_booking_and_a_hold_that_is_over_take_no_time(world: World, call: Call, clock: FakeClock) -> None:
    own = await book(world, ["expert"], 1, 8.5, activity=Activity("consultation", new_id()))
    await book(world, ["expert"], 0.5, 1, expires_at=at(0.1))
    clock.move(hours=0.25)
    found = await ask(call, question(people(world, "a", "expert"), besides=str(own.activity_id)))
    assert hours_of(found["found"])[0] == pytest.approx(1.25)
    assert (await ask(call, question(people(world, "a", "expert"))))["found"] == []


async def test_an_urgent_one_needs_no_notice_and_may_be_at_night(world: World, call: Call) -> None:
    await book(world, ["expert"], 0, 12)
    asked = question(people(world, "a", "expert"), end=24, urgency="urgent")
    first = (await ask(call, asked))["found"][0]
    assert (hours_of([first]), first["out_of_hours"]) == ([12], True)


async def test_nobody_is_found_on_a_day_on_which_one_of_the_hospitals_is_closed(world: World, call: Call) -> None:
    found = await ask(call, question(people(world, "a", "expert"), start=24 * 4 + 9, end=24 * 6 + 8))
    assert found["found"] == []  # Friday evening to Sunday
    assert {each["change"] for each in found["relaxations"]} >= {"after_hours", "later"}


async def test_it_takes_nobodys_time_and_few_queries(world: World, call: Call) -> None:
    await blocked(world)
    before = len(await rows(world.db, Occupancy))
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(world.db.readers.sync_engine, "before_cursor_execute", note)
    await ask(call, of_blocked(world))
    event.remove(world.db.readers.sync_engine, "before_cursor_execute", note)
    assert len(await rows(world.db, Occupancy)) == before
    assert len([each for each in asked if "FROM occupancy" in each]) <= 4
    assert len(asked) <= 30, len(asked)
