"""Too fast is refused, later is fine, and abuse ends the socket; relay credentials are short-lived."""

from base64 import b64encode
from hashlib import sha1
from hmac import new as hmac

import pytest

from signaling.ice import TTL, Ice
from signaling.limits import Rate, Rates
from tests.signaling.kit import NOW, Person, new_rooms

SLOW = Rates(all=Rate(10, 20), chat=Rate(1, 3), refusals=Rate(1, 5))


def test_who_chats_too_fast_is_told_when_to_try_again_and_the_same_id_then_works() -> None:
    anna = Person(new_rooms(NOW, rates=SLOW), "anna")
    anna.heard()
    for n in range(4):
        anna.say("data", f"m{n}", topic="chat", payload=n)
    frames = anna.link.take()
    refused = [frame for frame in frames if frame["t"] == "error"]
    assert [(frame["re"], frame["d"]) for frame in refused] == [
        ("m3", {"code": "rate_limited", "msg": "Too fast.", "fatal": False, "retry_after": 1.0})
    ]
    anna.now += 1
    anna.say("data", "m3", topic="chat", payload=3)
    assert [d["payload"] for d in anna.heard("data")] == [3]


def test_who_goes_on_regardless_is_shown_out() -> None:
    rooms = new_rooms(NOW, rates=SLOW)
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    for n in range(40):
        bert.say("data", topic="hand", payload=n)
    assert (bert.link.closed, anna.link.closed) == (4429, None)
    assert len(anna.heard("data")) == 19


def test_a_presenter_at_full_speed_is_not_limited() -> None:
    anna = Person(new_rooms(NOW, rates=Rates()), "anna", studies=["h/1"])
    anna.say("present.take", scope="h/1")
    anna.heard()
    for n in range(60 * 40):
        anna.now = NOW + n / 40
        anna.say("data", topic="viewport" if n % 2 else "pointer", scope="h/1", payload=n)
    assert anna.heard("error") == []


def test_relay_credentials_are_an_hmac_over_an_expiry_and_are_renewed_in_time() -> None:
    ice = Ice(("stun:10.0.0.1", "turn:10.0.0.1?transport=udp", "turns:10.0.0.1:443"), "shared")
    rooms = new_rooms(NOW, ice=ice)
    anna = Person(rooms, "anna")
    welcome = anna.heard("welcome")[0]
    stun, turn = welcome["ice_servers"]
    assert (stun, turn["urls"]) == ({"urls": ["stun:10.0.0.1"]}, list(ice.urls[1:]))
    assert turn["username"] == f"{int(NOW) + TTL}:{welcome['session']}"
    assert turn["credential"] == b64encode(hmac(b"shared", turn["username"].encode(), sha1).digest()).decode()
    rooms.tick(NOW + TTL / 2 - 1)
    assert anna.heard("ice.refresh") == []
    rooms.tick(NOW + TTL / 2)
    rooms.tick(NOW + TTL / 2 + 1)
    (fresh,) = anna.heard("ice.refresh")
    assert fresh["ice_servers"][1]["username"].startswith(f"{int(NOW + TTL / 2) + TTL}:")


def test_without_relays_there_are_no_ice_servers_and_a_relay_without_a_secret_is_a_mistake() -> None:
    assert Person(new_rooms(NOW), "anna").heard("welcome")[0]["ice_servers"] == []
    with pytest.raises(ValueError, match="secret"):
        Ice(("turn:10.0.0.1",))


def test_the_limit_counts_per_session_not_per_room() -> None:
    rooms = new_rooms(NOW, rates=SLOW)
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    for n in range(19):
        anna.say("data", topic="hand", payload=n)
    assert bert.ask("data", topic="hand", payload=1) == "ack"


def test_a_ping_too_many_is_answered_too() -> None:
    anna = Person(new_rooms(NOW, rates=Rates(all=Rate(1, 1))), "anna")
    assert anna.ask("ping") == "rate_limited"
