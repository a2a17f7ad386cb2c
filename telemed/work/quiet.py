"""Quiet hours: from when on a person is told of what can wait. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def awake(now: datetime, zone: str, quiet_from: str, quiet_until: str) -> datetime:
    """`now`, or the end of the quiet hours in which it lies; they may pass midnight."""
    if not quiet_from or not quiet_until or quiet_from == quiet_until:
        return now
    local = now.astimezone(ZoneInfo(zone))
    start, end = time.fromisoformat(quiet_from), time.fromisoformat(quiet_until)
    at = local.time()
    quiet = start <= at < end if start < end else at >= start or at < end
    if not quiet:
        return now
    day = local.date() if at < end else local.date() + timedelta(days=1)
    return datetime.combine(day, end, ZoneInfo(zone)).astimezone(UTC)
