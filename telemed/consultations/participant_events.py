"""The events of answered invitations."""

from datetime import datetime
from uuid import UUID

from telemed.history.events import Code, Event, Words


class OfInvitation(Event):
    """Somebody answered the invitation to the booked time; or another entered that they are away."""

    role: Code | None = None  # a word of the activity
    proposed_start: datetime | None = None
    proposed_end: datetime | None = None
    words: Words = ""
    staff_id: UUID | None = None  # who was invited; of older events the actor
    rev: int = 0


class InvitationAccepted(OfInvitation):
    """Somebody invited accepted."""

    type = "invitation.accepted"


class InvitationProposed(OfInvitation):
    """Somebody invited asked for another time."""

    type = "invitation.proposed"


class InvitationDeclined(OfInvitation):
    """Somebody invited declined."""

    type = "invitation.declined"
