"""The opinion in its versions, and its advice with what became of each."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from telemed.kit.table import Table, json_column, key, moment, refers, word


class Method(StrEnum):
    password = "password"
    paper = "paper"


class AdviceKind(StrEnum):
    treatment = "treatment"
    medicine = "medicine"
    test = "test"
    procedure = "procedure"
    referral = "referral"
    transfer = "transfer"
    observation = "observation"
    consult = "consult"
    other = "other"


class Due(StrEnum):
    """By when, as a doctor says it; `at` is a moment of its own."""

    now = "now"
    hours_2 = "hours_2"
    today = "today"
    hours_24 = "hours_24"
    days_3 = "days_3"
    before_discharge = "before_discharge"
    at = "at"


class Section(StrEnum):
    advice = "advice"  # 会诊意见
    medicines = "medicines"  # 用药建议
    follow_up = "follow_up"  # 复查与随访


class Reply(StrEnum):
    """What the requesting doctor makes of an advice."""

    adopted = "adopted"
    in_part = "in_part"
    not_adopted = "not_adopted"


class Execution(StrEnum):
    open = "open"
    executed = "executed"
    declined = "declined"


class Opinion(Table, table=True):
    """One version of the opinion. Once `signed_at` stands the database itself refuses any change."""

    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: UUID = key()
    version: int = 1  # of the draft; what If-Match carries
    consultation_id: UUID = refers("consultation.id")
    number: int  # v1, v2 …
    replaces: int | None = None
    amendment_reason: str | None = None
    author_id: UUID = refers("staff.id")
    content: dict[str, Any] = json_column()  # OpinionContent
    packet_version: int = 0
    created_at: datetime = moment()
    saved_at: datetime = moment()
    paper: dict[str, Any] | None = json_column(optional=True)  # what was printed to be signed by hand
    method: Method | None = word(Method, optional=True)
    signed_at: datetime | None = moment(optional=True, index=True)
    signed_by: UUID | None = None
    canonical: str | None = None  # exactly what was signed
    sha256: str | None = None
    signature: str | None = None
    verify_code: str | None = Field(default=None, unique=True)
    print_id: UUID | None = None  # the record as it was when signed
    print_sha256: str | None = None  # its bytes: beside `print_id`, because a file's row is not guarded and this one is
    scan_id: UUID | None = None  # paper: the scan of the print signed by hand


class OpinionStudy(Table, table=True):
    """A study that the signed text names: by it the text is found when the study proves to be somebody else's."""

    opinion_id: UUID = Field(primary_key=True, foreign_key="opinion.id")
    study: str = Field(primary_key=True, index=True)  # hospital/StudyInstanceUID, as the text says it


class Advice(Table, table=True):
    """A row of a signed opinion: never an order. It ends when a branch doctor records the order or declines."""

    id: UUID = key()
    version: int = 1
    consultation_id: UUID = refers("consultation.id")
    opinion_id: UUID = refers("opinion.id")
    row_key: str  # the same row through the versions of the opinion
    n: int
    section: Section = word(Section)
    kind: AdviceKind = word(AdviceKind)
    text: str
    owner: str
    owner_id: UUID | None = None
    due: Due = word(Due)
    due_at: datetime | None = moment(optional=True)
    withdrawn_at: datetime | None = moment(optional=True)  # an amendment dropped or changed it
    reply: Reply | None = word(Reply, optional=True)
    reply_reason: str = ""
    replied_by: UUID | None = None
    replied_at: datetime | None = moment(optional=True)
    assigned_to: UUID | None = None
    execution: Execution | None = word(Execution, optional=True)
    execute_due_at: datetime | None = moment(optional=True)
    order_number: str = ""
    ordered_at: datetime | None = moment(optional=True)
    ordered_by: str = ""
    decline_reason: str = ""
    done_by: UUID | None = None
    done_at: datetime | None = moment(optional=True)


class PageKind(StrEnum):
    """What came after the signature and was added as a 附页."""

    answered = "answered"  # 邀请方反馈
    carried_out = "carried_out"  # 建议落实情况
    co_signed = "co_signed"
    dissented = "dissented"
    recalled = "recalled"
    reinstated = "reinstated"
    amended = "amended"  # which version replaces it
    noted = "noted"  # something about the patient changed; what was signed stays


class OpinionPage(Table, table=True):
    """A 附页: written in the transaction of what it tells of, its text fixed there; the print follows from the text."""

    __table_args__ = (UniqueConstraint("opinion_id", "number"), UniqueConstraint("kind", "opinion_id", "about"))

    id: UUID = key()
    opinion_id: UUID = refers("opinion.id")
    number: int  # 附页 1, 2 …
    kind: str  # PageKind; a plain word, so that a new one does not rewrite the table
    about: str  # which one of its kind: a repeat adds none
    at: datetime = moment()
    by_id: UUID | None = None  # nobody: the system
    canonical: str
    sha256: str


class PageDue(Table, table=True):
    """A page that is not printed yet, so that nobody looks for it among all pages."""

    page_id: UUID = Field(primary_key=True, foreign_key="opinionpage.id")


class PagePrint(Table, table=True):
    """The print of a page, stored once."""

    page_id: UUID = Field(primary_key=True, foreign_key="opinionpage.id")
    signature: str  # the service's, over the page's text
    file_id: UUID
    sha256: str  # of the bytes
    made_at: datetime = moment()


class StandKind(StrEnum):
    """How an expert beside the lead stands to the opinion."""

    co_signed = "co_signed"  # 联合签署
    dissented = "dissented"  # 保留意见


class Stand(Table, table=True):
    """An expert's co-signature or dissent, under their own name. The last of a person is what they hold.

    It is about one text: a draft that is changed afterwards is co-signed no longer, while a dissent stays said until
    its expert says it anew.
    """

    id: UUID = key()
    consultation_id: UUID = refers("consultation.id")
    opinion_id: UUID = Field(index=True)  # no foreign key: an amendment that was begun may be dropped
    staff_id: UUID = refers("staff.id", index=False)
    kind: StandKind = word(StandKind)
    words: str
    about_sha256: str  # of the draft as it was read, or of the signed text
    at: datetime = moment()
    canonical: str
    sha256: str
    signature: str
