"""One presenter, remembered for late joiners; a study is named only to those who may see it; chat in one order."""

import pytest

from signaling.rooms import Rooms
from tests.signaling.kit import Person

CT, CR = "wuxi/1.2.3", "wuxi/1.2.4"


def test_a_late_joiner_gets_the_presenter_and_the_last_viewport_of_each_study(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna", studies=[CT, CR]), Person(rooms, "bert", studies=[CT])
    anna.say("present.take", scope=CT)
    for scope, frame in ((CT, 1), (CR, 7), (CT, 2)):
        anna.say("data", topic="viewport", scope=scope, payload={"frame": frame})
    assert [d["payload"]["frame"] for d in bert.heard("data")] == [1, 2]
    joined = Person(rooms, "late", studies=[CT, CR]).last("joined")
    assert joined["presenter"] == "anna/page"
    shown = [{"scope": CR, "payload": {"frame": 7}}, {"scope": CT, "payload": {"frame": 2}}]
    assert joined["viewports"] == shown
    assert Person(rooms, "other", studies=[]).last("joined")["viewports"] == []


def test_the_newest_presenter_wins_and_only_they_move_the_others(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna", studies=[CT]), Person(rooms, "bert", studies=[CT])
    anna.say("present.take", scope=CT)
    anna.say("data", topic="viewport", scope=CT, payload=1)
    bert.say("present.take", scope=CT)
    assert anna.heard("presenter") == [{"id": "anna/page"}, {"id": "bert/page"}]
    assert anna.ask("data", topic="viewport", scope=CT, payload=2) == "forbidden"
    assert anna.ask("present.release") == "bad_message"
    assert anna.ask("data", topic="pointer", scope=CT, payload=3) == "ack"  # anybody may point
    assert Person(rooms, "late", studies=[CT]).last("joined")["viewports"] == []


def test_the_stage_is_empty_when_its_presenter_has_gone(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert", studies=[CT])
    bert.say("present.take", scope=CT)
    bert.say("leave")
    assert anna.last("presenter") == {"id": None}


def test_a_study_is_shown_only_by_and_to_those_who_may_see_it(rooms: Rooms) -> None:
    seats = {"anna": [CT], "bert": [CT], "cleo": []}
    anna, bert, cleo = (Person(rooms, who, studies=studies) for who, studies in seats.items())
    cleo.heard()
    anna.say("present.take", scope=CT)
    assert "1.2.3" not in str(cleo.heard())
    for topic in ("viewport", "pointer", "annotation", "chat"):
        assert anna.ask("data", topic=topic, scope=CT, payload=1) == "ack"
        assert cleo.ask("data", topic=topic, scope=CT, payload=2) == "forbidden"
    assert anna.ask("data", topic="pointer", payload=3) == "forbidden"
    assert anna.ask("data", topic="viewport", scope=CT, to="cleo/page", payload=4) == "ack"
    assert cleo.ask("present.take", scope=CT) == "forbidden"
    assert [d["payload"] for d in bert.heard("data")] == [1, 1, 1, 1]
    assert cleo.heard("data") == []
    assert Person(rooms, "late", studies=[]).last("joined")["history"] == []


def test_chat_is_one_order_for_all_and_whispers_reach_two(rooms: Rooms) -> None:
    anna, bert, cleo = (Person(rooms, who) for who in ("anna", "bert", "cleo"))
    bert.say("data", "m1", topic="chat", payload="all")
    anna.say("data", topic="chat", payload="psst", to=bert.id)
    heard = [[(d["from"], d["payload"]) for d in seat.heard("data")] for seat in (anna, bert, cleo)]
    assert heard[0] == heard[1] == [("bert/page", "all"), ("anna/page", "psst")]
    assert heard[2] == [("bert/page", "all")]
    said = Person(rooms, "late").last("joined")["history"]
    assert [(each["name"], each["id"], each["at"]) for each in said] == [("BERT", "m1", "1970-01-01T00:16:40+00:00")]


def test_nobody_speaks_for_another(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    anna.heard()
    assert bert.ask("data", topic="chat", payload="?", **{"from": "anna/page"}) == "forbidden"
    assert anna.heard("data") == []


@pytest.mark.parametrize("t", ["sdp", "ice", "pc.replace", "data"])
def test_what_is_said_to_somebody_who_is_not_here_is_refused(rooms: Rooms, t: str) -> None:
    anna = Person(rooms, "anna")
    more = {"topic": "hand", "payload": 1} if t == "data" else {"pc": "p", "gen": 1, "kind": "offer"}
    assert anna.ask(t, to="nobody/page", **more) == "not_found"
