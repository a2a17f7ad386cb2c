"""What the calendars tell of bookings; what is booked for an activity is that activity's event."""

from uuid import UUID

from telemed.history.events import Code, Hint


class BookingChanged(Hint):
    """A booking was made, moved, confirmed, extended, cancelled, or its hold ran out."""

    type = "booking.changed"
    id: UUID
    action: Code
    hospitals: tuple[Code, ...]  # on whose calendars it stands
