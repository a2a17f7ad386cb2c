"""Who may add experts beside the lead, and until when an added one may be removed."""

from typing import Final

from telemed.access.model import Actor
from telemed.activities.model import Participant
from telemed.consultations.model import Consultation
from telemed.consultations.rules.states import BEFORE_MEETING, TAKES_EXPERTS
from telemed.consultations.rules.table import capacities
from telemed.consultations.words import CENTRE, Mode, ParticipantRole, Who
from telemed.errors import Conflict, NotAllowed

NAME_EXPERTS: Final = CENTRE | {Who.lead}


def refuse_arranging(row: Consultation, actor: Actor) -> None:
    """Raises unless this person arranges it: who comes, and when."""
    if not capacities(row, actor) & CENTRE:
        wanted = sorted(CENTRE)
        raise NotAllowed(f"This is for: {', '.join(wanted)}.", reason="capacity", who=wanted)


def refuse_adding_experts(row: Consultation, actor: Actor) -> None:
    """Raises unless this person may add experts now: until the meeting is over and the opinion is signed."""
    if not capacities(row, actor) & NAME_EXPERTS:
        wanted = sorted(NAME_EXPERTS)
        raise NotAllowed(f"This is for: {', '.join(wanted)}.", reason="capacity", who=wanted)
    if row.state not in TAKES_EXPERTS:
        raise Conflict("No expert can be added now.", reason="wrong_state", state=str(row.state))


def may_add_expert(row: Consultation, actor: Actor) -> bool:
    return bool(capacities(row, actor) & NAME_EXPERTS) and row.state in TAKES_EXPERTS


def removable(row: Consultation, who: Participant) -> bool:
    """Whether this added expert may be removed: until the meeting begins or they have been in the room."""
    added = who.role == ParticipantRole.expert
    return added and who.joined_at is None and row.state in BEFORE_MEETING


def seatless(row: Consultation, who: Participant) -> bool:
    """Whether they have no sound and picture in the room: its two media seats are others' (decision 4)."""
    return row.mode is Mode.live and row.accompanying_id is not None and who.role == ParticipantRole.expert
