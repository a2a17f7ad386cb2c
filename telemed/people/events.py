"""What people tell the rest of who is signed in."""

from uuid import UUID

from telemed.history.events import Hint


class SessionEnded(Hint):
    """A sign-in is over: signed out, or another person signed in on that browser. The audit keeps it as a fact."""

    type = "session.ended"
    sid: UUID
