"""The API's inputs and outputs about the branch's own report of a study."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from telemed.kit.clock import Moment
from telemed.kit.http import Input
from telemed.kit.model import Model


class BranchReportIn(Input):
    """The branch's own report: its doctor and time, and its text or a PDF (the id of an upload of one's own) or both.

    Without a PDF it has at least a diagnosis (`impression`, 诊断意见).
    """

    author: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    written_at: Moment
    findings: Annotated[str, StringConstraints(strip_whitespace=True, max_length=6000)] = ""
    impression: Annotated[str, StringConstraints(strip_whitespace=True, max_length=3000)] = ""
    file_id: UUID | None = None


class BranchReportOut(Model):
    """One version of it. `lines`: of its diagnosis, which a discrepancy may be about."""

    number: int
    author: str
    written_at: datetime
    written_here: bool  # at the branch's desk
    technique: str
    findings: str
    impression: str
    lines: list[str]
    file_id: UUID | None
    added_by: str
    added_by_en: str
    added_at: datetime
