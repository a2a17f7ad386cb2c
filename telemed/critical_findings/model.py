"""The tables of critical findings, and of those who were told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text

from telemed.critical_findings.words import KIND, Heard
from telemed.critical_findings.words import FindingState as State
from telemed.kit.activity import Activity
from telemed.kit.table import Table, json_list, key, moment, refers, word

OPEN = text("state NOT IN ('closed', 'withdrawn')")


def activity(id: UUID) -> Activity:
    return Activity(KIND, id)


class CriticalFinding(Table, table=True):
    """A finding of a reading of which the branch must know at once. It stands whatever becomes of the report.

    Where the patient lay, and what was found, are kept as they were: the register shows them years later. `words`,
    where there are any, are the four of which `value` is one; otherwise it is a number of `unit`.
    """

    __table_args__ = (
        Index(
            "ix_criticalfinding_open", "reading_id", "finding", unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        ),
        Index("ix_criticalfinding_day", "branch_id", "found_at"),
    )

    id: UUID = key()
    version: int = 1
    reading_id: UUID = refers("reading.id", index=False)
    case_id: UUID = refers("case.id")
    patient_id: UUID = refers("patient.id")
    branch_id: str = refers("hospital.id", index=False)
    hub_id: str = refers("hospital.id", index=False)
    state: State = word(State, name="finding_state")
    state_since: datetime = moment()
    code: str = ""  # of the list; "": in the finder's own words
    finding: str
    finding_en: str
    asks: str  # what the key value says
    asks_en: str
    value: str
    unit: str = ""
    words: list[str] = json_list()
    words_en: list[str] = json_list()
    examination: str
    department: str = ""
    ward: str = ""
    bed: str = ""
    found_by: UUID = refers("staff.id", index=False)
    found_at: datetime = moment()
    wrong: int = 0  # how often something else was read back on a page
    read_back_at: datetime | None = moment(optional=True)
    doctor: str = ""  # who was informed of it
    informed_at: datetime | None = moment(optional=True)
    action: str = ""
    acted_at: datetime | None = moment(optional=True)
    acted_by: UUID | None = refers("staff.id", optional=True, index=False)
    closed_at: datetime | None = moment(optional=True)
    closed_by: UUID | None = refers("staff.id", optional=True, index=False)
    withdrawn_at: datetime | None = moment(optional=True)
    withdrawn_by: UUID | None = refers("staff.id", optional=True, index=False)
    withdrawn_words: str = ""  # why


class FindingTold(Table, table=True):
    """Somebody of the branch who answered on a page, or was telephoned, and what they read back.

    `told_by`: who telephoned; on a page nobody. `heard` is empty where nothing was read back.
    """

    id: UUID = key()
    finding_id: UUID = refers("criticalfinding.id")
    how: Heard = word(Heard)
    at: datetime = moment()
    told_by: UUID | None = refers("staff.id", optional=True, index=False)
    name: str
    number: str = ""  # 工号
    phone: str = ""
    heard: str = ""
    correct: bool
