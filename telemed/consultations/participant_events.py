"""Invitations to a consultation are answered."""

from datetime import datetime

from telemed.history.events import Code, Event, Words


class OfInvitation(Event):
    """The answer of who was invited to the booked time; the actor is who answered."""

    role: Code | None = None  # a word of the activity
    proposed_start: datetime | None = None
    proposed_end: datetime | None = None
    words: Words = ""
    rev: int = 0


class InvitationAccepted(OfInvitation):
    """Somebody invited comes."""

    type = "invitation.accepted"


class InvitationProposed(OfInvitation):
    """Somebody invited asks for another time."""

    type = "invitation.proposed"


class InvitationDeclined(OfInvitation):
    """Somebody invited cannot come."""

    type = "invitation.declined"
