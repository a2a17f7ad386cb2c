"""Words that every kind of activity shares."""

from enum import StrEnum


class Urgency(StrEnum):
    stat = "stat"
    urgent = "urgent"
    routine = "routine"


class Phase(StrEnum):
    """How far an activity has come, whatever its booked time says."""

    unsettled = "unsettled"  # not everybody has accepted its time
    planned = "planned"
    running = "running"
    interrupted = "interrupted"
    over = "over"
