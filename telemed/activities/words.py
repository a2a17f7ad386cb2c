"""Words that every kind of activity shares."""

from enum import StrEnum


class Urgency(StrEnum):
    stat = "stat"
    urgent = "urgent"
    routine = "routine"


class Asks(StrEnum):
    """What a call asks of whom it is shown to."""

    take = "take"  # nobody has taken it
    enter = "enter"  # to come into its room, which they lead
    lead = "lead"  # its lead expert does not come: to see to it, or name another


class Phase(StrEnum):
    """How far an activity has come, whatever its booked time says."""

    unsettled = "unsettled"  # not everybody has accepted its time
    planned = "planned"
    running = "running"
    interrupted = "interrupted"
    over = "over"
