"""Who may write a request and until when."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from telemed.access.model import Actor, Role
from telemed.cases.model import Consent
from telemed.cases.rules import KEEPING, TAKING
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import RequestContent, Wish
from telemed.consultations.rules.owed import NOTHING_OWED
from telemed.consultations.rules.states import AFTER_SIGNED, CALLED_OFF
from telemed.consultations.rules.states import BEFORE_SUBMITTING as BEFORE_SUBMITTING
from telemed.consultations.rules.states import PAPERS_OPEN as PAPERS_OPEN
from telemed.consultations.words import Mode, State, Urgency
from telemed.errors import Conflict, NotAllowed

IN_CALL = frozenset({State.in_progress, State.interrupted})
ELECTIVE_FROM = timedelta(hours=24)


def may_write(row: Consultation, actor: Actor) -> None:
    """Raises unless this person may write it: a draft, a returned request, or a stat one while help is under way."""
    if row.branch_id != actor.hospital_id or not actor.has(Role.requesting_doctor):
        raise NotAllowed("A requesting doctor of the branch writes this.", reason="capacity")
    late = row.urgency is Urgency.stat and row.state in PAPERS_OPEN
    if row.state not in BEFORE_SUBMITTING and not late:
        raise Conflict("It has been submitted.", reason="wrong_state", state=str(row.state))


def may_add_papers(row: Consultation, actor: Actor) -> None:
    if row.branch_id != actor.hospital_id:
        raise NotAllowed("The branch that asked keeps the papers.", reason="other_hospital")
    if row.state not in PAPERS_OPEN:
        raise Conflict("The consultation is signed or has ended.", reason="wrong_state", state=str(row.state))


def may_take_consent(row: Consultation, actor: Actor, *, gone: bool) -> None:
    """Raises unless another consent is of use: before the signature, or after it where none is left (`gone`)."""
    if not (gone and row.state in AFTER_SIGNED and row.branch_id == actor.hospital_id):
        may_add_papers(row, actor)


def may_complete_consents(row: Consultation, actor: Actor) -> bool:
    """What a consent lacks stays owed until the end, long after nothing else is added."""
    return row.branch_id == actor.hospital_id and actor.has(*TAKING) and row.state not in CALLED_OFF


def may_file_consents(row: Consultation, actor: Actor) -> bool:
    """So does its paper."""
    return row.branch_id == actor.hospital_id and actor.has(*KEEPING) and row.state not in CALLED_OFF


def may_file_paper(row: Consultation, consent: Consent) -> None:
    """Raises once it is archived and owes none: from then on it is only read."""
    if row.state is State.archived and not consent.paper_due:
        raise Conflict("It is archived and only read.", reason="archived")


def may_go_without_paper(row: Consultation) -> None:
    """Raises while nobody has been asked for the paper, and once nobody is any more."""
    if row.state in NOTHING_OWED:
        raise Conflict("Nobody waits for a paper of this consent.", reason="no_paper_due")


def may_change_urgency(row: Consultation) -> None:
    """Raises once somebody was called because of the urgency."""
    if row.state not in BEFORE_SUBMITTING:
        raise Conflict("It has been submitted.", reason="wrong_state", state=str(row.state))


def may_change_hub(row: Consultation) -> None:
    """Raises once it was submitted: from then on it is redirected by its hub."""
    if row.state is not State.draft:
        raise Conflict("It has been submitted to this hub.", reason="hub_submitted", state=str(row.state))


def elective(wishes: Iterable[Wish], urgency: Urgency, mode: Mode, now: datetime) -> bool:
    """择期: whether all wishes for the meeting are later than a day from now; a written one waits for no time."""
    starts = [each.start for each in wishes if each.end > now]
    planned = urgency is Urgency.routine and mode is Mode.live
    return planned and bool(starts) and min(starts) > now + ELECTIVE_FROM


def number(day: str, count: int) -> str:
    return f"HZ-{day}-{count:03}"


def copied(earlier: RequestContent, source: str, at: datetime) -> RequestContent:
    """The content of an earlier request as a start for a new one, without its measures and wishes."""
    kept = earlier.model_copy(deep=True)
    kept.vitals, kept.vitals_at, kept.wishes = [], None, []
    kept.images_from_radiographer = False
    texts = ("diagnosis", "history", "past_history", "examination", "treatment", "medicines", "tests")
    filled = {name: {"source": source, "at": at} for name in texts if getattr(kept, name)}
    return RequestContent.model_validate(kept.model_dump() | {"filled": filled})
