"""Two publish, a third does not; what is published is state; only the two negotiate."""

from typing import Any

import pytest

from signaling.rooms import Rooms
from signaling.session import GRACE
from tests.signaling.kit import GUEST, LEAD, NOW, Frame, Person

HUB: Frame = {"hospital": "ruijin", "role": "expert"}


def seats(rooms: Rooms) -> list[str]:
    return [id.split("/")[0] for id in rooms.rooms["r1"].publishers]


def test_the_lead_and_the_bedside_hold_the_two_seats_and_everybody_is_told(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    cleo = Person(rooms, "cleo")
    assert seats(rooms) == ["anna", "bert"]
    assert anna.last("mode") == {"kind": "p2p", "epoch": 2, "publishers": ["anna/page", "bert/page"]}
    assert cleo.last("joined")["mode"] == bert.last("joined")["mode"]
    assert cleo.ask("track.publish", source="camera") == "forbidden"
    assert cleo.ask("sdp", to=anna.id, pc="p", gen=1, kind="offer", sdp="v=0") == "forbidden"
    assert bert.ask("ice", to=cleo.id, pc="p", gen=1, candidates=[]) == "forbidden"


def test_the_second_seat_prefers_another_hospital_and_the_accompanying_physician(rooms: Rooms) -> None:
    Person(rooms, "anna")
    Person(rooms, "colleague", **HUB)
    assert seats(rooms) == ["anna", "colleague"]
    Person(rooms, "nurse", role="primary_nurse")
    assert seats(rooms) == ["anna", "nurse"]
    Person(rooms, "bert")
    assert seats(rooms) == ["anna", "bert"]
    Person(rooms, "late")
    assert seats(rooms) == ["anna", "bert"]


def test_a_guest_a_viewer_and_who_may_not_publish_get_no_seat(rooms: Rooms) -> None:
    anna = Person(rooms, "anna")
    anna.say("mod.admit", target=Person(rooms, "gus", **GUEST).id)
    Person(rooms, "deaf", grants=["subscribe"])
    Person(rooms, "wall", device="viewer")
    assert seats(rooms) == ["anna"]


def test_a_seat_is_kept_while_its_holder_is_lost_and_freed_when_they_are_gone(rooms: Rooms) -> None:
    _, bert, cleo = Person(rooms, "anna"), Person(rooms, "bert"), Person(rooms, "cleo")
    bert.say("track.publish", source="camera")
    rooms.cut(bert.session, bert.link, NOW)
    rooms.tick(NOW + GRACE - 1)
    assert seats(rooms) == ["anna", "bert"]
    rooms.tick(NOW + GRACE)
    assert seats(rooms) == ["anna", "cleo"]
    assert cleo.last("mode")["publishers"] == ["anna/page", "cleo/page"]


def test_the_leads_seat_waits_for_the_lead(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    Person(rooms, "cleo")
    anna.say("leave")
    assert seats(rooms) == ["bert"]
    Person(rooms, "ada", **LEAD)
    assert seats(rooms) == ["ada", "bert"]
    assert bert.last("mode")["epoch"] == 4


def test_crossing_offers_arrive_in_each_senders_order(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    for n in range(20):  # glare: both offer, then each sends its candidates
        for one, other in ((anna, "bert/page"), (bert, "anna/page")):
            one.say("sdp", to=other, pc="p", gen=1, kind="offer", sdp=f"v=0 {n}")
            one.say("ice", to=other, pc="p", gen=1, candidates=[{"candidate": f"c {n}", "more": 1.50}])
    expected = [word for n in range(20) for word in (f"v=0 {n}", f"c {n}")]
    for seat, sender in ((anna, "bert/page"), (bert, "anna/page")):
        heard = seat.heard("sdp", "ice")
        assert [d.get("sdp") or d["candidates"][0]["candidate"] for d in heard] == expected
        assert {d["from"] for d in heard} == {sender}


def test_a_replaced_peer_connection_is_not_answered_any_more(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    anna.say("pc.replace", to=bert.id, pc="p", gen=2)
    assert bert.ask("sdp", to=anna.id, pc="p", gen=1, kind="answer", sdp="v=0") == "stale_gen"
    assert bert.ask("sdp", to=anna.id, pc="p", gen=2, kind="answer", sdp="v=0") == "ack"


def tracks(joined: Any, who: str) -> list[Any]:
    return next([*peer["tracks"]] for peer in joined["peers"] if peer["id"] == who)


def test_what_is_published_and_muted_is_state_for_late_joiners(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    for source in ("camera", "mic", "screen"):
        anna.say("track.publish", source=source)
    anna.say("track.mute", source="mic", on=True)
    anna.say("track.unpublish", source="screen")
    assert [d["op"] for d in bert.heard("track")] == ["add", "add", "add", "change", "remove"]
    assert anna.ask("track.mute", source="screen", on=True) == "not_found"
    late = Person(rooms, "late")
    published = [{"source": "camera", "muted": False}, {"source": "mic", "muted": True}]
    assert tracks(late.last("joined"), "anna/page") == published


def test_a_lead_may_quieten_somebody_and_their_page_is_told(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    bert.say("track.publish", source="mic")
    anna.say("mod.mute", target=bert.id)
    assert bert.last("mute") == {"source": "mic", "by": "anna/page"}
    assert anna.last("track") == {"op": "change", "id": "bert/page", "source": "mic", "muted": True}


def test_who_speaks_is_a_list_that_follows_mute_and_leaving(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    anna.say("track.publish", source="mic")
    bert.say("track.publish", source="mic")
    anna.say("speaking", on=True)
    bert.say("speaking", on=True)
    assert bert.last("speakers") == {"ids": ["anna/page", "bert/page"]}
    anna.say("track.mute", source="mic", on=True)
    anna.say("speaking", on=True)
    assert bert.last("speakers") == {"ids": ["bert/page"]}
    bert.say("leave")
    assert anna.last("speakers") == {"ids": []}


def test_link_quality_is_told_when_its_level_changes(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    for level, rtt in (("good", 20), ("good", 21), ("poor", 900)):
        bert.say("stats", level=level, rtt=rtt, loss=0.01, down=800, up=700)
    assert anna.heard("quality") == [
        {"id": "bert/page", "level": "good", "rtt": 20},
        {"id": "bert/page", "level": "poor", "rtt": 900},
    ]
    late = Person(rooms, "late")
    assert [peer["level"] for peer in late.last("joined")["peers"]] == [None, "poor"]


@pytest.mark.parametrize("message", ["track.publish", "speaking"])
def test_who_loses_the_seat_publishes_nothing(rooms: Rooms, message: str) -> None:
    Person(rooms, "anna")
    nurse = Person(rooms, "nurse", role="primary_nurse")
    nurse.say("track.publish", source="mic")
    bert = Person(rooms, "bert")
    assert tracks(bert.last("joined"), "nurse/page") == []
    assert rooms.rooms["r1"].members["nurse/page"].tracks == {}
    assert nurse.ask(message, source="mic", on=True) == "forbidden"


CART: Frame = {"role": "cart", "device": "cart"}


def devices(rooms: Rooms) -> list[str]:
    return list(rooms.rooms["r1"].publishers)


def test_a_cart_has_the_bedside_s_seat_until_the_accompanying_physician_brings_a_camera(rooms: Rooms) -> None:
    Person(rooms, "anna")
    Person(rooms, "late", role="expert", hospital="jiashan")
    cart = Person(rooms, "device-1", **CART)
    assert devices(rooms) == ["anna/page", cart.id]
    bert = Person(rooms, "bert")
    assert devices(rooms) == ["anna/page", bert.id]
    rooms.cut(bert.session, bert.link, NOW)
    rooms.tick(NOW + GRACE)
    assert devices(rooms) == ["anna/page", cart.id]


def test_who_stands_beside_a_cart_has_no_camera_of_their_own_and_the_cart_stays(rooms: Rooms) -> None:
    Person(rooms, "anna")
    cart = Person(rooms, "device-1", **CART)
    beside = Person(rooms, "bert", device="companion")
    assert devices(rooms) == ["anna/page", cart.id]
    assert beside.ask("track.publish", source="camera") == "forbidden"
    Person(rooms, "bert")
    assert devices(rooms) == ["anna/page", cart.id], "the accompanying physician is at the cart"


def test_a_lead_beside_a_device_of_their_room_is_seen_by_it(rooms: Rooms) -> None:
    anna = Person(rooms, "anna", device="companion")
    hall = Person(rooms, "device-2", hospital="ruijin", **CART)
    bert = Person(rooms, "bert")
    assert devices(rooms) == [hall.id, bert.id]
    anna.say("leave")
    assert devices(rooms) == [hall.id, bert.id], "the call stays when they leave the device"
    bert.say("leave")
    bert = Person(rooms, "bert")
    assert devices(rooms) == [hall.id, bert.id]
    anna = Person(rooms, "anna")
    assert devices(rooms) == [anna.id, bert.id]


def test_a_cart_whose_person_leaves_keeps_its_seat(rooms: Rooms) -> None:
    anna, cart = Person(rooms, "anna"), Person(rooms, "device-1", **CART)
    beside = Person(rooms, "bert", device="companion")
    beside.say("leave")
    assert devices(rooms) == [anna.id, cart.id]
    anna.say("leave")
    assert devices(rooms) == [cart.id]
    bert = Person(rooms, "bert")
    assert devices(rooms) == [bert.id], "two of one bedside are no call"


def test_a_lead_does_not_meet_the_device_of_their_own_room(rooms: Rooms) -> None:
    Person(rooms, "anna")
    Person(rooms, "device-2", hospital="ruijin", **CART)
    assert devices(rooms) == ["anna/page"]


def test_a_cart_waits_for_the_lead_and_hears_and_says_nothing_of_the_case(rooms: Rooms) -> None:
    cart = Person(rooms, "device-1", **CART)
    assert cart.last("waiting")["lead_here"] is False
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    anna.say("data", topic="chat", payload={"text": "陈远山，右侧"})
    bert.say("view.set", others=[{"role": "patient", "number": 1, "name": "陈远山"}])
    assert "陈远山" not in str(cart.link.frames)
    again = Person(rooms, "device-3", **CART).last("joined")
    assert (again["history"], again["view"], again["studies"]) == ([], {"by": None, "others": []}, [])
    assert cart.ask("data", topic="chat", payload={"text": "x"}) == "forbidden"
    assert cart.ask("view.set", others=[]) == "forbidden"
    assert anna.ask("mod.role", target=cart.id, role="lead") == "forbidden"
