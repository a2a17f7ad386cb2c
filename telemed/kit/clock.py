"""Where the time comes from: passed in, so that a test can stop it; and the moments a page may name."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime

Clock = Callable[[], datetime]
FIRST, LAST = 1900, 2199  # years: what lies beyond them overflows as soon as it is added to or moved to another zone


def _within(moment: datetime) -> datetime:
    if not FIRST <= moment.year <= LAST:
        raise ValueError(f"the year must lie between {FIRST} and {LAST}")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_within)]


def utcnow() -> datetime:
    return datetime.now(UTC)


def ahead_by(ahead: timedelta) -> Clock:
    return lambda: utcnow() + ahead
