"""What happened reaches the product at least once, in order per room, whatever falls over in between."""

import asyncio
import sqlite3
from collections import defaultdict
from contextlib import closing
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Lock

import pytest

from signaling import Event, LocalBus, Serving
from signaling.courier import Courier
from signaling.log import RoomLog
from signaling.rooms import Rooms
from signaling.supervise import Trouble
from tests.signaling.kit import BRANCH, GUEST, NOW, Person, joined, new_rooms


async def test_a_consultation_tells_its_whole_story(rooms: Rooms) -> None:
    bert = Person(rooms, "bert", studies=["h/1"])
    anna = Person(rooms, "anna", studies=["h/1"])
    anna.say("mod.admit", target=Person(rooms, "gus", **GUEST).id)
    anna.say("present.take", scope="h/1")
    bert.say("data", "m1", topic="chat", payload="您好")
    bert.say("view.set", others=[{"role": "patient"}])
    rooms.cut(bert.session, bert.link, NOW)
    rooms.tick(NOW + 100)
    anna.say("mod.end", reason="done")
    told = [event for _, event in rooms.log.pending()]
    assert [(event.type, event.data.get("sub")) for event in told] == [
        ("room.opened", None),
        ("member.waiting", "bert"),
        ("member.joined", "anna"),
        ("seats", None),
        ("member.admitted", "bert"),
        ("member.joined", "bert"),
        ("seats", None),
        ("member.waiting", "gus"),
        ("member.admitted", "gus"),
        ("member.joined", "gus"),
        ("presented", "anna"),
        ("chat", None),
        ("view", "bert"),
        ("member.lost", "bert"),
        ("member.left", "bert"),
        ("seats", None),
        ("room.ended", None),
    ]
    seats = [["anna/page"], ["anna/page", "bert/page"], ["anna/page"]]
    assert [event.data["publishers"] for event in told if event.type == "seats"] == seats
    assert [event.seq for event in told] == list(range(1, len(told) + 1))
    assert {(event.source, event.epoch, event.v) for event in told} == {("room/r1", 1, 1)}
    assert all(one.id < other.id for one, other in pairwise(told))  # UUIDv7: ordered like the story
    assert told[0].data == {"kind": "consultation", "case": "c1"}
    assert told[2].data == {
        "id": "anna/page",
        "sub": "anna",
        "name": "ANNA",
        "role": "expert",
        "hospital": "ruijin",
        "booked": True,
        "lead": True,
    }
    assert (told[11].data["payload"], told[11].data["from"], told[11].data["ev"]) == ("您好", "bert/page", [1, 12])


async def test_an_event_is_gone_once_taken_but_chat_stays_for_late_joiners(tmp_path: Path) -> None:
    taken: list[Event] = []

    async def take(event: Event) -> None:
        taken.append(event)

    rooms = new_rooms(NOW, str(tmp_path / "room.db"))
    with closing(rooms.log):
        anna = Person(rooms, "anna")
        anna.say("data", topic="chat", payload="kept")
        assert await Courier(rooms.log, LocalBus(take)).round()
        assert rooms.log.pending() == []
        assert [bytes(line.payload) for line in rooms.log.chat("r1")] == [b'"kept"']
        anna.say("mod.end")
        assert await Courier(rooms.log, LocalBus(take)).round()
        assert rooms.log.chat("r1") == []
    assert [event.type for event in taken] == ["room.opened", "member.joined", "seats", "chat", "room.ended"]


async def test_what_the_product_did_not_take_comes_again_after_a_restart_under_the_same_id(tmp_path: Path) -> None:
    path = str(tmp_path / "room.db")
    before = new_rooms(NOW, path)
    Person(before, "anna")
    told = [event for _, event in before.log.pending()]
    before.log.close()
    with closing(RoomLog(path, NOW)) as log:
        again: list[Event] = []

        async def take(event: Event) -> None:
            again.append(event)

        assert await Courier(log, LocalBus(take)).round()
        assert again == told


