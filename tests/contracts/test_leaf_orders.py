"""An order to a leaf is kept with its cause, given until it is acknowledged, and holds up no other."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from telemed.bridge import orders as kept
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import Orders, micros
from telemed.db import Database
from telemed.errors import Busy
from telemed.kit import quarantine
from telemed.kit.quarantine import set_aside
from telemed.kit.supervisor import Trouble
from tests.telemed.bridge.leaves import acknowledged, given, keep
from tests.telemed.conftest import NOW, FakeClock

Given = asyncio.Queue[LeafOrder]


async def test_an_order_is_kept_or_vanishes_with_what_causes_it(any_db: Database, clock: FakeClock) -> None:
    orders = Orders(any_db, clock)
    async with any_db.write() as db:
        await orders.keep(db, "a", "1")
        await db.rollback()
    assert await orders.waiting() == []
    await keep(any_db, orders, "a", "1", on=True)
    assert [(each.kind, each.target, each.data) for each in await Orders(any_db, clock).waiting()] == [
        ("a", "1", {"on": True})
    ]


async def test_one_that_fails_or_hangs_holds_nobody_up_and_is_given_again(
    any_db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(kept, "PATIENCE", 0.01)
    monkeypatch.setattr(quarantine, "TRIES", 3)
    orders, tries, done = Orders(any_db, clock), 0, Given()

    async def deaf_at_first(row: LeafOrder) -> None:
        nonlocal tries
        tries += 1
        if tries < 8:  # more often than an earlier version tried at all
            raise ConnectionError
        done.put_nowait(row)

    async def hangs(_row: LeafOrder) -> None:
        await asyncio.Event().wait()

    async def well(row: LeafOrder) -> None:
        done.put_nowait(row)

    for kind in ("hangs", "of_a_newer_version", "deaf_at_first", "well"):
        await keep(any_db, orders, kind, "x")
    async with given(orders, hangs=hangs, deaf_at_first=deaf_at_first, well=well):
        assert [(await done.get()).kind for _ in range(2)] == ["well", "deaf_at_first"]
        while {each.kind for each in await orders.waiting()} != {"hangs"}:
            pass
    async with any_db.read() as db:
        assert [each.type for each in await set_aside(db)] == ["of_a_newer_version"]


async def test_an_order_that_nobody_can_carry_out_is_set_aside_and_given_again_when_a_person_says_so(
    any_db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(quarantine, "TRIES", 3)
    orders, tries, done = Orders(any_db, clock), 0, Given()

    async def broken(_row: LeafOrder) -> None:
        nonlocal tries
        tries += 1
        raise KeyError("on purpose")

    async def mended(row: LeafOrder) -> None:
        done.put_nowait(row)

    await keep(any_db, orders, "odd", "x", n=1)
    async with given(orders, odd=broken):
        await acknowledged(orders)
    assert tries == 3
    async with any_db.write() as db:
        [row] = await set_aside(db)
        assert (row.kind, row.type, row.data["target"]) == ("orders", "odd", "x")
        await kept.again(db, row)
    async with given(orders, odd=mended):
        assert (await done.get()).data == {"n": 1}
        await acknowledged(orders)
    await keep(any_db, orders, "odd", "x", n=2)  # the next about the same: it is counted for itself
    async with given(orders, odd=broken):
        await acknowledged(orders)
    assert tries == 6


async def test_many_orders_to_a_leaf_that_is_away_are_read_a_few_at_a_time_and_keep_no_other_waiting(
    any_db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(kept, "LONGEST_PAUSE", 0.3)
    monkeypatch.setattr(kept, "AT_ONCE", 3)
    orders, done, read = Orders(any_db, clock), Given(), list[int]()
    waiting, away = orders.waiting, True

    async def noted(*asked: Any) -> list[LeafOrder]:
        rows = await waiting(*asked)
        read.append(len(rows))
        return rows

    async def leaf(row: LeafOrder) -> None:
        if away:
            raise ConnectionError
        done.put_nowait(row)

    async def other(row: LeafOrder) -> None:
        done.put_nowait(row)

    monkeypatch.setattr(orders, "waiting", noted)
    for n in range(5):
        await keep(any_db, orders, "leaf", str(n))
    await keep(any_db, orders, "other", "x")
    async with given(orders, leaf=leaf, other=other):
        assert (await done.get()).kind == "other"
        away = False
        assert {(await done.get()).target for _ in range(5)} == set(map(str, range(5)))
        while await waiting():
            pass
    assert max(read) == 4  # three to one leaf, one to the other


async def test_a_leaf_that_hangs_keeps_no_order_to_the_other_waiting(
    any_db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of what hangs has ended when the other leaf has had its order."""
    monkeypatch.setattr(kept, "AT_ONCE", 3)
    monkeypatch.setattr(kept, "PATIENCE", 60.0)
    orders, hanging, done = Orders(any_db, clock), Given(), Given()

    async def hangs(row: LeafOrder) -> None:
        hanging.put_nowait(row)
        await asyncio.Event().wait()

    async def well(row: LeafOrder) -> None:
        done.put_nowait(row)

    for n in range(8):
        await keep(any_db, orders, "hangs", str(n))
    async with given(orders, hangs=hangs, well=well):
        for _ in range(3):
            await hanging.get()
        for n in range(4):
            await keep(any_db, orders, "well", str(n))
        assert {(await done.get()).target for _ in range(4)} == {"0", "1", "2", "3"}
    assert hanging.empty()


