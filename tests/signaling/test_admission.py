"""Who enters, who waits, who knocks, and what a lead may do about it."""

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from signaling.rooms import Rooms
from signaling.session import GRACE
from tests.signaling.kit import BRANCH, GUEST, LEAD, NOW, FakeLink, Person, hello, new_rooms, ticket


def state(rooms: Rooms, who: str) -> str:
    return "waiting" if rooms.rooms["r1"].members[f"{who}/page"].waiting else "here"


def test_the_leads_coming_admits_everybody_on_the_booking_who_waits_or_comes_later(rooms: Rooms) -> None:
    bert = Person(rooms, "bert")
    assert bert.last("waiting") == {
        "position": 1,
        "lead_here": False,
        "booked": True,
        "held": False,
        "knocks": False,
        "words": "",
    }
    anna = Person(rooms, "anna")
    assert [d["by"] for d in bert.heard("admitted")] == ["room"]
    cleo = Person(rooms, "cleo")
    assert [state(rooms, who) for who in ("anna", "bert", "cleo")] == ["here", "here", "here"]
    assert cleo.last("joined")["self"] == "cleo/page"
    assert {d["id"] for d in anna.heard("peer")} == {"bert/page", "cleo/page"}


def test_anyone_else_knocks_and_no_patient_data_passes_either_way(rooms: Rooms) -> None:
    anna = Person(rooms, "anna", studies=["wuxi/1.2"])
    anna.heard()
    guest = Person(rooms, "gus", **GUEST, studies=["wuxi/1.2"])
    told = guest.heard("waiting")
    assert set(told[-1]) == {"position", "lead_here", "booked", "held", "knocks", "words"}
    knock = anna.last("peer")
    assert (knock["name"], knock["role"], knock["hospital"], knock["state"]) == ("GUS", "trainee", "jiashan", "waiting")
    assert "1.2" not in str(knock) + str(told)
    anna.say("data", topic="chat", payload="secret")
    assert guest.heard() == []
    assert guest.ask("data", topic="chat", payload="let me in") == "forbidden"


def test_only_leads_see_who_knocks(rooms: Rooms) -> None:
    Person(rooms, "anna")
    bert = Person(rooms, "bert")
    bert.heard()
    Person(rooms, "gus", **GUEST)
    assert bert.heard("peer") == []


def test_a_lead_admits_holds_with_words_and_refuses(rooms: Rooms) -> None:
    anna = Person(rooms, "anna")
    one, two = Person(rooms, "one", **GUEST), Person(rooms, "two", **GUEST)
    assert two.last("waiting")["position"] == 2
    anna.say("mod.hold", target=two.id, words="请稍候")
    said = {"position": 2, "lead_here": True, "booked": False, "held": True, "knocks": True, "words": "请稍候"}
    assert two.last("waiting") == said
    anna.say("mod.admit", target=one.id)
    assert (state(rooms, "one"), two.last("waiting")["position"]) == ("here", 1)
    anna.say("mod.deny", target=two.id, words="wrong room")
    assert (two.last("removed"), two.link.closed) == ({"words": "wrong room", "by": anna.id}, 4403)


@pytest.mark.parametrize("t", ["mod.admit", "mod.hold", "mod.deny", "mod.remove", "mod.mute", "mod.end", "mod.lock"])
def test_who_may_not_admit_may_not_moderate(rooms: Rooms, t: str) -> None:
    Person(rooms, "anna")
    bert = Person(rooms, "bert")
    needed: dict[str, Any] = {"on": True} if t == "mod.lock" else {} if t == "mod.end" else {"target": "anna/page"}
    assert bert.ask(t, **needed) == "forbidden"


