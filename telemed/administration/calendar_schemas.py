"""The API's inputs and outputs for administrators: working hours, holidays, lists of days."""

from datetime import date as Date
from typing import Self

from pydantic import Field, model_validator

from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.people.day_files import FIRST_YEAR, LAST_YEAR, MOST_DAYS
from telemed.people.model import DayKind
from telemed.people.weeks import WeekIn, in_order

LONGEST_LIST = 200_000  # characters
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


class YearQuery(Input):
    year: int = Field(ge=FIRST_YEAR, le=LAST_YEAR)


class DayOut(Model):
    date: Date
    kind: DayKind
    name: str


class HoursKept(Versioned):
    """The usual hours; `week` from Monday on, "08:00-12:00" or "" for closed, empty: Monday to Friday as usual.

    `single_signature`: outside of them one radiologist may issue a provisional report.
    """

    starts: str
    ends: str
    week: list[str]
    single_signature: bool


class CalendarYear(Model):
    """A year of the reader's hospital; `years` are those whose public holidays are entered."""

    year: int
    this_year: int
    years: list[int]
    of_all: list[DayOut]
    own: list[DayOut]
    may_edit_all: bool
    hours: HoursKept


class DayIn(Input):
    """A day as it was read (`before`) and as it shall be; None: as on others of its weekday."""

    date: Date = Field(ge=Date(FIRST_YEAR, 1, 1), le=Date(LAST_YEAR, 12, 31))
    before: DayKind | None
    kind: DayKind | None
    name: str = Field(default="", max_length=40)


class DaysIn(Input):
    """`of_all`: for all hospitals; otherwise for one's own alone."""

    of_all: bool
    days: list[DayIn] = Field(min_length=1, max_length=MOST_DAYS)


class ListIn(Input):
    """The text of a list, pasted or from a file."""

    of_all: bool
    text: str = Field(min_length=1, max_length=LONGEST_LIST)


class ChangeOut(Model):
    line: int
    date: Date
    before: DayKind | None
    kind: DayKind
    name: str


class RefusedOut(Model):
    line: int
    text: str
    reason: str


class ListOut(Model):
    """What a list would change, how many of its days are entered already, and the lines that cannot be read.

    Of very many such lines the first are listed, and `more_refused` counts the others.
    """

    changes: list[ChangeOut]
    same: int
    refused: list[RefusedOut]
    more_refused: int


class HoursIn(Input):
    starts: str = Field(pattern=CLOCK)
    ends: str = Field(pattern=CLOCK)
    week: WeekIn
    single_signature: bool | None = Field(default=None, description="null: it stays")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        in_order(self.starts, self.ends)
        if self.week and not any(self.week):
            raise ValueError("a hospital works on some day")
        return self
