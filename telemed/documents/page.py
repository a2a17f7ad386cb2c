"""The content of a 附页: a dated page added to a signed record; it names the record's hash."""

from pydantic import Field

from telemed.documents.record import SHA256, Invited, Inviter, Printed, Seal


class PatientLine(Printed):
    """The patient, as the record names them; at the head of each page."""

    name: str
    sex: str = ""
    age: str = ""
    birth: str = ""
    number_label: str = "住院号"
    number: str = ""
    department: str = ""
    bed: str = ""


class Line(Printed):
    label: str
    text: str


class Column(Printed):
    title: str
    width: float  # in parts of the whole


class Rows(Printed):
    columns: list[Column]
    rows: list[list[str]]


class Page(Printed):
    number: str  # 会诊编号
    version: int  # of the record
    page: int  # 附页 n
    title: str
    at: str
    record_hash: str = Field(pattern=SHA256)
    inviter: Inviter
    invited: Invited
    patient: PatientLine
    demo: bool
    warning: str = ""  # in a red frame
    lines: tuple[Line, ...] = ()
    table: Rows | None = None
    note: str = ""
    signed_by: str = ""  # the person responsible; empty if the system made the page
    signed_how: str = ""
    seal: Seal | None = None
