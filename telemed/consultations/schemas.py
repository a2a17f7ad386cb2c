"""The inputs of the API of consultations; its outputs are in `shown.py`."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from telemed.consultations.words import CancelReason, DeclineReason, Lacking, RedirectReason, ReplaceReason, State
from telemed.kit.clock import Moment
from telemed.kit.http import Input

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


def _states(text: str) -> str:
    for each in text.split(",") if text else ():
        if each not in set(State):
            raise ValueError("no such state")
    return text


class Listed(Input):
    """Which consultations: in one of these states (with commas between them), open or ended, late, of a patient
    so called.
    """

    state: Annotated[str, AfterValidator(_states)] = Field(default="", max_length=300)
    open: bool | None = None
    late: bool = False
    q: str | None = Field(default=None, max_length=60)


class Export(Listed):
    language: Literal["zh-CN", "en"] = "zh-CN"


class Filter(Listed):
    after: str | None = Field(default=None, max_length=100)
    limit: int = Field(default=50, ge=1, le=200)


class Return(Input):
    """What is missing: codes of the form, a sentence, or both."""

    missing: list[Lacking] = Field(default_factory=list, max_length=40)
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""

    @model_validator(mode="after")
    def says_something(self) -> "Return":
        if not (self.missing or self.reason):
            raise ValueError("tick what is missing, or say it")
        return self


class Accept(Input):
    """The lead expert, or a department whose dispatcher names one."""

    lead_id: UUID | None = None
    department_id: UUID | None = None


class Decline(Input):
    code: DeclineReason
    reason: Words


class Redirect(Input):
    """Which hub is asked instead, and why; `reason` is needed where the coded one says nothing."""

    hub_id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{2,32}$")]
    code: RedirectReason
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""

    @model_validator(mode="after")
    def says_something(self) -> "Redirect":
        if self.code == "other" and not self.reason:
            raise ValueError("say why")
        return self


class Lead(Input):
    lead_id: UUID


class Replace(Input):
    """`agreed`: they have said that they come at the booked time, so that they need not be asked."""

    staff_id: UUID
    code: ReplaceReason
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
    agreed: bool = False


class ExpertIn(Input):
    staff_id: UUID


class MdtIn(Input):
    """`recorder_id`: who writes what the others say, and signs nothing; an MDT may do without."""

    recorder_id: UUID | None = None


class Reason(Input):
    reason: Words


class Cancel(Input):
    code: CancelReason
    reason: str = Field(default="", max_length=500)


class Take(Input):
    """Taking a stat consultation: a coordinator names the lead expert, an expert leads it themselves."""

    lead_id: UUID | None = None


class BookedExpert(Input):
    """An expert of the hub beside the lead. A required one must be free, and accept before the time is certain."""

    staff_id: UUID
    required: bool = True


class Book(Input):
    """`experts`: those named with this booking; whoever was added before stays, with what is said of them here, except
    the experts `without` whom it is booked: they are told, and asked no more.
    """

    starts_at: Moment
    ends_at: Moment
    venue_id: UUID
    branch_venue_id: UUID | None = None  # a room at the branch too, if it has one free
    venue_ids: list[UUID] = Field(default=[], max_length=10)  # further rooms and carts of the two hospitals
    experts: list[BookedExpert] = Field(default=[], max_length=20)
    without: list[UUID] = Field(default=[], max_length=20)
    lead_id: UUID | None = None  # names the lead expert too, if there is none yet
    override: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""  # why limits do not hold

    @model_validator(mode="after")
    def says_of_each_one_thing(self) -> Self:
        if {each.staff_id for each in self.experts} & set(self.without):
            raise ValueError("nobody is both named and left out")
        return self


class ProposalQuery(Input):
    lead_id: UUID | None = None


class AnswerIn(Input):
    """Who declines says why in `words`; who proposes says another time."""

    answer: Literal["accepted", "proposed", "declined"]
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
