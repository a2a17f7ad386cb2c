"""The default ladders of consultations: who is told of which deadline, and when."""

from datetime import timedelta
from typing import Any, Final

from telemed.access.model import Role
from telemed.consultations.rules import deadlines as within
from telemed.consultations.words import State, Urgency
from telemed.work import ladders
from telemed.work.ladders import rung
from telemed.work.model import DEADLINES, To, When, WorkKind

K = WorkKind
DUE: Final = DEADLINES.declare("state")
RED: Final = DEADLINES.declare("red")  # readiness still has open items shortly before the meeting
REPLACED: Final = DEADLINES.declare("replaced")  # nothing is due: both are told at once
CALLED: Final = DEADLINES.declare("called")  # nor here: the lead of an emergency, whom somebody else named
REDIRECTED: Final = DEADLINES.declare("redirected")  # nor here: the requesting doctor is told
CALLED_OFF: Final = DEADLINES.declare("called_off")  # nor here: it ended without an opinion
ARRANGED: Final = DEADLINES.declare("arranged")  # nor here: whoever is to come hears of the time, or that it is lost
LATE, HOUR, DAY = When.after, 60, 24 * 60
ASKED: Final = rung(When.due, 0, To.asked)
OWNERS: Final = rung(When.due, 0, To.owners)
NOBODY: Final = OWNERS  # it has none: what happens then happens by itself
CENTRE_AT_ONCE: Final = rung(When.due, 0, To.role, Role.coordinator, at_hub=True)
CENTRE, HUB_DUTY = (rung(LATE, 10, To.role, role, at_hub=True) for role in (Role.coordinator, Role.duty_officer))
SENIOR: Final = rung(LATE, HOUR, To.role, Role.senior_doctor)
DUTY_SOON: Final = rung(LATE, 10, To.role, Role.duty_officer)
DUTY_OFFICER: Final = rung(LATE, HOUR, To.role, Role.duty_officer)
OFFICE: Final = rung(LATE, 2 * HOUR, To.role, Role.reviewer)
# Whom the last rungs tell can do it, and are told again until somebody has (`test_told_can_act.py`).
HUB_AGAIN: Final = (rung(LATE, HOUR, To.role, Role.coordinator, at_hub=True, again=True), HUB_DUTY)
HUB_AGAIN_LATER: Final = (rung(LATE, 4 * HOUR, To.role, Role.coordinator, at_hub=True, again=True), HUB_DUTY)
# Only they answer for the branch: at the same hour each day, and the senior doctors an hour later.
DOCTORS_AGAIN: Final = (SENIOR, rung(LATE, DAY - HOUR, To.asked, again=True), SENIOR)


def _at_hub(name: str, *first: dict[str, Any], **more: Any) -> str:
    """After `first` the hub is told again each hour; of a routine one each four hours, so that it does not flood."""
    routine = [(Urgency.routine, (*first, *HUB_AGAIN_LATER))]
    return ladders.declare(name, *first, *HUB_AGAIN, by_urgency=routine, **more)


# -- of the states: whose turn it is

