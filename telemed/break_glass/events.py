"""Events about break-glass."""

from datetime import datetime
from uuid import UUID

from telemed.history.events import Code, Event


class BreakGlassOpened(Event):
    """Somebody of a hub has opened a branch's patient without being asked."""

    type = "break_glass.opened"
    id: UUID
    cause: Code
    until: datetime


class BreakGlassEnded(Event):
    """They have closed it before its time was over."""

    type = "break_glass.ended"
    id: UUID


class BreakGlassReviewed(Event):
    """The branch's medical office has said whether it was appropriate."""

    type = "break_glass.reviewed"
    id: UUID
    verdict: Code
