"""The API's inputs and outputs about packets and consents."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from telemed.cases.model import ConsentKind, ItemKind, NoPaper, Scope
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.kit.uid import Uid

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


class PacketItemIn(Input):
    kind: ItemKind
    checklist: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")] | None = None
    title: Line = ""
    file_id: UUID | None = None
    study_uid: Uid | None = None
    reason: Words = ""


class PacketEntry(Model):
    model_config = ConfigDict(from_attributes=True)
    id: UUID
    version: int
    withdrawn_version: int | None
    kind: ItemKind
    checklist: str | None
    title: str
    hospital_id: str
    study_uid: str | None
    file_id: UUID | None
    reason: str | None
    supplement: bool
    added_at: datetime


class ConsentIn(Input):
    """A consent as far as it is known; its kind decides what is required."""

    kind: ConsentKind
    scopes: list[Scope] = Field(default_factory=lambda: [Scope.consult, Scope.imaging], max_length=4)
    given_by: Line = ""
    relation: Line = ""
    reason: Words = ""
    attempts: Words = ""
    witnesses: list[Line] = Field(default_factory=list, max_length=4)
    file_id: UUID | None = None


class PaperIn(Input):
    """The signed paper, as a photo or a scan that was uploaded before."""

    file_id: UUID


Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class NoPaperIn(Input):
    """Why the signed paper cannot be had: `reason` says what was tried."""

    code: NoPaper
    reason: Why


class WithdrawalIn(Input):
    reason: Why


ConsentState = Literal["withdrawn", "outdated", "in_force", "approval", "paper", "incomplete"]


class ConsentRecord(Versioned):
    id: UUID
    number: str
    activity: str
    activity_id: UUID
    kind: ConsentKind
    state: ConsentState
    lacking: list[str]
    scopes: list[Scope]
    form_version: str
    given_by: str
    relation: str
    reason: str
    attempts: str
    witnesses: list[str]
    file_id: UUID | None
    paper_due: bool
    unobtainable_at: datetime | None  # the paper cannot be had, as was said then
    unobtainable_by_name: str
    unobtainable_by_name_en: str
    unobtainable_code: NoPaper | None
    unobtainable_reason: str | None
    at: datetime
    approved_at: datetime | None
    approved_by_name: str
    approved_by_name_en: str
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
