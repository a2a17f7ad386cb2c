"""The API's inputs and outputs about the reports that a branch's radiologists write of their own studies."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from telemed.activities.schemas import PatientBrief
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.people.schemas import PatientOut
from telemed.reading.schemas import ReportTexts, StudyOf
from telemed.reading.words import Part, Side

StudyUid = Annotated[str, StringConstraints(pattern=r"^[0-9.]{1,64}$")]


class OwnReportIn(ReportTexts):
    """As typed: 检查方法, 影像所见, 诊断意见."""


class OwnReportOut(Versioned):
    """One version. `author`: who has the draft, or had written what another signed."""

    number: int
    technique: str
    findings: str
    impression: str
    template: str
    author: str
    author_en: str
    saved_at: datetime | None
    signer: str
    signer_en: str
    signed_at: datetime | None
    other_side: bool  # the study is of one side, and the text names only the other


class OwnReportPage(Model):
    """A study of one's own hospital and its own report. `draft`: what is being written; `signed`: the newest first."""

    study: StudyOf
    identity: PatientOut
    modality: str
    part: Part
    side: Side
    draft: OwnReportOut | None
    mine: bool  # this person has the draft
    writer: str  # who else has it now; empty: nobody
    writer_en: str
    may_sign: bool
    signed: list[OwnReportOut]
    server_time: datetime


class OwnReportFilter(Input):
    show: Literal["to_write", "signed"] = "to_write"
    q: str = Field(default="", max_length=60)


class OwnReportRow(Model):
    """`who`: has the draft now, or has signed."""

    study: StudyOf
    patient: PatientBrief
    state: Literal["unwritten", "draft", "signed"]
    who: str
    who_en: str
    mine: bool
    at: datetime | None


class OwnReportList(Model):
    """The studies of one's own hospital that came last, or that a search finds, at most 200 of the newest 500; the
    counts are of those 500. `more`: there are others, which a narrower search finds.
    """

    items: list[OwnReportRow]
    to_write: int
    signed: int
    more: bool
