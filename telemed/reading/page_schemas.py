"""What is told of 附页 of issued reports."""

from datetime import datetime

from telemed.kit.model import Model
from telemed.reading.words import ReportPageKind


class ReportPageOut(Model):
    """A 附页 of an issued report; the newest says how it stands with its images."""

    number: int
    kind: ReportPageKind
    at: datetime
