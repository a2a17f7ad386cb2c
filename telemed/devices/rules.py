"""What holds for devices: their codes, and when one tests itself. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from telemed.kit.clock import day_in
from telemed.people.rules import Span

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without what is read as another: 0 and O, 1 and I
CODE_LENGTH: Final = 8
CODE_LIFE: Final = timedelta(minutes=10)
ENTRY_DIGITS: Final = 6  # of the code by which a telephone signs its person in; it is good for a minute, once
ENTRY_LIFE: Final = timedelta(seconds=60)
CODES_AT_ONCE: Final = 20  # of one address: a ward's devices are set up one after another
QUIET_BEFORE: Final = timedelta(minutes=15)  # a test takes camera and microphone: none so near to a meeting
ASKED_FOR: Final = timedelta(hours=12)  # a test that it could not make at once it makes later, and not for ever
WAITS_BEFORE: Final = timedelta(minutes=15)  # it waits in the room of its next meeting
OVERTIME: Final = timedelta(hours=2)  # for so long it comes back to a meeting that runs late
SHOWN_AHEAD: Final = timedelta(hours=24)
MOST_SHOWN: Final = 3


def typed(code: str) -> str:
    """A code as somebody has typed it, in the form in which it is kept."""
    return "".join(each for each in code.upper() if each.isalnum())


def test_due(last: datetime | None, asked: datetime | None, meetings: Iterable[Span], zone: str, now: datetime) -> bool:
    """Whether it tests itself now: once a day of its hospital, and when somebody has asked it to; not while or shortly
    before somebody meets here.
    """
    if last is not None and day_in(zone, last) == day_in(zone, now) and not _awaited(asked, last, now):
        return False
    return not any(is_quiet(each, now) for each in meetings)


def is_quiet(meeting: Span, now: datetime) -> bool:
    """Whether nothing may take the camera, because people meet here or soon do."""
    return meeting.start - QUIET_BEFORE <= now < meeting.end


def _awaited(asked: datetime | None, last: datetime, now: datetime) -> bool:
    """Whether a test that somebody has asked for is still to come."""
    return asked is not None and last < asked and now - asked <= ASKED_FOR
