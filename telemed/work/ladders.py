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
from telemed.work import ladder, rules
from telemed.work.model import LADDERS, Channel, Counted, Deadline, Rung, To, When
from telemed.work.rules import Shape

ALWAYS: Final = datetime(2020, 1, 1, tzinfo=UTC)
_defaults: dict[str, list[dict[str, Any]]] = {}
"""By ladder the rungs of its default, each as its columns."""
_asked: dict[str, frozenset[str]] = {}
_at_once: set[str] = set()
_until_taken: set[str] = set()


def declare(
    name: str,
    *rungs: dict[str, Any],
    asked: Collection[str] = (),
    at_once: bool = False,
    until_taken: bool = False,
) -> str:
    """Declares a ladder, its default, and by which kinds of work something is asked that ends its deadlines.

    `at_once`: what it is about is an exception from its beginning, and not only once it is due.
    `until_taken`: it rings from the beginning and never stops by itself.
    Raises ValueError if it is taken or does not make sense.
    """
    numbered = [each | {"n": n, "ladder": name} for n, each in enumerate(rungs)]
    LADDERS.declare(name)
    _defaults[name], _asked[name] = numbered, frozenset(asked)
    if at_once:
        _at_once.add(name)
    if until_taken:
        _until_taken.add(name)
    if wrong := rules.faults([Rung(**each) for each in numbered], shape(name)):
        raise ValueError(f"ladder {name}: {', '.join(each.reason for each in wrong)}")
    return name


def shape(name: str) -> Shape:
    """What this ladder may look like: it tells those whom its default tells, and roles."""
    default = _defaults[name]
    found = {each["to"] for each in default} | {To.role} | ({To.asked} if _asked[name] else set())
    hub, branch = (
        tuple(dict.fromkeys([*usual, *(each["role"] for each in default if each["role"] and each["at_hub"] is at_hub)]))
        for usual, at_hub in ((rules.AT_HUB, True), (rules.AT_BRANCH, False))
    )
    return Shape(frozenset(found), hub, branch, until_taken=name in _until_taken)


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