async def test_an_order_that_becomes_due_while_the_others_are_read_is_given_at_once(
    any_db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "FIRST_PAUSE", 0.5)
    orders, done, tries = Orders(any_db, clock), Given(), 0
    waiting = orders.waiting

    async def slowly(*asked: Any) -> list[LeafOrder]:
        rows, over = await waiting(*asked), asyncio.Event()
        asyncio.get_running_loop().call_later(0.6, over.set)
        await over.wait()
        return rows

    async def away_once(row: LeafOrder) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise ConnectionError
        done.put_nowait(row)

    monkeypatch.setattr(orders, "waiting", slowly)
    await keep(any_db, orders, "leaf", "x")
    async with given(orders, leaf=away_once):
        await done.get()


async def test_a_newer_order_waits_for_the_older_and_is_not_taken_for_acknowledged_with_it(
    any_db: Database, clock: FakeClock
) -> None:
    orders, begun, go_on = Orders(any_db, clock), Given(), asyncio.Event()

    async def leaf(row: LeafOrder) -> None:
        begun.put_nowait(row)
        await go_on.wait()

    await keep(any_db, orders, "leaf", "x", on=True)
    async with given(orders, leaf=leaf):
        first = await begun.get()
        clock.now = NOW - timedelta(seconds=5)  # set back in between
        await keep(any_db, orders, "leaf", "x", on=False)
        await keep(any_db, orders, "leaf", "y")
        assert (await begun.get()).target == "y"
        go_on.set()
        second = await begun.get()
        await acknowledged(orders)
    assert (first.rev, first.data, second.data) == (micros(NOW), {"on": True}, {"on": False})
    assert second.rev > first.rev


async def test_acknowledged_orders_are_forgotten_in_time_and_no_others(any_db: Database, clock: FakeClock) -> None:
    orders = Orders(any_db, clock)

    async def leaf(_row: LeafOrder) -> None: ...

    await keep(any_db, orders, "leaf", "x")
    async with given(orders, leaf=leaf):
        await acknowledged(orders)
    await keep(any_db, orders, "leaf", "y")
    async with any_db.write() as db:
        await kept.forget_old(db, NOW + timedelta(days=1))
    async with any_db.read() as db:
        assert [each.target for each in (await db.exec(select(LeafOrder))).all()] == ["y"]


async def test_orders_that_cannot_be_read_are_told_and_given_once_they_can_be(
    any_db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders, done, broken = Orders(any_db, clock), Given(), asyncio.Event()
    orders.trouble = Trouble(lambda: now)
    now, read = 0.0, orders.waiting

    async def cannot(*_: object) -> list[LeafOrder]:
        broken.set()
        raise Busy

    async def leaf(row: LeafOrder) -> None:
        done.put_nowait(row)

    monkeypatch.setattr(kept, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(orders, "waiting", cannot)
    await keep(any_db, orders, "leaf", "x")
    async with given(orders, leaf=leaf):
        await broken.wait()
        assert orders.trouble() == ""
        now = 60.0
        assert orders.trouble() == "Busy"
        monkeypatch.setattr(orders, "waiting", read)
        await done.get()
        assert orders.trouble() == ""
