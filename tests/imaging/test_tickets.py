"""Tickets of an archive standing alone: one algorithm, one audience, no key means nobody."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from imaging.tickets import Keys, actor_of, from_file, ticket_for

KEY = OKPKey.generate_key("Ed25519", auto_kid=True)


def public(*keys: OKPKey) -> dict[str, Any]:
    return {"keys": [key.as_dict(private=False) for key in keys]}


def test_a_good_ticket_says_who_somebody_is() -> None:
    claims = Keys(lambda: public(KEY)).verify(ticket_for(KEY, "wuxi", hours=1))
    assert claims is not None
    actor = actor_of(claims)
    assert (actor.id, actor.hospital, actor.stores) == ("dev", "wuxi", True)
    assert actor.subjects == {"dev", "role:wuxi:radiographer"}
    assert not actor_of({**claims, "role": "expert"}).stores
    assert not actor_of({**claims, "role": ""}).reads_own


def test_without_a_key_nobody_is_let_in() -> None:
    def missing() -> dict[str, Any]:
        raise FileNotFoundError

    ticket = ticket_for(KEY, "wuxi", hours=1)
    assert Keys(missing).verify(ticket) is None
    assert Keys(lambda: {"keys": []}).verify(ticket) is None
    assert Keys(lambda: public(OKPKey.generate_key("Ed25519"))).verify(ticket) is None


@pytest.mark.parametrize(
    "wrong",
    [{"aud": "signaling"}, {"exp": 1}, {"nbf": time.time() + 3600}, {"sub": None}, {"hospital": None}, {"exp": None}],
)
def test_a_ticket_for_something_else_is_refused(wrong: dict[str, Any]) -> None:
    now = int(time.time())
    claims = {"aud": "imaging", "sub": "x", "hospital": "wuxi", "role": "expert", "nbf": now, "exp": now + 60} | wrong
    claims = {name: value for name, value in claims.items() if value is not None}
    ticket = jwt.encode({"alg": "Ed25519"}, claims, KEY, algorithms=["Ed25519"])
    assert Keys(lambda: public(KEY)).verify(ticket) is None


def test_other_algorithms_and_nonsense_are_refused() -> None:
    claims = {"aud": "imaging", "sub": "x", "hospital": "wuxi", "role": "expert", "exp": int(time.time()) + 60}
    ticket = jwt.encode({"alg": "HS256"}, claims, OctKey.generate_key(256))
    keys = Keys(lambda: public(KEY))
    for text in (ticket, "", "a.b.c", "=" * 300, ticket_for(KEY, "wuxi", hours=1)[:-3]):
        assert keys.verify(text) is None


def test_a_new_key_is_found_in_the_file_but_at_most_once_a_minute(tmp_path: Path) -> None:
    file, clock, reads = tmp_path / "jwks.json", [1000.0], [0]
    new = OKPKey.generate_key("Ed25519", auto_kid=True)
    file.write_text(json.dumps(public(KEY)))

    def read() -> dict[str, Any]:
        reads[0] += 1
        return dict(json.loads(file.read_text()))

    keys = Keys(read, lambda: clock[0])
    assert keys.verify(ticket_for(KEY, "wuxi", hours=1))
    file.write_text(json.dumps(public(KEY, new)))
    clock[0] += 30
    assert not keys.verify(ticket_for(new, "wuxi", hours=1))
    clock[0] += 31
    assert keys.verify(ticket_for(new, "wuxi", hours=1))
    assert reads[0] == 2
    assert from_file(file).verify(ticket_for(KEY, "wuxi", hours=1))
