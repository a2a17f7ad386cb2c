"""The API's inputs and outputs about what the lead of a round answers."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from telemed.kit.clock import Moment
from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.scheduling.schemas import Clash, LimitOut

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class RoundAnswerIn(Input):
    accepts: bool
    words: Line = ""


class OtherTimeIn(Input):
    """When it would suit the lead; the round lasts as long as it would have."""

    starts_at: Moment
    words: Line = ""


class TurnDownIn(Input):
    words: Line


class InTheWay(Model):
    """Bookings of lead, bed doctor, venue and cart at that time, and the limits that it does not respect."""

    clashes: list[Clash]
    limits: list[LimitOut]


class OtherTimeOut(Model):
    """Another time that the lead proposes. `in_the_way`: to those who decide on it, while it is to come."""

    starts_at: datetime
    ends_at: datetime
    words: str
    passed: bool
    in_the_way: InTheWay | None
