"""The content of an 影像诊断报告, in the words that are printed."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from telemed.documents.page import PatientLine
from telemed.documents.record import Inviter, Printed, PrintedImage, Seal


class Doctor(Printed):
    name: str
    title: str
    at: str


class ReportImage(PrintedImage):
    """A key image, with what names it for programs. It is taken of a picture in full quality only."""

    window: str = ""
    file_id: UUID
    study_uid: str
    series_uid: str
    sop_class_uid: str
    instance_uid: str
    frame: int


class ReportPrint(Printed):
    """`seal` is added when it is printed; everything else is part of the text that was issued."""

    kind: str = ""  # 补充, 更正: an addendum, whose text stands in `findings`
    amends: str = ""  # of an addendum: the hash of the report that it belongs to
    number: int
    at: str  # issued, to the second
    demo: bool
    hub: Inviter  # whose radiologists have read it
    branch: Inviter  # whose patient it is
    patient: PatientLine
    flag: str = ""  # 危重, 隔离
    urgency: str
    examination: str  # 检查项目, as the study names it
    part: str
    side: str
    taken_at: str  # 检查时间; empty if the images do not say
    study_uid: str
    accession_number: str = ""  # 检查号, as the images say
    question: str
    history: str
    technique: str
    findings: str
    impression: str
    images: list[ReportImage] = []  # noqa: RUF012  # pydantic copies it
    critical: str = ""  # 危急值标记: what was raised before it was issued
    over_read: str = ""  # 复核结论: how it stands to the branch's own report
    basis: str = ""  # the consent, or the clause of the agreement, on which the reading rests; empty: 未登记
    requester: str
    author: Doctor
    reviewer: Doctor | None = None  # None: issued by one alone: an addendum, or a provisional report
    opinion: bool = False  # 影像会诊意见: an over-read, beside the branch's own report
    provisional: bool = False  # 急诊临时报告: by its author alone, out of hours
    note: str = ""
    seal: Seal | None = None

    def pictured(self, pictures: Mapping[str, bytes]) -> Self:
        """With the bytes of its key images, by their hash."""
        images = [each.model_copy(update={"picture": pictures[each.sha256]}) for each in self.images]
        return self.model_copy(update={"images": images})

    @property
    def title(self) -> str:
        return "急诊临时报告" if self.provisional else report_title(opinion=self.opinion) + self.kind


def report_title(*, opinion: bool) -> str:
    return "影像会诊意见" if opinion else "影像诊断报告"
