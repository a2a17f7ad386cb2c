"""A room that nobody leads (`reading`): who has a ticket comes in, thirty people at most, the first two with media."""

from pathlib import Path
from typing import Any

from signaling.rooms import Rooms
from tests.signaling.kit import LATER, NOW, REV, Frame, Person, commands_of, new_rooms

STUDY = "wuxi/1.2.3"
READING: Frame = {
    "room_kind": "reading",
    "hospital": "ruijin",
    "role": "guest",
    "grants": ["publish", "subscribe"],
    "booked": True,
    "studies": [STUDY],
}


def reader(rooms: Rooms, who: str, now: float = NOW, **more: Any) -> Person:
    return Person(rooms, who, now, **READING | more)


def seats(rooms: Rooms) -> list[str]:
    return list(rooms.rooms["r1"].publishers)


def test_everybody_comes_in_and_the_first_two_have_sound_and_picture(rooms: Rooms) -> None:
    one, two, three = reader(rooms, "one"), reader(rooms, "two"), reader(rooms, "three")
    assert seats(rooms) == [one.id, two.id]
    assert three.last("joined")["mode"]["publishers"] == [one.id, two.id]
    assert three.ask("track.publish", source="camera") == "forbidden"
    one.say("leave")
    assert seats(rooms) == [two.id, three.id], "who comes next has the free seat"
    assert three.ask("track.publish", source="camera") == "ack"
    reader(rooms, "one")
    assert seats(rooms) == [two.id, three.id], "and keeps it"


def test_nobody_meets_themselves_at_a_second_device(rooms: Rooms) -> None:
    one = reader(rooms, "one")
    reader(rooms, "one", device="cart")
    assert seats(rooms) == [one.id]


def test_nobody_moderates(rooms: Rooms) -> None:
    one, two = reader(rooms, "one"), reader(rooms, "two")
    assert one.ask("mod.remove", target=two.id) == "forbidden"
    assert one.ask("mod.end") == "forbidden"


def test_anybody_presents_and_takes_over_and_a_late_one_sees_the_frame(rooms: Rooms) -> None:
    one, two = reader(rooms, "one"), reader(rooms, "two")
    assert one.ask("present.take", scope=STUDY) == "ack"
    one.say("data", topic="viewport", scope=STUDY, payload={"frame": 7})
    assert two.last("data")["payload"] == {"frame": 7}
    assert two.ask("present.take", scope=STUDY) == "ack"
    assert one.ask("data", topic="viewport", scope=STUDY, payload={"frame": 8}) == "forbidden"
    two.say("data", topic="viewport", scope=STUDY, payload={"frame": 9})
    seen = reader(rooms, "late").last("joined")
    assert (seen["presenter"], seen["viewports"]) == (two.id, [{"scope": STUDY, "payload": {"frame": 9}}])


def test_the_thirty_first_is_refused_with_the_reason_and_a_second_device_is_not(rooms: Rooms) -> None:
    everybody = [reader(rooms, f"reader{n}") for n in range(30)]
    assert len(rooms.rooms["r1"].members) == 30
    late = reader(rooms, "late")
    assert (late.last("error")["code"], late.link.closed) == ("full", 4403)
    assert reader(rooms, "reader7", device="viewer").last("joined")["self"] == "reader7/viewer"
    everybody[3].say("leave")
    assert reader(rooms, "late").last("joined")["self"] == "late/page"


async def test_who_lost_the_access_is_out_at_once_and_comes_in_again_with_a_new_one(rooms: Rooms) -> None:
    one, two = reader(rooms, "one"), reader(rooms, "two")
    two.say("present.take", scope=STUDY)
    await commands_of(rooms).remove("r1", "two", REV, "access ended")
    assert two.link.closed == 4403
    assert one.last("presenter") == {"id": None}
    assert reader(rooms, "two").last("error")["code"] == "forbidden", "with a ticket from before"
    assert reader(rooms, "two", LATER).last("joined")["self"] == "two/page", "nobody is there to let them in"


async def test_a_study_that_is_taken_away_is_pointed_at_by_nobody(rooms: Rooms) -> None:
    one, two = reader(rooms, "one"), reader(rooms, "two")
    one.say("present.take", scope=STUDY)
    one.say("data", topic="viewport", scope=STUDY, payload={"frame": 7})
    for who in ("one", "two"):
        await commands_of(rooms).set_rights("r1", who, ["publish", "subscribe"], [], REV, role="guest", booked=True)
    assert one.last("presenter") == {"id": None}
    assert two.last("grants")["studies"] == []
    assert two.ask("data", topic="pointer", scope=STUDY, payload=None) == "forbidden"
    assert reader(rooms, "late", LATER, studies=[]).last("joined")["viewports"] == []


def test_after_a_restart_of_the_server_everybody_comes_in_again_and_the_chat_is_there(tmp_path: Path) -> None:
    path = str(tmp_path / "room.db")
    before = new_rooms(NOW, path)
    reader(before, "one").say("data", topic="chat", payload={"text": "看第 7 层"})
    before.log.flush()
    after = new_rooms(NOW, path)
    two, one = reader(after, "two", LATER), reader(after, "one", LATER)
    assert [each["payload"] for each in one.last("joined")["history"]] == [{"text": "看第 7 层"}]
    assert seats(after) == [two.id, one.id]
