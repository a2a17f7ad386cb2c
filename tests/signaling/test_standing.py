"""Somebody stands in while people meet: as whom a person is in the room changes there and then, without a new entry."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from signaling.rooms import Rooms
from signaling.seats import ACCOMPANYING
from tests.signaling.kit import GUEST, LATER, NOW, REV, Frame, Person, commands_of, new_rooms

WARD: Final[Frame] = {"hospital": "wuxi", "role": "guest", "booked": False}
MAY: Final = ["publish", "subscribe"]
AT_BEDSIDE: Final[Frame] = {"role": ACCOMPANYING, "booked": True}
AS_GUEST: Final[Frame] = {"role": "guest", "booked": False}


def publishers(rooms: Rooms) -> tuple[str, ...]:
    return rooms.rooms["r1"].publishers


async def test_a_guest_who_stands_in_at_the_bedside_has_the_seat_at_once(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    dora = Person(rooms, "dora", **WARD)
    anna.say("mod.admit", target=dora.id)
    bert.say("track.publish", source="camera")
    assert (publishers(rooms), dora.ask("track.publish", source="camera")) == ((anna.id, bert.id), "forbidden")
    for who in (anna, bert, dora):
        who.heard()
    commands = commands_of(rooms)
    await commands.set_rights("r1", "bert", MAY, [], REV, **AS_GUEST)
    assert publishers(rooms) == (anna.id, bert.id)  # the bedside's picture stays until the other has it
    await commands.set_rights("r1", "dora", MAY, [], REV, **AT_BEDSIDE)
    for who in (anna, bert, dora):
        frames = who.link.take()
        (mode,) = [each["d"] for each in frames if each["t"] == "mode"]
        assert mode["publishers"] == [anna.id, dora.id]
        peers = {each["d"]["id"]: each["d"] for each in frames if each["t"] == "peer"}
        assert (peers[dora.id]["role"], peers[dora.id]["booked"]) == (ACCOMPANYING, True)
        assert (peers[bert.id]["role"], peers[bert.id]["tracks"]) == ("guest", [])
        assert "joined" not in [each["t"] for each in frames]
    assert dora.ask("track.publish", source="camera") == "ack"
    assert dora.ask("view.set", others=[]) == "ack"
    assert (bert.ask("track.publish", source="camera"), bert.ask("view.set", others=[])) == ("forbidden", "forbidden")


async def test_whoever_knocks_and_is_named_in_their_place_comes_in(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    dora, gus = Person(rooms, "dora", **WARD), Person(rooms, "gus", **GUEST)
    await commands_of(rooms).set_rights("r1", "dora", MAY, [], REV, **AT_BEDSIDE)
    assert dora.last("joined")["mode"]["publishers"] == [anna.id, bert.id]
    assert gus.heard("joined") == []
    bert.say("leave")
    assert publishers(rooms) == (anna.id, dora.id)


async def test_whoever_was_asked_to_wait_is_let_in_by_a_person_whatever_they_become(rooms: Rooms) -> None:
    anna, dora = Person(rooms, "anna"), Person(rooms, "dora", **WARD)
    anna.say("mod.hold", target=dora.id, words="请稍候")
    await commands_of(rooms).set_rights("r1", "dora", MAY, [], REV, **AT_BEDSIDE)
    assert dora.heard("joined") == []
    anna.say("mod.admit", target=dora.id)
    assert publishers(rooms) == (anna.id, dora.id)


async def test_a_seat_that_nobody_better_wants_is_freed_when_its_former_holder_leaves(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    await commands_of(rooms).set_rights("r1", "bert", MAY, [], REV, **AS_GUEST)
    colleague = Person(rooms, "colleague", hospital="ruijin", role="expert")
    assert publishers(rooms) == (anna.id, bert.id)
    bert.say("leave")
    assert publishers(rooms) == (anna.id, colleague.id)


async def test_a_former_lead_and_the_new_one_change_seats(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    ada = Person(rooms, "ada", hospital="ruijin", role="expert", booked=True)
    commands = commands_of(rooms)
    await commands.set_rights("r1", "anna", MAY, [], REV, role="expert", booked=True)
    await commands.set_rights("r1", "ada", [*MAY, "admit"], [], REV, role="lead", booked=True)
    assert publishers(rooms) == (ada.id, bert.id)
    assert anna.ask("mod.lock", on=True) == "forbidden"


async def test_a_ticket_from_before_enters_as_whom_they_have_become_also_after_a_restart(tmp_path: Path) -> None:
    path = str(tmp_path / "room.db")
    before = new_rooms(NOW, path)
    await commands_of(before).set_rights("r1", "dora", MAY, [], REV, **AT_BEDSIDE)
    after = new_rooms(LATER, path)
    anna, dora = Person(after, "anna"), Person(after, "dora", **WARD)
    assert publishers(after) == (anna.id, dora.id)
    assert dora.last("joined")["me"]["role"] == ACCOMPANYING
    for each in (before, after):
        each.log.close()


async def test_an_order_that_cannot_be_read_after_a_restart_gives_no_rights(tmp_path: Path) -> None:
    path = str(tmp_path / "room.db")
    before = new_rooms(NOW, path)
    await commands_of(before).set_rights("r1", "bert", MAY, ["wuxi/1.2.3"], REV, **AT_BEDSIDE)
    before.log.close()
    with closing(sqlite3.connect(path)) as log, log:
        log.execute("update orders set rights = ?", (b'{"grants": ["publish"], "studies": []}',))
    after = new_rooms(LATER, path)
    Person(after, "anna")
    joined: Frame = Person(after, "bert").last("joined")
    assert (joined["grants"], joined["studies"], joined["me"]["role"]) == ([], [], ACCOMPANYING)
    after.log.close()