APPROVAL: Final = ladders.declare(
    "approval",
    ASKED,
    DUTY_SOON,
    rung(LATE, HOUR, To.asked, again=True),
    DUTY_SOON,
    # The duty officer is not told beside those who are asked: after hours they are among them.
    by_urgency=[(Urgency.routine, (ASKED, DUTY_SOON, rung(LATE, 4 * HOUR, To.asked, again=True)))],
    asked=(K.endorse, K.review),
    within=within.IN_STATE[State.submitted].items(),
)
COMPLETION: Final = ladders.declare(
    "completion", ASKED, *DOCTORS_AGAIN, asked=(K.complete,), within=within.IN_STATE[State.returned].items()
)
PLANNED: Final = {
    of: each for of, each in within.IN_STATE[State.approved].items() if of is not Urgency.stat
}  # which rings
ACCEPTANCE: Final = _at_hub("acceptance", ASKED, HUB_DUTY, asked=(K.accept,), within=PLANNED.items())
ARRANGEMENT: Final = _at_hub(
    "arrangement",
    ASKED,
    CENTRE,
    HUB_DUTY,
    asked=(K.name_lead, K.book, K.invite),
    within=within.IN_STATE[State.accepted].items(),
)
MEETING: Final = ladders.declare(
    "meeting",
    rung(When.before, DAY, To.owners),
    rung(When.before, HOUR, To.owners),
    rung(When.before, 10, To.owners),
    rung(When.due, 0, To.owners),
    CENTRE,
    HUB_DUTY,
)
RESUMPTION: Final = _at_hub(
    "resumption",
    CENTRE_AT_ONCE,
    HUB_DUTY,
    at_once=True,
    within=within.IN_STATE[State.interrupted].items(),
)
ENDING: Final = _at_hub(
    "ending",
    rung(When.due, 0, To.owners),
    rung(LATE, 1, To.role, Role.coordinator, at_hub=True),
    HUB_DUTY,
)
READINESS: Final = ladders.declare("readiness", CENTRE_AT_ONCE, HUB_DUTY, within=within.RED_BEFORE.items(), ahead=True)
OPINION: Final = _at_hub(
    "opinion",
    ASKED,
    CENTRE,
    HUB_DUTY,
    asked=(K.write, K.sign),
    within=within.IN_STATE[State.answering].items(),
)
SECTION: Final = _at_hub(  # the chair signs once each expert has signed, dissented, or is stated absent
    "mdt_section", ASKED, CENTRE, HUB_DUTY, asked=(K.section,), within=within.SECTION.items()
)
FEEDBACK: Final = ladders.declare(
    "feedback", ASKED, *DOCTORS_AGAIN, asked=(K.acknowledge,), within=within.IN_STATE[State.signed].items()
)
EXECUTION: Final = ladders.declare(
    "execution", ASKED, *DOCTORS_AGAIN, asked=(K.execute, K.close), within=within.IN_STATE[State.executing].items()
)
SIGNING: Final = ladders.declare(
    "signing",
    ASKED,
    CENTRE,
    HUB_DUTY,
    *HUB_AGAIN_LATER,
    asked=(K.endorse, K.review, K.complete, K.accept, K.name_lead, K.book, K.invite, K.write, K.sign),
    within=within.SIGN_WITHIN.items(),
)
DEADLINES.declare(SIGNING)  # the one clock, beside the state's own
RELIEVED: Final = ladders.declare("relieved", OWNERS, only_tells=True)
SUBSTITUTED: Final = ladders.declare("substituted", OWNERS, only_tells=True)
LEADS: Final = ladders.declare("leads", OWNERS, only_tells=True)  # somebody else took the call for them
ELSEWHERE: Final = ladders.declare("elsewhere", OWNERS, only_tells=True)  # another hub was asked
INVITED: Final = ladders.declare("invited", OWNERS, only_tells=True)
CALLED_IN: Final = ladders.declare("called_in", OWNERS, only_tells=True)  # an expert, to what is under way
UNINVITED: Final = ladders.declare("uninvited", OWNERS, only_tells=True)
BOOKED: Final = ladders.declare("booked", OWNERS, only_tells=True)  # who has accepted in advance
PLACE_CLOSED: Final = ladders.declare("place_closed", OWNERS, only_tells=True)  # the time stands
LAPSED: Final = ladders.declare("lapsed", OWNERS, only_tells=True)
LAPSED_AT_CENTRE: Final = ladders.declare("lapsed_centre", CENTRE_AT_ONCE, only_tells=True)
UNACCOMPANIED: Final = ladders.declare("unaccompanied", OWNERS, only_tells=True)  # the accompanying physician declined
ENDED_AS: Final = {  # those whose it was, if it did not end with an opinion
    State.declined: ladders.declare("declined", OWNERS, only_tells=True),
    State.cancelled: ladders.declare("cancelled", OWNERS, only_tells=True),
    State.no_show: ladders.declare("no_show", OWNERS, only_tells=True),
    State.expired: ladders.declare("expired", OWNERS, only_tells=True),
    State.discarded: ladders.declare("discarded", OWNERS, only_tells=True),
}
ENDED_AT_CENTRE: Final = {  # and the centre that had it
    State.cancelled: ladders.declare("cancelled_centre", CENTRE_AT_ONCE, only_tells=True),
    State.no_show: ladders.declare("no_show_centre", CENTRE_AT_ONCE, only_tells=True),
}
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


def _by_itself(name: str, *rungs: dict[str, Any], **more: Any) -> str:
    DEADLINES.declare(name)
    return ladders.declare(name, *rungs, **more)


