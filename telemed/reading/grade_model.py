"""The table of corrections of an over-read's grade."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint

from telemed.kit.table import Table, json_list, key, moment, refers, word
from telemed.reading.words import Grade


class GradeCorrection(Table, table=True):
    """A grade (and the lines it is about) in the place of the one before, with its reason; rows are never changed. The
    newest counts, and `Reading.grade` is its grade."""

    __table_args__ = (UniqueConstraint("reading_id", "number"),)

    id: UUID = key()
    reading_id: UUID = refers("reading.id")
    number: int
    before: Grade = word(Grade, name="before")
    grade: Grade = word(Grade, name="grade")
    branch_lines: list[str] = json_list()
    hub_lines: list[str] = json_list()
    reason: str
    corrected_by: UUID = refers("staff.id", index=False)
    corrected_at: datetime = moment()
