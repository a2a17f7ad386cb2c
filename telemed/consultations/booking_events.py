"""What becomes of the booked time of a running meeting."""

from datetime import datetime

from telemed.activities.events import OfActivity


class Extended(OfActivity):
    """The booked end came, venue and people were free, and the booking was extended by itself."""

    type = "consultation.extended"
    ends_at: datetime


class Overran(OfActivity):
    """The booked end came and the booking could not be extended: since `next_at` something else is booked.

    Without `next_at` it had been extended as often as it may be.
    """

    type = "consultation.overran"
    next_at: datetime | None = None
