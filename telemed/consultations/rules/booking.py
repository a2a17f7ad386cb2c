"""When a consultation may be booked."""

from datetime import datetime, timedelta
from typing import Final

from telemed.errors import Invalid

LONGEST: Final = timedelta(hours=8)


def check_time(start: datetime, end: datetime, now: datetime) -> None:
    """Of a booking or a proposal; a slip of the pen must not take a room for a year."""
    if start < now:
        raise Invalid("This time has passed.", reason="past")
    if not start < end:
        raise Invalid("The end must be after the start.", reason="end_before_start")
    if end - start > LONGEST:
        raise Invalid("A consultation takes eight hours at most.", reason="too_long")
