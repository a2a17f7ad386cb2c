"""How long each state may last: defaults, which a lawyer confirms for each deployment and agreements may override."""

from datetime import datetime, timedelta

from telemed.consultations.model import Consultation
from telemed.consultations.rules.states import BEFORE_SIGNED
from telemed.consultations.words import State, Urgency


def _m(minutes: float) -> timedelta:
    return timedelta(minutes=minutes)


SIGN_WITHIN = {Urgency.stat: _m(60), Urgency.urgent: _m(120), Urgency.routine: _m(24 * 60)}
IN_STATE: dict[State, dict[Urgency, timedelta]] = {
    State.submitted: {Urgency.stat: _m(1), Urgency.urgent: _m(5), Urgency.routine: _m(120)},
    State.returned: dict.fromkeys(Urgency, _m(24 * 60)),
    State.approved: {Urgency.stat: _m(1), Urgency.urgent: _m(10), Urgency.routine: _m(240)},
    State.accepted: {Urgency.stat: _m(5), Urgency.urgent: _m(15), Urgency.routine: _m(8 * 60)},
    State.scheduling: {Urgency.stat: _m(5), Urgency.urgent: _m(15), Urgency.routine: _m(8 * 60)},
    State.interrupted: dict.fromkeys(Urgency, _m(15)),
    State.answering: {Urgency.stat: _m(30), Urgency.urgent: _m(30), Urgency.routine: _m(120)},
    State.signed: {Urgency.stat: _m(120), Urgency.urgent: _m(120), Urgency.routine: _m(24 * 60)},
    State.acknowledged: {Urgency.stat: _m(40), Urgency.urgent: _m(40), Urgency.routine: _m(24 * 60)},
    State.executing: {Urgency.stat: _m(40), Urgency.urgent: _m(40), Urgency.routine: _m(24 * 60)},
}
NAME_LEAD = {Urgency.stat: _m(5), Urgency.urgent: _m(5), Urgency.routine: _m(240)}
NAME_ACCOMPANYING = {Urgency.stat: _m(5), Urgency.urgent: _m(10), Urgency.routine: _m(240)}  # one who can come
HOLD = {Urgency.stat: _m(15), Urgency.urgent: _m(60), Urgency.routine: _m(24 * 60)}  # until all have accepted
RETURNED_EXPIRES = dict.fromkeys(Urgency, timedelta(days=7))
EXTENDED_BY = dict.fromkeys(Urgency, _m(15))  # each time
EXTENSIONS = 4  # of one meeting, by itself
RED_BEFORE = dict.fromkeys(Urgency, _m(30))  # until the meeting, if it is not ready
ALONE = dict.fromkeys(Urgency, _m(3))  # at a meeting that should have begun, until both hear that one is missing
BEDSIDE = dict.fromkeys(Urgency, _m(5))  # at a meeting that should go on, until the branch hears that its side is away
MISSED_AFTER = dict.fromkeys(Urgency, timedelta(hours=2))  # after the booked end, if nobody came
ARCHIVED_AFTER = dict.fromkeys(Urgency, timedelta(days=30))  # after closing; until then it may be reopened
ARCHIVED_LATER = timedelta(days=1)  # while somebody is still asked for something
READ_AFTER_CLOSING = dict.fromkeys(Urgency, timedelta(days=7))  # by the hub
DRAFT_DISCARDED = dict.fromkeys(Urgency, timedelta(days=30))
TAKEN_SEEN = {Urgency.stat: _m(10)}  # who tried to take it a moment later can still see who has it
STAT_PAPERS = _m(120)
STAT_COMPLETION = {Urgency.stat: STAT_PAPERS}
IMAGES = {Urgency.stat: _m(10), Urgency.urgent: _m(30), Urgency.routine: _m(120)}  # until they are uploaded
CONSENT_PAPER = {Urgency.stat: STAT_PAPERS, Urgency.urgent: STAT_PAPERS, Urgency.routine: _m(24 * 60)}
APPROVE_CONSENT = {Urgency.stat: STAT_PAPERS, Urgency.urgent: _m(10), Urgency.routine: _m(120)}  # the meeting waits
RENEW = {Urgency.stat: _m(10), Urgency.urgent: _m(10), Urgency.routine: _m(240)}  # a withdrawn consent, or cancel
SECTION = {Urgency.stat: _m(20), Urgency.urgent: _m(20), Urgency.routine: _m(90)}  # of an MDT, after its meeting
RECALL = {Urgency.stat: _m(10), Urgency.urgent: _m(10), Urgency.routine: _m(60)}  # until the branch takes note
LENGTH = {Urgency.stat: _m(30), Urgency.urgent: _m(40), Urgency.routine: _m(40)}


def runs_out(row: Consultation) -> datetime | None:
    """When the one clock runs out, while it runs; for an elective one it does once it is booked, or being answered."""
    began = row.starts_at is not None or not row.elective or row.state is State.answering
    runs = row.state in BEFORE_SIGNED and began
    return row.sign_due_at if runs else None
