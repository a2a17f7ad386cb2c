"""Links to somebody's calendar, and what of a booking somebody's calendar has by mail."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from telemed.kit.table import Table, key, moment, refers, word


class Method(StrEnum):
    """What a mail asks a calendar to do (RFC 5546 §3.2), as the field METHOD spells it."""

    request = "REQUEST"
    cancel = "CANCEL"


class CalendarLink(Table, table=True):
    """An address under which a calendar program reads one person's bookings; only its hash is known."""

    id: UUID = key()
    account_id: UUID = refers("account.id")
    token_sha256: str = Field(unique=True)
    name: str = ""  # where it is used, in its owner's words
    created_at: datetime = moment()
    fetched_at: datetime | None = moment(optional=True)  # to the minute
    fetched_by: str = ""  # which program, as it says itself


class CalendarInvitation(Table, table=True):
    """What of a booking one person's calendar has by mail, and what a mail carries to it that is under way.

    A row and no memory: SEQUENCE does not begin anew after a restart, and nothing is taken back that was not given.
    `what`: a digest of time and place, by which a change is told.
    """

    __table_args__ = (UniqueConstraint("booking_id", "staff_id"),)

    id: UUID = key()
    booking_id: UUID = refers("booking.id", index=False)
    staff_id: UUID = refers("staff.id")
    deadline_id: UUID = refers("deadline.id", index=False)  # of the notice whose mail carried the last
    method: Method | None = word(Method, optional=True)
    sequence: int = -1
    what: str = ""
    tried_method: Method | None = word(Method, optional=True, name="tried_method")
    tried_sequence: int = -1
    tried_what: str = ""
    delivery_id: UUID | None = Field(default=None, index=True)  # of the mail that carries it
    doubtful: bool = False  # nobody knows whether that mail arrived
