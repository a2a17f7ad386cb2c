"""What happens to an activity and to who takes part in it."""

from uuid import UUID

from telemed.history.events import Code, Event, Hint, Words


class OfActivity(Event):
    """A change of the activity itself: whoever shows it reads it again. `rev` is its version."""

    rev: int = 0


class ParticipantAdded(OfActivity):
    """Somebody was named to take part who was not on the booking; the actor is who named them."""

    type = "participant.added"
    staff_id: UUID
    role: Code  # a word of the activity
    name: Words


class ParticipantRemoved(OfActivity):
    """Somebody who had been added is taken out again before the activity began."""

    type = "participant.removed"
    staff_id: UUID
    role: Code
    name: Words


class OfParticipant(Event):
    """A person and the room, as the room reported it: it may be recorded later than it occurred."""

    staff_id: UUID
    role: Code | None = None  # a word of the activity


class ParticipantJoined(OfParticipant):
    """Somebody came into the room; a second device of theirs is told as well."""

    type = "participant.joined"


class ParticipantLeft(OfParticipant):
    """Somebody left the room with the last of their devices; `replaced` when the page was only loaded anew."""

    type = "participant.left"
    replaced: bool = False


class AttendanceChanged(Hint):
    """Somebody came, went, or waits at the door."""

    type = "attendance.changed"
