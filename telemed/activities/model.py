"""The participants of activities: role, answer to the invitation, when they came and left."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint

from telemed.kit.activity import activity_kind
from telemed.kit.table import Table, key, moment, refers, word


class Answer(StrEnum):
    invited = "invited"
    accepted = "accepted"
    proposed = "proposed"  # another time
    declined = "declined"


class Participant(Table, table=True):
    """One person in one activity. `role` is a word of that activity's kind."""

    __table_args__ = (UniqueConstraint("activity_id", "staff_id"),)

    id: UUID = key()
    activity: str = activity_kind()
    activity_id: UUID
    staff_id: UUID = refers("staff.id")
    role: str
    required: bool = True
    answer: Answer = word(Answer)
    answered_at: datetime | None = moment(optional=True)
    proposed_start: datetime | None = moment(optional=True)
    proposed_end: datetime | None = moment(optional=True)
    words: str = ""
    joined_at: datetime | None = moment(optional=True)  # first time
    left_at: datetime | None = moment(optional=True)  # last time; empty while present
    present: bool = False
    waiting: bool = False  # in the waiting room
