"""The API's inputs and outputs for administrators: ladders."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from telemed.access.model import Role
from telemed.activities.words import Urgency
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.kit.words import OneOf
from telemed.work.model import LADDERS, Channel, Counted, To, When
from telemed.work.rules import LONGEST, MOST_PLACES

MOST_RUNGS = 12
Ladder = Annotated[str, OneOf(LADDERS)]


class RungIO(Input):
    """One rung: `minutes` before the deadline, or after the rung below; `place` among those on duty.

    Of the due rung, if the ladder's shape has `within`: the minutes until it is due, or 0 for as long as that says.
    """

    model_config = ConfigDict(from_attributes=True)

    when: When
    minutes: int = Field(ge=0, le=LONGEST)
    to: To
    role: str = Field(default="", max_length=40)
    at_hub: bool = False
    place: int = Field(default=0, ge=0, le=MOST_PLACES - 1)
    counted: Counted = Counted.elapsed
    again: bool = False
    channels: list[Channel] = Field(default_factory=lambda: list(Channel), max_length=len(Channel))


class ScopeIn(Input):
    """For whom a ladder holds. "" and None: of all; an agreement comes before a hospital."""

    hospital_id: str = Field(default="", max_length=32)
    agreement_id: UUID | None = None
    urgency: Urgency | None = None


class LadderIn(ScopeIn):
    """A new set of rungs, for what begins at `valid_from` or later; None: from now on."""

    valid_from: datetime | None = None
    rungs: list[RungIO] = Field(min_length=1, max_length=MOST_RUNGS)


class GiveUpIn(ScopeIn):
    """`planned_only`: what holds now stays."""

    planned_only: bool


class ShapeOut(Model):
    """What a ladder may look like.

    `within`: by urgency the default minutes until it is due, "" of work that has none; null: its moment is given.
    `only_lasts`: it has one rung, which says how long, and nobody is told.
    """

    ladder: Ladder
    to: list[To]
    at_hub: list[str]
    at_branch: list[str]
    until_taken: bool
    within: dict[Urgency | Literal[""], int] | None
    only_lasts: bool


class WhoOut(Model):
    name: str
    name_en: str


class RungSetOut(Model):
    """Rungs saved together. `until`: when the next followed, or it was given up; `saved_by` None: the product's own."""

    valid_from: datetime
    until: datetime | None
    saved_at: datetime | None
    saved_by: WhoOut | None
    rungs: list[RungIO]


class ScopeOut(Versioned):
    """What one hospital, one agreement or all have of one ladder, the newest first."""

    ladder: Ladder
    hospital_id: str
    agreement_id: UUID | None
    urgency: Urgency | None
    sets: list[RungSetOut]


class OwnerOut(Model):
    """Whose ladders may be looked at: all hospitals' ("" and None), a hospital's, or an agreement's."""

    hospital_id: str
    agreement_id: UUID | None
    number: str  # of the agreement
    branch_id: str  # of the agreement, or the hospital itself
    may_edit: bool


class LadderList(Model):
    shapes: list[ShapeOut]
    owners: list[OwnerOut]
    scopes: list[ScopeOut]


class FirstStep(StrEnum):
    """What a new site needs, in the order in which it is done."""

    departments = "departments"  # people and rosters name them
    people = "people"
    venues = "venues"
    agreement = "agreement"
    roster = "roster"
    system = "system"  # the hospital system answers
    images = "images"  # a study has come
    mail = "mail"
    relay = "relay"
    consultation = "consultation"  # somebody of this hospital and of another were in one room


class FirstStepOut(Model):
    """`lacks`: of people, the roles that nobody has yet."""

    step: FirstStep
    done: bool
    lacks: list[Role]


class FirstSteps(Model):
    items: list[FirstStepOut]
