"""值班表: who is on duty when, for a specialty, a department or a role of one hospital."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from telemed.kit.table import Table, key, moment, refers, word


class RosterKind(StrEnum):
    specialty = "specialty"  # the hub's experts of a specialty
    department = "department"
    role = "role"


class Covers(StrEnum):
    """When somebody should be on duty; a time in it that nobody has is a gap."""

    always = "always"
    working = "working"  # the hospital's working hours


class Roster(Table, table=True):
    """`subject`: the word of a specialty, the id of a department or the word of a role."""

    __table_args__ = (UniqueConstraint("hospital_id", "kind", "subject"),)

    id: UUID = key()
    version: int = 1
    hospital_id: str = refers("hospital.id")
    kind: RosterKind = word(RosterKind)
    subject: str
    covers: Covers = word(Covers)
    day_starts: str = "08:00"  # hand-over to the day shift, by the hospital's clock
    night_starts: str = "18:00"  # hand-over to the night shift
    closed_at: datetime | None = moment(optional=True)  # no longer kept; its past shifts stay


class Shift(Table, table=True):
    """One person's time on duty, from `starts` up to but not including `ends`."""

    __table_args__ = (
        Index("ix_shift_of_roster", "roster_id", "starts"),
        Index("ix_shift_of_staff", "staff_id", "ends"),
    )

    id: UUID = key()
    roster_id: UUID = Field(foreign_key="roster.id")
    staff_id: UUID = Field(foreign_key="staff.id")
    starts: datetime = moment()
    ends: datetime = moment()
    place: int = 1  # 第 n 顺位: who is called first has 1; those with the same are called together
    note: str = ""  # what the next on duty should know


class Standby(Table, table=True):
    """值守: somebody has shown by a second factor that they are there, and hears what rings, until their shift ends."""

    __table_args__ = (
        Index("ix_standby_of_staff", "staff_id", "until"),
        CheckConstraint("began_at < until", name="begins_before_it_ends"),
    )

    id: UUID = key()
    hospital_id: str = refers("hospital.id")
    staff_id: UUID = Field(foreign_key="staff.id")
    began_at: datetime = moment()
    until: datetime = moment()
    left_at: datetime | None = moment(optional=True)  # before that, by themselves


class HandOverAnswer(StrEnum):
    accepted = "accepted"
    declined = "declined"
    withdrawn = "withdrawn"  # by who offered it, or because they offered it to another


class HandOver(Table, table=True):
    """交班: somebody offers a shift of theirs, or the rest of it, to a colleague, whose it is once they accept."""

    __table_args__ = (Index("ix_handover_to", "to_id", "asked_at"), Index("ix_handover_from", "from_id", "asked_at"))

    id: UUID = key()
    roster_id: UUID = Field(foreign_key="roster.id")
    shift_id: UUID  # which its roster's keeper may have taken out since
    from_id: UUID = Field(foreign_key="staff.id")
    to_id: UUID = Field(foreign_key="staff.id")
    note: str = ""  # what the next should know; it becomes that of the shift
    asked_at: datetime = moment()
    answered_at: datetime | None = moment(optional=True)
    answer: HandOverAnswer | None = word(HandOverAnswer, optional=True)


class Away(Table, table=True):
    """暂离: somebody who stands by is away for a while, and the others of their order are called before them."""

    __table_args__ = (
        Index("ix_away_at", "hospital_id", "until"),
        CheckConstraint("began_at <= until", name="begins_before_it_ends"),
    )

    id: UUID = key()
    hospital_id: str = refers("hospital.id")
    staff_id: UUID = Field(foreign_key="staff.id")
    began_at: datetime = moment()
    until: datetime = moment()  # when they said that they would be back, or earlier, when they were