DRAFT: Final = _by_itself("draft", rung(When.before, 3 * DAY, To.owners), NOBODY, within=within.DRAFT_DISCARDED.items())
EXPIRY: Final = _by_itself(
    "expiry", rung(When.before, DAY, To.asked), NOBODY, asked=(K.complete,), within=within.RETURNED_EXPIRES.items()
)
HOLD: Final = _by_itself("hold", NOBODY, within=within.HOLD.items())
ONE_SIDED: Final = _at_hub(
    DEADLINES.declare("one_sided"),
    rung(When.due, 0, To.owners),
    rung(LATE, 2, To.role, Role.coordinator, at_hub=True),
    HUB_DUTY,
    within=within.ALONE.items(),
)
BEDSIDE: Final = _by_itself(  # the branch's side has not come: who asked for it, then who else may send another
    "bedside",
    OWNERS,
    rung(LATE, 5, To.role, Role.duty_officer),
    rung(LATE, 10, To.owners, again=True),
    rung(LATE, 5, To.role, Role.duty_officer),
    within=within.BEDSIDE.items(),
)
CLOSING: Final = _by_itself("closing", rung(When.due, 0, To.role, Role.duty_officer))
MISSED: Final = _at_hub(DEADLINES.declare("missed"), CENTRE_AT_ONCE, HUB_DUTY, within=within.MISSED_AFTER.items())
# They do not meet, or no more. Where one side waits it says who is missing; that it is the branch's is said beside it:
# the branch sends somebody, and the centre, which decides how it goes on, has one row. Once it should have begun, that
# it is not ready is said beside that too: it no longer begins soon.
ladders.same_trouble(MISSED, ONE_SIDED, MEETING, RESUMPTION, ARRANGEMENT, BEDSIDE, READINESS)
ARCHIVING: Final = _by_itself("archiving", NOBODY, within=within.ARCHIVED_AFTER.items())
BY_ITSELF: Final = (DRAFT, EXPIRY, HOLD, CLOSING, MISSED, ARCHIVING)

# -- of work that has a moment of its own

ACCOMPANYING: Final = ladders.declare(
    "accompanying",
    ASKED,
    DUTY_SOON,
    rung(LATE, 10, To.role, Role.reviewer),
    rung(LATE, HOUR, To.asked, again=True),
    DUTY_SOON,
    asked=(K.name_accompanying,),
    within=within.NAME_ACCOMPANYING.items(),
)
NAMING: Final = ladders.declare("naming", NOBODY, asked=(K.name_lead,), within=within.NAME_LEAD.items())
STAT_COMPLETION: Final = ladders.declare(  # what an emergency was submitted without
    "stat_completion",
    ASKED,
    *DOCTORS_AGAIN,
    asked=(K.complete,),
    within=within.STAT_COMPLETION.items(),
)
CONSENT_APPROVAL: Final = ladders.declare(
    "consent_approval",
    rung(When.before, 10, To.asked),  # of an urgent one: at once
    ASKED,
    rung(LATE, 10, To.role, Role.reviewer),
    rung(LATE, HOUR, To.asked, again=True),
    asked=(K.approve_consent,),
    within=within.APPROVE_CONSENT.items(),
)
PAPERS: Final = ladders.declare(
    "papers",
    ASKED,
    SENIOR,
    DUTY_OFFICER,
    OFFICE,
    rung(LATE, DAY, To.role, Role.reviewer, again=True),
    asked=(K.consent,),
    within=within.CONSENT_PAPER.items(),
)
RENEWAL: Final = ladders.declare(
    "renewal",
    ASKED,
    rung(LATE, 10, To.role, Role.senior_doctor),
    DUTY_SOON,
    rung(LATE, HOUR, To.role, Role.reviewer),
    rung(LATE, 4 * HOUR, To.role, Role.duty_officer, again=True),
    asked=(K.renew,),
    within=within.RENEW.items(),
)
IMAGES: Final = ladders.declare(
    "images",
    ASKED,
    rung(LATE, 10, To.role, Role.radiologist),
    rung(LATE, 20, To.role, Role.duty_officer),
    rung(LATE, 4 * HOUR, To.asked, again=True),
    asked=(K.upload,),
    within=within.IMAGES.items(),
)
REASSESSMENT: Final = ladders.declare(
    "reassessment",
    ASKED,
    CENTRE,
    HUB_DUTY,
    *HUB_AGAIN_LATER,
    asked=(K.reassess,),
    within=within.IN_STATE[State.answering].items(),
)
RECALL: Final = ladders.declare(
    "recall",
    ASKED,
    rung(LATE, HOUR, To.role, Role.senior_doctor, again=True),
    OFFICE,
    asked=(K.recall,),
    within=within.RECALL.items(),
)

# -- of what nobody is told


def _only_lasts(name: str, within: dict[Urgency, timedelta]) -> str:
    return ladders.declare(name, NOBODY, within=within.items(), only_lasts=True)


READING: Final = _only_lasts("reading", within.READ_AFTER_CLOSING)
TAKEN: Final = _only_lasts("taken", within.TAKEN_SEEN)
EXTENSION: Final = _only_lasts("extension", within.EXTENDED_BY)
