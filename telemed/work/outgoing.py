"""What leaves the product: how each person wants to be told, the group robots, and what became of each message."""

from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from telemed.kit.table import Table, key, moment, refers, word
from telemed.work.model import Channel, When

QUEUED: Final = text("state = 'queued'")


class NoticeChoice(Table, table=True):
    """How one person is told outside the pages. Whoever has none has no address, and gets no mail.

    The quiet hours are of the clock of their hospital, "22:00" to "07:00"; "" and "": none.
    """

    staff_id: UUID = Field(foreign_key="staff.id", primary_key=True)
    version: int = 1
    email: str = ""
    mail: bool = True
    quiet_from: str = ""
    quiet_until: str = ""


class RobotKind(StrEnum):
    wecom = "wecom"
    dingtalk = "dingtalk"


class Robot(Table, table=True):
    """A robot in a chat group of a department, or of all with a role at a hospital: one of the two."""

    id: UUID = key()
    version: int = 1
    hospital_id: str = refers("hospital.id")
    kind: RobotKind = word(RobotKind)
    name: str
    url: str  # sealed: with the key that lets anybody write to the group, and never shown again
    secret: str = ""  # sealed: DingTalk signs with it (加签)
    role: str = ""
    department_id: UUID | None = refers("department.id", optional=True)


class DeliveryState(StrEnum):
    queued = "queued"
    sent = "sent"  # the other server has taken it
    failed = "failed"
    withdrawn = "withdrawn"  # nobody needs it any more, or nobody wants it this way


class Delivery(Table, table=True):
    """One message on its way. It holds neither an address nor words: they are found when it is sent."""

    __table_args__ = (Index("ix_delivery_next", "at", "id", sqlite_where=QUEUED, postgresql_where=QUEUED),)

    id: UUID = key()
    deadline_id: UUID = refers("deadline.id")
    notice_id: UUID | None = Field(default=None, index=True)  # None: for a group
    for_calendar: bool = False  # it tells nobody anything new, and keeps its receiver's calendar right
    channel: Channel = word(Channel)
    to_id: UUID  # the person or the robot
    when: When = word(When, name="delivery_when")
    urgency: str = ""
    state: DeliveryState = word(DeliveryState)
    tries: int = 0
    why: str = ""  # it was not sent at the last try, as a code
    queued_at: datetime = moment()
    at: datetime | None = moment(optional=True)  # of the next try
    done_at: datetime | None = moment(optional=True)
