"""What is a message, what is a ticket, and what survives a lost socket."""

from typing import Any

import pytest
from joserfc.jwk import OKPKey

from signaling.codec import decode
from signaling.errors import Refused
from signaling.protocol import Data, Leave
from signaling.rooms import Rooms
from signaling.session import GRACE
from signaling.ticket import issue
from tests.signaling.kit import KEY, NOW, FakeLink, Frame, Person, claims, hello, resume, say, ticket, unique

WRONG = [
    (b"{", "bad_message"),
    (b"[" * 60_000, "bad_message"),
    (b'{"v":1,"t":"ping","id":7}', "bad_message"),
    (b'{"v":1,"t":"data","d":{"topic":"x","payload":"\xff"}}', "bad_message"),
    (b'{"v":1,"t":"data","d":{"topic":"x","payload":' + b"[" * 30_000 + b"]" * 30_000 + b"}}", "bad_message"),
    (rb'{"v":1,"t":"data","d":{"topic":"x","payload":"\ud800"}}', "bad_message"),
    (say("shout"), "unknown_type"),
    (say("sdp", to="b"), "bad_message"),
    (say("track.publish", source="fridge"), "bad_message"),
    (say("stats", level="good", loss=7), "bad_message"),
    (say("view.set", others=[{"role": "relative", "number": -1}]), "bad_message"),
    (b'{"v":9,"t":"ping"}', "bad_version"),
    (say("sdp", to="b", pc="p", gen=1, kind="offer", sdp="x" * 33_000), "too_large"),
    (say("data", topic="chat", payload=1, **{"from": "b"}), "forbidden"),
]


@pytest.mark.parametrize(("raw", "code"), WRONG)
def test_what_is_not_a_message_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        decode(raw)
    assert refused.value.code == code


def test_a_payload_passes_byte_for_byte_and_unknown_fields_do_no_harm() -> None:
    said = decode(b'{"v":1,"t":"data","new":1,"d":{"topic":"pen","payload": {"a" :1.50,"a":1e40},"newer":[2]}}')
    assert isinstance(said, Data)
    assert bytes(said.payload) == b'{"a" :1.50,"a":1e40}'


UNREADABLE = [
    b"1e999",
    b"-1e999",
    b"9" * 5000,
    b"9" * 25,
    b"-9007199254740992",
    b'{"n": [1e999]}',
    b'{"a": 1e999, "a": 1}',
    rb'{"\u0000": 1}',
    b"[" * 40 + b"]" * 40,
    b"[" * 900 + b"]" * 900,
]


@pytest.mark.parametrize("payload", UNREADABLE)
def test_what_cannot_be_read_again_is_refused_by_the_name_of_the_request(rooms: Rooms, payload: bytes) -> None:
    anna = Person(rooms, "anna")
    anna.link.take()
    rooms.receive(
        anna.session,
        anna.link,
        b'{"v":1,"t":"data","id":"q7","d":{"topic":"chat","payload":%b}}' % payload,
        NOW,
    )
    [answer] = anna.link.take()
    assert (answer["t"], answer["re"], answer["d"]["code"]) == ("error", "q7", "bad_message")
    assert [event.type for _, event in rooms.log.pending()] == ["room.opened", "member.joined", "seats"]
    assert anna.link.closed is None


def test_no_text_of_a_message_holds_a_hidden_character() -> None:
    said = decode(say("data", topic="chat", payload={"text": "硝酸甘油 \u202e05 mg\0 می\u200cخواهم", "n": 1.5}))
    assert isinstance(said, Data)
    assert bytes(said.payload) == '{"text":"硝酸甘油 05 mg می\u200cخواهم","n":1.5}'.encode()
    left = decode(say("leave", reason="a\0b"))
    assert isinstance(left, Leave)
    assert left.reason == "ab"
    with pytest.raises(Refused, match="hidden"):
        decode(say("data", "i\0d", topic="chat", payload="x"))


def forged(**more: Any) -> str:
    return issue(OKPKey.generate_key("Ed25519", {"kid": "test"}, auto_kid=False), NOW, **claims("eve", **more))


