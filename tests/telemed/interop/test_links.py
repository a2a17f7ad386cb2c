"""Links to one's calendar: who makes, reads and revokes them; whatever is wrong is answered alike."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from telemed.access.model import Account
from telemed.audit.model import AuditEvent
from telemed.interop.feed import OF_LINK, OF_STRANGER
from telemed.interop.model import CalendarLink
from telemed.interop.service import MOST
from telemed.kit.table import new_id
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.interop.kit import Fetch, make
from tests.telemed.interop.parsed import name_of
from tests.telemed.scheduling.kit import book


async def test_a_link_is_made_read_and_revoked(world: World, call: Call, fetch: Fetch, clock: FakeClock) -> None:
    await book(world, ["expert", "doctor"], 1, 2)
    id, path = await make(call, name="手机")
    (row,) = await rows(world.db, CalendarLink)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert token not in str(row.model_dump()), "only its hash is kept"
    assert len(token) >= 43, "256 random bits"
    clock.move(minutes=5)
    status, headers, body = await fetch(path, **{"User-Agent": "Microsoft Outlook 16.0"})
    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert name_of(body) == "expert · 远程会诊日程"
    listed = (await call("expert", "GET", "/account/calendar-links"))[1]
    assert [(each["name"], each["fetched_at"], each["fetched_by"]) for each in listed["links"]] == [
        ("手机", "2026-03-02T01:05:00Z", "Outlook")
    ]
    assert (await call("expert2", "DELETE", f"/account/calendar-links/{id}"))[0] == 404, "nobody else's to revoke"
    assert (await call("expert", "DELETE", f"/account/calendar-links/{id}"))[0] == 204
    assert (await fetch(path))[0] == 404
    told = [each for each in await rows(world.db, AuditEvent) if "calendar_link" in each.action]
    assert [(each.action, each.actor_id) for each in told] == [
        ("account.calendar_link_made", world.ids["expert"]),
        ("account.calendar_link_revoked", world.ids["expert"]),
    ]
    assert token not in str([each.model_dump() for each in told])


async def test_whatever_is_wrong_is_answered_alike(world: World, call: Call, fetch: Fetch) -> None:
    id, revoked = await make(call)
    await call("expert", "DELETE", f"/account/calendar-links/{id}")
    _, locked = await make(call, "expert2")
    async with world.db.write() as db:
        account = (await db.exec(select(Account).where(Account.id == world.ids["expert2"]))).one()
        account.disabled_at = NOW
    said = set()
    for path in (revoked, locked, "/calendar/guessed.ics", "/calendar/" + "x" * 500 + ".ics"):
        status, headers, body = await fetch(path)
        assert (status, headers["Cache-Control"]) == (404, "no-store")
        said.add(body.partition(b'"instance"')[0])
    assert len(said) == 1


async def test_strangers_make_no_links_and_nobody_more_than_a_few(world: World, call: Call) -> None:
    for method, path in (("GET", ""), ("POST", ""), ("DELETE", f"/{new_id()}")):
        json = {"name": ""} if method == "POST" else None
        assert (await call(None, method, f"/account/calendar-links{path}", json=json))[0] == 401
    assert (await call("expert", "POST", "/account/calendar-links", json={"name": "x" * 41}))[0] == 422
    for _ in range(MOST):
        await make(call)
    status, refused = await call("expert", "POST", "/account/calendar-links", json={"name": ""})
    assert (status, refused["reason"]) == (409, "calendar_links_full")


async def test_a_repeated_request_does_not_keep_the_token(world: World, call: Call) -> None:
    key = {"Idempotency-Key": "once"}
    first, second = [
        (await call("expert", "POST", "/account/calendar-links", json={"name": ""}, headers=key))[1] for _ in range(2)
    ]
    assert first["address"] != second["address"], "no answer with a token lies in the database"


async def test_a_program_that_asks_too_often_waits_and_others_do_not(
    call: Call, fetch: Fetch, clock: FakeClock, world: World
) -> None:
    _, path = await make(call)
    _, other = await make(call, "doctor")
    for _ in range(OF_LINK):
        assert (await fetch(path))[0] == 200
    status, headers, _ = await fetch(path)
    assert (status, int(headers["Retry-After"])) == (429, 600)
    assert (await fetch(other))[0] == 200
    for _ in range(OF_STRANGER):
        assert (await fetch("/calendar/guess.ics"))[0] == 404
    assert (await fetch("/calendar/guess.ics"))[0] == 429
    assert (await fetch(other))[0] == 200, "who shares the address with a stranger reads on"
    clock.move(minutes=10)
    assert (await fetch(path))[0] == 200


async def test_the_address_stands_in_no_log(
    call: Call, fetch: Fetch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = await make(call)
    await fetch(path)

    async def broken(*_: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("telemed.interop.service.entries", broken)
    with capture_logs() as logs:
        assert (await fetch(path))[0] == 500
    assert [each["path"] for each in logs] == ["/calendar/{token}.ics"]
    kept, token = (tmp_path / "access.log").read_text(), path.removeprefix("/calendar/").removesuffix(".ics")
    assert "/calendar/{token}.ics" in kept
    assert token not in kept
