"""The clock, passed in so that a test can set it; and the range of moments that a page may send."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime

Clock = Callable[[], datetime]
FIRST, LAST = 1900, 2199  # years; beyond them, adding to a moment or changing its zone may overflow


def _within(moment: datetime) -> datetime:
    if not FIRST <= moment.year <= LAST:
        raise ValueError(f"the year must lie between {FIRST} and {LAST}")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_within)]


def utcnow() -> datetime:
    return datetime.now(UTC)


def ahead_by(ahead: timedelta) -> Clock:
    return lambda: utcnow() + ahead
