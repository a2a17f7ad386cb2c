"""The guards of the transition table: each returns why an action is not possible now, or None."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from telemed.consultations.model import Consultation
from telemed.consultations.words import Mode, Urgency
from telemed.people.model import Hospital


@dataclass(frozen=True)
class GuardInput:
    """What guards need to know besides the row; the caller fills only what its action needs."""

    missing: list[str] = field(default_factory=list)  # what the request or the meeting lacks
    red: list[str] = field(default_factory=list)  # red lines of the readiness gate
    needs_endorsement: bool = False
    needs_review: bool = True
    all_accepted: bool = False
    both_admitted: bool = False
    complete_opinion: bool = False
    every_advice_answered: bool = False
    open_advice: int = 0  # adopted and not yet executed or declined
    all_adopted_and_done: bool = False
    names_lead: bool = False  # the lead expert in the row is the one whom this act names
    invited: bool = False  # an expert beside the lead, whom the booking takes too
    agreed: bool = False  # a substitute has said that they come at the booked time
    must_reassess: bool = False  # the signed opinion rests on images that are not the patient's
    started_anyway: bool = False  # lead or coordinator start with items missing, and give a reason


NOTHING_KNOWN = GuardInput()


def with_switches(given: GuardInput, branch: Hospital, row: Consultation) -> GuardInput:
    """`given` with the endorsement and review that the branch has switched on; a stat consultation skips both."""
    stat = row.urgency is Urgency.stat
    return replace(given, needs_endorsement=branch.endorsement and not stat, needs_review=branch.review and not stat)


Guard = Callable[[Consultation, GuardInput], str | None]  # a stable word for why not; None if it may


def always(row: Consultation, given: GuardInput) -> str | None:
    return None


def complete(row: Consultation, given: GuardInput) -> str | None:
    return "incomplete" if given.missing else None


def not_stat(row: Consultation, given: GuardInput) -> str | None:
    return "is_stat" if row.urgency is Urgency.stat else None


def only_stat(row: Consultation, given: GuardInput) -> str | None:
    return None if row.urgency is Urgency.stat else "not_stat"


def to_endorse(row: Consultation, given: GuardInput) -> str | None:
    if not given.needs_endorsement:
        return "not_needed"
    return "already_endorsed" if row.endorsed_at else None


def approves_itself(row: Consultation, given: GuardInput) -> str | None:
    """Approval without a person: for a stat consultation, or if the branch switched the review off."""
    if row.urgency is Urgency.stat:
        return None
    return "needs_review" if given.needs_review else endorsed(row, given)


def endorsed(row: Consultation, given: GuardInput) -> str | None:
    return "not_endorsed" if given.needs_endorsement and not row.endorsed_at else None


def lead_named(row: Consultation, given: GuardInput) -> str | None:
    return None if row.lead_id else "no_lead"


def lead_missing(row: Consultation, given: GuardInput) -> str | None:
    return "lead_named" if row.lead_id and not given.names_lead else None


def must_reassess(row: Consultation, given: GuardInput) -> str | None:
    return lead_named(row, given) or (None if given.must_reassess else "opinion_stands")


def is_invited(row: Consultation, given: GuardInput) -> str | None:
    return None if given.invited else "no_invitation"


def accompanied(row: Consultation, given: GuardInput) -> str | None:
    return None if row.accompanying_id else "no_accompanying"


def lead_agreed(row: Consultation, given: GuardInput) -> str | None:
    return lead_named(row, given) or (None if given.agreed else "not_agreed")


def accompanying_agreed(row: Consultation, given: GuardInput) -> str | None:
    return accompanied(row, given) or (None if given.agreed else "not_agreed")


def is_live(row: Consultation, given: GuardInput) -> str | None:
    return None if row.mode is Mode.live else "is_written"


def written_to_lead(row: Consultation, given: GuardInput) -> str | None:
    """Goes to the lead expert without a booking, because a written answer was asked for."""
    return lead_named(row, given) or (None if row.mode is Mode.written else "is_live")


def bookable(row: Consultation, given: GuardInput) -> str | None:
    """Once a stat one is taken, it may be booked too: when nobody came, or it was interrupted."""
    return lead_named(row, given) or is_live(row, given)


def accepted_by_all(row: Consultation, given: GuardInput) -> str | None:
    return None if given.all_accepted else "not_all_accepted"


def green(row: Consultation, given: GuardInput) -> str | None:
    return "not_ready" if given.red else None


def red(row: Consultation, given: GuardInput) -> str | None:
    return None if given.red else "is_ready"


def both_admitted(row: Consultation, given: GuardInput) -> str | None:
    if not given.both_admitted:
        return "not_both_here"
    # If it is not ready, only a person may start it, who answers for it; the room does not do so by itself.
    return "not_ready" if given.red and not given.started_anyway else None


def stat_admitted(row: Consultation, given: GuardInput) -> str | None:
    return only_stat(row, given) or (None if given.both_admitted else "not_both_here")


def complete_opinion(row: Consultation, given: GuardInput) -> str | None:
    return None if given.complete_opinion else "opinion_incomplete"


def every_advice_answered(row: Consultation, given: GuardInput) -> str | None:
    return None if given.every_advice_answered else "advice_unanswered"


def all_done(row: Consultation, given: GuardInput) -> str | None:
    return None if given.all_adopted_and_done else "not_all_executed"


def nothing_open(row: Consultation, given: GuardInput) -> str | None:
    return "advice_open" if given.open_advice else None
