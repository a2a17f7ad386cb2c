"""Ladders as data: features declare the defaults, which become rows at the first start; hospitals add their own."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Role
from telemed.db import Database
from telemed.people.calendars import working_times
from telemed.people.rules import WorkingTime
from telemed.work import ladder
from telemed.work.model import LADDERS, Channel, Counted, Deadline, Rung, To, When

ALWAYS: Final = datetime(2020, 1, 1, tzinfo=UTC)
_defaults: dict[str, list[dict[str, Any]]] = {}
"""By ladder the rungs of its default, each as its columns."""
_asked: dict[str, frozenset[str]] = {}
_at_once: set[str] = set()


def declare(name: str, *rungs: dict[str, Any], asked: Collection[str] = (), at_once: bool = False) -> str:
    """Declares a ladder, its default, and by which kinds of work something is asked that ends its deadlines.

    `at_once`: what it is about is an exception from its beginning, and not only once it is due.
    Raises ValueError if it is taken or does not make sense.
    """
    numbered = [each | {"n": n, "ladder": name} for n, each in enumerate(rungs)]
    LADDERS.declare(name)
    if wrong := ladder.faults([Rung(**each) for each in numbered]):
        raise ValueError(f"ladder {name}: {', '.join(wrong)}")
    _defaults[name], _asked[name] = numbered, frozenset(asked)
    if at_once:
        _at_once.add(name)
    return name


def kinds_asked(name: str) -> frozenset[str]:
    """The kinds of work that its deadlines wait for."""
    return _asked.get(name, frozenset())


def exceptions_at_once() -> list[str]:
    """The ladders of what is an exception before it is due."""
    return sorted(_at_once)


def rung(
    when: When,
    minutes: int,
    to: To,
    role: Role | None = None,
    *,
    at_hub: bool = False,
    place: int = 0,
    counted: Counted = Counted.elapsed,
    again: bool = False,
    channels: Collection[Channel] = tuple(Channel),
) -> dict[str, Any]:
    """The columns of a default rung; what they mean says `Rung`."""
    return {
        "when": when,
        "minutes": minutes,
        "to": to,
        "role": str(role or ""),
        "at_hub": at_hub,
        "place": place,
        "counted": counted,
        "again": again,
        "channels": list(channels),
        "valid_from": ALWAYS,
    }


async def seed(database: Database) -> None:
    """Enters the defaults of ladders that have none."""
    async with database.read() as db:
        of_all = select(Rung.ladder).where(Rung.hospital_id == "", col(Rung.agreement_id).is_(None)).distinct()
        known = set((await db.exec(of_all)).all())
    new = [Rung(**each) for name, rungs in _defaults.items() if name not in known for each in rungs]
    if new:
        async with database.write() as db:
            db.add_all(new)


async def ladder_of(db: AsyncSession, deadline: Deadline) -> list[Rung]:
    rungs = (await db.exec(select(Rung).where(Rung.ladder == deadline.ladder))).all()
    return ladder.chosen(rungs, deadline)


async def calendars_of(db: AsyncSession, deadline: Deadline, rungs: Sequence[Rung]) -> list[WorkingTime]:
    """The calendars of both hospitals, if the ladder counts working time."""
    if all(each.counted is Counted.elapsed for each in rungs):
        return []
    return list((await working_times(db, {deadline.hospital_id, deadline.hub_id})).values())
