"""The content of an 影像诊断报告, in the words that are printed."""

from telemed.documents.page import PatientLine
from telemed.documents.record import Inviter, Printed, Seal


class Doctor(Printed):
    name: str
    title: str
    at: str


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
    question: str
    history: str
    technique: str
    findings: str
    impression: str
    critical: str = ""  # 危急值标记: what was raised before it was issued
    over_read: str = ""  # 复核结论: how it stands to the branch's own report
    requester: str
    author: Doctor
    reviewer: Doctor | None = None  # None: issued by one alone: an addendum, or a provisional report
    provisional: bool = False  # 急诊临时报告: by its author alone, out of hours
    note: str = ""
    seal: Seal | None = None

    @property
    def title(self) -> str:
        return "急诊临时报告" if self.provisional else f"影像诊断报告{self.kind}"
