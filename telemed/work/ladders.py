"""Ladders as data: features declare the defaults, which become rows at the first start; hospitals add their own."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Final, cast

import structlog
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Role
from telemed.db import Database
from telemed.people.calendars import working_times
from telemed.people.rules import NoWorkingTime, WorkingTime, shift
from telemed.work import ladder, rules
from telemed.work.model import LADDERS, Channel, Counted, Deadline, Rung, To, When
from telemed.work.rules import Shape

log = structlog.get_logger(__name__)

ALWAYS: Final = datetime(2020, 1, 1, tzinfo=UTC)
_defaults: dict[str, list[dict[str, Any]]] = {}
"""By ladder the rungs of its default, each as its columns."""
_asked: dict[str, frozenset[str]] = {}
_at_once: set[str] = set()
_until_taken: set[str] = set()
_only_tells: set[str] = set()
_within: dict[str, dict[str, timedelta]] = {}
"""By ladder and urgency how long until it is due, unless its due rung says otherwise."""
_ahead: set[str] = set()
_only_lasts: set[str] = set()
_troubles: dict[str, tuple[str, int]] = {}
NO_URGENCY: Final = ""  # of work that belongs to no activity
EMERGENCY: Final = "stat"  # keeps no working hours


def declare(
    name: str,
    *rungs: dict[str, Any],
    by_urgency: Collection[tuple[str, Sequence[dict[str, Any]]]] = (),
    asked: Collection[str] = (),
    at_once: bool = False,
    until_taken: bool = False,
    only_tells: bool = False,
    within: Collection[tuple[str, timedelta]] = (),
    ahead: bool = False,
    only_lasts: bool = False,
) -> str:
    """Declares a ladder, its default, and by which kinds of work something is asked that ends its deadlines.

    `by_urgency`: of an urgency for which `rungs` do not hold its own.
    `at_once`: what it is about is an exception from its beginning, and not only once it is due.
    `until_taken`: it rings from the beginning and never stops by itself.
    `only_tells`: nothing is due, and people are told once (`deadlines.only_tell`).
    `within`: by urgency how long after its beginning it is due, where that is a length of time and no given moment;
    the minutes of the due rung, if there are any, come before it.
    `ahead`: it is due so long before the moment from which that is counted, and not after it.
    `only_lasts`: no deadline climbs it; it says how long something lasts that ends by itself.
    Raises ValueError if it is taken or does not make sense.
    """
    sets = [
        [each | {"n": n, "ladder": name, "urgency": urgency} for n, each in enumerate(some)]
        for urgency, some in [("", rungs), *by_urgency]
    ]
    LADDERS.declare(name)
    _defaults[name], _asked[name] = [each for some in sets for each in some], frozenset(asked)
    if within:
        _within[name] = dict(within)
    for named, wanted in (
        (_at_once, at_once),
        (_until_taken, until_taken),
        (_only_tells, only_tells),
        (_ahead, ahead),
        (_only_lasts, only_lasts),
    ):
        if wanted:
            named.add(name)
    for some in sets:
        # Not as rows, which are dear to make and would have the mappers ready before all tables are known.
        rungs_like = cast("list[Rung]", [SimpleNamespace(**each) for each in some])
        if wrong := rules.faults(rungs_like, shape(name)):
            raise ValueError(f"ladder {name}: {', '.join(each.reason for each in wrong)}")
    return name


def shape(name: str) -> Shape:
    """What this ladder may look like: it tells those whom its default tells, and roles.

    One that rings rings only at the roles of its default: no page of others rings, and they could not take it.
    """
    default = _defaults[name]
    if name in _only_lasts:
        return Shape(frozenset({To.owners}), (), (), False, _within[name], only_lasts=True)
    found = {each["to"] for each in default} | {To.role} | ({To.asked} if _asked[name] else set())
    rings, tells = name in _until_taken, name in _only_tells
    hub, branch = (
        tuple(dict.fromkeys([*usual, *(each["role"] for each in default if each["role"] and each["at_hub"] is at_hub)]))
        for usual, at_hub in ((() if rings else rules.AT_HUB, True), (() if rings else rules.AT_BRANCH, False))
    )
    return Shape(frozenset(found), hub, branch, rings, _within.get(name), only_tells=tells)


def kinds_asked(name: str) -> frozenset[str]:
    """The kinds of work that its deadlines wait for."""
    return _asked.get(name, frozenset())


def only_telling() -> list[str]:
    """The ladders by which people are told of what is not due at all."""
    return sorted(_only_tells)


def exceptions_at_once() -> list[str]:
    """The ladders of what is an exception before it is due."""
    return sorted(_at_once)


def same_trouble(*names: str) -> None:
    """Of one activity these tell of the same trouble, the worst first: in a list of exceptions they are one."""
    _troubles.update({name: (names[0], n) for n, name in enumerate(names)})


def trouble(name: str) -> tuple[str, int]:
    """Which trouble this ladder tells of, and its place there, the worst first; "" if no other tells of the same."""
    return _troubles.get(name, ("", 0))


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


async def due_by(db: AsyncSession, to_be: Deadline, counted_from: datetime) -> datetime:
    """When a deadline that begins at its `began_at` will be due: the one place that reads how long something may last.

    As long as the due rung of its ladder says, or else the default. An emergency keeps no working hours, and where the
    two hospitals have not so many in common, all time counts: nobody is kept from acting by a wrong calendar.
    `to_be` need not be saved: only whose it is, its urgency and its beginning are read.
    """
    rung = next((each for each in await ladder_of(db, to_be) if each.when is When.due), None)
    by = timedelta(minutes=rung.minutes if rung else 0) or _within[to_be.ladder][to_be.urgency]
    by = -by if to_be.ladder in _ahead else by
    if rung is None or rung.counted is Counted.elapsed or to_be.urgency == EMERGENCY:
        return counted_from + by
    calendars = await working_times(db, {to_be.hospital_id, to_be.hub_id})
    try:
        return shift(counted_from, by, list(calendars.values()))
    except NoWorkingTime:
        log.warning("no_common_working_time", ladder=to_be.ladder, hospitals=sorted(calendars))
        return counted_from + by
