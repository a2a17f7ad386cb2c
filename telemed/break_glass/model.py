"""A break-glass: somebody of a hub opens a branch's patient without being asked, for a reason and for two hours."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, text

from telemed.kit.table import Table, key, moment, refers, word

NOT_ENDED = text("ended_at IS NULL")


class Cause(StrEnum):
    """The chosen part of the reason."""

    emergency = "emergency"  # the patient is in danger, and somebody must know at once
    called = "called"  # the branch asked by telephone
    transfer = "transfer"  # the patient is on their way to the hub
    error = "error"  # images or an opinion may be wrong
    other = "other"


class Verdict(StrEnum):
    """What the branch's medical office says of it afterwards."""

    appropriate = "appropriate"
    inappropriate = "inappropriate"


class BreakGlass(Table, table=True):
    """It is over at `ended_at` or, where nobody ended it, at `until`; the grant with its id opens the patient."""

    __table_args__ = (
        Index(
            "ix_breakglass_open",
            "staff_id",
            "patient_id",
            unique=True,
            sqlite_where=NOT_ENDED,
            postgresql_where=NOT_ENDED,
        ),
        Index("ix_breakglass_branch", "branch_id", "opened_at"),
    )

    id: UUID = key()
    version: int = 1
    staff_id: UUID = refers("staff.id", index=False)
    hospital_id: str = refers("hospital.id", index=False)  # theirs
    branch_id: str = refers("hospital.id", index=False)
    patient_id: UUID = refers("patient.id")
    cause: Cause = word(Cause)
    words: str
    opened_at: datetime = moment()
    until: datetime = moment()
    ended_at: datetime | None = moment(optional=True)  # before `until`: by the person
    verdict: Verdict | None = word(Verdict, optional=True)
    note: str = ""
    reviewed_by: UUID | None = refers("staff.id", optional=True, index=False)
    reviewed_at: datetime | None = moment(optional=True)
