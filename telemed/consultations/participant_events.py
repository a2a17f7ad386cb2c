"""What happens to who takes part: invitations are answered, people come and go."""

from datetime import datetime
from uuid import UUID

from telemed.consultations.model import State
from telemed.history.events import Code, Event, Hint, Words


class OfInvitation(Event):
    """The answer of who was invited to the booked time; the actor is who answered."""

    role: Code | None = None  # a word of the activity
    proposed_start: datetime | None = None
    proposed_end: datetime | None = None
    words: Words = ""
    rev: int = 0


class InvitationAccepted(OfInvitation):
    """Comes."""

    type = "invitation.accepted"


class InvitationProposed(OfInvitation):
    """Asks for another time."""

    type = "invitation.proposed"


class InvitationDeclined(OfInvitation):
    """Cannot come."""

    type = "invitation.declined"


class OfParticipant(Event):
    """A person and the room, as the room reported it: it may be recorded later than it occurred."""

    staff_id: UUID
    role: Code | None = None  # a word of the activity


class ParticipantJoined(OfParticipant):
    """Came into the room."""

    type = "participant.joined"


class ParticipantLeft(OfParticipant):
    """Left the room with the last of their devices; `replaced` when the page was only loaded anew."""

    type = "participant.left"
    replaced: bool = False


class AttendanceChanged(Hint):
    """Somebody came, went, or waits at the door; the state and its version stay."""

    type = "attendance.changed"
    state: State
    rev: int
