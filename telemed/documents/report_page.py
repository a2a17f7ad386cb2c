"""The content of a 附页 of an 影像诊断报告: what became of its images later; it names the report's hash."""

from pydantic import Field

from telemed.documents.page import Line, PatientLine
from telemed.documents.record import SHA256, Inviter, Printed, Seal


class ReportPagePrint(Printed):
    """`seal` is added when it is printed; everything else is part of the page's text."""

    page: int  # 附页 n
    title: str
    at: str
    report_hash: str = Field(pattern=SHA256)
    demo: bool
    hub: Inviter
    branch: Inviter
    patient: PatientLine  # as the report names them
    examination: str
    issued: str
    warning: str = ""  # in a red frame
    lines: tuple[Line, ...] = ()
    note: str = ""
    seal: Seal | None = None