def without(claim: str) -> str:
    return issue(KEY, NOW, **{name: value for name, value in claims("eve").items() if name != claim})


BAD_TICKETS = [
    "",
    "a.b.c",
    "é",
    "eyJhbGciOiJub25lIn0.e30.",
    forged(),
    *(without(claim) for claim in ("sub", "sid", "hospital", "name", "role", "room", "room_kind", "device", "jti")),
    *(ticket("eve", NOW, **{claim: None}) for claim in ("iss", "nbf", "iat", "exp")),
    ticket("eve", NOW - 400),
    ticket("eve", NOW + 100),
    *(
        ticket("eve", NOW, **change)
        for change in (
            {"aud": "imaging"},
            {"device": "fridge"},
            {"sub": "a/b"},
            {"exp": NOW + 9999},
            {"exp": "soon"},
            {"nbf": NOW + 100},
        )
    ),
]


@pytest.mark.parametrize("raw", BAD_TICKETS)
def test_a_bad_ticket_opens_nothing(rooms: Rooms, raw: str) -> None:
    link = FakeLink()
    assert rooms.hello(link, hello(raw), NOW) is None
    assert (link.closed, rooms.sessions) == (4401, {})


def test_a_ticket_is_used_once(rooms: Rooms) -> None:
    once, again = ticket("anna", NOW), FakeLink()
    assert rooms.hello(FakeLink(), hello(once), NOW)
    assert (rooms.hello(again, hello(once), NOW), again.closed) == (None, 4401)


@pytest.mark.parametrize("grants", [["admit", "publish"], {"admit": True, "publish": True, "record": False}])
def test_grants_come_as_a_list_or_as_flags(rooms: Rooms, grants: Any) -> None:
    assert Person(rooms, "anna", grants=grants).last("joined")["grants"] == ["admit", "publish"]


def test_nothing_but_a_hello_comes_first(rooms: Rooms) -> None:
    for raw in (say("ping"), say("hello", versions=[1]), say("hello", versions=[7], ticket="x"), b"?"):
        link = FakeLink()
        assert rooms.hello(link, raw, NOW) is None
        assert link.closed in (4400, 4401)


def test_a_lost_welcome_does_not_lock_the_owner_out_and_a_used_secret_is_dead(rooms: Rooms) -> None:
    anna, second, third = Person(rooms, "anna"), FakeLink(), FakeLink()
    first: Frame = anna.heard("welcome")[0]
    assert rooms.hello(second, resume(first, 1), NOW)  # its welcome never arrives
    assert (anna.link.closed, second.take()[0]["d"]["resumed"]) == (4409, True)
    back = rooms.hello(third, resume(first, 1), NOW)
    assert back
    rooms.receive(back, third, say("ping"), NOW)
    assert (rooms.hello(late := FakeLink(), resume(first, 1), NOW), late.closed) == (None, 4401)


def test_a_session_is_gone_after_its_grace(rooms: Rooms) -> None:
    anna, bert = Person(rooms, "anna"), Person(rooms, "bert")
    rooms.cut(bert.session, bert.link, NOW)
    rooms.tick(NOW + 2.9)
    assert not [d for d in anna.heard("peer") if d["state"] == "reconnecting"]
    rooms.tick(NOW + 3)
    assert [d["state"] for d in anna.heard("peer")] == ["reconnecting"]
    rooms.tick(NOW + GRACE)
    assert anna.heard("peer") == [{"op": "remove", "id": "bert/page"}]


def test_a_second_page_of_the_same_person_takes_over(rooms: Rooms) -> None:
    old = Person(rooms, "anna")
    new = Person(rooms, "anna")
    assert (old.link.closed, new.link.closed) == (4409, None)
    assert list(rooms.rooms["r1"].members) == ["anna/page"]


def test_asking_again_under_the_same_id_does_it_once(rooms: Rooms) -> None:
    anna = Person(rooms, "anna")
    anna.heard()
    id = unique()
    for _ in range(2):
        anna.say("data", id, topic="chat", payload="once")
    assert len(anna.heard("data")) == 1
