"""The patient of a demonstration image; apart from `header.py`, so that a start need not import pydicom."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Person:
    """A patient as in an image's header: `name` in characters, `latin` as Family^Given."""

    number: str
    name: str
    latin: str
    sex: str  # M, F
    born: date

    @property
    def dicom_name(self) -> str:
        return f"{self.latin}={self.name[0]}^{self.name[1:]}"

    def years(self, at: datetime) -> int:
        """The age on the day of `at` in Shanghai."""
        today = at.astimezone(ZONE)
        birthday_passed = (today.month, today.day) >= (self.born.month, self.born.day)
        return today.year - self.born.year - (not birthday_passed)
