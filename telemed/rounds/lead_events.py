"""What happens to who leads a session, and to the further doctors beside them."""

from datetime import datetime
from uuid import UUID

from telemed.rounds.events import OfRound


class LeadAnswered(OfRound):
    """Who is to lead it accepted or declined."""

    type = "round.lead_answered"
    accepted: bool


class OtherTimeProposed(OfRound):
    """Who is to lead it proposed another time."""

    type = "round.time_proposed"
    starts_at: datetime


class OtherTimeTurnedDown(OfRound):
    """A coordinator said why it stays at its time, and its lead is asked again."""

    type = "round.time_turned_down"


class LeadNamed(OfRound):
    """It has another lead: the next of the series, one whom a coordinator named, or to whom it was handed over."""

    type = "round.lead_named"
    before_id: UUID | None = None


class OfDoctor(OfRound):
    """A further doctor of the hub, beside the lead."""

    staff_id: UUID


class DoctorAdded(OfDoctor):
    """The lead or a coordinator named a further doctor, who sees who is confirmed."""

    type = "round.doctor_added"


class DoctorRemoved(OfDoctor):
    """They take part no longer, and see no patient of it any more."""

    type = "round.doctor_removed"
