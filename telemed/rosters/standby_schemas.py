"""What the API says of standing by (值守)."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from telemed.kit.http import Input
from telemed.kit.model import Model
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


class OwnStandby(Model):
    """`last`: the one that is over. `until`: when one that begins now would end, and whether a roster says so.

    `others`: who else of the hospital stands by. `away`: who of it is away, oneself included.
    """

    now: StandbyOut | None
    last: StandbyOut | None
    proof: Literal["code", "password"]
    until: datetime
    rostered: bool
    others: list[UUID]
    away: list[AwayOut]
