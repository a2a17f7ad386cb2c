"""What becomes of the booked time of a meeting, besides what its actions do."""

from datetime import datetime

from telemed.activities.events import OfActivity
from telemed.history.events import Code, Words


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


class PlaceClosed(OfActivity):
    """A booked room is closed at that time; the time stands, and a coordinator is asked for another room."""

    type = "consultation.place_closed"
    venue: Words
    words: Words = ""


class LimitsPassed(OfActivity):
    """It was booked outside somebody's hours or too near to another booking, with a reason."""

    type = "consultation.limits_passed"
    limits: tuple[Code, ...]  # which: hours, buffer, tele
    words: Words
