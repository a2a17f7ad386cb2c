"""How long reports took, from the moment that the request was complete until they were issued. Pure."""

from collections.abc import Collection
from datetime import datetime
from math import ceil
from statistics import median
from typing import Final, NamedTuple

from telemed.reading.figure_schemas import Turnaround

FEWEST: Final = 5  # of fewer reports a middle or a share says nothing


class Took(NamedTuple):
    began_at: datetime
    due_at: datetime
    issued_at: datetime


def turnaround(reports: Collection[Took]) -> Turnaround | None:
    """Of these reports the median and the 90th percentile (by nearest rank: a time that one of them took), and how many
    were issued within the promised time. None if there are fewer than five."""
    if len(reports) < FEWEST:
        return None
    seconds = sorted((each.issued_at - each.began_at).total_seconds() for each in reports)
    return Turnaround(
        reports=len(seconds),
        median=round(median(seconds)),
        ninetieth=round(seconds[ceil(0.9 * len(seconds)) - 1]),
        in_time=sum(each.issued_at <= each.due_at for each in reports),
    )