async def test_a_room_whose_reader_fails_waits_in_order_and_holds_up_no_other(
    rooms: Rooms, caplog: pytest.LogCaptureFixture
) -> None:
    one, two = Person(rooms, "anna"), Person(rooms, "bert", room="r2")
    for seat in (one, two):
        for n in range(150):
            seat.say("data", topic="chat", payload=n)
    seen: dict[str, list[int]] = defaultdict(list)
    broken = {("room/r1", 5)}

    async def take(event: Event) -> None:
        if (event.source, event.seq) in broken:
            raise ConnectionError("the database is away")
        seen[event.source].append(event.seq)

    courier = Courier(rooms.log, LocalBus(take))
    assert not await courier.round()
    assert (seen["room/r1"], len(seen["room/r2"])) == ([1, 2, 3, 4], 2)
    assert "comes again" in caplog.text
    broken.clear()
    assert await courier.round()
    assert seen["room/r1"] == list(range(1, 154))


async def test_events_reach_the_reader_while_people_talk(serving: Serving, events: list[Event]) -> None:
    async with joined(serving.port, "anna") as anna, joined(serving.port, "bert", **BRANCH) as bert:
        for n in range(20):
            await (anna if n % 2 else bert).ask("data", topic="chat", payload=n)
        async with asyncio.timeout(5):
            while len([event for event in events if event.type == "chat"]) < 20:
                await anna.ask("ping")
    assert [event.seq for event in events] == list(range(1, len(events) + 1))


POISON = {
    "no end": b'{"from":"bert/page","payload":1e999}',
    "5,000 digits": b'{"from":"bert/page","payload":' + b"9" * 5000 + b"}",
    "half": b'{"from":"ber',
    "no object": b"[1]",
    "not even bytes": 7,
}


@pytest.mark.parametrize("row", POISON)
async def test_a_row_of_before_that_cannot_be_read_is_set_aside_and_the_rest_goes_on(
    tmp_path: Path, row: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = str(tmp_path / "room.db")
    rooms = new_rooms(NOW, path)
    anna = Person(rooms, "anna")
    for n in range(3):
        anna.say("data", topic="chat", payload=n)
    rooms.log.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("update events set data = ? where seq = 5", (POISON[row],))
        db.execute("insert into passes values ('r1', 'eve/page', ?, 1e12)", (POISON[row],))
        db.execute("insert into here values ('r1', 'eve/page', ?)", (POISON[row],))
        db.commit()
    taken: list[Event] = []

    async def take(event: Event) -> None:
        taken.append(event)

    rooms = new_rooms(NOW, path)
    with closing(rooms.log) as log:
        for _ in range(2):
            assert await Courier(log, LocalBus(take)).round()
        assert [event.data["payload"] for event in taken if event.type == "chat"] == [0, 2]
        late = Person(rooms, "bert")
        said = [line["payload"] for line in late.last("joined")["history"]]
        assert [each for each in said if each in (0, 2)] == [0, 2]
        rooms.tick(NOW + 100)
        assert "set aside" in caplog.text
        log.sweep(NOW + 1e6)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("select seq from events where taken = 2").fetchall() == [(5,)]


async def test_what_a_rooms_reader_does_not_take_is_told_until_it_does(rooms: Rooms) -> None:
    now, deaf = 0.0, True

    async def take(_event: Event) -> None:
        if deaf:
            raise ConnectionError

    courier = Courier(rooms.log, LocalBus(take))
    courier.trouble = Trouble(lambda: now)
    Person(rooms, "anna")
    rooms.log.flush()
    assert not await courier.round()
    now = 59.0
    assert not await courier.round()
    assert courier.trouble() == ""
    now = 60.0
    assert courier.trouble() == "ConnectionError"
    deaf = False
    assert await courier.round()
    assert courier.trouble() == ""


def test_the_log_closes_under_no_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, alone = Lock(), []

    class Watched(sqlite3.Connection):
        def close(self) -> None:
            alone.append(lock.locked())
            super().close()

    monkeypatch.setattr("signaling.log.Lock", lambda: lock)
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Watched))
    log = RoomLog(str(tmp_path / "room.db"), NOW)
    log.close()
    assert alone == [True]
    with pytest.raises(sqlite3.ProgrammingError):
        log.pending()
