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


Open = Callable[[AsyncSession, Deadline, Rung, datetime], Awaitable[None]]
"""Lets those whom a rung tells see what they are told of; called in the same transaction, before they are."""
_opens: dict[str, Open] = {}


def when_told(activity: str, open_to: Open) -> None:
    """Raises ValueError if another is declared for this kind of activity."""
    if _opens.setdefault(ACTIVITIES.known(activity), open_to) != open_to:
        raise ValueError(f"two ways to open {activity} to whom is told")


async def open_to(db: AsyncSession, deadline: Deadline, rung: Rung, now: datetime) -> None:
    if opens := _opens.get(deadline.activity or ""):
        await opens(db, deadline, rung, now)
