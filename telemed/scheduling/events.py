"""Hints of the calendars. That an activity was booked is that activity's own event."""

from uuid import UUID

from telemed.history.events import Code, Hint


class BookingChanged(Hint):
    """A booking was made, moved, confirmed, extended, cancelled, or its hold ran out."""

    type = "booking.changed"
    id: UUID
    change: Code  # booking.made, booking.moved …, as the audit log has it
    hospitals: tuple[Code, ...]  # on whose calendars it stands
