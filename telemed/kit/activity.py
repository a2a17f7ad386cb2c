"""How everything that belongs to an activity refers to it: by its kind and its id."""

from typing import Any, Final, NamedTuple
from uuid import UUID

from telemed.kit.words import Words

ACTIVITIES: Final = Words("kind of activity")


class Activity(NamedTuple):
    """`kind` is the name of one ActivityKind (telemed/activities), for example "consultation"."""

    kind: str
    id: UUID


def activity_kind(*, optional: bool = False) -> Any:
    """The column `activity`, which holds the kind. A kind that nobody declared is refused when the row is written."""
    return ACTIVITIES.column(optional=optional)
