"""How long a break-glass lasts, and who reviews it. Pure."""

from datetime import datetime, timedelta
from typing import Final

from telemed.access.model import Role
from telemed.break_glass.model import BreakGlass, Verdict
from telemed.errors import Conflict, Invalid

LASTS: Final = timedelta(hours=2)
REVIEWED_WITHIN: Final = timedelta(hours=24)
REVIEWING: Final = (Role.reviewer, Role.duty_officer)  # of the branch: the medical office, and who stands in for it


def is_open(row: BreakGlass, now: datetime) -> bool:
    return row.ended_at is None and now < row.until


def ended(row: BreakGlass, now: datetime) -> datetime | None:
    """When it was over; None: it is not yet."""
    return None if is_open(row, now) else row.ended_at or row.until


def refuse_review(row: BreakGlass, verdict: Verdict, note: str) -> None:
    """Raises Conflict if a colleague has reviewed it, Invalid if nothing is said of what was not appropriate."""
    if row.verdict is not None:
        raise Conflict("A colleague has reviewed it.", reason="already_reviewed")
    if verdict is Verdict.inappropriate and not note.strip():
        raise Invalid("Say why it was not appropriate.", reason="say_why")
