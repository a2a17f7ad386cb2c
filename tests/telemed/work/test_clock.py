"""A pass over the deadlines: one that fails holds up no other and stays to be tried again, and what rings is first."""

from datetime import timedelta

import pytest

from telemed.db import Database
from telemed.kit.table import new_id
from telemed.people.duty import on_duty
from telemed.work import clock, deadlines
from telemed.work.model import Deadline
from tests.telemed.conftest import NOW, rows
from tests.telemed.consultations.calls import events_of


def _due(minutes: int) -> Deadline:
    at = NOW - timedelta(minutes=minutes)
    return Deadline(
        activity="consultation",
        activity_id=new_id(),
        kind="state",
        ladder="approval",
        hospital_id="wuxi",
        hub_id="ruijin",
        began_at=at,
        due_at=at,
        at=at,
    )


async def test_one_that_fails_holds_up_no_other(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = _due(2), _due(1)
    async with db.write() as session:
        session.add_all([bad, good])
    bad_id, real = bad.id, deadlines.advance

    async def broken(session: object, deadline: Deadline, *more: object) -> object:
        if deadline.id == bad_id:
            raise RuntimeError("a bug")
        return await real(session, deadline, *more)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(deadlines, "advance", broken)
    monkeypatch.setattr(clock, "AT_ONCE", 1)  # the second stands on the next page
    failed = await clock.take_due(db, NOW, on_duty)
    assert {id: str(failure) for id, failure in failed.items()} == {bad_id: "a bug"}
    reached = {each.id: each.rung for each in await rows(db, Deadline)}
    assert reached[bad_id] == 0
    assert reached[good.id] > 0


async def test_after_an_outage_what_rings_comes_first_and_again_at_its_next_rung(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = _due(1)
    ring.kind, ring.ladder = "ring", "stat"
    async with db.write() as session:
        session.add_all([ring, *(_due(10) for _ in range(9))])
    ring_id, real, taken = ring.id, deadlines.advance, list[str]()

    async def noted(session: object, deadline: Deadline, *more: object) -> object:
        taken.append("ring" if deadline.id == ring_id else "other")
        return await real(session, deadline, *more)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(deadlines, "advance", noted)
    monkeypatch.setattr(clock, "AT_ONCE", 2)
    assert await clock.take_due(db, NOW, on_duty, lambda: NOW + timedelta(seconds=30) * len(taken)) == {}
    assert taken[:4] == ["ring", "other", "other", "ring"]  # a minute and a half later, at its next rung


async def test_rounds_that_an_outage_passed_over_are_no_events_behind_which_others_wait(db: Database) -> None:
    late = _due(20 * 24 * 60)
    async with db.write() as session:
        session.add(late)
    assert await clock.take_due(db, NOW, on_duty) == {}
    [reached] = await rows(db, Deadline)
    assert reached.at is not None
    assert reached.at > NOW
    assert reached.rung > 400
    assert [each.data["n"] for each in await events_of(db, "rung.reached")] == [0, 1, 2, 3]
