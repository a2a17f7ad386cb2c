"""The events of activities and their participants."""

from uuid import UUID

from telemed.history.events import Code, Event, Hint, Words


class OfActivity(Event):
    """A change of the activity itself; pages that show it read it again. `rev` is its version."""

    rev: int = 0


class ParticipantAdded(OfActivity):
    """Somebody was added who was not on the booking; the actor added them."""

    type = "participant.added"
    staff_id: UUID
    role: Code  # a word of the activity
    name: Words


class ParticipantRemoved(OfActivity):
    """Somebody who had been added was removed before the activity began."""

    type = "participant.removed"
    staff_id: UUID
    role: Code
    name: Words


class OfParticipant(Event):
    """A person came or left, as the room reported it, perhaps later than it occurred."""

    staff_id: UUID
    role: Code | None = None  # a word of the activity


class ParticipantJoined(OfParticipant):
    """Somebody came into the room; each further device of theirs has an event too."""

    type = "participant.joined"


class ParticipantLeft(OfParticipant):
    """Somebody left the room with their last device; `replaced` if they only reloaded the page."""

    type = "participant.left"
    replaced: bool = False


class CalledAway(Hint):
    """An emergency calls somebody out of this activity's room, wherever their page of it is open."""

    type = "participant.called"
    staff_id: UUID


class AttendanceChanged(Hint):
    """Somebody came, left, or waits at the door."""

    type = "attendance.changed"
