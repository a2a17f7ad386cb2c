"""Which failures pass by themselves. Beside the errors, because it knows the database and the workers do not."""

import errno
import sqlite3
from typing import Final

from sqlalchemy.exc import OperationalError

from imaging.errors import FULL, Busy, ImagingError, NoSpace

EXHAUSTED: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN})


def passing(error: BaseException) -> ImagingError | None:
    """What to answer for a failure that passes by itself and is nobody's fault; None for any other."""
    match error:
        case NoSpace() | Busy():
            return error
        case BaseExceptionGroup():
            return next(filter(None, map(passing, error.exceptions)), None)
        case OperationalError(orig=sqlite3.OperationalError() as cause):
            return passing(cause)
        case sqlite3.OperationalError() if any(words in str(error) for words in ("disk is full", "disk I/O error")):
            return NoSpace()
        case sqlite3.OperationalError() if "locked" in str(error):
            return Busy("The archive is busy. Try again in a moment.")
        case OSError(errno=number) if number in FULL:
            return NoSpace()
        case OSError(errno=number) if number in EXHAUSTED:
            return Busy("The archive is busy. Try again in a moment.")
    return None
