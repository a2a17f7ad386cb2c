"""Events about rosters."""

from uuid import UUID

from telemed.history.events import Code, Event


class RosterChanged(Event):
    """A roster was made, its settings or shifts were changed, or it is kept no longer."""

    type = "roster.changed"
    id: UUID
    change: Code  # made, settings, shifts, closed; of a hand-over offered, accepted, declined, withdrawn
    added: int = 0  # shifts
    removed: int = 0
