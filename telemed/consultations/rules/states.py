"""States by what they have in common."""

from typing import Final

from telemed.consultations.words import State

FINAL: Final = frozenset(
    {State.archived, State.declined, State.discarded, State.cancelled, State.no_show, State.expired}
)
ENDED: Final = FINAL | {State.closed}  # not seen in a worklist
BOOKED: Final = frozenset({State.scheduling, State.scheduled, State.ready})  # a time is taken
BEFORE_MEETING: Final = BOOKED | {State.accepted}  # the hub has it; also where the readiness gate is shown
JOINABLE: Final = frozenset({State.scheduled, State.ready, State.in_progress, State.interrupted})
TAKES_EXPERTS: Final = BEFORE_MEETING | {State.in_progress, State.interrupted, State.answering}
ROOM_OVER: Final = FINAL | {State.answering, State.signed, State.closed}
