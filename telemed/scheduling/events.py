"""Hints about calendars; the event that an activity was booked belongs to that activity."""

from uuid import UUID

from telemed.history.events import Code, Hint


class BookingChanged(Hint):
    """A booking was made, moved, confirmed, extended, ended, cancelled, held again, or its hold ran out."""

    type = "booking.changed"
    id: UUID
    change: Code  # booking.made, booking.moved …, as in the audit log
    hospitals: tuple[Code, ...]  # whose calendars show it
