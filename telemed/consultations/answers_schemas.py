"""The API's outputs while it is arranged: the answers to invitations, and the time that is kept meanwhile."""

from datetime import datetime
from uuid import UUID

from telemed.consultations.schemas import Book
from telemed.consultations.shown import PersonOut
from telemed.consultations.words import ParticipantRole
from telemed.kit.model import Model
from telemed.scheduling.schemas import Clash, ResourceOut


class DeclinedOut(Model):
    """Who cannot come, and who could instead: free then, of the same specialty and at least the title.

    Nobody stands in for the accompanying physician here: the branch names another.
    """

    staff_id: UUID
    role: ParticipantRole
    words: str
    substitutes: list[PersonOut]


class ProposedOut(Model):
    """Another time that somebody proposed, and what of those who take part stands in its way.

    `fits`: it can be booked, in the rooms named here; an optional expert may be missing then.
    """

    staff_id: UUID
    words: str
    starts_at: datetime
    ends_at: datetime
    fits: bool
    clashes: list[Clash]
    venue_id: UUID | None  # None: no room of the hub is free
    branch_venue_id: UUID | None
    venue_ids: list[UUID]


class AnswersOut(Model):
    declined: list[DeclinedOut]
    proposed: list[ProposedOut]


class HoldOut(Model):
    """A time that is kept for some minutes, by whom; it ends by itself at `until`."""

    starts_at: datetime
    ends_at: datetime
    until: datetime
    by_id: UUID | None


class Holds(Model):
    """One at most."""

    items: list[HoldOut]


class Instead(Model):
    """`by` comes in the place of `of`: a person for a person, a room for a room."""

    of: UUID
    by: UUID


class RelaxedBooking(Model):
    """What changes, and the booking that it makes: it is free of what was in the way, as long as nobody is faster."""

    left_out: list[UUID]
    instead: list[Instead]
    booking: Book


class RelaxedBookings(Model):
    """The least change first."""

    resources: list[ResourceOut]  # everybody and everything named below
    items: list[RelaxedBooking]
