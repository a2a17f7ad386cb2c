"""The clock, passed in so that a test can set it; the day of a place; the range of moments that a page may send."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

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


def day_in(zone: str, at: datetime) -> date:
    """The calendar day in a time zone: in the early morning in Shanghai it is yesterday in UTC."""
    return at.astimezone(ZoneInfo(zone)).date()


def midnight_after(zone: str, at: datetime) -> datetime:
    """When the calendar day of a time zone ends."""
    here = ZoneInfo(zone)
    return datetime.combine(at.astimezone(here).date() + timedelta(days=1), time(), here).astimezone(UTC)


def ahead_by(ahead: timedelta) -> Clock:
    return lambda: utcnow() + ahead
