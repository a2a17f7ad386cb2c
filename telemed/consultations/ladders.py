"""The default ladders of consultations: who is told of which deadline, and when."""

from datetime import timedelta
from typing import Any, Final

from telemed.access.model import Role
from telemed.consultations.words import State
from telemed.work import ladders
from telemed.work.ladders import rung
from telemed.work.model import DEADLINES, To, When, WorkKind

K = WorkKind
DUE: Final = DEADLINES.declare("state")
RED: Final = DEADLINES.declare("red")  # readiness still has open items shortly before the meeting
REPLACED: Final = DEADLINES.declare("replaced")  # nothing is due: both are told at once
REDIRECTED: Final = DEADLINES.declare("redirected")  # nor here: the requesting doctor is told
RED_BEFORE: Final = timedelta(minutes=30)
LATE, HOUR, DAY = When.after, 60, 24 * 60
ASKED: Final = rung(When.due, 0, To.asked)
OWNERS: Final = rung(When.due, 0, To.owners)
NOBODY: Final = OWNERS  # it has none: what happens then happens by itself
CENTRE_AT_ONCE: Final = rung(When.due, 0, To.role, Role.coordinator, at_hub=True)
CENTRE, HUB_DUTY = (rung(LATE, 10, To.role, role, at_hub=True) for role in (Role.coordinator, Role.duty_officer))
SENIOR: Final = rung(LATE, HOUR, To.role, Role.senior_doctor)
OFFICE: Final = rung(LATE, 2 * HOUR, To.role, Role.reviewer)

# -- of the states: whose turn it is

APPROVAL: Final = ladders.declare(
    "approval", ASKED, rung(LATE, 10, To.role, Role.duty_officer), asked=(K.endorse, K.review)
)
COMPLETION: Final = ladders.declare("completion", ASKED, rung(LATE, DAY, To.role, Role.reviewer), asked=(K.complete,))
ACCEPTANCE: Final = ladders.declare("acceptance", ASKED, HUB_DUTY, asked=(K.accept,))
ARRANGEMENT: Final = ladders.declare("arrangement", ASKED, CENTRE, HUB_DUTY, asked=(K.name_lead, K.book, K.invite))
MEETING: Final = ladders.declare(
    "meeting",
    rung(When.before, DAY, To.owners),
    rung(When.before, HOUR, To.owners),
    rung(When.before, 10, To.owners),
    rung(When.due, 0, To.owners),
    CENTRE,
    HUB_DUTY,
)
RESUMPTION: Final = ladders.declare("resumption", CENTRE_AT_ONCE, HUB_DUTY, at_once=True)
ENDING: Final = ladders.declare(
    "ending", rung(When.due, 0, To.owners), rung(LATE, 1, To.role, Role.coordinator, at_hub=True)
)
READINESS: Final = ladders.declare("readiness", CENTRE_AT_ONCE)
OPINION: Final = ladders.declare("opinion", ASKED, CENTRE, HUB_DUTY, asked=(K.write, K.sign))
FEEDBACK: Final = ladders.declare("feedback", ASKED, SENIOR, OFFICE, asked=(K.acknowledge,))
EXECUTION: Final = ladders.declare("execution", ASKED, SENIOR, OFFICE, asked=(K.execute, K.close))
SIGNING: Final = ladders.declare(
    "signing",
    ASKED,
    CENTRE,
    HUB_DUTY,
    asked=(K.endorse, K.review, K.complete, K.accept, K.name_lead, K.book, K.invite, K.write, K.sign),
)
DEADLINES.declare(SIGNING)  # the one clock, beside the state's own
RELIEVED: Final = ladders.declare("relieved", OWNERS)
SUBSTITUTED: Final = ladders.declare("substituted", OWNERS)
ELSEWHERE: Final = ladders.declare("elsewhere", OWNERS)  # another hub was asked
LADDER_OF: Final = {
    State.submitted: APPROVAL,
    State.returned: COMPLETION,
    State.approved: ACCEPTANCE,
    State.accepted: ARRANGEMENT,
    State.scheduling: ARRANGEMENT,
    State.scheduled: MEETING,
    State.ready: MEETING,
    State.in_progress: ENDING,
    State.interrupted: RESUMPTION,
    State.answering: OPINION,
    State.signed: FEEDBACK,
    State.acknowledged: EXECUTION,
    State.executing: EXECUTION,
}


# -- of what happens by itself in a state; the kind of deadline has the name of its ladder


def _by_itself(name: str, *rungs: dict[str, Any], asked: tuple[WorkKind, ...] = ()) -> str:
    DEADLINES.declare(name)
    return ladders.declare(name, *rungs, asked=asked)


DRAFT: Final = _by_itself("draft", rung(When.before, 3 * DAY, To.owners), NOBODY)
EXPIRY: Final = _by_itself("expiry", rung(When.before, DAY, To.asked), NOBODY, asked=(K.complete,))
HOLD: Final = _by_itself("hold", NOBODY)
ONE_SIDED: Final = _by_itself(
    "one_sided",
    rung(When.due, 0, To.owners),
    rung(LATE, 2, To.role, Role.coordinator, at_hub=True),
    HUB_DUTY,
)
CLOSING: Final = _by_itself("closing", rung(When.due, 0, To.role, Role.duty_officer))
MISSED: Final = _by_itself("missed", CENTRE_AT_ONCE, HUB_DUTY)
ARCHIVING: Final = _by_itself("archiving", NOBODY)
BY_ITSELF: Final = (DRAFT, EXPIRY, HOLD, CLOSING, MISSED, ARCHIVING)

# -- of work that has a moment of its own

NAMING: Final = ladders.declare("naming", NOBODY, asked=(K.name_lead,))
PAPERS: Final = ladders.declare(
    "papers", ASKED, rung(LATE, HOUR, To.role, Role.duty_officer), OFFICE, asked=(K.consent,)
)
RENEWAL: Final = ladders.declare(
    "renewal", ASKED, rung(LATE, HOUR, To.role, Role.duty_officer), OFFICE, asked=(K.renew,)
)
IMAGES: Final = ladders.declare(
    "images", ASKED, rung(LATE, HOUR, To.role, Role.duty_officer), OFFICE, asked=(K.upload,)
)
REASSESSMENT: Final = ladders.declare("reassessment", ASKED, CENTRE, HUB_DUTY, asked=(K.reassess,))
