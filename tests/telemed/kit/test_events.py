"""News: it vanishes or commits with its change, is delivered once, and what nobody can digest or read is set aside."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.audit.model import AuditEvent
from telemed.audit.service import record
from telemed.db import Database
from telemed.errors import Busy
from telemed.kit import events, quarantine
from telemed.kit.events import TOGETHER, Inbox, Outbox, Pauses, again, deliver, forget_old, publish
from telemed.kit.quarantine import TRIES, Quarantine
from telemed.kit.table import new_id
from tests.telemed.conftest import NOW, rows

SOMEBODY = Actor(new_id(), new_id(), "wuxi", "somebody", frozenset({Role.reviewer}))


async def test_an_event_vanishes_with_its_change(db: Database) -> None:
    async def fails() -> None:
        async with db.write() as session:
            publish(session, "never", {}, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    assert await rows(db, Outbox) == []


async def test_an_event_whose_consumer_broke_is_delivered_again_and_takes_effect_once(db: Database) -> None:
    async with db.write() as session:
        publish(session, "moved", {}, NOW)
        publish(session, "turned", {}, NOW)
    broken = True

    async def hears(session: AsyncSession, event: Outbox) -> None:
        record(session, SOMEBODY, "heard", event.type, NOW)

    async def breaks(session: AsyncSession, event: Outbox) -> None:
        record(session, SOMEBODY, "broke", event.type, NOW)
        if broken and event.type == "moved":
            raise RuntimeError

    async def done() -> list[str]:
        return sorted(f"{each.action} {each.target}" for each in await rows(db, AuditEvent))

    consumers = {"breaks": breaks, "hears": hears}
    assert await deliver(db, consumers, NOW) == 1
    # It keeps nobody from hearing, nor from what comes later; its own half effect is gone.
    assert await done() == ["broke turned", "heard moved", "heard turned"]
    assert [bool(each.delivered_at) for each in await rows(db, Outbox)] == [False, True]
    broken = False
    assert [await deliver(db, consumers, NOW) for _ in range(2)] == [1, 0]
    assert await done() == ["broke moved", "broke turned", "heard moved", "heard turned"]
    assert all(each.delivered_at for each in await rows(db, Outbox))


async def test_what_waits_together_is_delivered_in_one_transaction(db: Database) -> None:
    async with db.write() as session:
        for n in range(3):
            publish(session, str(n), {}, NOW)
    sessions = list[AsyncSession]()

    async def hears(session: AsyncSession, _event: Outbox) -> None:
        sessions.append(session)

    assert await deliver(db, {"hears": hears}, NOW) == 3
    assert len(set(sessions)) == 1
    assert all(each.delivered_at for each in await rows(db, Outbox))


async def test_a_consumer_keeps_no_mark_of_an_event_that_does_not_concern_it(db: Database) -> None:
    heard = list[str]()

    class Hears:
        def concerns(self, kind: str) -> bool:
            return kind == "mine"

        async def __call__(self, _session: AsyncSession, event: Outbox) -> None:
            heard.append(event.type)

    async with db.write() as session:
        for kind in ("mine", "others"):
            publish(session, kind, {}, NOW)
    assert await deliver(db, {"hears": Hears()}, NOW) == 2
    assert (heard, len(await rows(db, Inbox))) == (["mine"], 1)


async def test_an_event_nobody_can_digest_is_set_aside_for_that_consumer_and_comes_again_when_asked(
    db: Database,
) -> None:
    async with db.write() as session:
        publish(session, "odd", {"name": "王五"}, NOW)
        publish(session, "usual", {}, NOW)
    heard: dict[str, list[str]] = {"hears": [], "chokes": []}
    digests = False

    async def hears(_session: AsyncSession, event: Outbox) -> None:
        heard["hears"].append(event.type)

    async def chokes(session: AsyncSession, event: Outbox) -> None:
        record(session, SOMEBODY, "half", event.type, NOW)
        if event.type == "odd" and not digests:
            raise KeyError("王五")
        heard["chokes"].append(event.type)

    consumers = {"chokes": chokes, "hears": hears}
    for _ in range(TRIES):
        assert all(each.set_aside_at is None for each in await rows(db, Quarantine))
        await deliver(db, consumers, NOW)
    [row] = await rows(db, Quarantine)
    assert (row.consumer, row.type, row.tries, row.set_aside_at) == ("chokes", "odd", TRIES, NOW)
    assert row.why.startswith("KeyError")
    assert "王五" not in row.why
    assert all(each.delivered_at for each in await rows(db, Outbox))
    assert await deliver(db, consumers, NOW) == 0
    assert heard["chokes"] == ["usual"]
    assert heard["hears"][-1] == "usual"
    assert [each.target for each in await rows(db, AuditEvent)] == ["usual"]
    async with db.read() as session:
        assert await quarantine.counts(session) == {"event": 1}
    async with db.write() as session:  # what is set aside outlives what everybody has had
        await forget_old(session, datetime.now(UTC), timedelta(hours=-1))
    assert [each.type for each in await rows(db, Outbox)] == ["odd"]
    before, digests = heard["hears"].copy(), True
    async with db.write() as session:
        [row] = await quarantine.set_aside(session)
        await again(session, row)
    assert await deliver(db, consumers, NOW) == 1
    assert (heard["hears"], heard["chokes"]) == (before, ["usual", "odd"])
    assert await rows(db, Quarantine) == []


@pytest.mark.parametrize(("column", "broken"), [("data", '{"n": '), ("occurred_at", "yesterday")])
async def test_an_event_whose_row_cannot_be_read_is_set_aside_and_keeps_no_other(
    db: Database, column: str, broken: str
) -> None:
    heard: list[int] = []

    async def hears(_db: object, event: Outbox) -> None:
        heard.append(event.data["n"])

    async with db.write() as session:
        for n in range(4):
            publish(session, "counted", {"n": n}, NOW)
    bad = (await rows(db, Outbox))[2]
    whole = {"data": '{"n": 2}', "occurred_at": NOW.strftime("%Y-%m-%d %H:%M:%S.%f")}[column]

    async def write(value: str) -> None:
        async with db.write() as session:
            change = f"UPDATE outbox SET {column} = ? WHERE id = ?"
            await (await session.connection()).exec_driver_sql(change, (value, bad.id.hex))

    await write(broken)
    assert [await deliver(db, {"hears": hears}, NOW) for _ in range(TRIES)] == [3, *[0] * (TRIES - 2), 1]
    assert heard == [0, 1, 3]
    (row,) = await rows(db, Quarantine)
    assert (row.event_id, row.kind, row.consumer, row.type) == (bad.id, "event", "reading", "counted")
    assert await deliver(db, {"hears": hears}, NOW) == 0
    await write(whole)
    async with db.write() as session:
        await again(session, await session.get_one(Quarantine, row.id))
    assert await deliver(db, {"hears": hears}, NOW) == 1
    assert heard == [0, 1, 3, 2]
    assert await rows(db, Quarantine) == []


async def test_while_the_database_is_away_no_consumer_is_blamed(db: Database) -> None:
    async with db.write() as session:
        publish(session, "moved", {}, NOW)

    async def waits(_session: AsyncSession, _event: Outbox) -> None:
        raise Busy

    for _ in range(TRIES + 1):
        with pytest.raises(Busy):
            await deliver(db, {"waits": waits}, NOW)
    assert (await rows(db, Quarantine), [each.delivered_at for each in await rows(db, Outbox)]) == ([], [None])


async def test_news_that_everybody_has_had_is_forgotten_and_what_waits_is_not(db: Database) -> None:
    async def hears(_session: AsyncSession, _event: Outbox) -> None: ...

    for kind in ("first", "second"):
        async with db.write() as session:
            publish(session, kind, {}, NOW)
        if kind == "first":
            await deliver(db, {"hears": hears}, NOW)
    async with db.write() as session:
        await forget_old(session, NOW, timedelta(seconds=1))
    assert len(await rows(db, Outbox)) == 2
    async with db.write() as session:
        await forget_old(session, datetime.now(UTC), timedelta(hours=-1))
    assert ([each.type for each in await rows(db, Outbox)], await rows(db, Inbox)) == (["second"], [])


async def test_much_old_news_is_forgotten_in_pieces(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hears(_session: AsyncSession, _event: Outbox) -> None: ...

    monkeypatch.setattr(events, "PIECE", 2)
    async with db.write() as session:
        for _ in range(5):
            publish(session, "old", {}, NOW)
    await deliver(db, {"hears": hears}, NOW)
    pieces = list[int]()
    while not pieces or pieces[-1]:
        async with db.write() as session:
            pieces.append(await forget_old(session, datetime.now(UTC), timedelta(hours=-1)))
    assert pieces == [4, 4, 2, 0]
    assert (await rows(db, Outbox), await rows(db, Inbox)) == ([], [])


async def test_a_pause_is_kept_when_the_database_goes_away_later_in_the_batch(db: Database) -> None:
    pauses, tried = Pauses(lambda: 0.0), list[str]()

    async def consumer(_session: AsyncSession, event: Outbox) -> None:
        tried.append(event.type)
        if event.type == "last":
            raise Busy
        raise KeyError

    async with db.write() as session:
        for kind in (*["odd"] * TOGETHER, "last"):
            publish(session, kind, {}, NOW)
    for _ in range(2):
        with pytest.raises(Busy):
            await deliver(db, {"consumer": consumer}, NOW, pauses)
    assert tried[-1:] == ["last"]
    assert [each.tries for each in await rows(db, Quarantine)] == [1] * TOGETHER


async def test_an_event_that_fails_has_its_own_pauses_however_many_others_succeed(db: Database) -> None:
    now, tries, heard = 0.0, list[float](), list[str]()
    pauses = Pauses(lambda: now)

    async def consumer(_db: object, event: Outbox) -> None:
        if event.type == "odd":
            tries.append(now)
            raise KeyError
        heard.append(event.type)

    async def publish_one(kind: str) -> None:
        async with db.write() as session:
            publish(session, kind, {}, NOW)

    await publish_one("odd")
    for n in range(20):  # a burst of others must not spend the ten tries
        await publish_one(str(n))
        while await deliver(db, {"consumer": consumer}, NOW, pauses):
            pass
    assert (set(tries), heard) == ({0.0}, [str(n) for n in range(20)])
    while len(set(tries)) < TRIES:
        now += 0.25
        await deliver(db, {"consumer": consumer}, NOW, pauses)
    assert tries[-1] >= 10
    async with db.read() as session:
        assert [each.type for each in await quarantine.set_aside(session)] == ["odd"]
