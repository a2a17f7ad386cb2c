"""What people do together about a patient, as everything they share names it: a kind and an id."""

from typing import Any, Final, NamedTuple
from uuid import UUID

from telemed.kit.words import Words

ACTIVITIES: Final = Words("kind of activity")


class Activity(NamedTuple):
    """`kind` is the name of one ActivityKind (telemed/activities), for example "consultation"."""

    kind: str
    id: UUID


def activity_kind(*, optional: bool = False) -> Any:
    """The column `activity`: whatever is kept of an activity says of which kind it is, and no other word is kept."""
    return ACTIVITIES.column(optional=optional)
