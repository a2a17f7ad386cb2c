"""A week as it is written: from Monday on, "08:00-12:00", or "" for a day on which there is nothing."""

from datetime import time
from typing import Annotated, Final

from pydantic import AfterValidator, Field

SPAN: Final = r"^(([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9])?$"
WEEKDAYS: Final = 7


def in_order(starts: str, ends: str) -> None:
    if time.fromisoformat(starts) >= time.fromisoformat(ends):
        raise ValueError("a day ends after it starts")


def _forward(span: str) -> str:
    if span:
        starts, ends = span.split("-")
        in_order(starts, ends)
    return span


def _whole(week: list[str]) -> list[str]:
    if len(week) not in (0, WEEKDAYS):
        raise ValueError("a week has seven days")
    return week


WeekIn = Annotated[
    list[Annotated[str, Field(pattern=SPAN), AfterValidator(_forward)]],
    Field(max_length=WEEKDAYS, description="empty, or seven from Monday on"),
    AfterValidator(_whole),
]
