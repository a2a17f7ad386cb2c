"""Why a message did not go out, as codes; pages have a sentence for each."""

import traceback
from enum import StrEnum
from uuid import UUID

import structlog

log = structlog.get_logger(__name__)


class NotSent(StrEnum):
    away = "away"  # the other server cannot be reached
    slow = "slow"  # it did not answer in time
    login = "login"  # it does not take our name and password
    unsafe = "unsafe"  # it offers no TLS for the password
    sender = "sender"  # it does not take mail from us
    address = "address"  # it does not know the address
    refused = "refused"  # it answered, and refused
    redirected = "redirected"  # it sent us elsewhere, where we do not go
    private = "private"  # its name leads into a private network
    not_allowed = "not_allowed"  # its address is not on the allow-list
    not_set_up = "not_set_up"  # there is no mail server
    unwanted = "unwanted"  # whom it was for, or their hospital, does not want it this way
    fault = "fault"  # an error of ours, which the log shows
    sealed = "sealed"  # its address was encrypted with a key that is gone
    over = "over"  # what it was about has been dealt with, or seen
    again = "again"  # a later message to the same says it anew


FINAL = frozenset({NotSent.address})
"""No later try would succeed."""
UNSENT = frozenset({NotSent.not_set_up, NotSent.unwanted, NotSent.over, NotSent.again})
"""It was not tried: nobody needs it, or nobody wants it."""


def fault(what: str, id: UUID, failure: Exception) -> NotSent:
    """Logs an error of ours, without its message, which may hold an address or a robot's key."""
    where = "".join(traceback.format_tb(failure.__traceback__))
    log.error("a message met an error of ours", what=what, id=str(id), why=type(failure).__name__, where=where)
    return NotSent.fault
