"""What a feature does beside the telling: by ladder when a deadline is due, by activity when somebody is told."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.kit.activity import ACTIVITIES
from telemed.work.model import LADDERS, Deadline, Rung


class Act(NamedTuple):
    """`lock` locks the activity, before its deadline is: the order of everybody who changes both.

    `do` is called once, in the deadline's own transaction. If nothing is left to wait for it ends the deadline, and
    nobody is told; it may also move it; otherwise the ladder is climbed as usual.
    """

    lock: Callable[[AsyncSession, UUID], Awaitable[object]]
    do: Callable[[AsyncSession, Deadline, datetime], Awaitable[None]]


_acts: dict[str, Act] = {}


def when_due(ladder: str, act: Act) -> None:
    """Raises ValueError if another act is declared for this ladder."""
    if _acts.setdefault(LADDERS.known(ladder), act) != act:
        raise ValueError(f"two acts when {ladder} is due")


def of(deadline: Deadline) -> Act | None:
    return _acts.get(deadline.ladder)


class Opening(NamedTuple):
    """`lock` locks the activity, or a rung told meanwhile would open it to those whom an act has just closed it to."""

    lock: Callable[[AsyncSession, UUID], Awaitable[object]]
    open_to: Callable[[AsyncSession, Deadline, Rung, datetime], Awaitable[None]]


_openings: dict[str, Opening] = {}


def when_told(activity: str, opening: Opening) -> None:
    """Lets those whom a rung tells see what they are told of, in the same transaction and before they are told.

    Raises ValueError if another is declared for this kind of activity.
    """
    if _openings.setdefault(ACTIVITIES.known(activity), opening) != opening:
        raise ValueError(f"two ways to open {activity} to whom is told")


async def open_to(db: AsyncSession, deadline: Deadline, rung: Rung, now: datetime) -> None:
    if opening := _openings.get(deadline.activity or ""):
        await opening.open_to(db, deadline, rung, now)


async def lock(db: AsyncSession, deadline: Deadline) -> None:
    """Locks the activity of a deadline that is not locked yet, if something is done with it beside the telling."""
    locking = of(deadline) or _openings.get(deadline.activity or "")
    if locking is not None and deadline.activity_id is not None:
        await locking.lock(db, deadline.activity_id)
