"""The API's inputs and outputs about opinions."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from telemed.cases.model import ItemKind
from telemed.consultations.words import Reassessing, State
from telemed.kit.clock import Moment
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.kit.strict import Ordinal
from telemed.opinions.content import OpinionContent
from telemed.opinions.mdt_schemas import MdtOut, SignedMdt
from telemed.opinions.model import AdviceKind, Due, Execution, Method, PageKind, Reply, Section, StandKind

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class Out(Model):
    model_config = ConfigDict(from_attributes=True)


class Save(Input):
    content: OpinionContent


class Amend(Input):
    reason: Words


class TakeOver(Input):
    """`keep`: goes on with the text of the former lead expert; else begins anew."""

    keep: bool


class Sign(Input):
    """`password`: entered again. `paper`: the scan of the print that was signed by hand, and the print's hash."""

    method: Method
    password: str | None = Field(default=None, min_length=1, max_length=200)
    scan_id: UUID | None = None
    sha256: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")

    @model_validator(mode="after")
    def gives_what_its_method_needs(self) -> "Sign":
        given = self.password if self.method is Method.password else self.scan_id and self.sha256
        if not given:
            raise ValueError("password needs the password; paper needs scan_id and sha256")
        return self


class StandIn(Input):
    """Co-sign the version that was read, or dissent in words; the password is entered again."""

    opinion_id: UUID
    version: Ordinal
    kind: StandKind
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
    password: str = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def says_why(self) -> "StandIn":
        if self.kind is StandKind.dissented and not self.words:
            raise ValueError("a dissent says what it is about")
        return self


class StandOut(Model):
    """An expert's stand. `earlier`: about a draft that was changed since. `lapsed`: a co-signature of such a draft."""

    staff_id: UUID
    name: str
    name_en: str
    kind: StandKind
    words: str
    at: datetime
    lapsed: bool
    earlier: bool


class RestOn(Input):
    """The packet version that the draft shall rest on: the newest, which the person has seen."""

    packet_version: Ordinal


class PacketChange(Model):
    """An item that was put into the packet or taken out."""

    kind: ItemKind
    checklist: str | None
    title: str


class NewerPacket(Model):
    """The packet's newest version, compared with the one that the opinion rests on."""

    version: int
    added: list[PacketChange]
    withdrawn: list[PacketChange]


class DraftOut(Versioned):
    """The draft; version 0 means that nothing has been written yet."""

    id: UUID | None = None
    author_id: UUID | None = None
    number: int
    packet_version: int  # the packet version it rests on
    replaces: int | None = None
    amendment_reason: str | None = None
    content: OpinionContent
    missing: list[str]
    saved_at: datetime | None = None
    paper_sha256: str | None = None


class FormerOut(Model):
    """What an earlier lead expert had written when another took over; the text is only for who wrote it."""

    id: UUID
    number: int
    author_id: UUID
    author: str
    author_en: str
    saved_at: datetime
    taken_at: datetime
    taken_by: str
    taken_by_en: str
    continued: bool
    content: OpinionContent | None


class PageOut(Model):
    """A 附页: what was added after the signature, and by whom; None: by the system."""

    number: int
    kind: PageKind
    at: datetime
    by: str
    by_en: str
    sha256: str
    parent_sha256: str  # the hash of its record
    damaged: bool  # its stored text does not match its hash


class PagesOut(Model):
    items: list[PageOut]


class SignedOut(Out):
    """A signed version, which never changes."""

    id: UUID
    version: int
    number: int
    replaces: int | None
    amendment_reason: str | None
    content: OpinionContent
    packet_version: int
    method: Method
    signed_at: datetime
    signed_by: UUID
    signer: str
    signer_en: str
    owners_en: dict[str, str]  # English names of the owners of its advice who are the branch's staff
    sha256: str
    format: int  # as in verified.VerifyOut
    verify_url: str
    pages: list[PageOut]
    stands: list[StandOut]
    mdt: SignedMdt | None
    recalled: list[str]  # its studies that turned out not to be this patient's


class AdviceOut(Out):
    id: UUID
    version: int
    n: int
    section: Section
    kind: AdviceKind
    text: str
    owner: str
    owner_en: str = ""  # if the owner, or the doctor below, is one of the branch's staff
    owner_id: UUID | None
    due: Due
    due_at: datetime | None
    reply: Reply | None
    reply_reason: str
    replied_at: datetime | None
    assigned_to: UUID | None
    execution: Execution | None
    execute_due_at: datetime | None
    order_number: str
    ordered_at: datetime | None
    ordered_by: str
    ordered_by_en: str = ""
    decline_reason: str
    done_at: datetime | None


class May(Model):
    """What this person may do with the opinion now."""

    write: bool
    sign: bool
    take_over: bool  # an earlier lead expert began the draft
    amend: bool
    answer: bool
    execute: bool
    stand: bool  # co-sign or dissent
    close: bool
    take_note: bool  # that it must not be relied on and nobody reassesses it


class OpinionOut(Model):
    """The draft (for the hub only), signed versions (newest first), and the advice in force with its execution."""

    consultation_id: UUID
    consultation_version: int
    state: State
    draft: DraftOut | None
    author: str  # of the draft
    author_en: str
    former: list[FormerOut]  # for the hub only
    signed: list[SignedOut]
    reassessing: Reassessing | None  # if the newest signed version rests on images that are not this patient's
    newer_packet: NewerPacket | None  # compared with the draft's, or without a draft with the newest signed version's
    advice: list[AdviceOut]
    stands: list[StandOut]  # about the draft; for the hub only
    mdt: MdtOut | None  # of an MDT; for the hub only
    reminded: bool  # whether this person is reminded to co-sign
    may: May


class Answer(Input):
    advice_id: UUID
    reply: Reply
    reason: str = Field(default="", max_length=500)
    assigned_to: UUID | None = None
    due_at: Moment | None = None

    @model_validator(mode="after")
    def says_why_not(self) -> "Answer":
        if self.reply is not Reply.adopted and not self.reason.strip():
            raise ValueError("what is not adopted, or in part, needs a reason")
        return self


class Acknowledge(Input):
    answers: list[Answer] = Field(max_length=120)


class Execute(Input):
    """The order in the hospital system: its number or time, and who wrote it."""

    order_number: str = Field(default="", max_length=60)
    ordered_at: Moment | None = None
    ordered_by: Words

    @model_validator(mode="after")
    def names_the_order(self) -> "Execute":
        if not self.order_number.strip() and self.ordered_at is None:
            raise ValueError("give the order's number or its time")
        return self


class DeclineAdvice(Input):
    reason: Words
