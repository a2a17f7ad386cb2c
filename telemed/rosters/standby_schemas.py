"""What the API says of standing by (值守)."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from telemed.kit.http import Input
from telemed.kit.model import Model


class StandbyIn(Input):
    """`proof`: a code of the second factor; of whoever has none, the password."""

    proof: str = Field(min_length=1, max_length=200)


class StandbyOut(Model):
    model_config = ConfigDict(from_attributes=True)

    began_at: datetime
    until: datetime
    left_at: datetime | None


class OwnStandby(Model):
    """`last`: the one that is over. `until`: when one that begins now would end, and whether a roster says so.

    `others`: who else of the hospital stands by.
    """

    now: StandbyOut | None
    last: StandbyOut | None
    proof: Literal["code", "password"]
    until: datetime
    rostered: bool
    others: list[UUID]
