"""The tables of opinions: versions, advice, pages, co-signatures and dissents."""

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
    """By when, in a doctor's words; `at` means a given moment."""

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
    """The requesting doctor's answer to an advice."""

    adopted = "adopted"
    in_part = "in_part"
    not_adopted = "not_adopted"


class Execution(StrEnum):
    open = "open"
    executed = "executed"
    declined = "declined"


class Opinion(Table, table=True):
    """One version of the opinion. Once `signed_at` is set, the database refuses any change."""

    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: UUID = key()
    version: int = 1  # of the draft, for If-Match
    consultation_id: UUID = refers("consultation.id")
    number: int  # v1, v2 …
    replaces: int | None = None
    amendment_reason: str | None = None
    author_id: UUID = refers("staff.id")
    content: dict[str, Any] = json_column()  # OpinionContent
    packet_version: int = 0
    created_at: datetime = moment()
    saved_at: datetime = moment()
    paper: dict[str, Any] | None = json_column(optional=True)  # the print to be signed by hand
    method: Method | None = word(Method, optional=True)
    signed_at: datetime | None = moment(optional=True, index=True)
    signed_by: UUID | None = None
    canonical: str | None = None  # the signed text
    sha256: str | None = None
    signature: str | None = None
    verify_code: str | None = Field(default=None, unique=True)
    print_id: UUID | None = None  # the file of the printed record
    print_sha256: str | None = None  # here too, because the file's row is not guarded
    scan_id: UUID | None = None  # method paper: the scan of the print signed by hand


class FormerDraft(Table, table=True):
    """What a lead expert had written when another took over: theirs, to be read by them, never signed or changed."""

    id: UUID = key()
    consultation_id: UUID = refers("consultation.id")
    number: int  # of the version that was being written
    author_id: UUID = refers("staff.id", index=False)
    content: dict[str, Any] = json_column()  # OpinionContent
    saved_at: datetime = moment()
    taken_at: datetime = moment()
    taken_by: UUID = refers("staff.id", index=False)
    continued: bool  # the new lead went on with it; else they began anew


class OpinionStudy(Table, table=True):
    """A study that a signed text names; finds the text if the study turns out to be somebody else's."""

    opinion_id: UUID = Field(primary_key=True, foreign_key="opinion.id")
    study: str = Field(primary_key=True, index=True)  # hospital/StudyInstanceUID, as in the text


class Advice(Table, table=True):
    """A row of a signed opinion; never an order. It is done when a branch doctor records the order or declines it."""

    id: UUID = key()
    version: int = 1
    consultation_id: UUID = refers("consultation.id")
    opinion_id: UUID = refers("opinion.id")
    row_key: str  # identifies the row in all versions of the opinion
    n: int
    section: Section = word(Section)
    kind: AdviceKind = word(AdviceKind)
    text: str
    owner: str
    owner_id: UUID | None = None
    due: Due = word(Due)
    due_at: datetime | None = moment(optional=True)
    withdrawn_at: datetime | None = moment(optional=True)  # when an amendment dropped or changed it
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
    """What a 附页 is about."""

    answered = "answered"  # 邀请方反馈
    carried_out = "carried_out"  # 建议落实情况
    co_signed = "co_signed"
    dissented = "dissented"
    recalled = "recalled"
    reinstated = "reinstated"
    amended = "amended"  # names the version that replaces it
    noted = "noted"  # something about the patient has changed


class OpinionPage(Table, table=True):
    """A 附页. Its text, written in the transaction of what it reports, never changes; the print follows from it."""

    __table_args__ = (UniqueConstraint("opinion_id", "number"), UniqueConstraint("kind", "opinion_id", "about"))

    id: UUID = key()
    opinion_id: UUID = refers("opinion.id")
    number: int  # 附页 1, 2 …
    kind: str  # PageKind; a plain string, so that a new kind needs no migration
    about: str  # identifies it within its kind, so that a repeat adds none
    at: datetime = moment()
    by_id: UUID | None = None  # None: the system
    canonical: str
    sha256: str


class PageDue(Table, table=True):
    """A page that is not printed yet; a table of its own, so that finding them is fast."""

    page_id: UUID = Field(primary_key=True, foreign_key="opinionpage.id")


class PagePrint(Table, table=True):
    """The stored print of a page."""

    page_id: UUID = Field(primary_key=True, foreign_key="opinionpage.id")
    signature: str  # the service's signature over the page's text
    file_id: UUID
    sha256: str  # of the bytes
    made_at: datetime = moment()


class StandKind(StrEnum):
    """What an expert beside the lead says to the opinion."""

    co_signed = "co_signed"  # 联合签署
    dissented = "dissented"  # 保留意见


class Stand(Table, table=True):
    """An expert's co-signature or dissent, under their own name; their last one counts.

    It is about one text. If a draft is changed afterwards, a co-signature lapses, and a dissent stays until its expert
    replaces it.
    """

    id: UUID = key()
    consultation_id: UUID = refers("consultation.id")
    opinion_id: UUID = Field(index=True)  # no foreign key, because the draft of an amendment may be dropped
    staff_id: UUID = refers("staff.id", index=False)
    kind: StandKind = word(StandKind)
    words: str
    about_sha256: str  # the hash of the draft as it was read, or of the signed text
    at: datetime = moment()
    canonical: str
    sha256: str
    signature: str


class MemberSection(Table, table=True):
    """What one expert of an MDT says for their specialty. Once they have signed it, the database refuses any change;
    they correct it by a further one, and the newest signed one is theirs in whatever opinion is signed next.
    """

    __table_args__ = (UniqueConstraint("consultation_id", "staff_id", "number"),)

    id: UUID = key()
    version: int = 1  # for If-Match
    consultation_id: UUID = refers("consultation.id")
    staff_id: UUID = refers("staff.id", index=False)
    number: int
    text: str
    saved_at: datetime = moment()
    saved_by: UUID | None = None  # the expert, the chair or the recorder
    signed_at: datetime | None = moment(optional=True)
    about_sha256: str = ""  # the hash of the consensus as it was then; empty if none was written
    canonical: str | None = None
    sha256: str | None = None
    signature: str | None = None


class MemberAbsence(Table, table=True):
    """The chair says that an expert of an MDT does not sign, and why; the record names both."""

    consultation_id: UUID = Field(primary_key=True, foreign_key="consultation.id")
    staff_id: UUID = Field(primary_key=True, foreign_key="staff.id")
    reason: str
    by_id: UUID = refers("staff.id", index=False)
    at: datetime = moment()


class StandDeclined(Table, table=True):
    """An expert who wants no reminder of this version any more; they may still take a stand."""

    opinion_id: UUID = Field(primary_key=True)  # no foreign key, as in `Stand`
    staff_id: UUID = Field(primary_key=True, foreign_key="staff.id")
    at: datetime = moment()
