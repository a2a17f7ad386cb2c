"""The table of 附页 of issued reports."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint

from telemed.kit.table import Table, key, moment, refers, word
from telemed.reading.words import ReportPageKind


class ReportPage(Table, table=True):
    """附页 of an issued report: what became of its images later; the report itself stays as it is. Rows never change,
    but for the stored print. `about` tells pages of a kind apart, so that none is added twice."""

    __table_args__ = (UniqueConstraint("reading_id", "number"), UniqueConstraint("kind", "reading_id", "about"))

    id: UUID = key()
    reading_id: UUID = refers("reading.id", index=False)
    number: int
    kind: ReportPageKind = word(ReportPageKind, name="kind")
    about: str
    at: datetime = moment()
    canonical: str
    sha256: str
    print_sha256: str | None = None
