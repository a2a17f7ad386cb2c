"""In what capacity somebody acts, what they may try, and the guards that say why not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from telemed.consultations.model import Consultation, Mode, Urgency


class Who(StrEnum):
    """In what capacity somebody acts; a person may hold several and does their steps in one action."""

    requester = "requester"  # a requesting doctor of the branch
    senior_doctor = "senior_doctor"
    reviewer = "reviewer"
    duty_officer = "duty_officer"
    coordinator = "coordinator"
    dispatcher = "dispatcher"
    lead = "lead"
    accompanying = "accompanying"
    hub_expert = "hub_expert"  # any expert of the hub, for stat
    system = "system"


class Action(StrEnum):
    submit = "submit"
    discard = "discard"
    endorse = "endorse"
    approve = "approve"
    return_ = "return"
    accept = "accept"
    decline = "decline"
    name_lead = "name_lead"
    give_back = "give_back"
    book = "book"
    confirm = "confirm"  # every required participant has accepted
    unconfirm = "unconfirm"  # a participant asks for another time
    make_ready = "make_ready"
    make_unready = "make_unready"
    take = "take"  # a stat consultation, by the first who takes it
    start = "start"
    interrupt = "interrupt"
    resume = "resume"
    rebook = "rebook"
    end = "end"
    to_written = "to_written"
    sign = "sign"
    acknowledge = "acknowledge"
    execute = "execute"
    close = "close"
    reopen = "reopen"
    archive = "archive"
    cancel = "cancel"
    miss = "miss"
    expire = "expire"


@dataclass(frozen=True)
class Facts:
    """What a guard must know beside the row; the caller gathers only what its action needs."""

    missing: list[str] = field(default_factory=list)  # of the required set
    red: list[str] = field(default_factory=list)  # of the readiness gate
    needs_endorsement: bool = False
    needs_review: bool = True
    lead_named: bool = False
    all_accepted: bool = False
    both_admitted: bool = False
    complete_opinion: bool = False
    every_advice_answered: bool = False
    open_advice: int = 0  # adopted and not yet executed or declined
    all_adopted_and_done: bool = False
    started_anyway: bool = False  # by lead or coordinator, with the missing items named and a reason


Guard = Callable[[Consultation, Facts], str | None]  # why not, as a stable word; None when it may


def always(row: Consultation, facts: Facts) -> str | None:
    return None


def complete(row: Consultation, facts: Facts) -> str | None:
    return "incomplete" if facts.missing else None


def not_stat(row: Consultation, facts: Facts) -> str | None:
    return "is_stat" if row.urgency is Urgency.stat else None


def only_stat(row: Consultation, facts: Facts) -> str | None:
    return None if row.urgency is Urgency.stat else "not_stat"


def to_endorse(row: Consultation, facts: Facts) -> str | None:
    if not facts.needs_endorsement:
        return "not_needed"
    return "already_endorsed" if row.endorsed_at else None


def approves_itself(row: Consultation, facts: Facts) -> str | None:
    """A stat consultation, or a hospital that switched the review off."""
    if row.urgency is Urgency.stat:
        return None
    return "needs_review" if facts.needs_review else endorsed(row, facts)


def endorsed(row: Consultation, facts: Facts) -> str | None:
    return "not_endorsed" if facts.needs_endorsement and not row.endorsed_at else None


def lead_named(row: Consultation, facts: Facts) -> str | None:
    return None if row.lead_id else "no_lead"


def lead_missing(row: Consultation, facts: Facts) -> str | None:
    return "lead_named" if row.lead_id else None


def is_live(row: Consultation, facts: Facts) -> str | None:
    return None if row.mode is Mode.live else "is_written"


def bookable(row: Consultation, facts: Facts) -> str | None:
    return lead_named(row, facts) or is_live(row, facts) or not_stat(row, facts)


def accepted_by_all(row: Consultation, facts: Facts) -> str | None:
    return None if facts.all_accepted else "not_all_accepted"


def green(row: Consultation, facts: Facts) -> str | None:
    return "not_ready" if facts.red else None


def red(row: Consultation, facts: Facts) -> str | None:
    return None if facts.red else "is_ready"


def both_admitted(row: Consultation, facts: Facts) -> str | None:
    if not facts.both_admitted:
        return "not_both_here"
    # A consultation that is not ready starts only when somebody answers for it, never by the room alone.
    return "not_ready" if facts.red and not facts.started_anyway else None


def stat_admitted(row: Consultation, facts: Facts) -> str | None:
    return only_stat(row, facts) or (None if facts.both_admitted else "not_both_here")


def complete_opinion(row: Consultation, facts: Facts) -> str | None:
    return None if facts.complete_opinion else "opinion_incomplete"


def every_advice_answered(row: Consultation, facts: Facts) -> str | None:
    return None if facts.every_advice_answered else "advice_unanswered"


def all_done(row: Consultation, facts: Facts) -> str | None:
    return None if facts.all_adopted_and_done else "not_all_executed"


def nothing_open(row: Consultation, facts: Facts) -> str | None:
    return "advice_open" if facts.open_advice else None
