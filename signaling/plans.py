"""In what kinds of rooms differ: whether somebody leads, and how many people fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Plan:
    led: bool = True  # a lead lets people in; where nobody leads, whoever has a ticket comes in
    most_people: int | None = None  # whatever devices they come with


LED: Final = Plan()
PLANS: Final[Mapping[str, Plan]] = {
    "reading": Plan(led=False, most_people=30),
    "round": Plan(led=False, most_people=30),
}
