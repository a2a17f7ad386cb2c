"""The title of a consultation, and whether its room is open."""

from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import brief_of
from telemed.consultations.rules.states import JOINABLE
from telemed.consultations.words import State, Urgency


def title(row: Consultation) -> str:
    """The title: the working diagnosis, or else the first line of the purpose."""
    brief = brief_of(row)
    lines = [*brief.diagnosis.splitlines(), *brief.purpose.splitlines()]
    return next((line.strip() for line in lines if line.strip()), "")


def open_room(row: Consultation) -> bool:
    """Whether its room is open: from the booking to the end, for a stat consultation from the submission."""
    stat = row.urgency is Urgency.stat and row.state in (State.approved, State.accepted)
    return stat or row.state in JOINABLE