def test_the_admitted_stay_when_the_lead_drops_and_come_back_without_asking(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    guest = Person(rooms, "gus", **GUEST)
    anna.say("mod.admit", target=guest.id)
    rooms.cut(anna.session, anna.link, NOW)
    rooms.tick(NOW + GRACE)
    assert [state(rooms, who) for who in ("bert", "gus")] == ["here", "here"]
    bert.say("leave")
    guest.say("leave")
    Person(rooms, "bert")
    Person(rooms, "gus", **GUEST)
    assert [state(rooms, who) for who in ("bert", "gus")] == ["here", "here"]


def test_who_was_let_in_is_still_let_in_after_a_restart(tmp_path: Any) -> None:
    path = str(tmp_path / "room.db")
    before = new_rooms(NOW, path)
    anna, _ = Person(before, "anna"), Person(before, "bert")
    for who in ("gus", "eve"):
        anna.say("mod.admit", target=Person(before, who, **GUEST).id)
    anna.say("mod.remove", target="eve/page")
    before.log.close()
    after = new_rooms(NOW, path)
    for who, kind in (("bert", BRANCH), ("late", BRANCH), ("gus", GUEST), ("eve", GUEST)):
        Person(after, who, **kind)
    assert [state(after, who) for who in ("bert", "late", "gus", "eve")] == ["here", "here", "here", "waiting"]
    after.log.close()


def test_who_does_not_come_back_after_a_restart_has_left(tmp_path: Any) -> None:
    path = str(tmp_path / "room.db")
    before = new_rooms(NOW, path)
    Person(before, "anna")
    Person(before, "bert")
    before.log.close()
    after = new_rooms(NOW, path)
    Person(after, "bert")
    after.tick(NOW + GRACE - 1)
    after.tick(NOW + GRACE)
    left = [event for _, event in after.log.pending() if event.type == "member.left"]
    assert [(event.data["id"], event.data["reason"], event.epoch) for event in left] == [("anna/page", "lost", 2)]
    after.log.close()


def test_nobody_is_forgotten_inside_or_at_the_door_however_long_the_rooms_were_down(tmp_path: Any) -> None:
    path = str(tmp_path / "room.db")
    before = new_rooms(NOW, path)
    Person(before, "anna")
    Person(before, "gus", **GUEST)
    before.log.close()
    later = NOW + 26 * 3600
    new_rooms(later, path).log.close()  # and another restart, before anybody was missed
    after = new_rooms(later, path)
    after.tick(later + GRACE)
    assert _left(after) == ["anna/page", "gus/page"]
    after.tick(later + GRACE + 1)
    after.log.close()
    again = new_rooms(later, path)
    again.tick(later + 2 * GRACE)
    assert _left(again) == ["anna/page", "gus/page"]  # reported once
    again.log.close()


def test_an_older_log_still_knows_who_was_inside(tmp_path: Any) -> None:
    path = str(tmp_path / "room.db")
    with closing(sqlite3.connect(path)) as old:
        old.execute(
            "create table passes (room text, member text, inside integer not null, data blob not null,"
            " until real not null, primary key (room, member)) without rowid"
        )
        who = json.dumps({"id": "anna/page", "sub": "anna", "lead": True}).encode()
        old.execute("insert into passes values ('r1', 'anna/page', 1, ?, ?)", (who, NOW - 1))
        old.execute("insert into passes values ('r1', 'gus/page', 0, ?, ?)", (who, NOW + 1))
        old.commit()
    rooms = new_rooms(NOW, path)
    assert list(rooms.log.passes("r1")) == ["gus/page"]
    rooms.tick(NOW + GRACE)
    assert _left(rooms) == ["anna/page"]
    rooms.log.close()


def _left(rooms: Rooms) -> list[str]:
    return [event.data["id"] for _, event in rooms.log.pending() if event.type == "member.left"]


def test_somebody_sent_away_has_to_knock(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    anna.say("mod.remove", target=bert.id)
    assert bert.link.closed == 4403
    again = Person(rooms, "bert")
    assert state(rooms, "bert") == "waiting"
    told = anna.last("peer")  # though booked, they knock
    assert (told["id"], told["booked"], told["held"], told["knocks"]) == (again.id, True, False, True)
    assert again.last("waiting")["knocks"] is True
    anna.say("mod.admit", target=again.id)
    assert (state(rooms, "bert"), anna.last("peer")["knocks"]) == ("here", False)


def test_somebody_asked_to_wait_is_let_in_only_by_a_person(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    anna.say("mod.hold", target=bert.id, words="换药，请稍候")
    bert = Person(rooms, "bert")  # the page loaded anew lets nobody in
    told = bert.last("waiting")
    assert (told["held"], told["words"]) == (True, "换药，请稍候")
    Person(rooms, "ada", **LEAD)
    assert (state(rooms, "bert"), rooms.rooms["r1"].publishers) == ("waiting", ("anna/page", "ada/page"))
    anna.say("mod.admit", target=bert.id)
    assert (state(rooms, "bert"), rooms.rooms["r1"].publishers) == ("here", ("anna/page", "bert/page"))


def test_a_locked_room_stays_shut_for_strangers_only(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    anna.say("mod.lock", on=True)
    assert Person(rooms, "gus", **GUEST).link.closed == 4403
    assert "gus/page" not in rooms.rooms["r1"].members
    bert.say("leave")
    Person(rooms, "bert")
    assert state(rooms, "bert") == "here"


def test_handing_over_makes_a_second_lead(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    anna.say("mod.role", target=bert.id, role="lead")
    assert bert.last("grants")["grants"] == ["admit", "publish", "subscribe"]
    guest = Person(rooms, "gus", **GUEST)
    assert bert.ask("mod.admit", target=guest.id) == "ack"


def test_the_accompanying_physician_says_who_else_is_in_view_and_can_hand_that_over(rooms: Rooms) -> None:
    bert = Person(rooms, "bert")
    others = [{"role": "patient", "number": 1, "name": ""}, {"role": "relative", "number": 2, "name": "女儿"}]
    assert bert.ask("view.set", others=others) == "ack"  # while waiting, so that the lead knows before anybody is seen
    anna, cleo = Person(rooms, "anna"), Person(rooms, "cleo", role="requesting_doctor")
    assert anna.last("joined")["view"] == {"by": "bert/page", "others": others}
    assert [anna.ask("view.set", others=[]), cleo.ask("view.set", others=[])] == ["forbidden", "forbidden"]
    assert bert.ask("mod.role", target=cleo.id, role="accompanying_physician") == "ack"
    assert bert.ask("mod.role", target=cleo.id, role="lead") == "forbidden"
    assert cleo.ask("view.set", others=[]) == "ack"
    assert anna.last("view") == {"by": "cleo/page", "others": []}


def test_ending_the_room_shows_everybody_out_and_forgets_who_was_let_in(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    anna.say("mod.end", reason="finished")
    assert (anna.link.closed, bert.link.closed, rooms.rooms, rooms.sessions) == (4410, 4410, {}, {})
    ended = [event for _, event in rooms.log.pending() if event.type == "room.ended"]
    assert [event.data for event in ended] == [{"by": "anna/page", "reason": "finished"}]
    Person(rooms, "bert")
    assert state(rooms, "bert") == "waiting"


def test_a_ticket_of_another_room_opens_only_that_room(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert", room="r2", **LEAD)
    assert (anna.heard("peer"), set(rooms.rooms)) == ([], {"r1", "r2"})
    assert bert.ask("mod.remove", target=anna.id) == "not_found"


def test_a_full_room_says_so(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signaling.room.MOST_MEMBERS", 1)
    Person(rooms, "anna")
    link = FakeLink()
    session = rooms.hello(link, hello(ticket("bert", NOW)), NOW)
    assert session
    rooms.receive(session, link, b'{"v":1,"t":"join","id":"j"}', NOW)
    assert (link.frames[-1]["d"]["code"], link.closed) == ("full", 4403)
