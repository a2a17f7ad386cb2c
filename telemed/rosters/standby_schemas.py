"""What the API says of standing by (值守)."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.people.model import Title
from telemed.rosters.model import HandOverAnswer, RosterKind
from telemed.rosters.rules import MOST_AWAY


class StandbyIn(Input):
    """`proof`: a code of the second factor; of whoever has none, the password."""

    proof: str = Field(min_length=1, max_length=200)


class StandbyOut(Model):
    model_config = ConfigDict(from_attributes=True)

    began_at: datetime
    until: datetime
    left_at: datetime | None


class AwayIn(Input):
    """For how many minutes; whoever is away longer hands over their shift."""

    minutes: int = Field(ge=5, le=MOST_AWAY // timedelta(minutes=1))


class AwayOut(Model):
    """Somebody who stands by is away until then: the others are called before them."""

    model_config = ConfigDict(from_attributes=True)

    staff_id: UUID
    until: datetime


class OnShift(Model):
    """A shift of one person, and of which roster."""

    id: UUID
    kind: RosterKind
    subject: str
    name: str
    name_en: str
    starts: datetime
    ends: datetime
    place: int


class Taker(Model):
    id: UUID
    name: str
    name_en: str
    title: Title
    phone: str


class ShiftToHand(OnShift):
    """`takers`: who could take it, without those who are on duty then."""

    takers: list[Taker]


class ShiftsToHand(Model):
    items: list[ShiftToHand]


class HandOverIn(Input):
    shift_id: UUID
    to_id: UUID
    note: str = Field(default="", max_length=500)


class HandOverAnswerIn(Input):
    accepts: bool


class HandOverOut(Model):
    """A shift that is offered to somebody. `by_me`: its reader offers it. `shift`: None once it is another's."""

    id: UUID
    by_me: bool
    giver: Taker
    taker: Taker
    note: str
    answer: HandOverAnswer | None
    answered_at: datetime | None
    shift: OnShift | None


class OwnStandby(Model):
    """`last`: the one that is over. `until`: when one that begins now would end, and whether a roster says so.

    `others`: who else of the hospital stands by. `away`: who of it is away, oneself included.
    `hand_overs`: shifts that are offered to or by them.
    """

    now: StandbyOut | None
    last: StandbyOut | None
    proof: Literal["code", "password"]
    until: datetime
    rostered: bool
    others: list[UUID]
    away: list[AwayOut]
    hand_overs: list[HandOverOut]
