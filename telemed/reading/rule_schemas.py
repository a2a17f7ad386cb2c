"""The API's inputs and outputs about the rules by which studies are read unasked, and the clauses they rest on."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.reading.words import Drawn, Part, ReadingPurpose, Urgency

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


def _some(days: str) -> str:
    if "1" not in days:
        raise ValueError("choose at least one day")
    return days


class RuleIn(Input):
    """As `ReadingRule`. `days`: Monday first, 1 for each on which it holds."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    purpose: ReadingPurpose
    modality: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2,8})?$")] = ""
    days: Annotated[str, StringConstraints(pattern=r"^[01]{7}$"), AfterValidator(_some)]
    starts: Clock
    ends: Clock
    share: Annotated[int, Field(ge=0, le=100)]
    urgency: Urgency
    part: Part
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    contact_id: UUID
    retired: bool = False


class NewRule(RuleIn):
    branch_id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{2,32}$")]


class RuleRow(Versioned):
    """`drawn`: what came of the studies that it matched in the last 30 days."""

    id: UUID
    hub_id: str
    branch_id: str
    name: str
    purpose: ReadingPurpose
    modality: str
    days: str
    starts: str
    ends: str
    share: int
    urgency: Urgency
    part: Part
    question: str
    contact_id: UUID
    retired: bool
    saved_at: datetime
    drawn: dict[Drawn, int]


class ClauseIn(Input):
    agreement_id: UUID
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
    valid_from: date


class ClauseRow(Model):
    """One version of an agreement's clause; `in_force`: the one that counts today."""

    id: UUID
    agreement_id: UUID
    number: int
    text: str
    valid_from: date
    saved_by: str
    saved_by_en: str
    saved_at: datetime
    in_force: bool


class Reads(Model):
    """An agreement that covers reading today. Without a clause in force its rules make readings only of patients
    whose own consent covers them."""

    id: UUID
    number: str
    branch_id: str
    hub_id: str
    clause: bool


class Contact(Model):
    id: UUID
    hospital_id: str
    name: str
    name_en: str


class RuleTable(Model):
    """The rules in the order in which they are asked. `clauses`: the newest first."""

    rules: list[RuleRow]
    agreements: list[Reads]
    clauses: list[ClauseRow]
    contacts: list[Contact]
    may_edit: bool
