"""What happens by itself when a deadline is due: a feature says so, by ladder."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.work.model import LADDERS, Deadline


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
