"""Sets of states."""

from typing import Final

from telemed.activities.words import Phase
from telemed.consultations.words import State

BEFORE_SIGNED: Final = (  # the one clock runs
    State.submitted,
    State.returned,
    State.approved,
    State.accepted,
    State.scheduling,
    State.scheduled,
    State.ready,
    State.in_progress,
    State.interrupted,
    State.answering,
)
FINAL: Final = frozenset(
    {State.archived, State.declined, State.discarded, State.cancelled, State.no_show, State.expired}
)
CALLED_OFF: Final = FINAL - {State.archived}
ENDED: Final = FINAL | {State.closed}  # not shown in worklists
BOOKED: Final = frozenset({State.scheduling, State.scheduled, State.ready})  # has a booked time
BEFORE_MEETING: Final = BOOKED | {State.accepted}  # accepted by the hub; here pages show the readiness gate
JOINABLE: Final = frozenset({State.scheduled, State.ready, State.in_progress, State.interrupted})
TAKES_EXPERTS: Final = BEFORE_MEETING | {State.in_progress, State.interrupted, State.answering}
BEFORE_SUBMITTING: Final = frozenset({State.draft, State.returned})
ONLY_READ: Final = frozenset({State.closed, State.archived})
AFTER_SIGNED: Final = frozenset({State.signed, State.acknowledged, State.executing}) | ONLY_READ
# The packet may grow until the opinion is signed, which names the version it rests on.
PAPERS_OPEN: Final = BEFORE_SUBMITTING | {State.submitted, State.approved} | TAKES_EXPERTS
ROOM_OVER: Final = FINAL | {State.answering, State.signed, State.closed}
OVER: Final = ROOM_OVER | {State.acknowledged, State.executing}  # the meeting is


def phase(state: State) -> Phase:
    """How far the consultation has come, in the words of calendars."""
    if state in OVER:
        return Phase.over
    known = {
        State.scheduling: Phase.unsettled,
        State.in_progress: Phase.running,
        State.interrupted: Phase.interrupted,
    }
    return known.get(state, Phase.planned)
