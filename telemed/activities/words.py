"""Words that every kind of activity shares."""

from enum import StrEnum


class Urgency(StrEnum):
    stat = "stat"
    urgent = "urgent"
    routine = "routine"
